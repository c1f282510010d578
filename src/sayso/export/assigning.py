"""The best one-to-one assignment: which of ours belongs to which of theirs, so that the sum of scores is highest."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush

NOBODY = -1
_MOST_STEPS = 60_000_000  # looked-at pairs; behind them a row takes the best that is free


@dataclass(slots=True)
class Candidates:
    """Whom one row may belong to, with scores above 0: whole numbers, so that sums are exact."""

    others: "array[int]" = field(default_factory=lambda: array("l"))
    scores: "array[int]" = field(default_factory=lambda: array("l"))

    def add(self, other: int, score: int) -> None:
        """Nothing; one more."""
        self.others.append(other)
        self.scores.append(score)


@dataclass(slots=True)
class Assigned:
    """By row the one that it belongs to, or NOBODY; `exact` where no other assignment has a higher sum."""

    to: list[int]
    exact: bool


def assign(rows: Sequence[Candidates], n_others: int) -> Assigned:
    """The assignment with the highest sum, each row and each other used at most once.

    Rows come one after the other; each takes the shortest augmenting path over the pairs that there are (Kuhn 1955; Jonker and Volgenant 1987): it, or
    one that it pushes on, may also end with nobody. With more than 60,000,000 looked-at pairs the rest is given the best that is free.
    """
    search = _Search(rows, n_others)
    for row in range(len(rows)):
        if search.steps < _MOST_STEPS:
            search.augment(row)
        else:
            search.take_free(row)
    return Assigned(search.to, search.steps < _MOST_STEPS)


class _Search:
    """Costs are scores below 0; a potential of each other (0 or less) keeps every step of a path at 0 or more."""

    def __init__(self, rows: Sequence[Candidates], n_others: int) -> None:
        self._rows = rows
        self._price = [0] * n_others
        self._owner = [NOBODY] * n_others
        self._paid = [0] * len(rows)  # by row, the cost of its pair without the price
        self.to = [NOBODY] * len(rows)
        self.steps = 0

    def augment(self, row: int) -> None:
        """Nothing; `row` has the place that the highest sum gives it, and others have made way."""
        length: dict[int, int] = {}
        came: dict[int, int] = {}  # by other, the row from which it was reached
        heap: list[tuple[int, bool, int]] = []
        done: list[int] = []
        best, end, leaves = 0, NOBODY, row  # so far: the row itself stays with nobody
        self._reach(row, 0, (length, came, heap))
        settled: set[int] = set()
        while heap:
            far, _, other = heappop(heap)
            if far >= best:
                break
            if other in settled:
                continue
            owner = self._owner[other]
            if owner == NOBODY:
                best, end, leaves = far, other, NOBODY
                break
            settled.add(other)
            done.append(other)
            spent = far - (self._paid[owner] - self._price[other])
            if spent < best:  # the owner could be left with nobody
                best, end, leaves = spent, other, owner
            self._reach(owner, spent, (length, came, heap))
        for other in done:
            self._price[other] += min(0, length[other] - best)
        self._turn(row, end, leaves, came)

    def _reach(self, row: int, spent: int, paths: tuple[dict[int, int], dict[int, int], list[tuple[int, bool, int]]]) -> None:
        """Nothing; the others of a row are looked at over it."""
        length, came, heap = paths
        price, owner = self._price, self._owner
        candidates = self._rows[row]
        self.steps += len(candidates.others)
        for other, score in zip(candidates.others, candidates.scores, strict=True):
            far = spent - score - price[other]
            if far < length.get(other, 1):  # what costs more than staying with nobody is no way
                length[other], came[other] = far, row
                heappush(heap, (far, owner[other] != NOBODY, other))

    def _turn(self, row: int, end: int, leaves: int, came: dict[int, int]) -> None:
        """Nothing; everybody on the path to `end` has the place that the path says."""
        if leaves != NOBODY:
            self.to[leaves] = NOBODY
        if leaves == row:
            return
        other = end
        while True:
            taker = came[other]
            following = self.to[taker]
            self._give(taker, other)
            if taker == row:
                return
            other = following

    def _give(self, row: int, other: int) -> None:
        self.to[row], self._owner[other] = other, row
        candidates = self._rows[row]
        self._paid[row] = -candidates.scores[candidates.others.index(other)]

    def take_free(self, row: int) -> None:
        """Nothing; `row` has the best that is free, the first of several."""
        candidates = self._rows[row]
        free = [(-score, other) for other, score in zip(candidates.others, candidates.scores, strict=True) if self._owner[other] == NOBODY]
        if free:
            self._give(row, min(free)[1])
