"""One total told of several days that are a row each: divided evenly over these rows, the remainder on the first day (design: `standards.md` 1.4)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sayso.export.row_facts import RowFacts
from sayso.export.row_figures import with_sides
from sayso.link.told import Told
from sayso.model import Event
from sayso.model.words import Measure


@dataclass(frozen=True, slots=True)
class DaySplit:
    """How a row's dead are counted where its incident has a row a day."""

    told: tuple[Told, ...]  # the claims whose figures count for the row
    days: int = 1  # over how many rows what they tell is divided
    first: bool = True  # whether the row is the first of them


def day_split(facts: RowFacts) -> DaySplit:
    """The row's own claims; where only a summary of several days tells numbers, the summary's, with how many days share them.

    Where a day has numbers of its own, a summary adds none: what it says beyond them is of no day in particular.
    """
    rows = _rows_a_day(facts)
    if len(rows) < 2:
        return DaySplit(facts.told)
    told = {row.id: with_sides(facts.subject, facts.subject.told_of(row)) for row in rows}
    summaries = {one.claim.id: covered for row in rows for one in told[row.id] if len(covered := _covered(facts, one, rows)) > 1 and _counts_dead(one)}
    if not summaries:
        return DaySplit(facts.told)
    everyone = [one for own in told.values() for one in own]
    if any(_counts_dead(one) and one.claim.id not in summaries for one in everyone):
        return DaySplit(tuple(_without_dead(one) if one.claim.id in summaries else one for one in facts.told))
    mine = [one for one in everyone if facts.event in summaries.get(one.claim.id, ())]
    if not mine:
        return DaySplit(facts.told)
    widest = max((summaries[one.claim.id] for one in mine), key=len)
    return DaySplit(tuple(mine), len(widest), widest[0] == facts.event)


def _rows_a_day(facts: RowFacts) -> tuple[Event, ...]:
    """The rows of the incident with the same sides, each of one day, by day."""
    event = facts.event
    labels = [side.label for side in event.sides]
    alike = [one for one in facts.subject.events if one.codebook == event.codebook and [side.label for side in one.sides] == labels]
    return tuple(sorted((one for one in alike if one.days is not None and one.days[0] == one.days[1]), key=lambda one: (one.days, one.id)))


def _covered(facts: RowFacts, told: Told, rows: Sequence[Event]) -> tuple[Event, ...]:
    """The rows whose days a claim tells of together; none where it tells of one day."""
    time = told.claim.roles.time
    interval = facts.subject.lookup(told).interval(time) if time is not None else None
    if interval is None or interval.start is None or interval.end is None or interval.start == interval.end:
        return ()
    return tuple(row for row in rows if row.days is not None and interval.start <= row.days[0] and row.days[1] <= interval.end)


def _counts_dead(told: Told) -> bool:
    return any(figure.measure is Measure.KILLED for figure in told.figures)


def _without_dead(told: Told) -> Told:
    return replace(told, figures=tuple(figure for figure in told.figures if figure.measure is not Measure.KILLED))
