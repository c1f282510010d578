"""The words by which reports of one happening know each other: hashed, so that no name can be read from them, and weighed by how rare they are."""

import hashlib
import json
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from sayso.languages.strict import read_toml
from sayso.text.folding import fold

CUES = Path(__file__).with_name("cues.toml")
RARITY = Path(__file__).with_name("rarity.json")
_WORD = re.compile(r"[^\W_]+")
_CLOCK = re.compile(
    r"\b(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?\s?m\b\.?|\b(?P<hour24>[01]?\d|2[0-3]):(?P<minute24>[0-5]\d)\b", re.IGNORECASE
)
_NAME = re.compile(r"\b[^\W\d_a-z][^\W\d_]{3,}")
_SEVERAL = re.compile(r"\b[^\W\d_a-z][^\W\d_]+(?:[ \-][^\W\d_a-z][^\W\d_]+){1,2}")
_PART = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"(?<![\d.,:])\d{2,}(?![\d:])(?!,\d|\.\d)")
_LETTERS = {"ph": "f", "q": "k", "kh": "k", "ck": "k", "ou": "u", "sh": "s", "dj": "j", "gh": "g", "z": "s", "c": "k", "g": "k"}
_ALIKE = re.compile("|".join(sorted(_LETTERS, key=len, reverse=True)))
_DIGEST = 6  # bytes of a word's hash: 48 bits, exact in JSON
_SHORTEST = 3
_LINE = 8  # words of a line that two reports hold by no chance
_STEM = 5  # letters by which words are told apart: "shelled" and "shelling" are one
_LONG = 5  # letters of a word whose two consonants tell it from others


@dataclass(frozen=True, slots=True)
class Hours:
    """When in the day something was told to happen: minutes from midnight, inclusive; past midnight counts on."""

    low: int
    high: int
    clock: bool  # told by the clock, not as "in the morning"


@dataclass(frozen=True, slots=True)
class CueWords:
    """The words of one language that tell happenings apart, mean nothing, or give the hour."""

    apart: "re.Pattern[str]"
    empty: frozenset[str]
    hours: "re.Pattern[str]"
    hours_of: Mapping[str, tuple[int, int]]


@cache
def cue_words(language: str = "en", path: Path = CUES) -> CueWords:
    """The cue words of a language; DataError where the file is wrong."""
    table = read_toml(path).table(language)
    hours = table.table("hours")
    spans = {name: hours.value(name) for name in hours.names()}
    known = {name: (int(value[0]) * 60, int(value[1]) * 60) for name, value in spans.items()}
    return CueWords(_any_of(table.strings("apart")), frozenset(table.strings("empty")), _any_of(known), known)


def _any_of(words: Iterable[str]) -> "re.Pattern[str]":
    longest = sorted(words, key=lambda word: (-len(word), word))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, longest))})\b", re.IGNORECASE)


def words_of(text: str, empty: frozenset[str]) -> set[str]:
    """The words of a text that may tell it from others: folded, numbers of two digits and more among them."""
    found = _WORD.findall(fold(text).text)
    return {word[:_STEM] for word in found if word not in empty and (len(word) >= _SHORTEST or (len(word) == _SHORTEST - 1 and word.isdigit()))}


def names_of(text: str, empty: frozenset[str]) -> set[str]:
    """What may name somebody or some place, in a form that spellings share ("Dubbin", "Dibin": "dbn"), and the numbers of two digits and more."""
    words = [word for word in _NAME.findall(text) if word.lower() not in empty]
    words += ["".join(_PART.findall(several)) for several in _SEVERAL.findall(text)]  # "Kani Sark" is "Kanisark" elsewhere
    found = {bare for word in words if len(bare := skeleton(word)) >= (_SHORTEST if len(word) < _LONG else _SHORTEST - 1)}
    return found | set(_NUMBER.findall(text))


@lru_cache(maxsize=200_000)
def skeleton(word: str) -> str:
    """The consonants of a word with its first letter, none twice in a row: what transcriptions of one name have in common."""
    folded = _ALIKE.sub(lambda match: _LETTERS[match.group()], fold(word).text)
    first = "h" if folded[:1] == "x" else folded[:1]
    bare = first + "".join(char for char in folded[1:] if char not in "aeiouyhw'")
    return "".join(char for at, char in enumerate(bare) if not at or bare[at - 1] != char)


def lines_of(text: str) -> set[str]:
    """The lines of a text that are long enough to be known again, folded."""
    folded = (fold(line).text.strip() for line in text.split("\n"))
    return {line for line in folded if line.count(" ") >= _LINE - 1}


@lru_cache(maxsize=200_000)
def hashed(word: str) -> int:
    """The hash of a word: equal words have equal hashes, and no word is kept."""
    return int.from_bytes(hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=_DIGEST).digest(), "big")


def hours_told(text: str, cues: CueWords) -> tuple[Hours, ...]:
    """The hours of the day that a text tells, by the clock first."""
    found = []
    for match in _CLOCK.finditer(text):
        hour = int(match["hour"] or match["hour24"])
        minute = int(match["minute"] or match["minute24"] or 0)
        if match["half"]:
            if not 1 <= hour <= 12:
                continue
            hour = hour % 12 + 12 * (match["half"].lower() == "p")
        found.append(Hours(hour * 60 + minute, hour * 60 + minute, True))
    found += [Hours(*cues.hours_of[match.group().lower()], False) for match in cues.hours.finditer(text)]
    return tuple(dict.fromkeys(found))


@dataclass(frozen=True, slots=True)
class Rarity:
    """How many texts hold each word: those of the background, and those that are compared."""

    texts: int
    holding: Mapping[int, int]

    def weight(self, word: int) -> float:
        """How much a shared word tells: the rarer the more, in natural logarithms."""
        return math.log((self.texts + 1) / (self.holding.get(word, 0) + 0.5))

    def with_texts(self, texts: Iterable[Iterable[int]]) -> "Rarity":
        """The same with further texts counted in."""
        counted = Counter(self.holding)
        number = self.texts
        for words in texts:
            counted.update(words)
            number += 1
        return Rarity(number, counted)


@dataclass(frozen=True, slots=True)
class Background:
    """How common words and names are in reports in general."""

    words: Rarity
    names: Rarity


@cache
def background(path: Path = RARITY) -> Background:
    """Counted over our own invented texts, so that two reports alone can be compared."""
    stored = json.loads(path.read_text(encoding="utf-8"))
    words, names = ({hashed(word): number for word, number in stored[kind].items()} for kind in ("words", "names"))
    return Background(Rarity(stored["texts"], words), Rarity(stored["texts"], names))
