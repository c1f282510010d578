"""Parsed: one sentence of the veiled text with its dependency parse."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sayso.text.sentence import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


@dataclass(frozen=True, slots=True)
class Parsed:
    """A parsed sentence; offsets of its tokens are those of the whole veiled text after adding `offset`."""

    index: int  # number of the sentence in the text, from 0 (sentences that were not parsed are counted too)
    sentence: Sentence
    doc: "Doc"

    @property
    def offset(self) -> int:
        """Where the sentence begins in the veiled text."""
        return self.sentence.start

    def at(self, token: "Token") -> tuple[int, int]:
        """[start, end) of a token in the veiled text."""
        start = self.sentence.start + token.idx
        return start, start + len(token.text)
