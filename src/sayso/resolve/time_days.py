"""Single days: dates, weekdays, days counted from publication, parts of a day."""

from datetime import date, timedelta

from sayso.languages.times import Lean, TimeValue
from sayso.model.words import TimeBasis, TimePrecision
from sayso.resolve.time_calendar import Found, UnresolvedError, day_of, moved, shown, unit_span
from sayso.resolve.time_context import TimeContext

_NEAR = 60  # days: a date without a year and with no verb to tell may lie so far ahead
_FAR = 300
_TOO_NEAR = 2  # days: "last Tuesday" said on a Wednesday is hardly yesterday, which has a name of its own
_LEAP_SEARCH = 8  # years in which 29 February surely comes


def one_day(day: date, reason: str, score: float = 0.95) -> Found:
    """That day alone."""
    return Found(day, day, TimePrecision.DAY, reason, score)


def calendar_day(value: TimeValue, context: TimeContext) -> Found:
    """A date: as written, or with the year or month that lies nearest to publication on the side the verb looks to."""
    if value.day is None:
        raise UnresolvedError("no day is told")
    if value.month is None:
        return _day_of_month(value.day, value.which, context)
    if value.year is not None:
        return _full_date(value, value.year, context)
    published = context.day("a date without a year")
    choices = [date_of for year in range(published.year - _LEAP_SEARCH, published.year + _LEAP_SEARCH + 1) if (date_of := _maybe(year, value.month, value.day))]
    if not choices:
        raise UnresolvedError(f"there is no day {value.day} in month {value.month}")
    return _nearest(choices, value.weekday, context, published)


def _full_date(value: TimeValue, year: int, context: TimeContext) -> Found:
    day, month = value.day or 1, value.month or 1  # both are told: the caller looked
    written = day_of(year, month, day)
    precision = TimePrecision.PART_OF_DAY if value.clock else TimePrecision.DAY
    if not value.swappable:
        return Found(written, written, precision, "the date as written", 1.0)
    swapped = day_of(year, day, month)
    published = context.published
    if published is not None and written > published >= swapped and context.lean is not Lean.AHEAD:
        others = (one_day(written, "read day first", 0.2),)
        return Found(swapped, swapped, precision, "read month first: day first it would lie after publication", 0.8, others=others)
    others = (one_day(swapped, "read month first", 0.25),)
    return Found(written, written, precision, "read day first; month first is possible too", 0.75, others=others)


def _maybe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _nearest(choices: list[date], weekday: int | None, context: TimeContext, published: date) -> Found:
    """The choice on the side the verb looks to; a weekday beside it has the last word among the two nearest."""
    past = max((day for day in choices if day <= published + timedelta(days=1)), default=choices[0])
    future = min((day for day in choices if day >= published), default=choices[-1])
    just_gone = (future - published).days > _FAR and (published - past).days < _NEAR  # a year ahead, or days ago: the verb was misjudged
    if context.lean is Lean.AHEAD and not just_gone:
        chosen, other, why = future, past, "the next such date, as the verb looks ahead"
    elif context.lean is Lean.UNKNOWN and (future - published).days <= min(_NEAR, (published - past).days):
        chosen, other, why = future, past, "the such date nearest to publication"
    else:
        chosen, other, why = past, future, "the latest such date up to publication"
    fits = weekday is None or chosen.isoweekday() == weekday
    if not fits and other.isoweekday() == weekday:
        chosen, other, why, fits = other, chosen, "the such date that falls on the weekday told", True
    score = 0.9 if fits else 0.6
    why = why if fits else f"{why}; the weekday told is another"
    others = (one_day(other, "the other year", 0.1),) if other != chosen else ()
    return Found(chosen, chosen, TimePrecision.DAY, f"{why} ({shown(published)})", score, others=others)


def _day_of_month(day: int, which: str | None, context: TimeContext) -> Found:
    published = context.day("a day of the month")
    months = {"last": (-1,), "this": (0,), "next": (1,)}.get(which or "", (-2, -1, 0, 1, 2))
    firsts = [moved(published.replace(day=1), count, "month") for count in months]
    choices = [date_of for first in firsts if (date_of := _maybe(first.year, first.month, day))]
    if not choices:
        raise UnresolvedError(f"that month has no day {day}")
    return one_day(choices[0], "that day of the month told", 0.9) if which else _nearest(choices, None, context, published)


def weekday(value: TimeValue, context: TimeContext) -> Found:
    """A weekday: the latest up to publication, the next one where the verb looks ahead; "last" and "next" keep both readings."""
    number = value.weekday or 1
    if value.anchor == "previous":
        return _beside_previous(number, value.which == "following", context)
    published = context.day("a weekday")
    if value.unit == "week":
        monday, _ = unit_span(moved(published, {"last": -1, "next": 1}.get(value.which or "", 0), "week"), "week")
        return one_day(monday + timedelta(days=number - 1), f"that weekday of {value.which} week")
    back, ahead = _latest(number, published), _next(number, published)
    if value.which == "past":
        day = _latest(number, published - timedelta(days=1))
        return one_day(day, "the latest such weekday before publication")
    if value.which == "coming":
        return one_day(_next(number, published + timedelta(days=1)), "the next such weekday after publication")
    if value.which == "this":
        monday, _ = unit_span(published, "week")
        return one_day(monday + timedelta(days=number - 1), "that weekday of the week of publication", 0.85)
    if value.which == "last":
        return _doubtful(_latest(number, published - timedelta(days=1)), published, -1)
    if value.which == "next":
        return _doubtful(_next(number, published + timedelta(days=1)), published, 1)
    if context.lean is Lean.AHEAD:
        other = one_day(_next(number, published + timedelta(days=1)) if ahead == published else back, "another such weekday", 0.15)
        why = f"the next such weekday from publication ({shown(published)}), as the verb looks ahead"
        return Found(ahead, ahead, TimePrecision.DAY, why, 0.85, others=(other,))
    return one_day(back, f"the latest such weekday up to publication ({shown(published)})", 0.95 if context.lean is Lean.BACK else 0.88)


def _latest(number: int, upto: date) -> date:
    return upto - timedelta(days=(upto.isoweekday() - number) % 7)


def _next(number: int, since: date) -> date:
    return since + timedelta(days=(number - since.isoweekday()) % 7)


def _doubtful(near: date, published: date, side: int) -> Found:
    """ "Last Tuesday", "next Friday": the nearest one, unless it is so near that it would be named otherwise. The other reading is kept."""
    far = near + timedelta(days=7 * side)
    words = "last" if side < 0 else "next"
    if abs((near - published).days) <= _TOO_NEAR:
        why = f"\u201c{words}\u201d skips a weekday so near to publication ({shown(published)}); the nearer one is possible"
        return Found(far, far, TimePrecision.DAY, why, 0.6, others=(one_day(near, "the nearest such weekday", 0.4),))
    why = f"the nearest such weekday to publication ({shown(published)}); the one a week {'before' if side < 0 else 'after'} is possible"
    return Found(near, near, TimePrecision.DAY, why, 0.75, others=(one_day(far, "the such weekday one week further", 0.25),))


def _beside_previous(number: int, following: bool, context: TimeContext) -> Found:
    if context.last_day is None or context.last_day.start is None:
        raise UnresolvedError("it counts from a day told before, and none is")
    base = context.last_day.start
    day = _next(number, base + timedelta(days=1)) if following else _latest(number, base - timedelta(days=1))
    return one_day(day, f"that weekday {'after' if following else 'before'} {shown(base)}, the day told before", 0.85)


def near_day(value: TimeValue, context: TimeContext) -> Found:
    """Today, yesterday, tonight: counted from publication."""
    published = context.day("such a day")
    day = published + timedelta(days=value.count or 0)
    found = one_day(day, f"counted from publication ({shown(published)})")
    return in_part(found, value.part) if value.part else found


def feast(value: TimeValue, context: TimeContext) -> Found:
    """A day with a name and a fixed date."""
    return calendar_day(value, context)


def in_part(found: Found, part: str | None) -> Found:
    """The same day, told by a part of it; a night may run on into the next day."""
    others = found.others
    if part in ("night", "midnight") and found.end is not None and found.start == found.end:
        others = (*others, Found(found.start, found.end + timedelta(days=1), TimePrecision.PART_OF_DAY, "the night runs on into the next day", 0.3))
    return Found(found.start, found.end, TimePrecision.PART_OF_DAY, found.reason, found.score, found.basis, others)


def bare_part(value: TimeValue, context: TimeContext) -> Found:
    """A part of a day or an hour whose day is not told: of the header, of the day told before, or of publication."""
    if context.header is not None and value.clock and context.last_day is context.header:
        base, why, score = context.header, "on the day of the header", 0.85
    elif context.last_day is not None:
        told = context.last_day
        base, why, score = one_day(told.end, "") if told.end else told, "on the day told before", 0.6  # after a night: its morning
    else:
        published = context.day("a part of a day whose day is not told")
        base, why, score = one_day(published, ""), f"no day is told: that of publication ({shown(published)})", 0.5
    day = Found(base.start, base.end, TimePrecision.PART_OF_DAY, why, score, TimeBasis.INFERRED)
    return in_part(day, value.part)


def label_clock(context: TimeContext) -> Found:
    """The hour that opens a line of a bulletin: on the day of the header, else of publication."""
    if context.header is not None:
        header = context.header
        return Found(header.start, header.end, TimePrecision.PART_OF_DAY, "an hour of the day that the header names", 0.9, TimeBasis.INFERRED)
    published = context.day("the hour of a bulletin line")
    return Found(published, published, TimePrecision.PART_OF_DAY, f"an hour of the day of publication ({shown(published)})", 0.8, TimeBasis.INFERRED)
