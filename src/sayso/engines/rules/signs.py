"""Signs: what the reading of an act or a figure rests on, as named numbers from 0 to 1. None depends on a name: the engine sees none."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from sayso.engines.engine import Signs
from sayso.engines.rules.grammar import SUBJECTS, ancestors, first_child, is_verb
from sayso.model.words import Certainty, Change, Measure, Modality, Scope, Stance
from sayso.text.sentence import LineKind

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sayso.codebooks.codebook import Codebook
    from sayso.engines.engine import VoiceProposal
    from sayso.engines.rules.drafts import Draft
    from sayso.engines.rules.figures import ProposedFigure

_LONG = 40  # tokens from which a sentence counts as fully long
_DEEP = 8  # heads above a word from which it counts as fully deep
_MANY = 4  # types from which a word counts as fully ambiguous
_FAR = 80  # code points between a number and its word of harm that count as fully far
_CLAUSES = frozenset({"ROOT", "conj", "relcl", "acl", "advcl", "ccomp", "xcomp", "parataxis", "pcomp"})
_NOMINAL = frozenset({"dobj", "pobj", "nsubj", "nsubjpass", "compound", "appos", "attr"})
_NEAR = 40  # lead in specificity under which another entry fits nearly as well
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_UNSAID = frozenset({Stance.URGED, Stance.ORDERED, Stance.ASKED, Stance.BELIEVED, Stance.PLANNED, Stance.WARNED})


@dataclass(frozen=True, slots=True)
class Told:
    """How an act is told, as it was judged: what its signs take from outside its own words."""

    type: str
    modality: Modality
    certainty: Certainty
    voices: "tuple[VoiceProposal, ...]"
    located: bool
    dated: bool


def act_signs(draft: "Draft", told: Told, book: "Codebook", conflict: frozenset[str]) -> Signs:
    """The signs of an act, those that are nought left out."""
    near = ("words of conflict near", not conflict.isdisjoint(draft.hit.view.words))
    return _kept((*_of_entry(draft, book), *_of_parse(draft), *_of_telling(draft, told), near, (f"type {told.type}", 1.0)))


def _of_entry(draft: "Draft", book: "Codebook") -> Iterator[tuple[str, float]]:
    """What the entry of the codebook fixes, and how many types its head may tell."""
    trigger = draft.hit.trigger
    constrained = bool(trigger.objects or trigger.subjects or trigger.company)
    table = book.nouns if trigger.pos == "noun" else book.verbs
    rivals = {other.type for other in table.get(trigger.head, ())}
    yield "noun", draft.hit.nominal
    yield "noun carried by a verb", draft.hit.nominal and draft.carrier is not None
    yield "fixed words", min(len(trigger.rest), 2) / 2
    yield "who or whom fixed", constrained
    yield "who or whom kept out", bool(trigger.not_objects or trigger.not_subjects or trigger.not_company)
    yield "bare entry", not trigger.rest and not constrained
    yield "bare noun entry", draft.hit.nominal and not trigger.rest and not constrained
    yield "mode told by the entry", trigger.mode is not None
    yield "weak entry", trigger.weak
    yield "another type fits", draft.hit.lead is not None
    yield "another type fits nearly as well", draft.hit.lead is not None and draft.hit.lead < _NEAR
    yield "ambiguous word", min(len(rivals) - 1, _MANY) / _MANY
    yield "told by further words", bool(draft.merged)
    yield "learned layer", draft.hit.chance is not None
    yield "chance of the learned layer", draft.hit.chance or 0.0


def _of_parse(draft: "Draft") -> Iterator[tuple[str, float]]:
    """Where the act's words stand in the parse, and what is odd there."""
    head, anchor = draft.head, draft.anchor
    verbal = is_verb(anchor)
    subject = first_child(anchor, *SUBJECTS, "expl") is not None
    roles = bool(draft.parts.actor), bool(draft.parts.recipient)
    yield "actor", roles[0]
    yield "recipient", roles[1]
    yield "actor and recipient", all(roles)
    yield "neither actor nor recipient", not any(roles)
    yield "passive", draft.hit.passive
    yield "finite", anchor.tag_ in ("VBD", "VBZ", "VBP")
    yield "participle", anchor.tag_ == "VBG"
    yield "infinitive", anchor.tag_ == "VB"
    yield "verb without subject", verbal and not subject and anchor.dep_ in ("ROOT", "ccomp", "parataxis")
    yield "noun as subject", not is_verb(head) and head.dep_ in ("nsubj", "nsubjpass")
    yield "noun behind a preposition", not is_verb(head) and head.dep_ == "pobj"
    yield "definite noun", not is_verb(head) and any(child.lower_ in _DEFINITE for child in head.lefts)
    yield "main clause", anchor.dep_ == "ROOT"
    yield "odd place of a verb", verbal and anchor.dep_ not in _CLAUSES
    yield "odd place of a noun", not is_verb(head) and head.dep_ not in _NOMINAL
    yield "deep", sum(1 for _ in islice(ancestors(head), _DEEP)) / _DEEP
    yield "long sentence", min(len(head.doc), _LONG) / _LONG
    yield "no finite verb", not any(token.tag_ in ("VBD", "VBZ", "VBP", "MD") for token in head.doc)


def _of_telling(draft: "Draft", told: Told) -> Iterator[tuple[str, float]]:
    """Modality, hedges, voices, place and time, and the sort of line."""
    line = draft.hit.view.parsed.sentence
    if told.modality is not Modality.ACTUAL:
        yield f"modality {told.modality.value}", 1.0
    yield "hedged", told.certainty is not Certainty.CERTAIN
    yield "voice", bool(told.voices)
    yield "voice that does not tell", any(one.stance in _UNSAID for one in told.voices[-1:])
    yield "voice that denies", any(one.stance is Stance.DENIED for one in told.voices[-1:])
    yield "place", told.located
    yield "time", told.dated
    yield "heading", line.kind is LineKind.HEADING
    yield "list or bulletin", line.kind in (LineKind.BULLET, LineKind.BULLETIN)
    yield "question", draft.head.doc[-1].text == "?"
    yield "in quotation marks", _quoted(draft.head)


def beside(draft: "Draft", drafts: "Sequence[Draft]") -> Signs:
    """The signs that come from the other acts of the sentence: how many there are, and whether this one hangs on another."""
    others = [one for one in drafts if one is not draft]
    heads = {token.i for one in others for token in one.tokens()}
    found = {
        "acts beside": min(len(others), _MANY) / _MANY,
        "under another act": float(any(token.i in heads for token in ancestors(draft.anchor))),
        "behind another act": float(any(one.head.i < draft.head.i for one in others)),
        "same type beside": float(any(one.type == draft.type for one in others)),
    }
    return _kept(found.items())


def _quoted(head: "Token") -> bool:
    """Whether quotation marks stand on both sides of the word in its sentence."""
    marks = [token.i for token in head.doc if token.text in ('"', "“", "”", "``", "''")]
    return any(at < head.i for at in marks) and any(at > head.i for at in marks)


def figure_signs(figure: "ProposedFigure", counted: bool, voices: Sequence["VoiceProposal"]) -> Signs:
    """The signs of a figure, those that are nought left out; `counted` where an act was found whose harm it counts."""
    gap = max(figure.harm[0] - figure.span[1], figure.span[0] - figure.harm[1], 0)
    one = figure.low == figure.high == 1
    found = {
        "act counted": float(counted),
        "voice": float(bool(voices)),
        "one person": float(one),
        "none": float(figure.high == 0),
        "exact": float(figure.low == figure.high and not one and figure.high != 0),
        "vague word": float(figure.term is not None),
        "bound": float(figure.operator is not None),
        "approximate": float(figure.approximate),
        "group told": float(figure.group is not None),
        "part of another": float(figure.part_of is not None),
        "total": float(figure.scope is Scope.TOTAL),
        "added": float(figure.change is Change.INCREMENT),
        "denied": float(figure.denied),
        "far from its word of harm": min(gap, _FAR) / _FAR,
        "word of harm before": float(figure.harm[0] < figure.span[0]),
        "word of harm inside": float(figure.span[0] <= figure.harm[0] < figure.span[1]),
        **{f"measure {measure.value}": float(figure.measure is measure) for measure in Measure},
    }
    return _kept(found.items())


def _kept(found: Iterable[tuple[str, float]]) -> Signs:
    """The signs in the order of their names, those that are nought left out."""
    return tuple(sorted([(name, 1.0 if value is True else round(value, 3)) for name, value in found if value]))
