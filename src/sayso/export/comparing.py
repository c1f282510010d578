"""Two files of rows compared: which rows tell of the same event, where they agree and differ, and what only one of them has. Neither is called right."""

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import nsmallest

from sayso.export.assigning import NOBODY, Candidates, assign
from sayso.export.csv_records import BadRow
from sayso.export.imported import MOST_BAD, Imported
from sayso.export.row_likeness import Difference, differences, score
from sayso.export.row_shelves import Shelves
from sayso.export.row_views import RowView, views_of
from sayso.export.wording import many

_EXACT = 1_000_000  # scores are compared in whole millionths
_MOST_LOOKED = 2_000  # rows that one row is compared with
_MOST_KEPT = 300  # of them that it may be matched with


@dataclass(frozen=True, slots=True)
class Match:
    """Two rows taken for one event."""

    ours: RowView
    theirs: RowView
    score: float
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two files side by side."""

    matches: tuple[Match, ...]
    only_ours: tuple[RowView, ...]
    only_theirs: tuple[RowView, ...]
    bad: tuple[tuple[str, BadRow], ...]  # ("ours" or "theirs", row): the first of them
    n_bad: int = 0
    notes: tuple[str, ...] = ()

    @property
    def agreed(self) -> tuple[Match, ...]:
        """The matches that differ in nothing."""
        return tuple(one for one in self.matches if not one.differences)

    @property
    def differing(self) -> tuple[Match, ...]:
        """The matches that differ in something."""
        return tuple(one for one in self.matches if one.differences)

    def counts(self) -> dict[str, int]:
        """How many rows agree, differ, are in one file alone."""
        differing = sum(bool(one.differences) for one in self.matches)
        agreed = len(self.matches) - differing
        return {"agreed": agreed, "differing": differing, "only_ours": len(self.only_ours), "only_theirs": len(self.only_theirs)}

    def fields(self) -> dict[str, int]:
        """How many of the matched rows differ in each field."""
        found: dict[str, int] = {}
        for match in self.matches:
            for one in match.differences:
                found[one.field] = found.get(one.field, 0) + 1
        return found

    def shares(self, name: str) -> tuple[float | None, float | None]:
        """The share of either file's rows that a count of `counts` is; None of a file that it does not count."""
        number, totals = self.counts()[name], self.totals()
        ours = number / totals[0] if totals[0] and name != "only_theirs" else None
        return ours, number / totals[1] if totals[1] and name != "only_ours" else None

    def totals(self) -> tuple[int, int]:
        """The rows of either file that were compared."""
        return len(self.matches) + len(self.only_ours), len(self.matches) + len(self.only_theirs)


def compare(ours: Imported, theirs: Imported, days: int = 1) -> Comparison:
    """The rows of two files matched one to one: by day (up to `days` apart), place, actors and type."""
    bad: list[tuple[str, BadRow]] = []
    one, other = _views(ours, "ours", bad), _views(theirs, "theirs", bad)
    candidates, crowded = _candidates(one, other, days)
    assigned = assign(candidates, len(other))
    matches = tuple(
        Match(view, other[to], _score_of(candidates[number], to), differences(view, other[to]))
        for number, (view, to) in enumerate(zip(one, assigned.to, strict=True))
        if to != NOBODY
    )
    taken = set(assigned.to)
    notes = [f"{side}: {note}" for side, file in (("ours", ours), ("theirs", theirs)) for note in file.notes]
    if crowded:
        told = f"{many(crowded, 'row has', 'rows have')} more than {_MOST_LOOKED:,} possible counterparts"
        notes.append(f"{told}, of which {_MOST_LOOKED:,} were looked at: fewer --days part them")
    if not assigned.exact:
        notes.append("so many rows are alike that the last of them were matched with the best that was left")
    return Comparison(
        matches,
        tuple(view for view, to in zip(one, assigned.to, strict=True) if to == NOBODY),
        tuple(view for number, view in enumerate(other) if number not in taken),
        tuple(bad[:MOST_BAD]),
        len(bad) + sum(file.n_bad - len(file.bad) for file in (ours, theirs)),
        tuple(notes),
    )


def percent(share: float | None) -> str:
    """A share in percent; a dash for none."""
    return "–" if share is None else f"{100 * share:.1f} %" if share >= 0.1 or not share else f"{100 * share:.2f} %"


def _views(file: Imported, name: str, bad: list[tuple[str, BadRow]]) -> list[RowView]:
    views = []
    for found in views_of(file):
        if isinstance(found, BadRow):
            bad.append((name, found))
        else:
            views.append(found)
    bad += ((name, one) for one in file.bad)
    return views


def _candidates(ours: Sequence[RowView], theirs: Sequence[RowView], days: int) -> tuple[list[Candidates], int]:
    """For each of ours whom it may be matched with, and how many of ours have more than can be looked at."""
    shelves, found, crowded = Shelves(theirs, ours), [], 0
    for number, view in enumerate(ours):
        near = shelves.near(view, days)
        if len(near) > _MOST_LOOKED:
            crowded += 1
            near = sorted(nsmallest(_MOST_LOOKED, near, key=lambda other: (other - number) % len(theirs)))  # others for every row
        likely = [(-round(likeness * _EXACT), other) for other in near if (likeness := score(view, theirs[other], days)) is not None]
        if len(likely) > _MOST_KEPT:
            likely = nsmallest(_MOST_KEPT, likely, key=lambda one: (one[0], (one[1] - number) % len(theirs)))
        mine = Candidates()
        for cost, other in sorted(likely, key=lambda one: one[1]):
            mine.add(other, -cost)
        found.append(mine)
    return found, crowded


def _score_of(candidates: Candidates, other: int) -> float:
    return candidates.scores[candidates.others.index(other)] / _EXACT
