"""Parsed: one sentence of the veiled text with its dependency parse."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sayso.text.sentence import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from sayso.languages.inflect import Inflector


@dataclass(frozen=True, slots=True)
class Parsed:
    """A parsed sentence; offsets of its tokens are those of the whole veiled text after adding `offset`."""

    index: int  # number of the sentence in the text, from 0 (sentences that were not parsed are counted too)
    sentence: Sentence
    doc: "Doc"
    _lemmas: list[str] = field(default_factory=list, init=False, repr=False, compare=False)

    @property
    def offset(self) -> int:
        """Where the sentence begins in the veiled text."""
        return self.sentence.start

    def lemmas(self, inflector: "Inflector") -> list[str]:
        """The dictionary form of each token: acts and voices both ask for it, so it is looked up once. Nobody may change the list."""
        if not self._lemmas:
            self._lemmas.extend([inflector.lemma(token.text, token.tag_) for token in self.doc])
        return self._lemmas

    def at(self, token: "Token") -> tuple[int, int]:
        """[start, end) of a token in the veiled text."""
        start = self.sentence.start + token.idx
        return start, start + len(token.text)
