"""Speech in quotation marks: a content that touches a quotation takes it whole, over sentences and paragraphs.

A quotation that stands alone goes to whoever spoke last.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from sayso.engines.rules.voice_line import Range
from sayso.engines.rules.voice_record import Attribution
from sayso.languages.cues import Cues
from sayso.model.words import Stance
from sayso.text.quotes import Quotation, quotations
from sayso.text.sentence import Sentence

_LEAST = 3  # words of a quotation that stands alone
_BESIDE = 80  # code points between a cue and a quotation beside it
_FAR = 4000  # code points, blanks counted, that are never near
_MARKS = "\"“„«‘'`"
_STOP = re.compile(r"[.!?]\s")
_WORD = re.compile(r"\w+")
_PARAGRAPH = re.compile(r"\n\s*\n")
_ENDED = ".!?…”\"'’»:"
_SILENT = {Stance.PLANNED, Stance.ASKED, Stance.ORDERED}


def spoken(found: Sequence[Attribution], text: str, speakers: frozenset[str]) -> list[Attribution]:
    """The attributions with their quotations whole, and those of quotations that stand alone; "we" in a quotation is whoever is quoted."""
    quotes = [one for one in quotations(text) if one.inner_end > one.inner_start]
    outer = [one for one in quotes if one.parent is None]
    stretched = [_stretched(one, outer, text) for one in found]
    made = [one for one in _alone(sorted(stretched, key=lambda one: one.cue), outer, text) if one.content]
    owners = _owners(made, outer)
    return [_ourselves(one, _within(outer, one.cue[0]), owners) if one.source and text[slice(*one.source)].lower() in speakers else one for one in made]


def _owners(found: Sequence[Attribution], quotes: Sequence[Quotation]) -> dict[int, Attribution]:
    """Whoever speaks in each quotation, by where it begins."""
    owners: dict[int, Attribution] = {}
    for one in found:
        if one.source is not None and one.told:
            for quote in (quote for part in one.content for quote in _touching(quotes, part)):
                if not quote.start < one.cue[0] < quote.end:
                    owners.setdefault(quote.start, one)
    return owners


def _ourselves(one: Attribution, home: Quotation | None, owners: dict[int, Attribution]) -> Attribution:
    owner = owners.get(home.start) if home is not None else None
    return replace(one, named=owner.named or owner.source, kind=owner.kind, carried=True) if owner is not None else one


def _touching(quotes: Sequence[Quotation], part: Range) -> list[Quotation]:
    first = max(0, bisect_right(quotes, part[0], key=lambda quote: quote.start) - 1)
    stop = bisect_left(quotes, part[1], key=lambda quote: quote.start)
    return [quotes[at] for at in range(first, stop) if part[0] < quotes[at].end]


def _within(quotes: Sequence[Quotation], position: int) -> Quotation | None:
    at = bisect_right(quotes, position, key=lambda quote: quote.start) - 1
    return quotes[at] if at >= 0 and quotes[at].inner_start <= position < quotes[at].inner_end else None


def _stretched(one: Attribution, quotes: Sequence[Quotation], text: str) -> Attribution:
    """The attribution with every quotation that its content touches, within the quotation that its cue stands in."""
    if not one.content:
        near = _next_to(one, quotes, text)
        return replace(one, content=((near.start, near.end),), carried=one.carried) if near is not None else one
    home = _within(quotes, one.cue[0])
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
    at = bisect_right(quotes, start, key=lambda quote: quote.start)
    if at and start - _FAR < quotes[at - 1].end <= start and not text[quotes[at - 1].end : start].strip(" ,\n\t"):
        return quotes[at - 1]
    at = bisect_right(quotes, one.cue[1] - 1, key=lambda quote: quote.start)
    if at < len(quotes):
        between = text[one.cue[1] : min(quotes[at].start, one.cue[1] + _BESIDE)]
        if quotes[at].start < one.cue[1] + _BESIDE and between.strip().endswith((":", ",")) and "." not in between:
            return quotes[at]
    return None


def _alone(found: list[Attribution], quotes: Sequence[Quotation], text: str) -> list[Attribution]:
    """The attributions with the quotations that nobody's content holds: each goes to the last speaker in its paragraph or at the end of the one before."""
    taken = sorted(part for one in found for part in one.content if not _within(quotes, one.cue[0]))
    starts, ends = [start for start, _ in taken], list(accumulate((end for _, end in taken), max))
    made = list(found)
    speakers = sorted((_reach(one), index) for index, one in enumerate(found) if _may_go_on(one) and not _within(quotes, one.cue[0]))
    reached = 0
    turn: _Turn | None = None
    for quote in quotes:
        before = bisect_right(starts, quote.inner_start) - 1
        if before >= 0 and ends[before] > quote.inner_start:
            continue
        while reached < len(speakers) and speakers[reached][0] <= quote.start:
            if turn is None or speakers[reached][0] >= turn.reach:
                turn = _passed(turn, made, speakers[reached][1], text)
            reached += 1
        if turn is None or not _follows(turn, quote, text):
            continue
        one = turn.one
        if one.told and turn.quotes(quotes):
            turn.go_on((quote.start, quote.end))
            continue
        mark = (quote.start, max(quote.inner_start, quote.start + 1))
        made.append(replace(one, cue=mark, stance=Stance.SAID, content=((quote.start, quote.end),), negated=False, carried=True, inner=False))
        turn = _passed(turn, made, len(made) - 1, text)
    if turn is not None:
        made[turn.number] = turn.whole()
    return made


class _Turn:
    """Whoever spoke last, with the quotations that were found to go on with it: joined at the end, as a row of them may be long."""

    __slots__ = ("_end", "_more", "_quotes", "_text", "marked", "number", "one", "reach")

    def __init__(self, number: int, one: Attribution, text: str) -> None:
        self.number, self._text = number, text
        self._quotes = False
        self._take(one)

    def _take(self, one: Attribution) -> None:
        self.one = one
        self.reach = _reach(one)
        self.marked = any(self._text[start] in _MARKS for start, _ in one.content)
        self._end = max((end for _, end in one.content), default=0)
        self._more: list[Range] = []

    def quotes(self, quotes: Sequence[Quotation]) -> bool:
        """Whether what they say touches a quotation."""
        self._quotes = self._quotes or any(_touching(quotes, part) for part in self.one.content)
        return self._quotes

    def go_on(self, part: Range) -> None:
        """Nothing; the part is theirs too."""
        self._more.append(part)
        if part[0] <= self._end:
            self._take(self.whole())
            return
        self._end = part[1]
        self.reach = max(self.reach, part[1])
        self.marked = self.marked or self._text[part[0]] in _MARKS

    def whole(self) -> Attribution:
        """The attribution with all that is theirs."""
        return replace(self.one, content=_merged((*self.one.content, *self._more))) if self._more else self.one


def _passed(turn: _Turn | None, made: list[Attribution], number: int, text: str) -> _Turn:
    """The turn of another speaker; what the last one said is put among the attributions."""
    if turn is not None:
        made[turn.number] = turn.whole()
    return _Turn(number, made[number], text)


def _may_go_on(one: Attribution) -> bool:
    return one.source is not None and one.told and not one.inner and one.stance not in _SILENT


def _reach(one: Attribution) -> int:
    return max(one.cue[1], max((end for _, end in one.content), default=0))


def _follows(turn: _Turn, quote: Quotation, text: str) -> bool:
    """Whether the quotation is the speaker's: alone in its sentence and near, or going on in the sentence of the cue ("…," said X, "…")."""
    reach = turn.reach
    if _stands_alone(quote, text):
        return _near(reach, quote, text)
    if quote.start - reach >= _BESIDE:
        return False
    between = text[reach : quote.start]
    return between.rstrip().endswith(",") and not _STOP.search(between) and turn.marked


def _stands_alone(quote: Quotation, text: str) -> bool:
    inner = text[quote.inner_start : quote.inner_end].strip().rstrip(_MARKS + "”’»")
    before = text[max(0, quote.start - 40) : quote.start].rstrip()[-1:]
    closed = inner[-1:] in (".", "!", "?", "…", ",") or text[quote.end : quote.end + 1] in (".", "!", "?")
    return len(inner.split()) >= _LEAST and closed and (not before or before in _ENDED)


def _near(reach: int, quote: Quotation, text: str) -> bool:
    """Whether the last speaker is close enough: in the same paragraph, or at the end of the paragraph before."""
    if quote.start - reach > _FAR:
        return False
    between = text[reach : quote.start]
    breaks = _PARAGRAPH.findall(between)
    if len(breaks) == 0:
        return len(between) < 400
    return len(breaks) == 1 and len(_PARAGRAPH.split(between)[0].strip()) < 80 and not _PARAGRAPH.split(between)[1].strip()


def further_sentences(text: str, lines: Sequence[Sentence], wanted: Sequence[int], cues: Cues) -> tuple[int, ...]:
    """The wanted numbers of sentences with those that may name their speaker: around a quotation they stand in, and before one that begins with a pronoun."""
    starts = [line.start for line in lines]
    quotes = [one for one in quotations(text) if one.parent is None]
    numbers = set(wanted)
    held: dict[int, tuple[int, int]] = {}  # the first and last sentence of each quotation that was met
    for number in wanted:
        line = lines[number]
        first_word = _WORD.search(text, line.start, line.end)
        if number and first_word and first_word[0].lower() in cues.scope.points and lines[number - 1].paragraph >= line.paragraph - 1:
            numbers.add(number - 1)
        for quote in _touching(quotes, (line.start, line.end)):
            if quote.start not in held:
                held[quote.start] = bisect_right(starts, quote.start) - 1, bisect_right(starts, quote.end - 1) - 1
                numbers.update(range(max(0, held[quote.start][0]), held[quote.start][1] + 1))
            first, last = held[quote.start]
            numbers.update(one for one in (first - 1, last + 1) if 0 <= one < len(lines) and abs(lines[one].paragraph - line.paragraph) <= 1)
    return tuple(sorted(numbers))
