"""Pseudo sentences: every entry of the codebook put into a plain invented sentence, so that a tagger meets all its words before it meets real sentences."""

import random
import re
from collections.abc import Iterator

from sayso.codebooks.codebook import Codebook
from sayso.codebooks.triggers import Trigger
from sayso.learning.marked import MarkedAct, MarkedSentence

_SEED = 7
_FRAMES = 0.35  # share of the triggers of frames that are used: they repeat one another
_WEAK = 0.6  # share of the weak entries
_NAMES = ("Ardovia", "Belmaria", "the Tarvelian army", "Yorvana", "Ostravian forces", "the Lorvanians", "Norvelburg", "the Corvana Front", "Garvana")
_WHO = (
    "the army", "rebels", "gunmen", "the government", "police", "militants", "the ministry", "protesters", "soldiers", "the militia", "the authorities",
    "the president", "local officials", "the foreign minister", "residents", "the United Nations", "the court", "students", "the union", "aid workers",
    "the opposition", "the delegation", "the group", "the commander",
)  # fmt: skip
_WHOM = (
    "the town", "the villagers", "the camp", "two men", "the proposal", "the city", "civilians", "the convoy", "its neighbour", "the rebels", "the government",
    "the prisoners", "the bridge", "the families", "the agreement", "troops", "the journalist", "the demand",
)  # fmt: skip
_WHEN = ("on Monday", "overnight", "last week", "on Friday", "late on Tuesday", "in May", "this week", "")
_WHERE = ("in the capital", "near the border", "in the north", "in Karem", "outside the city", "at the airport", "")
_VOICES = ("residents said", "the agency reported", "officials said", "according to a witness", "a spokesman said", "")
_DETERMINERS = ("the ", "the ", "several ", "its ", "a ", "")
_IRREGULAR = dict(
    re.findall(
        r"(\w+):(\w+)",
        "be:was have:had do:did go:went give:gave take:took make:made send:sent say:said tell:told get:got keep:kept hold:held put:put set:set "
        "cut:cut hit:hit shut:shut let:let lose:lost leave:left lead:led lay:laid run:ran sit:sat stand:stood speak:spoke break:broke bring:brought "
        "build:built buy:bought come:came deal:dealt draw:drew drive:drove fall:fell fight:fought find:found flee:fled fly:flew forbid:forbade "
        "freeze:froze hang:hung hear:heard hide:hid hurt:hurt know:knew lend:lent meet:met pay:paid quit:quit ride:rode ring:rang rise:rose see:saw "
        "seek:sought sell:sold shake:shook shed:shed shoot:shot show:showed sink:sank slay:slew spend:spent split:split spread:spread steal:stole "
        "stick:stuck strike:struck swear:swore sweep:swept tear:tore throw:threw undergo:underwent undertake:undertook uphold:upheld win:won "
        "withdraw:withdrew withhold:withheld write:wrote begin:began bind:bound blow:blew overthrow:overthrew overrun:overran retake:retook "
        "ban:banned stop:stopped rob:robbed stab:stabbed plan:planned drop:dropped snub:snubbed ram:rammed rip:ripped scrap:scrapped slam:slammed "
        "step:stepped trap:trapped admit:admitted commit:committed deter:deterred expel:expelled repel:repelled rebel:rebelled quell:quelled ",
    )
)


def pseudo_sentences(book: Codebook) -> Iterator[MarkedSentence]:
    """A sentence an entry, the same at every call."""
    chance = random.Random(_SEED)  # noqa: S311 - sentences, not secrets
    for trigger in book.triggers():
        kept = chance.random() < (_FRAMES if trigger.framed else _WEAK if trigger.weak else 1.0)
        if kept:
            yield _sentence(trigger, chance)


def _sentence(trigger: Trigger, chance: random.Random) -> MarkedSentence:
    company = f"amid {_noun(chance, trigger.company)}" if trigger.company and chance.random() < 0.7 else ""
    tail = (company, chance.choice(_WHERE), chance.choice(_WHEN))
    before, told, after = (_verbal if trigger.pos == "verb" else _nominal)(trigger, chance)
    start = " ".join(part for part in before if part)
    end = " ".join(part for part in (*after, *tail) if part)
    voice = chance.choice(_VOICES) if chance.random() < 0.3 else ""
    at = len(start) + 1 if start else 0
    text = " ".join(part for part in (start, told, end) if part) + (f", {voice}." if voice else ".")
    return MarkedSentence(text[0].upper() + text[1:], (MarkedAct(at, at + len(told), (trigger.type,)),))


def _verbal(trigger: Trigger, chance: random.Random) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    """What stands before the words of the act, the words, and what stands behind."""
    who = _noun(chance, trigger.subjects) if trigger.subjects else chance.choice(_NAMES if chance.random() < 0.4 else _WHO)
    whom = _noun(chance, trigger.objects) if trigger.objects else chance.choice(_WHOM) if chance.random() < 0.6 else ""
    if trigger.rest:
        return (who,), " ".join((_past(trigger.head), *trigger.rest)), (whom,)
    form = chance.random()
    if form < 0.15 and whom:
        return (whom, "was"), _past(trigger.head), (f"by {who}",)
    if form < 0.3:
        return (who, "said it would"), trigger.head, (whom,)
    if form < 0.45:
        return ("after",), _present(trigger.head), (f"{whom}," if whom else ",", who, "left")
    return (who,), _past(trigger.head), (whom,)


def _nominal(trigger: Trigger, chance: random.Random) -> tuple[tuple[str, ...], str, tuple[str, ...]]:
    told = " ".join((*trigger.rest, trigger.head))
    whom = f"of {_noun(chance, trigger.objects)}" if trigger.objects else chance.choice(("", f"by {chance.choice(_WHO)}"))
    form = chance.random()
    if form < 0.35:
        return ("the",), told, (whom, chance.choice(("came", "followed", "ended", "began", "drew attention")))
    if form < 0.6:
        return (chance.choice(_WHO), chance.choice(("announced", "reported", "spoke of", "faced")), "a"), told, (whom,)
    if form < 0.8:
        return ("there was", chance.choice(("a", "no", "another"))), told, (whom,)
    return ("news of the",), told, (whom, "spread")


def _noun(chance: random.Random, words: frozenset[str]) -> str:
    return chance.choice(_DETERMINERS) + chance.choice(sorted(words))


def _past(verb: str) -> str:
    if verb in _IRREGULAR:
        return str(_IRREGULAR[verb])
    if verb.endswith("e"):
        return f"{verb}d"
    return f"{verb[:-1]}ied" if verb.endswith("y") and verb[-2:-1] not in "aeiou" else f"{verb}ed"


def _present(verb: str) -> str:
    return (verb[:-1] if verb.endswith("e") and not verb.endswith("ee") else verb) + "ing"
