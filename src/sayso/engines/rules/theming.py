"""Theming: where a report speaks of sport, business, the stage … and its war words are metaphors."""

import re
from collections.abc import Sequence
from enum import Enum

from sayso.languages.inflect import Inflector
from sayso.languages.themes import Themes
from sayso.text.sentence import Sentence

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_YEAR = re.compile(r"\b1[0-9]{3}\b|\b20[0-9]{2}\b")
_MOST = 100_000  # words remembered
_LEAST = 2  # peaceful words before a text or paragraph is taken to be about peaceful matters


class Metaphor(Enum):
    """Which words of a sentence are taken for metaphors."""

    WAR = "words of war"
    ALL = "all words of acts"


class Theming:
    """Tells the sentences whose acts are metaphors, by counting words; parties and names play no part."""

    def __init__(self, themes: Themes, armed: frozenset[str], weapons: frozenset[str], inflector: Inflector) -> None:
        self._themes = themes
        self._words = themes.peaceful | themes.public
        self._firsts = frozenset(word.partition(" ")[0] for word in self._words if " " in word)  # other words begin no pair
        self._armed = armed
        self._weapons = weapons
        self._inflector = inflector
        self._known: dict[str, tuple[frozenset[str], frozenset[str], bool, bool]] = {}

    def metaphors(self, text: str, sentences: Sequence[Sentence]) -> dict[int, Metaphor]:
        """By number, the sentences in which words of war, or all words of acts, are taken for metaphors."""
        counts = [self._count(text[sentence.start : sentence.end]) for sentence in sentences]
        whole = [sum(count[part] for count in counts) for part in range(4)]
        paragraphs: dict[int, list[int]] = {}
        for sentence, count in zip(sentences, counts, strict=True):
            total = paragraphs.setdefault(sentence.paragraph, [0, 0, 0, 0])
            for part in range(4):
                total[part] += count[part]
        found = {}
        for index, sentence in enumerate(sentences):
            alone = paragraphs[sentence.paragraph]
            sort = self._sort(whole) or (self._sort(alone) if alone[2] == 0 else None)
            if sort is not None and not self._literal(text[sentence.start : sentence.end], counts[index]):
                found[index] = sort
        return found

    @staticmethod
    def _sort(total: Sequence[int]) -> Metaphor | None:
        peaceful, public, armed, weapons = total
        if peaceful >= _LEAST and peaceful * 2 > armed + weapons:
            return Metaphor.ALL
        return Metaphor.WAR if peaceful + public > _LEAST and (peaceful + public) * 2 >= (armed + weapons) * 3 else None

    def _literal(self, words: str, count: Sequence[int]) -> bool:
        """Whether the sentence tells of real war all the same: history with its year, or soldiers and weapons without any peaceful word."""
        peaceful, public, armed, weapons = count
        if peaceful + public:
            return False
        return (_YEAR.search(words) is not None and armed + weapons > 0) or (armed > 0 and weapons > 0 and armed + weapons > 2)

    def _count(self, words: str) -> tuple[int, int, int, int]:
        """How many words are peaceful, of public life, armed and weapons."""
        told: set[str] = set()
        before: frozenset[str] = frozenset()
        armed = weapons = 0
        for word in _WORD.findall(words):
            forms, themed, is_armed, is_weapon = self._known.get(word) or self._look_up(word)
            if before and (firsts := before & self._firsts):
                told |= self._words & {f"{one} {other}" for one in firsts for other in forms}
            told |= themed
            armed += is_armed
            weapons += is_weapon
            before = forms
        return len(told & self._themes.peaceful), len(told & self._themes.public), armed, weapons

    def _look_up(self, word: str) -> tuple[frozenset[str], frozenset[str], bool, bool]:
        """The forms of a word, those that are of a theme, and whether it is of the armed or of weapons; kept for the next time."""
        forms = self._inflector.candidates(word)
        found = forms, forms & self._words, not forms.isdisjoint(self._armed), not forms.isdisjoint(self._weapons)
        if len(self._known) < _MOST:
            self._known[word] = found
        return found
