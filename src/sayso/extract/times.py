"""Stretches of text that name a time, each with a symbolic value. No publication date is needed: that is for `resolve.times`."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from sayso.extract.tenses import lean_of
from sayso.languages.times import Lean, Rule, TimeExpression, TimeKind, TimeValue, TimeWords

_TOKEN = re.compile(
    r"(?P<word>[^\W\d_]+)"
    r"|(?=\d)(?:(?P<iso>\d{4}-\d{2}-\d{2}(?!\d))(?:T\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?"
    r"|(?P<dtg>\d{6}\s?Z\s+(?i:JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)\s+\d{2}(?:\d{2})?(?!\d))"
    r"|(?P<slashed>\d{1,2}(?P<mark>[/.-])\d{1,2}(?P=mark)(?:\d{4}|\d{2})(?![\d/]))"
    r"|(?P<clock>\d{1,2}[:h]\d{2}(?::\d{2})?(?:\s?[ap]\.?m\b\.?)?(?!\d)|\d{1,2}(?:\.\d{2})?\s?(?:am|pm|a\.m|p\.m)\b\.?|\d{4}\s?(?:hrs|GMT|UTC|Z)\b)"
    r"|(?P<decade>[12]\d{2}0['’]?s\b)"
    r"|(?P<nth>\d{1,2}(?:st|nd|rd|th)\b)"
    r"|(?P<number>\d+(?:[.,]\d+)*))"
    r"|(?P<poss>(?<=\w)['’][sS]\b|(?<=s)['’](?=\s))"
    r"|(?P<mark_only>\r\n|[^\w ]|_)"
)
_MARKS = {
    **dict.fromkeys(",", "COMMA"),
    **dict.fromkeys("-–—‑", "DASH"),
    **dict.fromkeys("/", "SLASH"),
    **dict.fromkeys(":", "COLON"),
    **dict.fromkeys(".!?;…", "STOP"),
    **dict.fromkeys("([", "LPAREN"),
    **dict.fromkeys(")]", "RPAREN"),
    **dict.fromkeys(("\n", "\r", "\r\n", "\u2028", "\u2029", "\x0b", "\x0c", "\x85", "•", "*", "#"), "NEWLINE"),
    **dict.fromkeys("\"“”«»„'‘’", "QUOTE"),
}
_LABEL_LEFT = re.compile(r"[\n\r\u2028\u2029][ \t\[(#•*–—-]*(?:\d{1,2}[/.)][ \t]*)?(?:[A-Z]+[ \t]*)?$")
_LABEL_REACH = 24
_LABEL_RIGHT = re.compile(r"[ \t]*[)\]]*[ \t]*(?:[:|.–—\n\r/]|-\s|$)")
_LABELS = (TimeKind.DAY, TimeKind.WEEKDAY, TimeKind.CLOCK, TimeKind.NEAR_DAY, TimeKind.PART)
_MONTH_CODES = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_YEARS = range(1500, 2100)
_DAYS = range(1, 32)
_CENTURY_TURN = 70  # two digits below it are of this century: "30/03/24"


@dataclass(slots=True)
class _Item:
    """A word, or what a rule has made of several."""

    code: str
    start: int
    end: int
    value: int | str | TimeValue | None = None
    word: str = ""


def find_times(text: str, words: TimeWords) -> tuple[TimeExpression, ...]:
    """All stretches that name a time, in order, none overlapping. Words that are no time (a name "May", an age, a score) are left out."""
    tokens = items = list(_items(text, words))
    for stage in words.stages:
        items = _staged(items, stage, words)
    starts = [one.start for one in tokens]

    def told(first: int, stop: int) -> list[str]:
        """Words, as written where only the first letter tells words apart: the month "May" does not look ahead."""
        return [text[one.start : one.end] if one.word in words.capital else one.word for one in tokens[first:stop]]

    found = []
    for item in items:
        if not isinstance(item.value, TimeValue):
            continue
        first, behind = bisect_right(starts, item.start - 1), bisect_right(starts, item.end - 1)
        lean = lean_of(told(max(0, first - 40), first), told(behind, behind + 30), words.tense)
        quote = text[item.start : item.end]
        found.append(TimeExpression(item.start, item.end, quote, item.value, lean, _is_label(text, item.start, item.end, item.value)))
    return tuple(_with_ahead(found))


def _with_ahead(found: list[TimeExpression]) -> Iterator[TimeExpression]:
    """The expressions; "in three days" is a time only before a verb that looks ahead, and otherwise how long something took."""
    for one in found:
        if one.kind is TimeKind.AHEAD and one.lean is not Lean.AHEAD:
            yield replace(one, value=replace(one.value, kind=TimeKind.DURATION))
        else:
            yield one


def _is_label(text: str, start: int, end: int, value: TimeValue) -> bool:
    """Whether the time opens its line, but for a bullet, a bracket or a word in capitals ("UPDATE 14:00"); anything but an hour has a mark behind it."""
    if value.kind not in _LABELS or (value.kind is not TimeKind.CLOCK and _LABEL_RIGHT.match(text, end) is None):
        return False
    left = text[max(0, start - _LABEL_REACH) : start]
    return _LABEL_LEFT.search(left if start > _LABEL_REACH else f"\n{left}") is not None


def _items(text: str, words: TimeWords) -> Iterator[_Item]:
    """The words and marks of the text as items; the text begins as a new line does."""
    codes, capital, dotted = words.codes, words.capital, words.dotted
    other = codes["OTHER"]
    marks = {mark: (codes[name], "\n" if name == "NEWLINE" else mark) for mark, name in _MARKS.items()}
    yield _Item(codes["NEWLINE"], 0, 0, None, "\n")
    skip = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if start < skip:
            continue
        kind = match.lastgroup
        if kind == "word":
            written = match.group()
            word = written.lower()
            if word in dotted and text[end : end + 1] == "." and text[end + 1 : end + 2] in (" ", "\u00a0", ","):
                end = skip = end + 1
            code = other if word in capital and written[0].islower() else codes.get(word, other)
            yield _Item(code, start, end, None, word)
        elif kind == "mark_only":
            written = match.group()
            code, word = marks.get(written) or (other, written)
            yield _Item(code, start, end, None, word)
        elif kind == "poss":
            yield _Item(codes["POSS"], start, end, None, "'s")
        else:
            kind = "slashed" if kind == "mark" else kind or "number"
            name, value = _numeric(kind, match.group(kind))
            yield _Item(codes[name], start, end, value, match.group().lower())


def _numeric(kind: str, written: str) -> tuple[str, int | str | TimeValue | None]:
    """The class and value of a token that begins with a digit."""
    if kind in ("iso", "slashed", "dtg"):
        value = _digit_date(kind, written)
        return ("DIGITDATE", value) if value else ("OTHER", None)
    if kind == "clock":
        return "CLOCK", written
    if kind == "decade":
        return "DECADE", int(written[:4])
    if kind == "nth":
        day = int(written[:-2])
        return ("NTH", day) if day in _DAYS else ("OTHER", None)
    if not written.isdigit():
        return "OTHER", None
    number = int(written[:9])
    if len(written) == 4 and number in _YEARS:
        return "YEARNUM", number
    return ("DAYNUM", number) if number in _DAYS and len(written) < 3 else ("NUMBER", number)


def _digit_date(kind: str, written: str) -> TimeValue | None:
    """The day of a date in digits, or None where it is no date: 45/13/2020."""
    if kind == "iso":
        year, month, day = (int(part) for part in written.split("-"))
        return TimeValue(TimeKind.DAY, day, month, year) if _possible(day, month) else None
    if kind == "dtg":
        day, month = int(written[:2]), _MONTH_CODES.index(written.split()[-2].upper()) + 1
        return TimeValue(TimeKind.DAY, day, month, _full_year(written.split()[-1]), clock=written[2:6]) if _possible(day, month) else None
    first, second, last = re.split(r"[/.-]", written)
    day, month, year = int(first), int(second), _full_year(last)
    if month > 12 and day <= 12:
        day, month = month, day
    if not _possible(day, month):
        return None
    return TimeValue(TimeKind.DAY, day, month, year, swappable=day <= 12 and month <= 12 and day != month and int(second) == month)


def _possible(day: int, month: int) -> bool:
    return day in _DAYS and 1 <= month <= 12


def _full_year(written: str) -> int:
    year = int(written)
    if len(written) > 2:
        return year
    return year + (2000 if year < _CENTURY_TURN else 1900)


def _staged(items: list[_Item], stage: tuple[Rule, ...], words: TimeWords) -> list[_Item]:
    """The items after one stage: the leftmost match of its rules counts, then the longest, then the first rule."""
    line = "".join([item.code for item in items])
    there = set(line)
    matches = [
        (match.start(), -match.end(), number, match)
        for number, rule in enumerate(stage)
        if not any(map(there.isdisjoint, rule.needs))
        for match in rule.pattern.finditer(line)
    ]
    if not matches:
        return items
    matches.sort(key=lambda found: found[:3])
    out: list[_Item] = []
    at = 0
    for start, minus_end, number, match in matches:
        if start < at:
            continue
        value = _made(stage[number], match, items, words)
        if value is None:
            continue
        out.extend(items[at:start])
        out.append(_Item(stage[number].code, items[start].start, items[-minus_end - 1].end, value))
        at = -minus_end
    out.extend(items[at:])
    return out


def _made(rule: Rule, match: re.Match[str], items: list[_Item], words: TimeWords) -> TimeValue | None:
    """The value that a rule gives, or None where a slot holds nothing that fits."""
    given: dict[str, dict[str, Any]] = {"": dict(rule.given), "of": {}, "to": {}}
    for slot in rule.slots:
        at = match.start(slot.group)
        if at < 0:
            continue
        value = _meaning(items[at], slot.tables, words)
        if value is None:
            return None
        if slot.name == "self":
            if not isinstance(value, TimeValue):
                return None
            return value
        for place in ("of", "to") if slot.within == "both" else (slot.within,):
            given[place][slot.name] = value
    outer = given[""]
    for place in ("of", "to"):
        if given[place]:
            outer[place] = TimeValue(rule.nested or TimeKind.DAY, **given[place])
    return TimeValue(rule.kind, **outer)


def _meaning(item: _Item, tables: frozenset[str], words: TimeWords) -> int | str | TimeValue | None:
    """What an item means where words of these tables were asked for."""
    if item.value is not None:
        return item.value
    known = words.values.get(item.word, {})
    for table, value in known.items():
        if not tables or table in tables:
            return value
    return None
