"""Words of a text as the search for places reads them, and the names that stand in the way."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from sayso.gazetteers.name_context import FoundName
from sayso.text.datelines import dateline_end
from sayso.text.veil import Shape

WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:['’ʼ`´‘][^\W_]+)*")
SOFT, HARD = 1, 2  # an actor that may stand inside the name of a place, and one that may not
_POSSESSIVE = re.compile(r"['’][sS]$")
_FREE = frozenset((Shape.COUNTRY, Shape.CAPITAL))
_WITHIN = frozenset((Shape.ADJECTIVE, Shape.PEOPLE))
_CALENDAR = frozenset(("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "mon", "tue", "wed", "thu", "fri", "sat", "sun"))


class Word(NamedTuple):
    """One word and where it stands."""

    start: int
    end: int  # without a possessive ending
    raw: str
    low: str
    owns: bool  # "Ethiopia's"


def place_tokens(text: str) -> list[Word]:
    """The words of the text in order, possessive endings cut off."""
    words = []
    for match in WORD.finditer(text):
        raw = match[0]
        owns = raw[-1] in "sS" and _POSSESSIVE.search(raw) is not None
        if owns and len(raw) > 3:
            raw = raw[:-2]
        start = match.start()
        words.append(Word(start, start + len(raw), raw, raw.lower().replace("’", "'"), owns))
    return words


def held_words(words: Sequence[Word], names: Sequence[FoundName]) -> list[int]:
    """For every word, whether it belongs to an actor that is no country and no capital; adjectives may stand inside the name of a place."""
    held = [0] * len(words)
    spans = sorted((name.start, name.end, SOFT if name.shape in _WITHIN else HARD) for name in names if name.shape not in _FREE)
    at = 0
    for index, word in enumerate(words):
        while at < len(spans) and spans[at][1] <= word.start:
            at += 1
        if at < len(spans) and spans[at][0] < word.end:
            held[index] = spans[at][2]
    return held


def dateline_spans(text: str) -> list[tuple[int, int]]:
    """The stretches of the datelines at the beginnings of paragraphs."""
    found = []
    for match in re.finditer(r"(?:\A|\n[ \t]*\n?)\s*(?=\S)", text):
        if (ends := dateline_end(text, match.end(), len(text), True)) is not None:
            bracket = re.search(r"[(\[]", text[match.end() : ends[0]])  # what stands in brackets is the agency
            found.append((match.end(), match.end() + bracket.start() if bracket else ends[0]))
    return found


def is_calendar(word: str) -> bool:
    """Whether the word begins like a month or a weekday."""
    return word[:3] in _CALENDAR
