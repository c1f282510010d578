"""Grounding: where the words of a proposal stand in the text. Words are found in one place or not at all."""

from dataclasses import dataclass

from sayso.model.words import Grounding
from sayso.text.folding import fold

_EDGES = " \t\r\n.,;:!?…\"'“”‘’«»()[]"


@dataclass(frozen=True, slots=True)
class Found:
    """How a quote was found, and where; start and end are None unless it was found in one place."""

    how: Grounding
    start: int | None = None
    end: int | None = None

    @property
    def span(self) -> tuple[int, int] | None:
        """(start, end), or None where nothing was found."""
        return None if self.start is None or self.end is None else (self.start, self.end)


def ground(text: str, quote: str, near: int | None = None, window: tuple[int, int] | None = None) -> Found:
    """Where the quote stands: exact, or folded, or ambiguous if it stands in several places and nothing says which, or absent.

    Only places inside the window count; of several, the one nearest to `near`. Whole words come before parts of words.
    """
    lo, hi = window or (0, len(text))
    lo, hi = max(0, lo), min(len(text), hi)
    exact = quote.strip()
    if not exact or lo >= hi:
        return Found(Grounding.ABSENT)
    whole, partial = _places(text, exact, lo, hi)
    if whole:
        return _choose(Grounding.EXACT, whole, near)
    folded = _folded_places(text, exact, (lo, hi))
    if folded[0] or not partial:
        folded = folded if folded[0] or folded[1] else _folded_places(text, exact.strip(_EDGES), (lo, hi))
        return _choose(Grounding.FOLDED, folded[0] or folded[1], near)
    return _choose(Grounding.EXACT, partial, near)


def _choose(how: Grounding, places: list[tuple[int, int]], near: int | None) -> Found:
    if not places:
        return Found(Grounding.ABSENT)
    if len(places) > 1 and near is None:
        return Found(Grounding.AMBIGUOUS)
    return Found(how, *(places[0] if near is None else min(places, key=lambda place: (_distance(place, near), place))))


def _distance(place: tuple[int, int], near: int) -> int:
    start, end = place
    return 0 if start <= near < end else min(abs(start - near), abs(end - 1 - near))


def _places(text: str, quote: str, lo: int, hi: int) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Places in [lo, hi) where the quote stands as whole words, and those where it is part of a longer word."""
    whole: list[tuple[int, int]] = []
    partial: list[tuple[int, int]] = []
    at = text.find(quote, lo, hi)
    while at >= 0:
        place = (at, at + len(quote))
        (whole if _is_whole(text, *place) else partial).append(place)
        at = text.find(quote, at + 1, hi)
    return whole, partial


def _is_whole(text: str, start: int, end: int) -> bool:
    cut_left = start > 0 and text[start - 1].isalnum() and text[start].isalnum()
    cut_right = end < len(text) and text[end - 1].isalnum() and text[end].isalnum()
    return not cut_left and not cut_right


def _folded_places(text: str, quote: str, window: tuple[int, int]) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    sought = fold(quote).text.strip()
    if not sought:
        return [], []
    folded = fold(text)
    found = _places(folded.text, sought, folded.position(window[0]), folded.position(window[1]))
    spans = [[folded.source_span(*place) for place in places] for places in found]
    inside = [[span for span in kind if window[0] <= span[0] and span[1] <= window[1]] for kind in spans]
    return inside[0], inside[1]
