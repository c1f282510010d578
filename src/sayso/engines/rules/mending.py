"""Mending: what the English parser gets wrong again and again, put right by the words themselves before any rule looks at the tree."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sayso.engines.rules.tokens import PlainToken

# Who says or does these is a speaker, so they go on with the speaking verb: "denied that its jets bombed the hospital and accused the rebels".
_SPEAKING = frozenset(
    (
        "accused", "added", "announced", "asked", "backed", "blamed", "called", "condemned", "confirmed", "criticised", "criticized", "demanded", "denied",
        "denounced", "described", "dismissed", "insisted", "ordered", "pledged", "praised", "promised", "rejected", "said", "summoned", "thanked", "threatened",
        "told", "urged", "vowed", "warned", "welcomed",
    )
)  # fmt: skip
_AFTER = frozenset(("in", "after", "during", "of"))
_FORCES = frozenset(("police", "army", "military", "navy", "militia", "rebel", "militant", "insurgent", "gang", "mob", "cartel", "paramilitary", "air-force"))


def mend(tokens: Sequence["PlainToken"]) -> None:
    """Nothing; heads, dependencies and tags that are surely wrong are set right. Children are not hung yet."""
    verbs = [one for one in tokens if (one.dep_ == "conj" and one.tag_ == "VBD") or (one.tag_ == "VBG" and one.dep_ in ("acl", "advcl"))]
    if not verbs:
        return
    subjects = {one.head.i for one in tokens if one.dep_ in ("nsubj", "nsubjpass", "csubj")}
    objects = {one.head.i for one in tokens if one.dep_ in ("dobj", "ccomp", "dative")}
    for one in verbs:
        if one.dep_ == "conj":
            _hand_up(one, subjects)
        elif one.i and one.i not in objects:
            _turn_to_noun(one, tokens[one.i - 1])


def _hand_up(verb: "PlainToken", subjects: set[int]) -> None:
    """Nothing; a speaking verb that was joined to the last verb of what is said is joined to the verb that says it."""
    inner = verb.head
    outer = inner.head
    while inner.dep_ == "conj" and outer is not inner:
        inner, outer = outer, outer.head
    if inner.dep_ != "ccomp" or verb.i in subjects or inner.i not in subjects or outer.i not in subjects:
        return
    if verb.lower_ in _SPEAKING and inner.lower_ not in _SPEAKING and outer.lower_ in _SPEAKING and outer.i < inner.i:
        verb.head = outer


def _turn_to_noun(verb: "PlainToken", force: "PlainToken") -> None:
    """Nothing; "killed in police firing": the participle is the noun of the phrase and the force before it its modifier."""
    if force.lower_ not in _FORCES or force.dep_ != "pobj" or force.head.lower_ not in _AFTER:
        return
    verb.head, verb.dep_, verb.tag_ = force.head, "pobj", "NN"
    force.head, force.dep_ = verb, "compound"
