"""Features of a candidate: what a linear judge is told of a cue and of the grammar around it.

No words but the cue's own: it must judge alike whoever is spoken of, and whether they were killed, martyred or neutralised.
"""

from typing import TYPE_CHECKING

from sayso.engines.rules.cause_candidates import Candidate
from sayso.engines.rules.cause_parts import clause_of
from sayso.engines.rules.grammar import View

if TYPE_CHECKING:
    from spacy.tokens import Token

_LENGTHS = (0, 1, 2, 4, 8, 16)
_COARSE = (1, 3, 8)
_MANY = (1, 2, 3, 5, 8)
_LONG = (8, 15, 25, 40)
_QUOTES = frozenset('"“”«»')
_ACTION = ("tion", "sion", "ment", "ing", "ure", "al")  # nouns made from verbs: "the demolition", "the killing"
_PREPOSITIONAL = frozenset({"IN", "TO"})


def features(one: Candidate, view: View, rivals: int) -> tuple[str, ...]:
    """The features of a candidate, each at most once; `rivals` counts the candidates of its sentence, itself included."""
    doc, cue, above, told = view.doc, one.cue.name, one.governor, one.complement
    first = doc[one.signal.first]
    verb = clause_of(above)
    after = one.cause if one.cue.cause_after else one.effect
    found = {
        "any",
        f"cue {cue}",
        f"form {one.cue.form}",
        f"grade {one.cue.grade}",
        f"above {_sort(above)}",
        f"above {above.dep_}",
        f"told {_sort(told)}",
        f"told {told.dep_}",
        f"signal {first.dep_}",
        f"{one.cue.form} signal {first.dep_}",
        f"{cue} signal {first.dep_}",
        f"{cue} above {_sort(above)}",
        f"{cue} told {_sort(told)}",
        f"{cue} told {told.tag_}",
        f"cause length {_step(one.cause.last - one.cause.first, _LENGTHS)}",
        f"effect length {_step(one.effect.last - one.effect.first, _LENGTHS)}",
        f"{cue} length {_step(after.last - after.first, _COARSE)}",
        f"rivals {_step(rivals, _MANY)}",
        f"sentence length {_step(len(doc), _LONG)}",
        f"clause {verb.tag_}",
        f"clause {verb.dep_}",
        *_surroundings(one, view, verb),
    }
    return tuple(sorted(found))


def _surroundings(one: Candidate, view: View, verb: "Token") -> list[str]:
    """What the clause and the place of the signal are like."""
    doc, told, found = view.doc, one.complement, []
    if one.signal.first < 3:
        found.append("signal opens")
    elif doc[one.signal.first - 1].text == ",":
        found.append("signal after comma")
    if any(token.text in _QUOTES for token in doc):
        found.append("quotation")
    if any(child.tag_ == "MD" for child in verb.children):
        found.append("clause modal")
    if any(child.dep_ == "neg" for child in verb.children):
        found.append("clause negated")
    if any(child.tag_ == "NNP" for child in told.children):
        found.append("told of a name")
    if told.tag_ == "NN" and told.lower_.endswith(_ACTION):
        found += ["told action", f"{one.cue.name} told action"]
    return found


def _sort(token: "Token") -> str:
    """A coarse kind of word: nouns and verbs without number and tense, names apart."""
    if token.tag_.startswith("NNP"):
        return "name"
    return token.tag_ if token.tag_ in _PREPOSITIONAL else token.tag_[:2]


def _step(value: int, edges: tuple[int, ...]) -> int:
    return sum(value > edge for edge in edges)
