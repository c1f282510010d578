"""Levelling: the one-sided words of a text with the plain words that an engine sees in their place."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sayso.extract.loaded import FoundLoaded
from sayso.languages.levels import Levels
from sayso.languages.loaded import WORD, Words, folded, split_words
from sayso.text.veil import PlainWord


def plain_words(text: str, levels: Levels, loaded: Sequence[FoundLoaded], names: Sequence[tuple[int, int]]) -> tuple[PlainWord, ...]:
    """The stretches to be levelled, in order, none overlapping another or a name."""
    found = [PlainWord(one.start, one.end, _cased(text[one.start : one.end], plain)) for one, plain in _of_loaded(text, levels, loaded)]
    found += _everywhere(text, levels)
    kept: list[PlainWord] = []
    taken = list(names)
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not any(one.start < end and start < one.end for start, end in taken):
            kept.append(one)
            taken.append((one.start, one.end))
    return tuple(kept)


def _of_loaded(text: str, levels: Levels, loaded: Sequence[FoundLoaded]) -> Iterator[tuple[FoundLoaded, str]]:
    for one in loaded:
        plain = levels.loaded.get(split_words(text[one.start : one.end]))
        if plain is not None:
            yield one, plain


def _everywhere(text: str, levels: Levels) -> Iterator[PlainWord]:
    matches = list(WORD.finditer(text))
    words: Words = tuple([folded(match[0]) for match in matches])
    at = 0
    if levels.firsts.isdisjoint(words):
        return
    while at < len(words):
        if words[at] not in levels.firsts:
            at += 1
            continue
        longest = min(levels.longest, len(words) - at)
        size = next((size for size in range(longest, 0, -1) if words[at : at + size] in levels.always and _joined(text, matches[at : at + size])), 0)
        if size:
            start, end = matches[at].start(), matches[at + size - 1].end()
            yield PlainWord(start, end, _cased(text[start:end], levels.always[words[at : at + size]]))
        at += max(size, 1)


def _joined(text: str, matches: Sequence[re.Match[str]]) -> bool:
    """Whether only a blank or a hyphen stands between the words of a phrase."""
    return all(text[one.end() : other.start()] in (" ", "-", "\n") for one, other in pairwise(matches))


def _cased(written: str, plain: str) -> str:
    if written.isupper() and len(written) > 1:
        return plain.upper()
    return plain[:1].upper() + plain[1:] if written[0].isupper() else plain
