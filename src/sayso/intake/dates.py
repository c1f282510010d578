"""Dates as exports and feeds write them, as ISO 8601."""

import re
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

_MONTHS = {
    name: number
    for number, names in enumerate(("january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
                                    "september sept sep", "october oct", "november nov", "december dec"), start=1)
    for name in names.split()
}  # fmt: skip
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ]+(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?)?", re.IGNORECASE)
_PACKED = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?(\d\d)(\d\d)(\d\d)Z?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.?\s+([A-Za-z]+)\.?,?\s+(\d{4})\b")
_MONTH_FIRST = re.compile(r"\b([A-Za-z]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
_LONGEST = 120


def iso_date(value: str) -> str | None:
    """The date or time in ISO 8601, as precise as it is written; None where it is no date, or one that can be read in two ways (04/05/2024)."""
    value = " ".join(value[:_LONGEST].split())
    if found := _ISO.fullmatch(value):
        return _checked_iso(found)
    if found := _PACKED.fullmatch(value):
        return _packed(found)
    return _mail(value) or _written(value)


def iso_seconds(value: float | int | str) -> str | None:
    """Seconds since 1970 in ISO 8601, UTC; None where there is no such time."""
    try:
        return datetime.fromtimestamp(int(value), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, OverflowError, OSError, TypeError):
        return None


def _checked_iso(found: re.Match[str]) -> str | None:
    year, month, day, hour, minute, second, zone = found.groups()
    told = f"{year}-{month}-{day}"
    if hour:
        zone = (zone or "").upper()
        told += f"T{hour}:{minute}:{second or '00'}{'Z' if zone in ('Z', 'UTC', 'GMT') else zone}"
    return told if _exists(told) else None


def _packed(found: re.Match[str]) -> str | None:
    year, month, day, hour, minute, second = found.groups()
    told = f"{year}-{month}-{day}" + (f"T{hour}:{minute}:{second}Z" if hour else "")  # GDELT writes such times, in UTC
    return told if _exists(told) else None


def _mail(value: str) -> str | None:
    """A date of RFC 822, with its own offset: the day is the publisher's."""
    try:
        found = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if ":" not in value or found.year < 1000:
        return None  # the parser makes midnight of a date without a time
    told = found.isoformat(timespec="seconds")
    return told.replace("+00:00", "Z") if found.utcoffset() is not None else told


def _written(value: str) -> str | None:
    for pattern, order in ((_DAY_FIRST, (1, 2, 3)), (_MONTH_FIRST, (2, 1, 3))):
        if found := pattern.search(value):
            day, month, year = (found[number] for number in order)
            number = _MONTHS.get(month.lower())
            if number:
                told = f"{year}-{number:02}-{int(day):02}"
                return told if _exists(told) else None
    return None


def _exists(told: str) -> bool:
    try:
        if len(told) == 10:
            date.fromisoformat(told)
        else:
            datetime.fromisoformat(told)
    except ValueError:
        return False
    return True
