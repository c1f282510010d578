"""Assembling: drafts of a sentence become act proposals, with voices, modality, place, time and reasons."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.engines.engine import LOOSE, ActProposal, Hint, Stretch, VoiceProposal
from sayso.engines.rules.confidence import Weights
from sayso.engines.rules.drafts import VIOLENT, Draft, governor, mode_of
from sayso.engines.rules.grammar import View, ancestors, is_verb
from sayso.engines.rules.signs import Told, act_signs, beside
from sayso.engines.rules.voices import Attribution, chain, speaking
from sayso.languages.cases import Cases
from sayso.model.words import Certainty, MentionKind, Modality, ResponsibilityStatus, Stance, VictimStatus

if TYPE_CHECKING:
    from spacy.tokens import Token

    from sayso.codebooks.codebook import Codebook

_URGING = (Stance.URGED, Stance.ORDERED, Stance.ASKED)
_OFFERED = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"})
_LONGEST_ROLE = 150
_SURE_OF_MOOD = 0.9  # chance from which the learned layer's modality counts against that of the rules


@dataclass(frozen=True, slots=True)
class Settings:
    """Where and when of one sentence: hints by the tokens that they begin at."""

    places: dict[int, Hint]
    times: dict[int, Hint]
    time_tokens: frozenset[int]
    kinds: dict[int, str]  # kinds of veiled names by token
    loose_times: dict[int, Hint] = field(default_factory=dict)  # how long, or since what: of acts without another time
    labels: tuple[Hint, ...] = ()  # times in the label of the line ("14:20", "17 Aug:"): of every act without a time of its own


def settings(view: View, hints: Sequence[Hint]) -> Settings:
    """The hints that lie in the sentence, by token."""
    places: dict[int, Hint] = {}
    times: dict[int, Hint] = {}
    kinds: dict[int, str] = {}
    inside: set[int] = set()
    labels: list[Hint] = []
    loose: dict[int, Hint] = {}
    start = view.parsed.offset
    begins = [start + token.idx for token in view.doc]
    ends = [begin + len(token) for begin, token in zip(begins, view.doc, strict=True)]
    for hint in hints:
        tokens = list(view.doc[bisect_right(ends, hint.at.start) : bisect_left(begins, hint.at.end)])
        if not tokens:
            labels += [hint] if hint.kind is MentionKind.TIME and hint.sort != LOOSE else []
            continue
        if hint.kind is MentionKind.ACTOR:
            kinds.update({token.i: hint.sort for token in tokens})
        elif hint.kind is MentionKind.PLACE:
            places[_top(tokens).i] = hint
        elif hint.sort == LOOSE:
            loose[_top(tokens).i] = hint
        elif hint.kind is MentionKind.TIME:
            times[_top(tokens).i] = hint
            inside |= {token.i for token in tokens}
    return Settings(places, times, frozenset(inside), kinds, loose, tuple(labels))


def _top(tokens: "list[Token]") -> "Token":
    """The token of a stretch whose head lies outside it."""
    inside = {token.i for token in tokens}
    return next((token for token in tokens if token.head.i not in inside or token.head.i == token.i), tokens[-1])


def spread(drafts: Sequence[Draft], found: dict[int, Hint], view: View) -> dict[int, list[Hint]]:
    """Hints by the number of the act in whose clause they stand; coordinated acts share, one act alone takes all."""
    owners = {token.i: draft for draft in drafts for token in (*draft.tokens(), draft.anchor)}
    given: dict[int, list[Hint]] = {number: [] for number in range(len(drafts))}
    loose: list[Hint] = []
    for index, hint in found.items():
        token = view.doc[index]
        if any(head.i in found for head in ancestors(token)):  # "in Dorna in the north": the north only says where Dorna is
            continue
        owner = governor(token, owners)
        if owner is None:
            loose += [hint] if hint.sort or hint.kind is not MentionKind.PLACE else []
        elif hint.sort or hint.kind is not MentionKind.PLACE or token in owner.parts.recipient:
            given[drafts.index(owner)].append(hint)
    for number, draft in enumerate(drafts):
        if given[number]:
            continue
        given[number] = _shared(draft, drafts, given, owners) or (loose if len(drafts) == 1 or is_verb(draft.anchor) else [])
    return given


def one_place(drafts: Sequence[Draft], given: dict[int, list[Hint]]) -> None:
    """Nothing; where the acts of a sentence are told of one place only, deeds without a place are told of it too."""
    told = list(dict.fromkeys(hint for hints in given.values() for hint in hints))
    if len(told) == 1:
        for number, draft in enumerate(drafts):
            given[number] = given[number] or (told if draft.type in VIOLENT else [])


def _shared(draft: Draft, drafts: Sequence[Draft], given: dict[int, list[Hint]], owners: "dict[int, Draft]") -> list[Hint]:
    """What a coordinated, participial or nominal neighbour in the same clause was given."""
    anchor = draft.anchor
    if anchor.dep_ in ("conj", "advcl", "xcomp", "dobj", "pobj", "prep", "nsubj", "acl", "dep") and anchor.dep_ != "relcl":
        above = owners.get(anchor.head.i) or governor(anchor, owners)
        if above is not None and above is not draft and (anchor.dep_ != "advcl" or anchor.tag_ == "VBG"):
            return given[drafts.index(above)]
    for other in drafts:
        if other is not draft and other.anchor.dep_ == "conj" and other.anchor.head == anchor:
            return given[drafts.index(other)]
    return []


class Assembler:
    """Turns drafts into proposals."""

    def __init__(self, book: "Codebook", cases: Cases, weights: Weights) -> None:
        self.book = book
        self.cases = cases
        self._weights = weights
        self._conflict = book.classes.get("conflict", frozenset())

    def proposal(
        self, draft: Draft, drafts: Sequence[Draft], found: Sequence[Attribution], places: Sequence[Hint], times: Sequence[Hint]
    ) -> ActProposal | None:
        """The proposal of one of a sentence's drafts; None for what is only asked for and harms nobody."""
        view = draft.hit.view
        first, last = draft.ends()
        position = view.parsed.at(draft.head)[0]
        voices = [one for one in chain(found, position) if one.cue != view.parsed.at(draft.head)]
        modality, certainty, why = self._mood(draft, voices)
        if not (voices and voices[-1].negated):  # "has neither confirmed nor denied": what nobody said is no matter of the act's own words
            modality, certainty, why = _spoken(draft, modality, certainty, why)
        kind = draft.type
        if modality is Modality.DENIED and kind in _OFFERED and self._will_not(draft):
            kind, modality, why = "REJECT", Modality.ACTUAL, "a refusal: it will not be done"
        if draft.type == "REJECT" and draft.mood.modality is Modality.DENIED:  # "has not ruled out": nothing is rejected
            return None
        if modality is not Modality.ACTUAL and kind not in VIOLENT and any(one.stance in _URGING for one in voices[-1:]):
            return None
        actor, recipient, instrument = (self._phrases(view, tokens) for tokens in (draft.parts.actor, draft.parts.recipient, draft.parts.instrument))
        told = tuple(voice_of(one) for one in speaking(found, position) if one in voices)
        signs = (*act_signs(draft, Told(kind, modality, certainty, told, bool(places), bool(times)), self.book, self._conflict), *beside(draft, drafts))
        return ActProposal(
            trigger=view.stretch(first, last),
            type=kind,
            mode=mode_of(draft, self.book) if kind == draft.type else None,
            modality=modality,
            certainty=certainty,
            voices=told,
            actor=actor,
            recipient=recipient,
            instrument=instrument,
            place=tuple(dict.fromkeys(hint.at for hint in places)),
            time=times[0].at if times else None,
            responsibility=self._responsibility(draft, voices, modality, certainty),
            victim_status=self._victims(view, draft.parts.recipient),
            actor_unknown="" if actor else nobody(draft),
            confidence=self._weights.share(signs),
            signs=signs,
            reason=f"{draft.hit.head.text!r} by {_rests_on(draft)}; {why}",
        )

    def _mood(self, draft: Draft, voices: Sequence[Attribution]) -> tuple[Modality, Certainty, str]:
        """Modality and certainty from the sentence's own words and from what the innermost speaker does."""
        mood = draft.mood
        modality, certainty, why = mood.modality, mood.certainty, mood.reason
        if not voices:
            return modality, certainty, why
        inner = voices[-1]
        if inner.stance is Stance.DENIED and not inner.negated:
            if modality is Modality.DENIED:
                return modality, certainty, why
            return Modality.DENIED, certainty, "denied by the speaker"
        if (
            modality is Modality.ACTUAL
            and inner.stance in _URGING
            and ((is_verb(draft.anchor) and draft.anchor.tag_ in ("VB", "VBP")) or (draft.hit.nominal is False and draft.head.tag_ == "VB"))
        ):
            return Modality.HYPOTHETICAL, certainty, "asked for, not told"
        if modality is Modality.ACTUAL and inner.stance is Stance.PLANNED and draft.anchor.tag_ == "VB":
            return Modality.PLANNED, certainty, "intended by the speaker"
        if modality is Modality.ACTUAL and inner.negated and inner.told:
            return Modality.HYPOTHETICAL, certainty, "the speaker has not said so"
        if inner.stance is Stance.BELIEVED and certainty is Certainty.CERTAIN:
            return modality, Certainty.PROBABLE, f"{why}; believed by the speaker"
        return modality, certainty, why

    def _will_not(self, draft: Draft) -> bool:
        """Whether the negation is of the will ("will not cooperate"), not of the fact."""
        return any(child.dep_ == "aux" and child.lower_ in self.cases.planned.modals | {"would", "can"} for child in draft.anchor.lefts)

    @staticmethod
    def _phrases(view: View, tokens: "Sequence[Token]") -> tuple[Stretch, ...]:
        found = [_without(view, token, tokens) for token in tokens]
        found = [at if at.end - at.start <= _LONGEST_ROLE else Stretch(*view.parsed.at(token)) for at, token in zip(found, tokens, strict=True)]
        return tuple(dict.fromkeys(found))

    @staticmethod
    def _responsibility(draft: Draft, voices: Sequence[Attribution], modality: Modality, certainty: Certainty) -> ResponsibilityStatus:
        if not draft.parts.actor:
            return ResponsibilityStatus.UNKNOWN
        stance = voices[-1].stance if voices else Stance.SAID
        if modality is Modality.DENIED:
            return ResponsibilityStatus.DENIED
        if stance is Stance.CLAIMED_RESPONSIBILITY:
            return ResponsibilityStatus.CLAIMED
        if stance is Stance.ACCUSED:
            return ResponsibilityStatus.ACCUSED
        return ResponsibilityStatus.SUSPECTED if certainty is not Certainty.CERTAIN else ResponsibilityStatus.STATED

    def _victims(self, view: View, tokens: "Sequence[Token]") -> VictimStatus:
        words = {view.lemma(child) for token in tokens for child in (token, *token.lefts)}
        civilian, combatant = words & self.cases.victims.civilian, words & self.cases.victims.combatant
        if civilian and not combatant:
            return VictimStatus.CIVILIAN
        return VictimStatus.COMBATANT if combatant and not civilian else VictimStatus.UNKNOWN


def _without(view: View, token: "Token", others: "Sequence[Token]") -> Stretch:
    """The phrase of a noun without what is told as a party of its own in front of it ("Ugandan and" Kenyan troops)."""
    whole = view.phrase(token)
    inside = [other.i for other in others if other.i < token.i and token in ancestors(other) and whole.start <= view.parsed.at(other)[0]]
    if not inside:
        return whole
    first = next((one for one in view.doc[max(inside) + 1 : token.i + 1] if one.dep_ not in ("cc", "punct", "det")), token)
    return Stretch(view.parsed.at(first)[0], whole.end)


def _spoken(draft: Draft, modality: Modality, certainty: Certainty, why: str) -> tuple[Modality, Certainty, str]:
    """The modality that the rules found, or another where the learned layer is sure of it."""
    seen = draft.hit.spoken
    if seen is None or seen[0] is modality or seen[1] < _SURE_OF_MOOD:
        return modality, certainty, why
    return seen[0], certainty, f"{seen[0]} by the learned layer (chance {seen[1]:.2f}); the rules: {why}"


def nobody(draft: Draft) -> str:
    """Why nobody is told as the actor of an act."""
    if draft.hit.nominal:
        return "a noun tells the act, and no words beside it say whose"
    return "a passive, and no words say by whom" if draft.hit.passive else "no words stand where the verb would have who did it"


def voice_of(one: Attribution) -> VoiceProposal:
    """The link of a chain that an attribution gives; a pronoun keeps its own words, the fuller name is the pipeline's business."""
    source = (one.named if one.carried else None) or one.source
    return VoiceProposal(Stretch(*source) if source else None, Stretch(*one.cue), one.stance, one.kind)


def _rests_on(draft: Draft) -> str:
    """What a draft rests on, for people to read."""
    hit = draft.hit
    return f"the entry {hit.trigger.source!r} of {draft.type}" if hit.chance is None else f"the learned layer as {draft.type} (chance {hit.chance:.2f})"
