"""Invented reports for measuring speed: many, of many lengths and shares of events, the same in every run."""

import random
from collections.abc import Iterator

_PLACES = ("Wad Hassan", "Suakin", "Bellmare", "the northern district", "Tall Amin", "the border town of Karo", "Port Lessing", "Imre")
_SIDES = ("the Eastern Front", "the army", "a militia from the valley", "government forces", "the Red Hills Column", "police", "unidentified gunmen")
_SPEAKERS = ("A spokesman", "The ministry", "Two witnesses", "A doctor at the hospital", "The governor's office", "An aid group", "State radio")
_DAYS = ("on Monday", "late on Tuesday", "a day earlier", "over the weekend", "on 3 May", "this morning")
_VICTIMS = ("herders", "traders", "passengers of a bus", "soldiers", "people", "fighters")
_EVENTS = (
    "{speaker} said that {side} had killed at least {n} {victims} near {place} {day}.",
    "{side} shelled {place} {day}, wounding {n} {victims}, {speaker} said.",
    "{speaker} denied that {side} had carried out an air strike on {place}.",
    "Between {n} and {m} {victims} were abducted from {place} {day} by {side}, according to {speaker}.",
    "Several hundred people marched in {place} {day} to protest against the arrest of {n} teachers.",
    "{side} warned that it would attack {place} if {other} did not withdraw.",
    "{other} and {side} agreed on a truce {day} after talks in {place}.",
    '"They came at night and burned {n} houses," said {speaker} in {place}.',
    "In response to the raid, {side} fired mortars at {place}, killing {n} and injuring {m} others.",
)
_OTHERS = (
    "The market in {place} opens at eight and sells mostly grain, salt and cloth.",
    "The road from {place} to the coast is {n} kilometres long and was paved in 1987.",
    "Prices of bread rose by {n} per cent over the year, and the harvest is expected to be late.",
    "The region has been divided since the drought, when many families moved to {place}.",
    "Its river floods in most years, and the bridge is closed for repair until the autumn.",
    "A football match between {place} and a visiting team ended in a draw.",
    "The orchestra will play in {place}, where its conductor grew up.",
    "Few of the older people remember a time when the railway still ran.",
)


def reports(count: int, seed: int = 1) -> Iterator[str]:
    """`count` invented reports of 60 to 900 words; a third of the sentences tell of an event."""
    chance = random.Random(seed)
    for _ in range(count):
        paragraphs = []
        for _ in range(chance.randint(2, 12)):
            sentences = [_sentence(chance) for _ in range(chance.randint(2, 5))]
            paragraphs.append(" ".join(sentences))
        yield "\n\n".join(paragraphs)


def _sentence(chance: random.Random) -> str:
    pattern = chance.choice(_EVENTS if chance.random() < 1 / 3 else _OTHERS)
    low = chance.randint(2, 40)
    words = pattern.format(
        speaker=chance.choice(_SPEAKERS), side=chance.choice(_SIDES), other=chance.choice(_SIDES), victims=chance.choice(_VICTIMS),
        place=chance.choice(_PLACES), day=chance.choice(_DAYS), n=low, m=low + chance.randint(1, 20),
    )  # fmt: skip
    return words[0].upper() + words[1:]
