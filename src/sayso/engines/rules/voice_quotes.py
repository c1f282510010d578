"""Speech in quotation marks: a content that touches a quotation takes it whole, over sentences and paragraphs.

A quotation that stands alone goes to whoever spoke last.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from sayso.engines.rules.voice_line import Range
from sayso.engines.rules.voice_record import Attribution
from sayso.model.words import Stance
from sayso.text.quotes import Quotation, quotations

_LEAST = 3  # words of a quotation that stands alone
_PARAGRAPH = re.compile(r"\n\s*\n")
_ENDED = ".!?…”\"'’»:"
_SILENT = {Stance.PLANNED, Stance.ASKED, Stance.ORDERED}


def spoken(found: Sequence[Attribution], text: str) -> list[Attribution]:
    """The attributions with their quotations whole, and those of quotations that stand alone."""
    quotes = [one for one in quotations(text) if one.inner_end > one.inner_start]
    outer = [one for index, one in enumerate(quotes) if not any(other.start < one.start and one.end <= other.end for other in quotes[max(0, index - 8) : index])]
    stretched = [_stretched(one, outer, text) for one in found]
    ordered = sorted(stretched, key=lambda one: one.cue)
    return [one for one in (*ordered, *_alone(ordered, outer, text)) if one.content]


def _touching(quotes: Sequence[Quotation], part: Range) -> list[Quotation]:
    return [one for one in quotes if one.start < part[1] and part[0] < one.end]


def _stretched(one: Attribution, quotes: Sequence[Quotation], text: str) -> Attribution:
    """The attribution with every quotation that its content touches, within the quotation that its cue stands in."""
    if not one.content:
        near = _next_to(one, quotes, text)
        return replace(one, content=((near.start, near.end),), carried=one.carried) if near is not None else one
    home = next((quote for quote in quotes if quote.inner_start <= one.cue[0] < quote.inner_end), None)
    parts: list[Range] = []
    for part in one.content:
        start, end = part
        if home is not None:
            start, end = max(start, home.inner_start), min(end, home.inner_end)
        else:
            for quote in _touching(quotes, part):
                start, end = min(start, quote.start), max(end, quote.end)
            if start <= one.cue[0] < end:
                start, end = part
        if start < end:
            parts.append((start, end))
    return replace(one, content=_merged(parts))


def _merged(parts: Sequence[Range]) -> tuple[Range, ...]:
    merged: list[Range] = []
    for start, end in sorted(parts):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _next_to(one: Attribution, quotes: Sequence[Quotation], text: str) -> Quotation | None:
    """The quotation right before a cue that stands alone ("…!" he said.), or right after it ("he said:")."""
    start = min(one.cue[0], one.source[0] if one.source else one.cue[0])
    for quote in quotes:
        if quote.end <= start and not text[quote.end : start].strip(" ,\n\t"):
            return quote
        between = text[one.cue[1] : quote.start]
        if quote.start >= one.cue[1] and len(between) < 60 and between.strip().endswith((":", ",")) and "." not in between:
            return quote
    return None


def _alone(found: Sequence[Attribution], quotes: Sequence[Quotation], text: str) -> list[Attribution]:
    """The quotations that nobody's content holds, each with the last speaker before it in its paragraph or the one before."""
    taken = [one for one in found if one.content]
    speakers = [one for one in found if one.source is not None and one.told and not one.inner and one.stance not in _SILENT]
    made: list[Attribution] = []
    for quote in quotes:
        if not _stands_alone(quote, text) or any(one.covers(quote.inner_start) and not quote.start <= one.cue[0] < quote.end for one in taken):
            continue
        before = [one for one in (*speakers, *made) if one.cue[1] <= quote.start and not any(other.inner_start <= one.cue[0] < other.inner_end for other in quotes)]
        last = max(before, key=_reach, default=None)
        if last is None or not _near(_reach(last), quote, text):
            continue
        made.append(replace(last, cue=(quote.start, max(quote.inner_start, quote.start + 1)), stance=Stance.SAID, content=((quote.start, quote.end),), negated=False, carried=True))
    return made


def _reach(one: Attribution) -> int:
    return max(one.cue[1], max((end for _, end in one.content), default=0))


def _stands_alone(quote: Quotation, text: str) -> bool:
    inner = text[quote.inner_start : quote.inner_end].strip()
    before = text[: quote.start].rstrip(" \t\r\n")[-1:]
    closed = inner[-1:] in (".", "!", "?", "…", ",") or text[quote.end : quote.end + 1] in (".", "!", "?")
    return len(inner.split()) >= _LEAST and closed and (not before or before in _ENDED)


def _near(reach: int, quote: Quotation, text: str) -> bool:
    """Whether the last speaker is close enough: in the same paragraph, or at the end of the paragraph before."""
    between = text[reach : quote.start]
    breaks = _PARAGRAPH.findall(between)
    if len(breaks) == 0:
        return len(between) < 400
    return len(breaks) == 1 and len(_PARAGRAPH.split(between)[0].strip()) < 80 and not _PARAGRAPH.split(between)[1].strip()
