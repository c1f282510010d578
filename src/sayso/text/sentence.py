"""Sentence: a stretch of text that stands for itself, and what kind of line it is."""

from dataclasses import dataclass
from enum import StrEnum


class LineKind(StrEnum):
    """What sort of line a sentence stands in."""

    PROSE = "prose"
    HEADING = "heading"  # title or section heading; headline grammar
    BULLET = "bullet"  # list item
    BULLETIN = "bulletin"  # "14:20 …", "UPDATE 14:00 …", "17 Aug: …"


@dataclass(frozen=True, slots=True)
class Sentence:
    """Half-open [start, end) of one sentence in its text, without its label or dateline."""

    start: int
    end: int
    kind: LineKind
    paragraph: int  # number of the paragraph (block of lines) in the text, from 0
    section: int  # number of the section, from 0; a heading begins a new one
    label: tuple[int, int] | None = None  # "14:20", "17 Aug:", "(c)", a bullet's mark: cut off before the sentence
    dateline: tuple[int, int] | None = None  # "KASSALA, 4 May (Delta News) —": cut off before the first sentence
