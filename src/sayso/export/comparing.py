"""Two files of rows compared: which rows tell of the same event, where they agree and differ, and what only one of them has. Neither is called right."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import asin, cos, radians, sin, sqrt

from sayso.export.assigning import assign
from sayso.export.imported import BadRow, Imported
from sayso.export.row_views import RowView, view_of

_EARTH_KM = 6371.0
_CELL = 2.0  # degrees of a cell in which rows are looked for
_AROUND = ((-1, 0, 1), (-2, -1, 0, 1, 2))  # cells to the north and east: meridians stand closer away from the equator
_MOST_DAYS = 62  # of a row that are looked through; one that lasts longer is found by its first days
_WEIGHTS = {"place": 0.35, "days": 0.25, "actors": 0.25, "type": 0.15}
_LEAST_LIKE = 0.25  # of the type, where no actor is shared


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which two rows differ."""

    field: str
    ours: str
    theirs: str
    apart: str  # how far, in words


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
    bad: tuple[tuple[str, BadRow], ...]  # ("ours" or "theirs", row)

    @property
    def agreed(self) -> tuple[Match, ...]:
        """The matches that differ in nothing."""
        return tuple(one for one in self.matches if not one.differences)

    @property
    def differing(self) -> tuple[Match, ...]:
        """The matches that differ in something."""
        return tuple(one for one in self.matches if one.differences)


def compare(ours: Imported, theirs: Imported, days: int = 1) -> Comparison:
    """The rows of two files matched one to one: by day (up to `days` apart), place, actors and type."""
    bad: list[tuple[str, BadRow]] = []
    sides = [_views(file, name, bad) for file, name in ((ours, "ours"), (theirs, "theirs"))]
    scores = dict(_candidates(sides[0], sides[1], days))
    pairs = assign(scores)
    matched = ({one for one, _ in pairs}, {other for _, other in pairs})
    matches = tuple(Match(sides[0][one], sides[1][other], round(scores[one, other], 4), differences(sides[0][one], sides[1][other])) for one, other in pairs)
    rest = [tuple(view for number, view in enumerate(side) if number not in used) for side, used in zip(sides, matched, strict=True)]
    return Comparison(matches, rest[0], rest[1], tuple(bad))


def _views(file: Imported, name: str, bad: list[tuple[str, BadRow]]) -> list[RowView]:
    views = []
    for row in file:
        found = view_of(row)
        if isinstance(found, BadRow):
            bad.append((name, found))
        else:
            views.append(found)
    bad += ((name, one) for one in file.bad)
    return views


def _candidates(ours: Sequence[RowView], theirs: Sequence[RowView], days: int) -> Iterator[tuple[tuple[int, int], float]]:
    """The pairs that may be one event, with their scores. Rows are looked for by day and by cell of the map, or by name where they have no point."""
    shelves: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, view in enumerate(theirs):
        for key in _keys(view, 0, around=False):
            shelves[key].append(number)
    for number, view in enumerate(ours):
        near = {other for key in _keys(view, days, around=True) for other in shelves.get(key, ())}
        for other in sorted(near):
            found = score(view, theirs[other], days)
            if found is not None:
                yield (number, other), found


def _keys(view: RowView, days: int, around: bool) -> Iterator[tuple[object, ...]]:
    first, last = view.first - timedelta(days=days), min(view.last, view.first + timedelta(days=_MOST_DAYS)) + timedelta(days=days)
    for day in range(first.toordinal(), last.toordinal() + 1):
        for place in view.places:
            yield day, place
        if view.lat is not None and view.lon is not None:
            north, east = int((view.lat + 90) // _CELL), int((view.lon + 180) // _CELL)
            steps = _AROUND if around else ((0,), (0,))
            for up in steps[0]:
                for right in steps[1]:
                    yield day, north + up, (east + right) % int(360 / _CELL)


def score(ours: RowView, theirs: RowView, days: int) -> float | None:
    """How much two rows are alike, from 0 to 1; None where they cannot be one event."""
    gap = days_apart(ours, theirs)
    if gap > days:
        return None
    place = _place_like(ours, theirs)
    if place is None:
        return None
    kind = _kind_like(ours, theirs)
    shared = _actors_like(ours, theirs)
    if shared == 0 and kind <= _LEAST_LIKE:
        return None
    parts = {"place": place, "days": 1 - gap / (days + 1), "actors": shared, "type": kind}
    return sum(_WEIGHTS[name] * value for name, value in parts.items())


def days_apart(ours: RowView, theirs: RowView) -> int:
    """The days between two rows; 0 where they overlap."""
    return max((theirs.first - ours.last).days, (ours.first - theirs.last).days, 0)


def kilometres(ours: RowView, theirs: RowView) -> float | None:
    """The distance of their points; None where one has none."""
    if ours.lat is None or ours.lon is None or theirs.lat is None or theirs.lon is None:
        return None
    one, other = radians(ours.lat), radians(theirs.lat)
    half = sin((other - one) / 2) ** 2 + cos(one) * cos(other) * sin(radians(theirs.lon - ours.lon) / 2) ** 2
    return 2 * _EARTH_KM * asin(min(1.0, sqrt(half)))


def _place_like(ours: RowView, theirs: RowView) -> float | None:
    """1 for the same name or point, less with distance; None beyond what the vaguer of the two may mean."""
    named, apart = bool(ours.places & theirs.places), kilometres(ours, theirs)
    if apart is None:
        return 1.0 if named else None
    reach = max(ours.reach, theirs.reach)
    if apart > reach:
        return None
    near = 1 - apart / (reach * 2)
    return max(near, 0.95) if named else near


def _actors_like(ours: RowView, theirs: RowView) -> float:
    """The share of telling words of the actors' names that both have."""
    together = ours.words | theirs.words
    return len(ours.words & theirs.words) / len(together) if together else 0.0


def _kind_like(ours: RowView, theirs: RowView) -> float:
    """1 for the same type, half for the same coarser type or, over layouts, for the same type of violence."""
    if ours.row.head.layout == theirs.row.head.layout:
        return 1.0 if ours.kind and ours.kind == theirs.kind else 0.5 if ours.event and ours.event == theirs.event else 0.0
    if ours.kind and ours.kind == theirs.kind:
        return 1.0
    return 0.5 if ours.violence is not None and ours.violence == theirs.violence else 0.0


def differences(ours: RowView, theirs: RowView) -> tuple[Difference, ...]:
    """The fields in which two rows differ, as each writes them."""
    return tuple(_differences(ours, theirs))


def _differences(ours: RowView, theirs: RowView) -> Iterable[Difference]:
    if (ours.first, ours.last) != (theirs.first, theirs.last):
        gap = days_apart(ours, theirs)
        yield Difference("days", _span(ours), _span(theirs), f"{gap} day{'' if gap == 1 else 's'} apart" if gap else "overlap")
    apart = kilometres(ours, theirs)
    if not ours.places & theirs.places or (apart or 0) > 1:
        yield Difference("place", ours.place, theirs.place, "" if apart is None else f"{apart:.0f} km apart")
    if ours.words != theirs.words:
        shared = ours.words & theirs.words
        yield Difference("actors", "; ".join(ours.actors), "; ".join(theirs.actors), "some in common" if shared else "none in common")
    same_layout = ours.row.head.layout == theirs.row.head.layout
    one, other = (ours.kind, theirs.kind) if same_layout or not (ours.violence and theirs.violence) else (ours.violence, theirs.violence)
    if one != other:
        yield Difference("type", ours.kind, theirs.kind, "same coarser type" if ours.event and ours.event == theirs.event else "")
    if (ours.low, ours.best, ours.high) != (theirs.low, theirs.best, theirs.high):
        yield Difference("deaths", _deaths(ours), _deaths(theirs), _deaths_apart(ours, theirs))


def _span(view: RowView) -> str:
    return view.first.isoformat() if view.first == view.last else f"{view.first} to {view.last}"


def _deaths(view: RowView) -> str:
    told = [("low", view.low), ("best", view.best), ("high", view.high)]
    if len({value for _, value in told}) == 1:
        return "not told" if view.best is None else str(view.best)
    return ", ".join(f"{name} {'not told' if value is None else value}" for name, value in told)


def _deaths_apart(ours: RowView, theirs: RowView) -> str:
    if ours.best is None or theirs.best is None:
        return "one does not tell"
    inside = theirs.low is not None and theirs.high is not None and theirs.low <= ours.best <= theirs.high
    return f"{abs(ours.best - theirs.best)} apart" + (", within theirs" if inside else "")
