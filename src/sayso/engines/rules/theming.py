"""Theming: where a report speaks of sport, business, the stage … and its war words are metaphors."""

import re
from collections.abc import Sequence
from enum import Enum
from itertools import pairwise

from sayso.languages.inflect import Inflector
from sayso.languages.themes import Themes
from sayso.text.sentence import Sentence

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_YEAR = re.compile(r"\b1[0-9]{3}\b|\b20[0-9]{2}\b")
_LEAST = 2  # peaceful words before a text or paragraph is taken to be about peaceful matters


class Metaphor(Enum):
    """Which words of a sentence are taken for metaphors."""

    WAR = "words of war"
    ALL = "all words of acts"


class Theming:
    """Tells the sentences whose acts are metaphors, by counting words; parties and names play no part."""

    def __init__(self, themes: Themes, armed: frozenset[str], weapons: frozenset[str], inflector: Inflector) -> None:
        self._themes = themes
        self._armed = armed
        self._weapons = weapons
        self._inflector = inflector

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
        forms = [self._inflector.candidates(word) for word in _WORD.findall(words)]
        pairs = [frozenset(f"{one} {other}" for one in first for other in second) for first, second in pairwise(forms)]
        told = {word for form in (*forms, *pairs) for word in form}
        armed, weapons = (sum(not form.isdisjoint(group) for form in forms) for group in (self._armed, self._weapons))
        return len(told & self._themes.peaceful), len(told & self._themes.public), armed, weapons
