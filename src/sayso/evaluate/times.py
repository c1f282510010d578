"""Scores of the reading of times against gold intervals, told in a CSV: published, sentence, expression, from, to, and maybe hard, before."""

import csv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

from sayso.evaluate.scoring import Scored, Tally, share
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


Simple: TypeAlias = Callable[[TimeRow], Dates]


def read_times(path: Path) -> tuple[TimeRow, ...]:
    """The rows of a CSV of time expressions."""
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(_row(entry) for entry in csv.DictReader(lines))


def _row(entry: dict[str, str]) -> TimeRow:
    published = date.fromisoformat(entry["published"]) if entry["published"] else None
    gold = (entry["from"] or None, entry["to"] or None)
    return TimeRow(published, entry.get("before") or "", entry["sentence"], entry["expression"], gold, entry.get("hard") == "yes")


def score_times(rows: Iterable[TimeRow], words: TimeWords, baselines: Mapping[str, Simple] | None = None) -> Scored:
    """The shares of rows, and of hard rows, where the time that covers most of the expression has exactly the gold dates; and of stretches cut exactly.

    A document is a row.
    """
    judged = list(rows)
    misses: list[dict[str, Any]] = []
    ours = [_judged(row, words, misses) for row in judged]
    beside = {name: [_tally(row, simple(row) == row.gold, stretch=False) for row in judged] for name, simple in (baselines or {}).items()}
    measures = {kind: share(f"{kind} right", f"{kind} of") for kind in ("exact", "hard", "stretches")}
    return Scored(ours, measures, beside, {"misses": misses})


def _judged(row: TimeRow, words: TimeWords, misses: list[dict[str, Any]]) -> Tally:
    """The counts of one row; a miss is added to `misses`."""
    told = _told(row, words)
    dates = _dates(told.interval if told else None)
    if dates != row.gold:
        others = told.alternatives if told else ()
        reason = told.reason if told else "no time was found there"
        about = {"sentence": row.sentence, "expression": row.expression, "gold": row.gold, "told": dates}
        misses.append({**about, "gold is another reading kept": row.gold in [_dates(one) for one in others], "reason": reason})
    return _tally(row, dates == row.gold, stretch=told is not None and told.expression.quote == row.expression)


def _tally(row: TimeRow, right: bool, *, stretch: bool) -> Tally:
    tally = Tally({"exact right": right, "exact of": 1, "stretches right": stretch, "stretches of": 1})
    return tally + Tally({"hard right": right, "hard of": 1}) if row.hard else tally


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
