"""Times longer than a day: months, years, seasons, weeks and weekends, and the stretches up to publication."""

from datetime import date, timedelta

from sayso.languages.times import Lean, TimeValue
from sayso.model.words import TimePrecision
from sayso.resolve.time_calendar import (
    Found,
    UnresolvedError,
    is_shorter_than_a_day,
    month_span,
    months_span,
    moved,
    portion_of,
    precision_of,
    shown,
    unit_span,
)
from sayso.resolve.time_context import TimeContext

_PRECISION = {
    "day": TimePrecision.DAY,
    "month": TimePrecision.MONTH,
    "quarter": TimePrecision.SEASON,
    **dict.fromkeys(("week", "weekend", "fortnight"), TimePrecision.WEEK),
}
_SATURDAY = 6


def span(dates: tuple[date, date], precision: TimePrecision, reason: str, score: float = 0.95) -> Found:
    """Those dates, told to that precision."""
    return Found(dates[0], dates[1], precision, reason, score)


def month(value: TimeValue, context: TimeContext) -> Found:
    """A month: of the year told, else the latest begun by publication, or the next where the verb looks ahead."""
    number = value.month or 1
    if value.year is not None:
        return span(month_span(value.year, number), TimePrecision.MONTH, "the month as written", 1.0)
    published = context.day("a month without a year")
    if value.unit == "year":
        year = published.year + {"last": -1, "next": 1}.get(value.which or "", 0)
        return span(month_span(year, number), TimePrecision.MONTH, f"that month of {value.which} year")
    begun = published.year if number <= published.month else published.year - 1
    to_come = published.year if number >= published.month else published.year + 1
    if value.which == "this":
        return span(month_span(published.year, number), TimePrecision.MONTH, "that month of the year of publication")
    if value.which == "last":
        year = begun - 1 if number == published.month else begun
        return span(month_span(year, number), TimePrecision.MONTH, "the latest such month over by publication", 0.85)
    if value.which == "next":
        year = to_come + 1 if number == published.month else to_come
        return span(month_span(year, number), TimePrecision.MONTH, "the next such month after publication", 0.85)
    ahead = context.lean is Lean.AHEAD
    year, other = (to_come, begun) if ahead else (begun, to_come)
    why = "the next such month from publication, as the verb looks ahead" if ahead else "the latest such month begun by publication"
    others = (span(month_span(other, number), TimePrecision.MONTH, "the other year", 0.1),) if other != year else ()
    return Found(*month_span(year, number), TimePrecision.MONTH, f"{why} ({shown(published)})", 0.9, others=others)


def year(value: TimeValue, context: TimeContext) -> Found:
    """A year, or the ten years of a decade with its early, mid or late third."""
    del context
    if value.year is None:
        raise UnresolvedError("no year is told")
    return _cut(span(unit_span(date(value.year, 1, 1), "year"), TimePrecision.YEAR, "the year as written", 1.0), value.portion)


def decade(value: TimeValue, context: TimeContext) -> Found:
    """The ten years of a decade."""
    del context
    first = value.year or 0
    return _cut(span((date(first, 1, 1), date(first + 9, 12, 31)), TimePrecision.YEAR, "the ten years of the decade"), value.portion)


def _cut(found: Found, portion: str | None) -> Found:
    if portion is None or found.start is None or found.end is None:
        return found
    start, end = portion_of(found.start, found.end, portion)
    return Found(start, end, found.precision, f"the {portion} third of it", 0.85)


def season(value: TimeValue, context: TimeContext) -> Found:
    """Three months by the seasons of the north; those of the south are kept as the other reading."""
    first = value.month or 3
    if value.to is not None and value.to.year is not None and value.of is None and value.year is not None:
        return _season(value.year, first, value.year)
    told = value.year
    if told is None:
        published = context.day("a season without a year")
        told = _season_year(first, value.which, context.lean, published)
    return _season(told, first, None)


def _season_year(first: int, which: str | None, lean: Lean, published: date) -> int:
    """The year in which the season meant begins."""
    ahead = which == "next" or (which != "last" and lean is Lean.AHEAD)
    for candidate in range(published.year + 1, published.year - 3, -1) if not ahead else range(published.year - 1, published.year + 3):
        start, end = months_span(candidate, first, 3)
        if which == "next" and start > published:
            return candidate
        if which != "next" and ahead and end >= published:
            return candidate
        if which == "last" and end < published:
            return candidate
        if which != "last" and not ahead and start <= published:
            return candidate
    return published.year


def _season(year_told: int, first: int, second: int | None) -> Found:
    north = months_span(year_told, first, 3)
    southern_first = (first + 5) % 12 + 1
    south = span(months_span(year_told, southern_first, 3), TimePrecision.SEASON, "the season of the south", 0.2)
    others = [south]
    if first == 12 and second is None:
        others.insert(0, span(months_span(year_told - 1, 12, 3), TimePrecision.SEASON, "the winter that ends in that year", 0.4))
    score = 0.9 if second is not None or first != 12 else 0.6
    return Found(*north, TimePrecision.SEASON, "the three months of the season in the north", score, others=tuple(others))


def period(value: TimeValue, context: TimeContext, base: Found | None = None) -> Found:
    """A calendar unit counted from publication, from a time told before, or the one that holds a day (`base`)."""
    unit = value.unit or "week"
    precision = _PRECISION.get(unit, TimePrecision.YEAR)
    if base is not None and base.start is not None:
        return span(unit_span(base.start, unit), precision, f"the {unit} that holds {shown(base.start)}", 0.9)
    if value.anchor == "previous":
        return _beside(unit, precision, value.which, context)
    published = context.day(f"a {unit}")
    if unit == "weekend":
        return _weekend(value.which, context, published)
    count = {"last": -1, "next": 1}.get(value.which or "", 0)
    first, last = unit_span(moved(unit_span(published, unit)[0], count, unit), unit)
    if count:
        return span((first, last), precision, f"the {unit} {'before' if count < 0 else 'after'} that of publication ({shown(published)})")
    whole = span((first, last), precision, f"the whole {unit} of publication", 0.3)
    if context.lean is Lean.AHEAD:
        return Found(published, last, precision, f"what is left of the {unit} of publication", 0.8, others=(whole,))
    return Found(first, published, precision, f"the {unit} of publication, up to publication: what is told as done lies in it", 0.85, others=(whole,))


def _beside(unit: str, precision: TimePrecision, which: str | None, context: TimeContext) -> Found:
    before = context.last_any or context.last_day
    if before is not None and before.start is not None:
        base, why = before.start, "the time told before"
    elif which == "previous":
        base, why = context.day(f"the {unit} before"), "publication"
    else:
        raise UnresolvedError("it counts from a time told before, and none is")
    count = {"previous": -1, "following": 1}.get(which or "", 0)
    step = "week" if unit == "weekend" else unit
    first, last = unit_span(moved(unit_span(base, step)[0], count, step), unit)
    return span((first, last), precision, f"the {unit} {('before', 'of', 'after')[count + 1]} {why} ({shown(base)})", 0.85)


def _weekend(which: str | None, context: TimeContext, published: date) -> Found:
    """Saturday and Sunday; a weekend told as done is the last one that had begun before the day of publication."""
    begun = published - timedelta(days=(published.isoweekday() - _SATURDAY) % 7 or 7)
    over = begun if (published - begun).days > 1 else begun - timedelta(days=7)
    coming = published + timedelta(days=(_SATURDAY - published.isoweekday()) % 7)
    if which == "last":
        saturday, why = over, "the last weekend over by publication"
    elif which == "next":
        saturday, why = unit_span(moved(published, 1, "week"), "weekend")[0], "the weekend of the week after publication"
    elif context.lean is Lean.AHEAD or (which == "this" and context.lean is Lean.UNKNOWN and published.isoweekday() in range(2, _SATURDAY)):
        saturday, why = coming, "the next weekend from publication"
    else:
        saturday, why = begun, "the last weekend begun before publication"
    other = coming if saturday != coming else begun
    others = (span((other, other + timedelta(days=1)), TimePrecision.WEEK, "the other weekend near publication", 0.15),)
    return Found(saturday, saturday + timedelta(days=1), TimePrecision.WEEK, f"{why} ({shown(published)})", 0.88, others=others)


def window(value: TimeValue, context: TimeContext) -> Found:
    """So many units up to publication, or from it."""
    published = context.day("a stretch of days")
    unit, count = value.unit or "day", value.count or 1
    unit = "week" if unit == "weekend" else unit
    if is_shorter_than_a_day(unit):
        hours = count if unit == "hour" else 1
        unit, count = "day", max(1, -(-hours // 24))
    if value.portion == "back":
        start = moved(published, -count, unit)
        return span((start, published), precision_of(start, published), f"{count} {unit}(s) up to publication ({shown(published)})", 0.92)
    end = moved(published, count, unit)
    return span((published, end), precision_of(published, end), f"{count} {unit}(s) from publication ({shown(published)})", 0.92)


def portion(value: TimeValue, found: Found, seen_from: date | None) -> Found:
    """A part of a longer time: early, mid, late, a half, a quarter, a week, a day."""
    start, end = found.start, found.end
    if start is None or end is None:
        raise UnresolvedError("a part of a time with an open end has no dates")
    if value.portion == "earlier":
        upto = seen_from if seen_from is not None and start <= seen_from <= end else end
        return span((start, upto), found.precision, "from its beginning up to where it is told from", 0.9)
    if value.portion == "later":
        since = seen_from if seen_from is not None and start <= seen_from <= end else start
        return span((since, end), found.precision, "from where it is told to its end", 0.8)
    if value.portion in ("half", "quarter", "week", "day"):
        return _numbered(value.portion, value.count or 1, start, end)
    first, last = portion_of(start, end, value.portion or "early")
    return Found(first, last, found.precision, f"the {value.portion} part of it, by thirds", 0.9, others=(found,))


def _numbered(what: str, number: int, start: date, end: date) -> Found:
    """The first half, the second week, the last quarter."""
    if what == "half":
        length = (end - start).days + 1
        months = (end.year - start.year) * 12 + end.month - start.month + 1
        middle = start + timedelta(days=length // 2) if months == 1 else moved(start, months // 2, "month")
        dates = (start, middle - timedelta(days=1)) if number == 1 else (middle, end)
    elif what == "quarter":
        first = moved(start, 9 if number < 0 else 3 * (number - 1), "month")
        dates = (first, moved(first, 3, "month") - timedelta(days=1))
    else:
        size = 7 if what == "week" else 1
        first = end - timedelta(days=size - 1) if number < 0 else start + timedelta(days=size * (number - 1))
        dates = (first, min(end, first + timedelta(days=size - 1)))
    if dates[0] > dates[1]:
        raise UnresolvedError(f"it has no {what} of that number")
    return span(dates, _PRECISION.get(what, precision_of(*dates)), f"that {what} of it", 0.88)
