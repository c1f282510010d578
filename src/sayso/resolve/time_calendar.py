"""Arithmetic of the calendar: days, weeks, months and years as inclusive spans of dates. Knows no language and no clock."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from sayso.model.resolution import Interval
from sayso.model.words import TimeBasis, TimePrecision

_DAYS_OF = {"day": 1, "week": 7, "fortnight": 14}
_MONTHS_OF = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
_HOURS_OF = {"minute": 1 / 60, "hour": 1.0}


class UnresolvedError(Exception):
    """The words give no dates, or none without something that is not told; the message says why."""


@dataclass(frozen=True, slots=True)
class Found:
    """Inclusive dates that words come to, None at an open end; how sure, why, and what else they may mean."""

    start: date | None
    end: date | None
    precision: TimePrecision
    reason: str
    score: float = 0.95
    basis: TimeBasis = TimeBasis.STATED
    others: "tuple[Found, ...]" = ()

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.start > self.end:
            raise UnresolvedError(f"it would begin on {self.start} and end before, on {self.end}")

    @property
    def interval(self) -> Interval:
        """The dates as the record keeps them."""
        return Interval(iso(self.start), iso(self.end), self.precision, self.basis)


def iso(day: date | None) -> str | None:
    """The day as ISO 8601, None for an open end."""
    return None if day is None else day.isoformat()


def day_of(year: int, month: int, day: int) -> date:
    """The date; UnresolvedError where the month has no such day."""
    try:
        return date(year, month, day)
    except ValueError as wrong:
        raise UnresolvedError(f"there is no day {day} in month {month} of {year}") from wrong


def moved(day: date, count: int, unit: str) -> date:
    """The day that lies so many units later (or earlier, below 0); the last day of a month stays in its month."""
    try:
        if unit in _HOURS_OF:
            return day + timedelta(days=_whole_days(count, unit))
        if unit in _DAYS_OF:
            return day + timedelta(days=count * _DAYS_OF[unit])
        months = day.year * 12 + day.month - 1 + count * _MONTHS_OF[unit]
        year, month = divmod(months, 12)
        return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
    except (OverflowError, ValueError) as wrong:
        raise UnresolvedError(f"{count} {unit}s from {day} lie outside the calendar") from wrong


def _whole_days(count: int, unit: str) -> int:
    hours = abs(count) * _HOURS_OF[unit]
    days = int(hours // 24)
    return -days if count < 0 else days


def is_shorter_than_a_day(unit: str) -> bool:
    """Whether the unit is one of the clock."""
    return unit in _HOURS_OF


def unit_span(day: date, unit: str) -> tuple[date, date]:
    """First and last day of the calendar unit that holds the day: weeks run from Monday to Sunday."""
    if unit == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    if unit == "weekend":
        monday = day - timedelta(days=day.weekday())
        return monday + timedelta(days=5), monday + timedelta(days=6)
    if unit == "fortnight":
        first, _ = unit_span(day, "week")
        return first, first + timedelta(days=13)
    if unit == "month":
        return month_span(day.year, day.month)
    if unit == "quarter":
        first_month = (day.month - 1) // 3 * 3 + 1
        return months_span(day.year, first_month, 3)
    if unit in ("year", "decade", "century"):
        size = {"year": 1, "decade": 10, "century": 100}[unit]
        first_year = day.year // size * size
        return day_of(first_year, 1, 1), day_of(first_year + size - 1, 12, 31)
    return day, day


def month_span(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month."""
    return months_span(year, month, 1)


def months_span(year: int, month: int, count: int) -> tuple[date, date]:
    """First and last day of so many months."""
    first = day_of(year, month, 1)
    return first, moved(first, count, "month") - timedelta(days=1)


def portion_of(start: date, end: date, portion: str) -> tuple[date, date]:
    """The early, mid or late part: of a week three days or four, of a month ten days, of anything longer a third of its months."""
    length = (end - start).days + 1
    if length <= 7:
        cuts = {"early": (0, 2), "mid": (1, 3), "late": (3, length - 1)}
        first, last = cuts[portion]
        return min(end, start + timedelta(days=first)), min(end, start + timedelta(days=last))
    if length <= 31:
        cuts = {"early": (0, 9), "mid": (10, 19), "late": (20, length - 1)}
        first, last = cuts[portion]
        return start + timedelta(days=first), start + timedelta(days=last)
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    third = max(1, months // 3)
    number = ("early", "mid", "late").index(portion)
    first_day = moved(start, number * third, "month")
    return first_day, end if portion == "late" else moved(first_day, third, "month") - timedelta(days=1)


def precision_of(start: date, end: date) -> TimePrecision:
    """The closest precision that covers a stretch of this length."""
    length = (end - start).days + 1
    for most, precision in ((2, TimePrecision.DAY), (14, TimePrecision.WEEK), (31, TimePrecision.MONTH), (100, TimePrecision.SEASON)):
        if length <= most:
            return precision
    return TimePrecision.YEAR


def shown(day: date) -> str:
    """The day as people write it: "Wednesday 3 April 2024"."""
    return f"{calendar.day_name[day.weekday()]} {day.day} {calendar.month_name[day.month]} {day.year}"
