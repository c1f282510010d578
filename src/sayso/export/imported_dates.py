"""Days as the files of the field write them (design: `standards.md` 1.1, 2.1)."""

import re
from datetime import UTC, date, datetime
from functools import lru_cache

_MONTHS = {name: number for number, name in enumerate(["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"], 1)}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?")
_NAMED = re.compile(r"(\d{1,2})[ -]([A-Za-z]{3,9})\.?[ -](\d{4}|\d{2})")
_NUMBERS = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?: \d{1,2}:\d{2}(?::\d{2})?)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SECONDS = re.compile(r"(-?\d{9,11})(?:\.0+)?")  # fewer are of the years before 1974, and eight digits are a day without dashes
_CENTURY = 70  # two digits from here on are of the last century: "30-Sept-97"
_MOST_MONTHS = 12


@lru_cache(maxsize=10_000)  # a day is told by many rows
def day_of(text: str) -> date | None:
    """The day that a cell tells: 2024-05-07, 7 May 2024, 30-Sept-24, 07-05-2024 (day first), 2024-05-07 00:00:00.000, or seconds since 1970."""
    text = text.strip()
    try:
        if found := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
            return date(*(int(part) for part in found.groups()))
        if found := _NAMED.fullmatch(text):
            month = _MONTHS.get(found[2][:3].casefold())
            year = int(found[3]) if len(found[3]) > 2 else int(found[3]) + (1900 if int(found[3]) >= _CENTURY else 2000)
            return date(year, month, int(found[1])) if month else None
        if found := _NUMBERS.fullmatch(text):
            day, month = int(found[1]), int(found[2])
            return date(int(found[3]), month, day) if month <= _MOST_MONTHS else date(int(found[3]), day, month)
        if found := _SECONDS.fullmatch(text):
            return datetime.fromtimestamp(int(found[1]), UTC).date()
    except (ValueError, OverflowError, OSError):
        return None
    return None


def whole(text: str) -> int | None:
    """The whole number that a cell tells, also as "300380.0"; None where it is none."""
    text = text.strip()
    number, _, rest = text.partition(".")
    return int(number) if number.removeprefix("-").isdecimal() and not rest.strip("0") and len(number) <= 20 else None


def degrees(text: str) -> float | None:
    """The number of degrees that a cell tells; None where it is none."""
    try:
        found = float(text)
    except ValueError:
        return None
    return found if -360 <= found <= 360 else None
