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


_MONTHS = frozenset(
    ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
)  # fmt: skip
_TRADING = frozenset(("trade", "trades", "traded", "trading", "exchange", "exchanges", "exchanged", "exchanging", "return", "returns", "returned", "returning"))
_FIRE = frozenset(("fire", "gunfire"))


def mend(tokens: Sequence["PlainToken"]) -> None:
    """Nothing; heads, dependencies and tags that are surely wrong are set right. Children are not hung yet."""
    for one in tokens:
        if one.lower_ in _MONTHS:
            _date(one, tokens)
        elif one.lower_ in _FIRE:
            _trade_fire(one, tokens)
    verbs = [one for one in tokens if (one.dep_ == "conj" and one.tag_ == "VBD") or (one.tag_ == "VBG" and one.dep_ in ("acl", "advcl")) or one.tag_ == "NN"]
    if not verbs:
        return
    subjects = {one.head.i for one in tokens if one.dep_ in ("nsubj", "nsubjpass", "csubj")}
    objects = {one.head.i for one in tokens if one.dep_ in ("dobj", "ccomp", "dative")}
    for one in verbs:
        if one.dep_ == "conj" and one.tag_ == "VBD":
            _hand_up(one, subjects)
        elif one.tag_ == "VBG":
            if one.i and one.i not in objects:
                _turn_to_noun(one, tokens[one.i - 1])
        elif one.tag_ == "NN" and one.i in subjects and one.i in objects:  # "retook", "rocketed": what has both is a verb
            one.tag_ = "VBD"


def _date(month: "PlainToken", tokens: Sequence["PlainToken"]) -> None:
    """Nothing; a month beside a day is the date ("11 and 12 May the army …"), not what may be, and no part of the noun behind it ("On 3 June gunmen …")."""
    near = [tokens[at] for at in (month.i - 1, month.i + 1) if 0 <= at < len(tokens) and _is_day(tokens[at])]
    if not near or (month.lower_ == "may" and month.tag_ == "MD" and month.text == "may" and near[0].i > month.i):
        return
    day, noun = near[0], month.head
    if month.dep_ == "aux":
        month.tag_ = "NNP"
        _hang(month, day, "npadvmod")
    elif month.dep_ in ("compound", "nmod") and noun.i > max(month.i, day.i):
        first = day.head if day.dep_ == "conj" and day.head.tag_ == "CD" else day
        before = tokens[min(month.i, first.i) - 1] if min(month.i, first.i) else None
        if day.dep_ == "pobj" or first.dep_ == "pobj":  # "From 4 to 6 May soldiers …"
            _hang(month, day, "npadvmod")
        elif before is not None and before.tag_ == "IN" and first.head in (noun, month):
            _free_subject(noun, before, tokens)
            _hang(month, before, "pobj")
            for one in (first, day):
                if one.head is noun:
                    _hang(one, month, "nummod")


def _hang(token: "PlainToken", head: "PlainToken", dep: str) -> None:
    """Nothing; the token hangs on the head. Where the head hung on the token, it takes the token's place first: a tree has no circle."""
    if token is head:
        return
    if token.is_ancestor(head):
        head.head, head.dep_ = (head if token.head is token else token.head), token.dep_
    token.head, token.dep_ = head, dep


def _free_subject(noun: "PlainToken", prep: "PlainToken", tokens: Sequence["PlainToken"]) -> None:
    """Nothing; a noun that was read as the object of the preposition in front of a date is the subject of the verb behind it."""
    verb = next((one for one in tokens[noun.i + 1 :] if one.tag_[:2] == "VB" and not noun.is_ancestor(one)), None)
    if noun.dep_ == "pobj" and noun.head is prep and verb is not None:
        _hang(noun, verb, "nsubj")


def _is_day(token: "PlainToken") -> bool:
    """Whether the word is the number of a day: "3", "22nd"."""
    digits = token.text.removesuffix("th").removesuffix("st").removesuffix("nd").removesuffix("rd")
    return digits.isdigit() and len(digits) <= 2


def _trade_fire(fire: "PlainToken", tokens: Sequence["PlainToken"]) -> None:
    """Nothing; "traded small-arms fire": the fire is what is traded, and the word before it says which."""
    verb = next((one for one in reversed(tokens[max(0, fire.i - 5) : fire.i]) if one.lower_ in _TRADING), None)
    if verb is None or fire.head is not verb:
        return
    fire.tag_, fire.dep_ = "NN", "dobj"
    for one in tokens[verb.i + 1 : fire.i]:
        if one.head is fire and one.dep_ in ("nsubj", "nsubjpass"):
            one.dep_ = "compound"


def _hand_up(verb: "PlainToken", subjects: set[int]) -> None:
    """Nothing; a speaking verb that was joined to the last verb of what is said is joined to the verb that says it."""
    inner = verb.head
    outer = inner.head
    while inner.dep_ == "conj" and outer is not inner:
        inner, outer = outer, outer.head
    if inner.dep_ != "ccomp" or verb.i in subjects or inner.i not in subjects or outer.i not in subjects:
        return
    if verb.lower_ in _SPEAKING and inner.lower_ not in _SPEAKING and outer.lower_ in _SPEAKING and outer.i < inner.i:
        _hang(verb, outer, verb.dep_)


def _turn_to_noun(verb: "PlainToken", force: "PlainToken") -> None:
    """Nothing; "killed in police firing": the participle is the noun of the phrase and the force before it its modifier."""
    if force.lower_ not in _FORCES or force.dep_ != "pobj" or force.head.lower_ not in _AFTER:
        return
    verb.tag_ = "NN"
    _hang(verb, force.head, "pobj")
    _hang(force, verb, "compound")
