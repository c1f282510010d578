"""Scores of the reading of times against gold intervals, told in a CSV: published, sentence, expression, from, to, and maybe hard, before."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sayso.extract.times import find_times
from sayso.languages.times import TimeWords
from sayso.model.resolution import Interval
from sayso.resolve.times import ResolvedTime, resolve_times

Dates = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class TimeRow:
    """One expression with its gold dates: None at an open end, both None where it has no dates at all."""

    published: date | None
    before: str  # text that stands before the sentence
    sentence: str
    expression: str
    gold: Dates
    hard: bool


@dataclass(frozen=True, slots=True)
class TimeMiss:
    """A row that was read otherwise than gold, with what was read and why."""

    row: TimeRow
    told: Dates
    among_others: bool  # gold is one of the other readings kept
    reason: str


@dataclass(frozen=True, slots=True)
class TimeScore:
    """How many rows came out exactly, how many stretches were cut exactly, and the misses."""

    rows: int
    exact: int
    hard: int
    hard_exact: int
    stretches: int
    misses: tuple[TimeMiss, ...]

    @property
    def share(self) -> float:
        """Exact intervals over all rows."""
        return self.exact / self.rows if self.rows else 0.0


def read_times(path: Path) -> tuple[TimeRow, ...]:
    """The rows of a CSV of time expressions."""
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(_row(entry) for entry in csv.DictReader(lines))


def _row(entry: dict[str, str]) -> TimeRow:
    published = date.fromisoformat(entry["published"]) if entry["published"] else None
    gold = (entry["from"] or None, entry["to"] or None)
    return TimeRow(published, entry.get("before") or "", entry["sentence"], entry["expression"], gold, entry.get("hard") == "yes")


def score_times(rows: Iterable[TimeRow], words: TimeWords) -> TimeScore:
    """The score: a row is right where the time that covers most of its expression has exactly the gold dates."""
    total = exact = hard = hard_exact = stretches = 0
    misses = []
    for row in rows:
        told = _told(row, words)
        dates = _dates(told.interval if told else None)
        right = dates == row.gold
        total, exact, hard, hard_exact = total + 1, exact + right, hard + row.hard, hard_exact + (right and row.hard)
        stretches += told is not None and told.expression.quote == row.expression
        if not right:
            others = told.alternatives if told else ()
            misses.append(TimeMiss(row, dates, row.gold in [_dates(one) for one in others], told.reason if told else "no time was found there"))
    return TimeScore(total, exact, hard, hard_exact, stretches, tuple(misses))


def _told(row: TimeRow, words: TimeWords) -> ResolvedTime | None:
    """What was read where the expression stands in its sentence."""
    lead = row.before + ("" if not row.before or row.before[-1].isspace() else " ")
    text = lead + row.sentence
    start = text.index(row.expression, len(lead))
    end = start + len(row.expression)
    best: tuple[int, ResolvedTime] | None = None
    for one in resolve_times(find_times(text, words), row.published):
        shared = min(end, one.expression.end) - max(start, one.expression.start)
        if shared > 0 and (best is None or shared > best[0]):
            best = (shared, one)
    return best[1] if best else None


def _dates(interval: Interval | None) -> Dates:
    return (interval.start, interval.end) if interval else (None, None)
