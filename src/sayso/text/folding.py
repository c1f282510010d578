"""Folding: text in the form in which quotes are compared, with every position mapped back to the source."""

import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

_SINGLE = "'`´‘’‚‛‹›′ʹʻʼʽʾʿˈ＇"
_DOUBLE = "\"“”„‟«»″〝〞＂"
_DASHES = "-‐‑‒–—―−⁃﹘﹣－˗"
_LETTERS = {"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h", "ŋ": "n", "ə": "e"}
_MARKS = ("Mn", "Me")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text; `index` holds for each of its code points the position in the source it came from."""

    text: str
    index: Sequence[int]
    source: str

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The span of the source behind [start, end) of the folded text; ValueError if that is empty or outside.

        A code point that folds to several ("ﬁ") is covered whole, and marks that were dropped stay with their letter.
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"span [{start}, {end}) is empty or outside a folded text of {len(self.text)} code points")
        stop = self.index[end - 1] + 1
        blank = self.text[end - 1] == " "
        while stop < len(self.source) and (_is_mark(self.source[stop]) or (blank and self.source[stop].isspace())):
            stop += 1
        return self.index[start], stop

    def position(self, at: int) -> int:
        """The position in the folded text of the first code point that stands at or after `at` in the source."""
        return bisect_left(self.index, at)


@lru_cache(maxsize=4)  # one report is asked for its quotes many times in a row
def fold(text: str) -> Folded:
    """The text without case, marks, and variants of quotes, dashes and blanks; runs of white space become one blank."""
    parts: list[str] = []
    index: list[int] = []
    blank = False
    for at, char in enumerate(text):
        for folded in _folded(char):
            if folded == " ":
                if blank:
                    continue
                blank = True
            else:
                blank = False
            parts.append(folded)
            index.append(at)
    return Folded("".join(parts), index, text)


@cache  # bounded: there are 1.1 million code points, a report holds a few hundred
def _folded(char: str) -> str:
    """What one code point becomes: nothing, one or several code points."""
    if char.isspace():
        return " "
    if char in _SINGLE:
        return "'"
    if char in _DOUBLE:
        return '"'
    if char in _DASHES:
        return "-"
    if unicodedata.category(char) == "Cf":
        return ""  # soft hyphen, joiners, bidi controls
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char).casefold())
    kept = "".join(_LETTERS.get(part, part) for part in decomposed if not _is_mark(part))
    return kept if kept == char else "".join(_folded(part) for part in kept)


def _is_mark(char: str) -> bool:
    return unicodedata.category(char) in _MARKS
