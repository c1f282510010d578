"""Times resolved: a symbolic value and what stands around it in, an interval with its reason and other readings out."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sayso.languages.times import Lean, TimeExpression, TimeKind, TimeValue
from sayso.model.resolution import Candidate, Interval, Resolution
from sayso.model.words import TimeBasis, TimePrecision
from sayso.resolve import time_days, time_periods
from sayso.resolve.time_calendar import Found, UnresolvedError, is_shorter_than_a_day, moved, precision_of, shown, unit_span
from sayso.resolve.time_context import TimeContext

__all__ = ["ResolvedTime", "TimeContext", "resolve_time", "resolve_times"]

METHOD = "interval grammar"
_LONG_PAST = 60  # days: a limit without a year so long before publication may be the next one instead
_STORY_AGE = 330  # days before publication from which a date with a year tells an old story
_STORY_REACH = 600  # code points over which it goes on
_NO_DATES = {
    TimeKind.DURATION: "it tells how long, not when",
    TimeKind.AHEAD: "it tells how long, not when",
    TimeKind.EVENT: "it counts from a happening whose date is not told",
    TimeKind.VAGUE: "too vague for dates",
}
_POINTS = (TimeKind.DAY, TimeKind.WEEKDAY, TimeKind.NEAR_DAY, TimeKind.FEAST, TimeKind.PART, TimeKind.CLOCK, TimeKind.OVERNIGHT, TimeKind.SHIFT)
_HEADERS = (TimeKind.DAY, TimeKind.WEEKDAY, TimeKind.PART)
_FLOATING = (TimeKind.DAY, TimeKind.WEEKDAY, TimeKind.MONTH, TimeKind.FEAST)  # without a year, they hang on the other end of a range


@dataclass(frozen=True, slots=True)
class ResolvedTime:
    """The interval that a time was judged to be, or None with the reason; other readings, best first."""

    expression: TimeExpression
    interval: Interval | None
    score: float
    reason: str
    alternatives: tuple[Interval, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    method: str = METHOD

    def record(self, mention: str) -> Resolution:
        """The Resolution of that mention."""
        return Resolution(mention, self.interval, self.score, self.reason, self.method, self.candidates)


def resolve_time(expression: TimeExpression, context: TimeContext) -> ResolvedTime:
    """The interval of one time. The lean of the context, where it is known from a parse, goes before that of the expression."""
    lean = expression.lean if context.lean is Lean.UNKNOWN else context.lean
    return _resolved(expression, context.leaning(lean))[0]


def resolve_times(expressions: Iterable[TimeExpression], published: date | None) -> tuple[ResolvedTime, ...]:
    """The intervals of all times of one text, in order: each is read with the ones before it as context."""
    return tuple(_in_order(expressions, published))


def _in_order(expressions: Iterable[TimeExpression], published: date | None) -> Iterator[ResolvedTime]:
    context = TimeContext(published)
    clocks_began = False
    story_told = 0
    for one in expressions:
        if one.start - story_told > _STORY_REACH:
            context = replace(context, story=None)
        resolved, found = _resolved(one, context.leaning(one.lean))
        yield resolved
        clocks_began = clocks_began or (one.kind is TimeKind.CLOCK and one.label)
        if found is None:
            continue
        context, story_told = replace(context, story=_story(one, found, context)), one.end
        told = one.lean is not Lean.AHEAD or one.value.year is not None  # a year as written needs no verb
        if told and one.kind is not TimeKind.BOUND:
            context = replace(context, last_any=found)
            if one.kind in _POINTS and (one.kind, one.label) != (TimeKind.CLOCK, True):
                context = replace(context, last_day=found)
        if one.kind in _HEADERS and (one.label or (context.header is None and not clocks_began)):
            context = replace(context, header=found)


def _story(one: TimeExpression, found: Found, context: TimeContext) -> Found | None:
    """The old date whose story goes on behind this expression: a weekday or "last week" brings the text back to the news."""
    if one.kind in (TimeKind.DAY, TimeKind.MONTH) and one.value.year is not None:
        return _if_old(found, context)
    if (one.kind, one.value.unit, one.value.anchor) == (TimeKind.PERIOD, "year", "previous"):
        return _if_old(found, context)  # "that year"
    if one.kind in (TimeKind.DAY, TimeKind.MONTH) and one.value.anchor == "previous":
        return _if_old(found, context)
    if one.kind in (TimeKind.WEEKDAY, TimeKind.NEAR_DAY, TimeKind.WINDOW, TimeKind.OVERNIGHT):
        return None
    if one.kind in (TimeKind.DAY, TimeKind.MONTH) and context.story is not None:
        return found
    return context.story


def _if_old(found: Found, context: TimeContext) -> Found | None:
    old = context.published is not None and found.end is not None and (context.published - found.end).days > _STORY_AGE
    return found if old else None


def _in_story(value: TimeValue, context: TimeContext) -> Found | None:
    """The first such day or month on from the old date whose story is told; None where no such story is."""
    story = context.story
    told = value.kind in (TimeKind.DAY, TimeKind.MONTH) and value.year is None and value.month is not None and value.which is None
    if story is None or story.start is None or not told or context.lean is Lean.AHEAD:
        return None
    found = _found(value, replace(context.as_of(story.start, Lean.AHEAD), story=None))
    of_the_news = _found(value, replace(context, story=None))
    reason = f"the first such date on from {shown(story.start)}, whose story is told"
    return replace(found, reason=reason, score=0.65, basis=TimeBasis.INFERRED, others=(replace(of_the_news, score=0.3, others=()),))


def _resolved(expression: TimeExpression, context: TimeContext) -> tuple[ResolvedTime, Found | None]:
    try:
        if expression.label and expression.kind is TimeKind.CLOCK and expression.value.of is None:
            found = time_days.label_clock(context)
        else:
            found = _found(expression.value, context)
    except UnresolvedError as why:
        return ResolvedTime(expression, None, 0.0, str(why)), None
    except OverflowError:
        return ResolvedTime(expression, None, 0.0, "its dates lie outside the calendar"), None
    candidates = tuple(Candidate(one.interval, one.score, one.reason) for one in (found, *found.others))
    alternatives = tuple(one.interval for one in found.others)
    return ResolvedTime(expression, found.interval, found.score, found.reason, alternatives, candidates), found


def _found(value: TimeValue, context: TimeContext) -> Found:
    """The dates of a value; UnresolvedError where it has none."""
    if value.kind in _NO_DATES and not (value.kind is TimeKind.AHEAD and context.lean is Lean.AHEAD):
        raise UnresolvedError(_NO_DATES[value.kind])
    if value.anchor == "previous" and value.kind in (TimeKind.DAY, TimeKind.MONTH, TimeKind.SEASON):
        value = _of_that_year(value, context)
    in_story = _in_story(value, context)
    if in_story is not None:
        return in_story
    simple = _SIMPLE.get(value.kind)
    return simple(value, context) if simple else _COMPOSED[value.kind](value, context)


def _of_that_year(value: TimeValue, context: TimeContext) -> TimeValue:
    """The same with the year of the time told before."""
    if context.last_any is None or context.last_any.start is None:
        raise UnresolvedError("it counts from a year told before, and none is")
    return replace(value, year=context.last_any.start.year, anchor=None)


def _part(value: TimeValue, context: TimeContext) -> Found:
    if value.of is None:
        return time_days.bare_part(value, context)
    return time_days.in_part(_found(value.of, context), value.part)


def _overnight(value: TimeValue, context: TimeContext) -> Found:
    """The night between two days: named by both, by the second, or the night before publication."""
    if value.of is not None and value.to is not None:
        second = _found(value.to, context)
        first = _end_of_range(value.of, second, context)
        return Found(first.start, second.end, TimePrecision.PART_OF_DAY, "the night between the two days told", 0.95)
    if value.of is not None:
        return time_days.in_part(_found(value.of, context), None)
    if value.to is not None:
        day = _found(value.to, context).end
        if day is None:
            raise UnresolvedError("the night's day is not told")
        other = Found(day, day + timedelta(days=1), TimePrecision.PART_OF_DAY, "the night after that day", 0.25)
        return Found(day - timedelta(days=1), day, TimePrecision.PART_OF_DAY, f"the night before {shown(day)}", 0.85, others=(other,))
    published = context.day("the night")
    ahead = context.lean is Lean.AHEAD
    first_day = published if ahead else published - timedelta(days=1)
    why = f"the night {'after' if ahead else 'before'} publication ({shown(published)})"
    return Found(first_day, first_day + timedelta(days=1), TimePrecision.PART_OF_DAY, why, 0.92)


def _portion(value: TimeValue, context: TimeContext) -> Found:
    if value.of is None:
        raise UnresolvedError("a part of a time that is not told")
    whole = _found(value.of, context)
    if value.of.kind is TimeKind.PERIOD and value.of.which in (None, "this") and whole.start is not None:
        first, last = unit_span(whole.start, value.of.unit or "week")  # not cut at publication
        whole = replace(whole, start=first, end=last, others=())
    seen_from = context.published
    if value.of.anchor == "previous" and context.last_any is not None:  # "later that month" goes on from what was told
        seen_from = context.last_any.start
    return time_periods.portion(value, whole, seen_from)


def _shift(value: TimeValue, context: TimeContext) -> Found:
    """So long before or after publication, a day told before, a day named, or what the clause tells."""
    unit, count = value.unit or "day", value.count or 0
    count = -count if value.portion == "back" or value.anchor == "clause" else count
    if value.of is not None:
        base = _found(value.of, context)
        why = "the day named"
    elif value.anchor == "publication":
        base, why = time_days.one_day(context.day("so long ago"), ""), "publication"
    else:
        base, why = _previous(value, count, context)
    return _counted(base, count, unit, value, why)


def _counted(base: Found, count: int, unit: str, value: TimeValue, why: str) -> Found:
    if base.start is None or base.end is None:
        raise UnresolvedError("it counts from a time with an open end")
    start, end = moved(base.start, count, unit), moved(base.end, count, unit)
    reason = f"{abs(count)} {unit}(s) {'before' if count < 0 else 'after'} {why} ({shown(base.start)})" if count else f"{why} ({shown(base.start)})"
    score = min(0.9, base.score) if value.anchor != "clause" else 0.6
    if unit in ("month", "year", "decade", "century") and not value.exact:
        first, last = unit_span(start, unit if unit in ("month", "year") else "year")
        exact = Found(start, end, TimePrecision.DAY, "to the day", 0.2)
        precision = TimePrecision.MONTH if unit == "month" else TimePrecision.YEAR
        return Found(first, last, precision, f"the {unit} that lies {reason}", 0.75, others=(exact,))
    precision = TimePrecision.WEEK if unit in ("week", "fortnight") and not value.exact else TimePrecision.DAY
    found = Found(start, end, TimePrecision.PART_OF_DAY if is_shorter_than_a_day(unit) else precision, reason, score)
    return time_days.in_part(found, value.part) if value.part else found


def _previous(value: TimeValue, count: int, context: TimeContext) -> tuple[Found, str]:
    """What a shift counts from: the day told before, else publication for what lies before it."""
    before = context.last_any if value.unit in ("month", "year") else context.last_day
    before = before or context.last_day
    if before is not None:
        return before, "the day told before"
    if count < 0 and value.anchor != "clause":
        return time_days.one_day(context.day("so long before"), "", 0.7), "publication"
    raise UnresolvedError("it counts from a day told before, and none is")


def _ahead(value: TimeValue, context: TimeContext) -> Found:
    base = time_days.one_day(context.day("so far ahead"), "")
    return _counted(base, value.count or 1, value.unit or "day", value, "publication")


def _range(value: TimeValue, context: TimeContext) -> Found:
    if value.of is None or value.to is None:
        raise UnresolvedError("an end of the range is not told")
    to = value.to
    if to.kind is TimeKind.YEAR and to.year is not None and to.year < 100 and value.of.year is not None:
        to = replace(to, year=value.of.year // 100 * 100 + to.year)  # "2014–18"
    if value.of.year is not None and to.year is None and to.kind in _FLOATING:
        first = _found(value.of, context)
        second = _end_of_range(to, first, context, Lean.AHEAD)
    else:
        second = _found(to, context)
        first = _end_of_range(value.of, second, context)
    if first.start is None or second.end is None or first.start > second.end:
        raise UnresolvedError("the range ends before it begins")
    return Found(first.start, second.end, precision_of(first.start, second.end), "from the first to the second time told", min(first.score, second.score))


def _end_of_range(value: TimeValue, other: Found, context: TimeContext, lean: Lean = Lean.BACK) -> Found:
    """The other end of a range: without a year it is the nearest such time before (or after) the end already known."""
    inner = value.of if value.kind in (TimeKind.PART, TimeKind.CLOCK) and value.of is not None else value
    seen_from = other.end if lean is Lean.BACK else other.start
    if inner.kind in _FLOATING and inner.year is None and inner.which is None and seen_from is not None:
        return _found(value, context.as_of(seen_from, lean))
    return _found(value, context)


def _pair(value: TimeValue, context: TimeContext) -> Found:
    """Two days told together: one interval over both; each alone is kept where they do not touch."""
    found = _range(replace(value, kind=TimeKind.RANGE), context)
    if found.start is None or found.end is None or (found.end - found.start).days <= 1:
        return found
    others = tuple(Found(day, day, TimePrecision.DAY, "one of the two days", 0.4) for day in (found.start, found.end))
    return replace(found, reason="two days told together: the interval over both", score=0.6, others=others)


def _bound(value: TimeValue, context: TimeContext) -> Found:
    """A time open at one end: what "since" begins ends at publication."""
    bound = value.bound
    if value.of is None:
        if context.last_day is None:
            raise UnresolvedError("it counts from a time told before, and none is")
        inner = context.last_day
    else:
        inner = _found(value.of, context.leaning(_bound_lean(bound, context.lean)))
        if bound in ("until", "by", "before"):
            inner = _limit(value.of, inner, context)
    if bound == "since":
        end = context.published if context.published and inner.start and inner.start <= context.published else None
        return _open(inner.start, end, "from then up to publication", inner)
    if bound in ("until", "by"):
        return _open(None, inner.end, "up to that time, at the latest", inner)
    if bound == "before":
        ends = value.of is not None and value.of.portion == "late"  # "before the end of the year" is within it
        return _open(None, inner.end if ends or inner.start is None else inner.start - timedelta(days=1), "before that time", inner)
    if bound == "after":
        return _open(inner.end + timedelta(days=1) if inner.end else None, None, "after that time", inner)
    begins_later = inner.start is not None and context.published is not None and inner.start > context.published
    if bound == "onwards" or context.lean is Lean.AHEAD or begins_later:
        return _open(inner.start, None, "from that time on", inner)
    onwards = Found(inner.start, None, TimePrecision.OPEN, "from that time on", 0.3)
    return replace(inner, others=(*inner.others, onwards))


def _bound_lean(bound: str | None, lean: Lean) -> Lean:
    """The lean that the time within a bound is read with."""
    if bound == "since":
        return Lean.BACK
    return Lean.UNKNOWN if bound == "soonest" and lean is Lean.BACK else lean


def _limit(value: TimeValue, found: Found, context: TimeContext) -> Found:
    """The end that was set: what was extended "until mid-September" may still go on, so a date without a year is the nearest on either side."""
    if context.lean is Lean.AHEAD or context.published is None or found.end is None or (context.published - found.end).days < _LONG_PAST:
        return found
    later = _found(value, context.leaning(Lean.AHEAD))
    if later.start is None or (later.start - context.published) >= (context.published - found.end):
        return found
    return replace(later, reason="the nearest such date on either side of publication", score=0.75, others=(replace(found, score=0.2, others=()),))


def _open(start: date | None, end: date | None, reason: str, inner: Found) -> Found:
    if start is None and end is None:
        raise UnresolvedError("neither end has a date")
    others = tuple(replace(one, others=()) for one in inner.others)
    return Found(start, end, TimePrecision.OPEN, f"{reason}; {inner.reason}", inner.score, TimeBasis.STATED, others)


def _period(value: TimeValue, context: TimeContext) -> Found:
    return time_periods.period(value, context, _found(value.of, context) if value.of is not None else None)


_SIMPLE: dict[TimeKind, Callable[[TimeValue, TimeContext], Found]] = {
    TimeKind.DAY: time_days.calendar_day,
    TimeKind.WEEKDAY: time_days.weekday,
    TimeKind.NEAR_DAY: time_days.near_day,
    TimeKind.FEAST: time_days.feast,
    TimeKind.MONTH: time_periods.month,
    TimeKind.YEAR: time_periods.year,
    TimeKind.DECADE: time_periods.decade,
    TimeKind.SEASON: time_periods.season,
    TimeKind.WINDOW: time_periods.window,
}
_COMPOSED: dict[TimeKind, Callable[[TimeValue, TimeContext], Found]] = {
    TimeKind.PART: _part,
    TimeKind.CLOCK: _part,
    TimeKind.OVERNIGHT: _overnight,
    TimeKind.PERIOD: _period,
    TimeKind.PORTION: _portion,
    TimeKind.SHIFT: _shift,
    TimeKind.AHEAD: _ahead,
    TimeKind.RANGE: _range,
    TimeKind.PAIR: _pair,
    TimeKind.BOUND: _bound,
}
