"""A toll over time, voice by voice: totals since a date, and figures of single acts apart from them. Voices are never mixed, revisions stay visible."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from sayso.link.told import ReviewStatus, Told, ToldFigure, figures_of
from sayso.link.voices_apart import Moment, Speaker, Speakers, original_voice
from sayso.link.weigh_rows import Population, population_of
from sayso.model.words import Change, Measure, Modality, Scope

FIRST, RAISED, LOWERED, SAME, CHANGED = "first", "raised", "lowered", "same", "changed"
_INCREMENT = "increment"


@dataclass(frozen=True, slots=True)
class TollPoint:
    """What one voice said on one day."""

    as_of: str | None  # ISO day on which it was said or first printed
    low: int | None
    high: int | None
    point: int | None
    term: str | None
    until: str | None  # ISO date to which it counts, if told
    revision: str  # against what the voice said before: first, raised, lowered, same, changed; increment; empty for single acts
    quote: str
    documents: tuple[str, ...]
    claims: tuple[str, ...]
    figures: tuple[str, ...]

    @property
    def shown(self) -> int | None:
        """The number to draw: the one named, else a bound; None where there is none."""
        return next((value for value in (self.point, self.low, self.high) if value is not None), None)


@dataclass(frozen=True, slots=True)
class Series:
    """What one voice said over time of one population and one period."""

    voice: str
    scope: Scope
    population: Population
    side: str  # whose people; empty where it is not told
    since: str | None  # from when a total counts, as told
    points: tuple[TollPoint, ...]  # by day


@dataclass(frozen=True, slots=True)
class Toll:
    """A toll over time: totals and figures of single acts are kept apart."""

    measure: Measure
    since: str | None  # the first day asked for
    totals: tuple[Series, ...]
    acts: tuple[Series, ...]
    undated: tuple[Series, ...]  # nothing tells when they were said
    earlier: int  # points said before the first day asked for


@dataclass(frozen=True, slots=True)
class _Said:
    key: tuple[str, ...]  # of the series
    speaker: Speaker
    one: ToldFigure
    moment: Moment | None
    side: str

    @property
    def repeated(self) -> tuple[str, ...]:
        """What is the same where the same words are told again."""
        figure = self.one.figure
        return (*self.key, *map(str, (self.moment, figure.low, figure.high, figure.point, figure.term, figure.until, figure.change)))


def toll(told: Sequence[Told], since: date | None = None, measure: Measure = Measure.KILLED, loose: Iterable[ToldFigure] = ()) -> Toll:
    """The toll of one measure as told on and after a day; `loose` are figures that hang on no claim. The order of what is given does not matter."""
    given = [one for one in (*figures_of(told), *loose) if one.figure.measure is measure and _counts(one)]
    speakers = Speakers(one.report for one in given)
    said = [_said(one, speakers) for one in {one.figure.id: one for one in given}.values()]
    dated = [one for one in said if one.moment is not None]
    kept = [one for one in dated if one.moment and (since is None or one.moment[1].date() >= since)]
    series = _series(kept)
    return Toll(
        measure,
        since.isoformat() if since else None,
        tuple(one for one in series if one.scope is Scope.TOTAL),
        tuple(one for one in series if one.scope is Scope.ACT),
        _series([one for one in said if one.moment is None]),
        len({one.repeated for one in dated}) - len({one.repeated for one in kept}),
    )


def _counts(one: ToldFigure) -> bool:
    """Whether a figure tells a number of people harmed: not what is denied, planned or possible, nor what a reviewer rejected, nor a part of another."""
    figure = one.figure
    modalities = {figure.modality, one.told.claim.modality if one.told else figure.modality}
    if one.status is ReviewStatus.REJECTED or figure.part_of is not None or (figure.low is None and figure.high is None):
        return False
    return modalities == {Modality.ACTUAL} or (figure.high == 0 and modalities <= {Modality.ACTUAL, Modality.DENIED})


def _said(one: ToldFigure, speakers: Speakers) -> _Said:
    figure = one.figure
    speaker = speakers.speaker(one.report, figure.voices)
    listed = {party.name for party in (one.told.recipients if one.told else ()) if party.listed}
    side = figure.side or (listed.pop() if len(listed) == 1 else "")
    key = (speaker.key, figure.scope, population_of(figure), side, figure.since or "")
    return _Said(key, speaker, one, speakers.moment(one.report, original_voice(figure.voices)), side)


def _series(said: Sequence[_Said]) -> tuple[Series, ...]:
    found = []
    for _, group in groupby(sorted(said, key=lambda one: one.key), key=lambda one: one.key):
        own = list(group)
        figure = own[0].one.figure
        name = min(one.speaker.name for one in own)
        points = _points(own, figure.scope)
        found.append(Series(name, figure.scope, population_of(figure), own[0].side, figure.since, points))
    return tuple(sorted(found, key=lambda one: (one.voice, one.population, one.side, one.since or "")))


def _points(said: Sequence[_Said], scope: Scope) -> tuple[TollPoint, ...]:
    points: list[TollPoint] = []
    last: TollPoint | None = None
    for _, group in groupby(sorted(said, key=_when), key=lambda one: one.repeated):
        point = _point(list(group))
        if scope is Scope.TOTAL and point.revision != _INCREMENT:
            point = replace(point, revision=_revision(last, point))
            last = point
        points.append(point)
    return tuple(points)


def _point(own: Sequence[_Said]) -> TollPoint:
    first = own[0].one.figure
    moment = own[0].moment
    return TollPoint(
        moment[0].date().isoformat() if moment else None,
        first.low,
        first.high,
        first.point,
        first.term,
        first.until,
        _INCREMENT if first.change is Change.INCREMENT else "",
        first.span.quote,
        tuple(sorted({one.one.report.document for one in own})),
        tuple(sorted({one.one.told.claim.id for one in own if one.one.told})),
        tuple(sorted({one.one.figure.id for one in own})),
    )


def _when(one: _Said) -> tuple[object, ...]:
    return (one.moment is None, one.moment or (), one.repeated, one.one.report.document, one.one.figure.span.start)


def _revision(last: TollPoint | None, point: TollPoint) -> str:
    """How a point stands to what the same voice said before."""
    if last is None:
        return FIRST
    if (last.low, last.high) == (point.low, point.high):
        return SAME
    before, now = last.shown or 0, point.shown or 0
    return RAISED if now > before else LOWERED if now < before else CHANGED
