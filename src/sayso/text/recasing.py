"""Case restored in a text that is written in capitals: names get theirs, other words lose them; every offset is kept.

What a word is cannot be told from its letters here, so the caller hands in what is known of words (`CaseWords`) and, where there is a tagger,
the stretches that it takes for names in the text in lower case.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import Enum

from sayso.text.boundaries import MONTH_NAMES, WEEKDAYS, words_of

Part = tuple[int, int]

_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|[^\W\d_]+(?:['’][^\W\d_]+){0,2}")
_SHOUTING = 0.7  # share of words in capitals from which a text is taken for one in capitals
_ENDS = re.compile(r"[.!?…]['\"”’)\]]*\s+['\"“‘(\[]*$|\n\s*\n\s*(?:\[[^\]]*\]\s*)?['\"“‘(\[]*$|:\s+[\"“]$|--\s+\[[^\]]*\]\s*['\"“]?$")
_NAME_GAPS = frozenset((" ", "-", ". ", "'", "\n"))
_SMALL = words_of("de del y e da do dos das di du van von der den of the and for in on at to a an by")
_LINKS = words_of("of the and for de del la los las y")  # stand inside a long name
_ARTICLES = words_of("la las los el lo le san santa santo sao saint st sta puerto villa")  # begin the name of a place
_NO_VOWEL = re.compile(r"[bcdfghjklmnpqrstvwxz]{2,6}")
_CLUSTER = re.compile(r"(?:[bdfgkmnptvz]|c(?![hlr])|s(?![ch-qtuw]))(?![hlrw])[bcdfgjkmnpqtvz]|.*[bcdfgjklmnpqtvz]{4}")
_NUMERAL = re.compile(r"(?:x{0,3}(?:ix|iv|vi{1,3}|i{2,3}))")
_SHORT_MONTHS = words_of("jan feb mar apr jun jul aug sep sept oct nov dec")
_SHORTENED = words_of("mr mrs ms dr st gen col lt maj capt sgt gov sen rep jr sr no msgr rev brig cmdr adm prof")
_BRACKETS = {"(": ")", "[": "]"}
_LONGEST_NAME = 10  # words of an organisation's name before its acronym in brackets


class _Case(Enum):
    OPEN = 0  # not decided: small in the end
    SMALL = 1
    NAME = 2
    CAPITALS = 3


@dataclass(frozen=True, slots=True)
class CaseWords:
    """What is known of words, all in small letters."""

    phrase: Callable[[Sequence[str], int], Sequence[str]]  # the longest listed name at a word, as it is written; empty where there is none
    ordinary: Callable[[str], bool]  # whether a dictionary has it in small letters
    verbal: Callable[[str], bool]  # whether it may be a verb, an adjective or a word of grammar
    place: Callable[[str], bool]  # whether a place of weight has this name
    titles: Collection[str]  # before a person's name: "president"
    heads: Collection[str]  # last or first words of an organisation's name: "front"
    generic: Collection[str]  # words that make a name of a head: "national"
    personal: Collection[str]  # everyday words that are persons' names as well: "victor", "flores"


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    small: str
    before: str  # what stands between the word before and this one
    opens: bool  # whether a sentence begins with it


def in_capitals(text: str) -> bool:
    """Whether nearly all words of the text are written in capitals."""
    words = [word for word in _WORD.findall(text) if len(word) > 1]
    return bool(words) and sum(word.isupper() for word in words) >= _SHOUTING * len(words)


def restore_case(text: str, known: CaseWords, proper: Callable[[str], Collection[Part]] | None = None) -> str:
    """The text in the case that a newspaper would print; `proper` gives the stretches of a lower-cased text that a tagger takes for names."""
    lowered = "".join(small if len(small := char.lower()) == 1 else char for char in text)
    words = _words(lowered)
    tagged = {at for start, end in (proper(lowered) if proper else ()) for at in range(start, end)}
    restorer = _Restorer(lowered, words, known, frozenset(index for index, word in enumerate(words) if word.start in tagged))
    restorer.decide()
    return restorer.written()


def _words(text: str) -> list[_Word]:
    found: list[_Word] = []
    last = 0
    for match in _WORD.finditer(text):
        before = text[last : match.start()]
        opens = not found or _ENDS.search(text, max(0, match.start() - 40), match.start()) is not None
        if opens and found and ((before.startswith(". ") and found[-1].small in _SHORTENED) or (before in (" ", "\n") and found[-1].small.endswith("."))):
            opens = False
        found.append(_Word(match.start(), match.end(), match[0], before, opens))
        last = match.end()
    return found


class _Restorer:
    """Decides the case of each word, from what is surest to what is least sure."""

    def __init__(self, text: str, words: list[_Word], known: CaseWords, tagged: frozenset[int]) -> None:
        self.text, self.words, self.known, self.tagged = text, words, known, tagged
        self.small = [word.small for word in words]
        self.case = [_Case.OPEN] * len(words)
        self.listed: dict[int, str] = {}  # words whose very letters a list gives

    def decide(self) -> None:
        """Nothing; the case of every word is set."""
        self._by_list()
        self._by_shape()
        self._acronyms()
        self._unknown()
        self._by_neighbour()
        self._organisations()
        self._again()
        self._articles()

    def written(self) -> str:
        """The text with the decided case."""
        letters = list(self.text)
        for index, word in enumerate(self.words):
            if (listed := self.listed.get(index)) is not None:
                letters[word.start : word.start + len(listed)] = listed
            elif self.case[index] is _Case.CAPITALS:
                stem = word.small.removesuffix("'s").removesuffix("’s")
                letters[word.start : word.start + len(stem)] = stem.upper() if len(stem.upper()) == len(stem) else stem
            elif self.case[index] is _Case.NAME:
                self._capital(letters, word)
            if word.opens and index not in self.listed:
                self._capital(letters, word)
        return "".join(letters)

    def _capital(self, letters: list[str], word: _Word) -> None:
        first = letters[word.start].upper()
        letters[word.start] = first if len(first) == 1 else letters[word.start]
        # "D'Aubuisson", "O'Brien"
        if len(word.small) > 3 and word.small[1] in "'’":
            letters[word.start + 2] = letters[word.start + 2].upper()

    def _by_list(self) -> None:
        index = 0
        while index < len(self.words):
            phrase = self.known.phrase(self.small, index)
            length = len(phrase)
            if not length or not self._joined(index, length) or (length == 1 and self._everyday(index)):
                index += 1
                continue
            for offset, written in enumerate(phrase):
                at = index + offset
                self.case[at] = _Case.NAME if written[0].isupper() else _Case.SMALL
                if len(written) <= len(self.small[at]) and self.small[at].startswith(written.lower()):
                    self.listed[at] = written
            index += length

    def _everyday(self, index: int) -> bool:
        """Whether a listed name of one word is a month, a title or a small word as well: other rules tell."""
        small = self.small[index]
        return small in MONTH_NAMES or small in _SMALL or small in self.known.titles

    def _joined(self, index: int, length: int) -> bool:
        return index + length <= len(self.words) and all(len(word.before) < 4 for word in self.words[index + 1 : index + length])

    def _by_shape(self) -> None:
        for index, word in enumerate(self.words):
            small = word.small
            if self.case[index] is not _Case.OPEN:
                continue
            if "." in small or _NUMERAL.fullmatch(small) or (small == "us" and index and self.small[index - 1] in ("the", "of", "by")):
                self.case[index] = _Case.CAPITALS
            elif small in _SMALL:
                self.case[index] = _Case.SMALL
            elif small == "i" and not self._is_initial(index):
                self.case[index] = _Case.CAPITALS
            elif self._is_day(index):
                self.case[index] = _Case.NAME

    def _is_initial(self, index: int) -> bool:
        return self.text[self.words[index].end : self.words[index].end + 1] == "."

    def _is_day(self, index: int) -> bool:
        """Whether the word is a weekday or a month; "may", "march" and short forms only beside a number."""
        small = self.small[index]
        if small in WEEKDAYS and len(small) > 3:
            return True
        if small not in MONTH_NAMES and small not in _SHORT_MONTHS:
            return False
        if len(small) > 4 and small != "march":
            return True
        word = self.words[index]
        return bool(re.search(r"\d\s*$", word.before)) or bool(re.match(r"\s*\d", self.text[word.end : word.end + 3])) or self._after_in(index)

    def _after_in(self, index: int) -> bool:
        follows = self.small[index + 1] if index + 1 < len(self.words) else ""
        return self.small[index] in ("march", "june", "july") and index > 0 and self.small[index - 1] in ("in", "last", "since", "until") and follows != "to"

    def _acronyms(self) -> None:
        """Acronyms in brackets, the names before them, and the same acronyms elsewhere."""
        found = set()
        for index, word in enumerate(self.words):
            opened = word.before[-1:]
            if word.before not in (" (", " [", "\n(", "\n[") or self.text[word.end : word.end + 1] != _BRACKETS[opened] or index == 0:
                continue
            if index in self.listed and not self.listed[index].isupper():
                continue
            if not 2 <= len(word.small) <= 9 or self.known.verbal(word.small) or self.known.place(word.small) or not self._expand(index):
                continue
            found.add(word.small)
        found.update(word.small for index, word in enumerate(self.words[:-1]) if self._expanded(index))
        for index, word in enumerate(self.words):
            stem = word.small.removesuffix("'s")
            if stem in found or (self.case[index] is _Case.OPEN and self._unreadable(stem)):
                self.case[index] = _Case.CAPITALS
                self.listed.pop(index, None)

    def _unreadable(self, small: str) -> bool:
        if self.known.ordinary(small) or small in _SHORTENED:
            return False
        return _NO_VOWEL.fullmatch(small) is not None or (len(small) < 7 and _CLUSTER.match(small) is not None)

    def _expanded(self, index: int) -> bool:
        """Whether the word stands before its own expansion in brackets: "MLP [Movement of …]"."""
        small, following = self.small[index], self.words[index + 1]
        if following.before not in (" (", " [", "\n(", "\n[") or not 3 <= len(small) <= 6 or self.case[index] is not _Case.OPEN or self.known.ordinary(small):
            return False
        close = self.text.find(_BRACKETS[following.before[-1]], following.start, following.start + 90)
        inside = [word.small[0] for word in self.words[index + 1 : index + 12] if word.end <= close]
        return len(inside) > 1 and small[0] in inside and small[1] in inside

    def _expand(self, index: int) -> bool:
        """Whether a name stands before the acronym at `index`; its words are capitalised back to an article or a verb."""
        first = index
        while first > max(0, index - _LONGEST_NAME) and self._in_long_name(first - 1) and (first == index or len(self.words[first].before) < 4):
            first -= 1
        while first < index and (self.small[first] in _LINKS or self.small[first] in ("a", "an")):
            first += 1
        if first == index or not any(self.small[at][0] == self.small[index][0] or self.case[at] is _Case.NAME for at in range(first, index)):
            return first < index and not self.known.ordinary(self.small[index])
        for at in range(first, index):
            self.case[at] = _Case.SMALL if self.small[at] in _LINKS else _Case.NAME
        return True

    def _in_long_name(self, at: int) -> bool:
        small = self.small[at]
        if small == "the":
            return at > 0 and self.small[at - 1] in ("of", "for")
        if small in _LINKS:
            return True
        return small not in _SMALL and not self._is_verb(at)

    def _is_verb(self, at: int) -> bool:
        """Whether the word is likelier a verb or a word of grammar than part of a name."""
        small = self.small[at]
        return small not in self.known.generic and small not in self.known.heads and self.known.verbal(small) and at not in self.tagged

    def _unknown(self) -> None:
        for index, small in enumerate(self.small):
            if self.case[index] is not _Case.OPEN:
                continue
            stem = small.removesuffix("'s").removesuffix("’s").removesuffix("'")
            if index in self.tagged or not self.known.ordinary(stem):
                self.case[index] = _Case.NAME

    def _by_neighbour(self) -> None:
        """Names that are everyday words as well: after a title or a first name, where the tagger says so."""
        for index in range(1, len(self.words)):
            if self.case[index] is not _Case.OPEN or self.words[index].before not in _NAME_GAPS:
                continue
            follows = index + 1 < len(self.words) and self.case[index + 1] is _Case.NAME and self.words[index + 1].before in _NAME_GAPS
            if self.small[index] in self.known.personal and (follows or self._named_before(index)):
                self.case[index] = _Case.NAME  # "victor Rodriguez", "Gilda flores"
            elif self.small[index - 1] in self.known.titles and follows and self.small[index] not in self.known.titles:
                self.case[index] = _Case.NAME  # "colonel hector Barrios"
        for index in range(len(self.words) - 1):
            title = self.small[index] in self.known.titles and self.case[index] is _Case.OPEN
            if title and self.case[index + 1] is _Case.NAME and self.words[index + 1].before in _NAME_GAPS and not self._country(index + 1):
                self.case[index] = _Case.NAME

    def _named_before(self, index: int) -> bool:
        """Whether a person's name seems to go on with the word at `index`."""
        before = self.small[index - 1]
        return (self.case[index - 1] is _Case.NAME and index - 1 not in self.listed) or before in self.known.titles

    def _country(self, index: int) -> bool:
        return index in self.listed and self.known.place(self.small[index])

    def _organisations(self) -> None:
        """A head with words before it makes a name of them: "National Liberation Army", "Supreme Court"."""
        for index, small in enumerate(self.small):
            if small not in self.known.heads:
                continue
            first = index
            while first > 0 and self.words[first].before == " " and (self.small[first - 1] in self.known.generic or self.case[first - 1] is _Case.NAME):
                first -= 1
            if any(self.small[at] in self.known.generic for at in range(first, index)):
                for at in range(first, index + 1):
                    self.case[at] = _Case.NAME if self.case[at] is _Case.OPEN else self.case[at]

    def _again(self) -> None:
        """What was a name after a title or beside a name is one wherever the tagger says so, or no verb can stand."""
        names = {self.small[index] for index in range(1, len(self.words)) if self._beside_name(index)}
        seen, told = Counter(self.small), Counter(self.small[index] for index in self.tagged)
        common = (self.known.titles, self.known.heads, self.known.generic)
        mostly = {small for small, count in told.items() if 2 * count >= seen[small] > 1 and not any(small in words for words in common)}
        for index, small in enumerate(self.small):
            stem = small.removesuffix("'s")
            if self.case[index] is _Case.OPEN and (stem in mostly or (stem in names and not self.known.verbal(stem))):
                self.case[index] = _Case.NAME

    def _beside_name(self, index: int) -> bool:
        if self.case[index] is not _Case.NAME or index in self.listed or self.small[index] in self.known.titles:
            return False
        if self.small[index] in self.known.heads or self.small[index] in self.known.generic:
            return False
        return self.words[index].before in _NAME_GAPS and (self.case[index - 1] is _Case.NAME and index - 1 not in self.listed)

    def _articles(self) -> None:
        for index in range(len(self.words) - 1):
            if self.small[index] in _ARTICLES and self.case[index + 1] in (_Case.NAME, _Case.CAPITALS) and len(self.words[index + 1].before) == 1:
                inside = index > 0 and self.small[index - 1] in ("de", "en", "y")
                self.case[index] = _Case.SMALL if inside and len(self.small[index]) < 4 and self.small[index] != "san" else _Case.NAME
