"""Theming: where a report speaks of sport, business, the stage … and its war words are metaphors."""

import re
from collections.abc import Sequence

from sayso.languages.inflect import Inflector
from sayso.languages.themes import Themes
from sayso.text.sentence import Sentence

_WORD = re.compile(r"[^\W\d_]+(?:['’\-][^\W\d_]+)*")
_YEAR = re.compile(r"\b1[0-9]{3}\b|\b20[0-9]{2}\b")
_LEAST = 2  # peaceful words before a text or paragraph is taken to be about peaceful matters


class Theming:
    """Tells the sentences whose acts are metaphors, by counting words; parties and names play no part."""

    def __init__(self, themes: Themes, armed: frozenset[str], weapons: frozenset[str], inflector: Inflector) -> None:
        self._peaceful = themes.all
        self._armed = armed
        self._weapons = weapons
        self._inflector = inflector

    def peaceful(self, text: str, sentences: Sequence[Sentence]) -> frozenset[int]:
        """The numbers of the sentences in which a word of war is taken for a metaphor."""
        counts = [self._count(text[sentence.start : sentence.end]) for sentence in sentences]
        whole = self._prevails([sum(count[part] for count in counts) for part in range(3)])
        paragraphs: dict[int, list[int]] = {}
        for sentence, count in zip(sentences, counts, strict=True):
            total = paragraphs.setdefault(sentence.paragraph, [0, 0, 0])
            for part in range(3):
                total[part] += count[part]
        found = set()
        for index, sentence in enumerate(sentences):
            alone = paragraphs[sentence.paragraph]
            if (whole or (self._prevails(alone) and alone[1] == 0)) and not self._literal(text[sentence.start : sentence.end], counts[index]):
                found.add(index)
        return frozenset(found)

    @staticmethod
    def _prevails(total: Sequence[int]) -> bool:
        peaceful, armed, weapons = total
        return peaceful >= _LEAST and peaceful * 2 > armed + weapons

    def _literal(self, words: str, count: Sequence[int]) -> bool:
        """Whether the sentence tells of real war all the same: history with its year, or soldiers and weapons without any peaceful word."""
        peaceful, armed, weapons = count
        return peaceful == 0 and ((_YEAR.search(words) is not None and armed + weapons > 0) or (armed > 0 and weapons > 0 and armed + weapons > 2))

    def _count(self, words: str) -> tuple[int, int, int]:
        """How many words are peaceful, armed and weapons."""
        forms = [self._inflector.candidates(word) for word in _WORD.findall(words)]
        pairs = [frozenset(f"{one} {other}" for one in first for other in second) for first, second in zip(forms, forms[1:], strict=False)]
        peaceful = {word for form in (*forms, *pairs) for word in form & self._peaceful}
        return len(peaceful), sum(not form.isdisjoint(self._armed) for form in forms), sum(not form.isdisjoint(self._weapons) for form in forms)
