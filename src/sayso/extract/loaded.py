"""Loaded words found in a text: words that take a side, with their class and a plain gloss. Whose wording they are is not decided here."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sayso.languages.loaded import NAME, WITHIN, WORD, LoadedEntry, LoadedPhrase, LoadedWords, Words, folded
from sayso.model.words import LoadedClass

_JOIN = re.compile(r"(?!\s*\n\s*\n)[\s'\"`’‘“”„«»*\-‐‑–]{1,4}")  # what may stand between the words of a phrase
_ARTICLES = frozenset(("the", "a", "an"))
_folded = lru_cache(maxsize=50_000)(folded)
_OPENING, _CLOSING = "\"'“‘«„`", "\"'”’»“`"
_LONGEST = 4  # words of a condition
_RUN = 5  # capitalised words in which a proper name's head may stand
_TITLE = 0.8  # share of capitalised words that makes a line a headline


@dataclass(frozen=True, slots=True)
class FoundLoaded:
    """[start, end) of words that take a side, how, and what they would be plainly."""

    start: int
    end: int
    loaded_class: LoadedClass
    neutral: str


def find_loaded(text: str, words: LoadedWords, names: Sequence[tuple[int, int]], mild: bool = False) -> tuple[FoundLoaded, ...]:
    """The loaded words of `text` in order, none overlapping; `names` are the stretches that name actors, `mild` asks for the mild ones too."""
    scan = _Scan(text, words.name_heads, names)
    found: list[FoundLoaded] = []
    index = 0
    while index < len(scan.folded):
        known = words.phrases.get(scan.folded[index])
        phrase = next((one for one in known if (mild or not one.entry.mild) and scan.stands(one, index)), None) if known else None
        if phrase is None:
            index += 1
            continue
        stop = index + len(phrase.words)
        found.append(FoundLoaded(scan.starts[index], scan.ends[stop - 1], phrase.entry.loaded_class, phrase.entry.neutral))
        index = stop
    return tuple(found)


class _Scan:
    """The words of one text, and whether a phrase stands at one of them."""

    def __init__(self, text: str, heads: frozenset[str], names: Sequence[tuple[int, int]]) -> None:
        matches = list(WORD.finditer(text))
        self.text, self._heads = text, heads
        self.starts = [match.start() for match in matches]
        self.ends = [match.end() for match in matches]
        self.written = [match.group() for match in matches]
        self.folded = list(map(_folded, self.written))
        self._names = sorted(names)
        self._name_starts = [start for start, _ in self._names]

    def stands(self, phrase: LoadedPhrase, index: int) -> bool:
        """Whether the phrase stands at a word, and takes a side there."""
        words = phrase.words
        stop = index + len(words)
        if len(words) > 1 and (self.folded[index + 1 : index + 2] != [words[1]] or not all(self._joined(at) for at in range(index, stop - 1))):
            return False
        if tuple(self.folded[index:stop]) != words:
            return False
        entry = phrase.entry
        if not entry.in_names and (self._in_name(self.starts[index], self.ends[stop - 1]) or self._proper(index, stop)):
            return False
        return self._beside(entry, index, stop) and self._needed(entry, index, stop)

    def _beside(self, entry: LoadedEntry, index: int, stop: int) -> bool:
        """Whether the words right before and behind allow it."""
        if entry.before_name and not (stop < len(self.written) and self._joined(stop - 1) and self.written[stop][0].isupper()):
            return False
        if (entry.before and not self._follows(entry.before, stop)) or self._follows(entry.not_before, stop):
            return False
        return (not entry.after or self._precedes(entry.after, index)) and not self._precedes(entry.not_after, index)

    def _follows(self, wanted: frozenset[Words], stop: int) -> bool:
        last = stop
        while wanted and last < min(len(self.folded), stop + _LONGEST) and self._joined(last - 1):
            last += 1
            if tuple(self.folded[stop:last]) in wanted:
                return True
        return False

    def _precedes(self, wanted: frozenset[Words], index: int) -> bool:
        """Whether one of the wanted stands right before a word, or before its article."""
        if not wanted or not index:
            return False
        skipped = index - 1 if self.folded[index - 1] in _ARTICLES and index > 1 and self._joined(index - 1) else index
        for end in {index, skipped}:
            first = end
            while first > max(0, end - _LONGEST) and self._joined(first - 1):
                first -= 1
                if tuple(self.folded[first:end]) in wanted:
                    return True
        return False

    def _needed(self, entry: LoadedEntry, index: int, stop: int) -> bool:
        """Whether the words around hold one that the entry needs, and none that makes it plain talk of something else."""
        if not entry.needs and not entry.unless:
            return True
        if any(self.folded[at] in entry.unless for at in self._around(index, stop, max(WITHIN, entry.within))):
            return False
        near = self._around(index, stop, entry.within)
        if not entry.needs or self._scare_quoted(index, stop) or any(self.folded[at] in entry.needs for at in near):
            return True
        return NAME in entry.needs and any(self._in_name(self.starts[at], self.ends[at]) for at in near)

    def _around(self, index: int, stop: int, within: int) -> list[int]:
        return [*range(max(0, index - within), index), *range(stop, min(len(self.folded), stop + within))]

    def _scare_quoted(self, index: int, stop: int) -> bool:
        """Whether quotation marks enclose just these words, which shows them for somebody's wording; a capital may be a title's."""
        before, behind = self.text[: self.starts[index]][-1:], self.text[self.ends[stop - 1] :][:1]
        return bool(before) and before in _OPENING and bool(behind) and behind in _CLOSING and self.written[index].islower()

    def _joined(self, at: int) -> bool:
        """Whether only a blank, a hyphen or quotation marks stand between a word and the next."""
        return at + 1 < len(self.starts) and _JOIN.fullmatch(self.text, self.ends[at], self.starts[at + 1]) is not None

    def _in_name(self, start: int, end: int) -> bool:
        at = bisect_right(self._name_starts, start) - 1
        return at >= 0 and end <= self._names[at][1]

    def _proper(self, index: int, stop: int) -> bool:
        """Whether the words are part of a proper name: capitalised, with a capitalised word for a body, a place or a law in the same run."""
        if not self.written[index][0].isupper():
            return False
        last = stop
        while last < min(len(self.written), stop + _RUN) and self._joined(last - 1) and (self.written[last][0].isupper() or self.written[last] == "s"):
            if self.folded[last] in self._heads:
                return not self._headline(index)
            last += 1
        first = index - 1 - (index > 1 and self.folded[index - 1] in _ARTICLES)
        behind_of = first > 0 and self.folded[first] == "of" and self.folded[first - 1] in self._heads and self.written[first - 1][0].isupper()
        return behind_of and not self._headline(index)

    def _headline(self, index: int) -> bool:
        """Whether the line is no sentence and most of its words are capitalised, so that capitals say nothing."""
        start, end = self.text.rfind("\n", 0, self.starts[index]) + 1, self.text.find("\n", self.starts[index])
        line = self.text[start : len(self.text) if end < 0 else end]
        long = [word for word in WORD.findall(line) if len(word) > 3]
        return not line.rstrip().endswith(".") and len(long) > 3 and sum(word[0].isupper() for word in long) >= _TITLE * len(long)
