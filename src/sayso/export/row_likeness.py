"""How much two rows are alike, and in what they differ. Neither is called right."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import asin, inf, sqrt

from sayso.export.imported import Layout
from sayso.export.row_views import Point, RowView, point_of

EARTH_KM = 6371.0
LEAST = 0.5  # rows that are less alike are not taken for one event
_PLACE, _DAYS, _ACTORS, _TYPE = 0.35, 0.25, 0.25, 0.15
_AGREES = 0.5  # of the type, from which on rows of other actors, of the same kinds, may be one event
_SAME_NAME, _SAME_PROVINCE, _SAME_COUNTRY = 0.95, 0.4, 0.2  # of the place
_NEAR_KM = 1.0  # points of one name that are no further apart do not differ


@dataclass(frozen=True, slots=True)
class Difference:
    """One field in which two rows differ."""

    field: str
    ours: str
    theirs: str
    apart: str  # how far, in words


def score(ours: RowView, theirs: RowView, days: int) -> float | None:
    """How much two rows are alike, from 0.5 to 1; None where they are not taken for one event."""
    gap = days_apart(ours, theirs)
    if gap > days:
        return None
    place = _place_like(ours, theirs)
    if place is None:
        return None
    kind = _kind_like(ours, theirs)
    actors = _actors_like(ours, theirs, kind)
    if actors is None:
        return None
    found = _PLACE * place + _DAYS * _days_like(ours, theirs, gap / (days + 1)) + _ACTORS * actors + _TYPE * kind
    return found if found >= LEAST else None


def days_apart(ours: RowView, theirs: RowView) -> int:
    """The days between two rows; 0 where they overlap."""
    if theirs.first > ours.last:
        return (theirs.first - ours.last).days
    return (ours.first - theirs.last).days if ours.first > theirs.last else 0


def kilometres(ours: RowView, theirs: RowView) -> float | None:
    """The distance of their points; None where one has none."""
    one, other = point_of(ours.lat, ours.lon), point_of(theirs.lat, theirs.lon)
    return None if one is None or other is None else 2 * EARTH_KM * asin(min(1.0, _chord(one, other) / 2))


def _chord(one: Point, other: Point) -> float:
    return sqrt((one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 + (one[2] - other[2]) ** 2)


def _days_like(ours: RowView, theirs: RowView, gap: float) -> float:
    """1 for the same days, less where one lasts longer, less with days between them."""
    if gap:
        return 0.6 * (1 - gap)
    both = (min(ours.last, theirs.last) - max(ours.first, theirs.first)).days + 1
    either = (max(ours.last, theirs.last) - min(ours.first, theirs.first)).days + 1
    return 0.6 + 0.4 * both / either


def _place_like(ours: RowView, theirs: RowView) -> float | None:
    """1 for the same point or name, less with distance; None beyond what the vaguer of the two may mean."""
    if ours.vague or theirs.vague:
        shared = (ours.vague in theirs.area) if ours.vague else (theirs.vague in ours.area)
        return None if not shared else _SAME_PROVINCE if (ours.vague or theirs.vague).startswith("admin1:") else _SAME_COUNTRY
    named = not ours.places.isdisjoint(theirs.places)
    if ours.point is None or theirs.point is None:
        if ours.is_nowhere() and theirs.is_nowhere():
            return 0.0
        return None if not named or _abroad(ours, theirs) else 1.0
    reach = max(ours.reach, theirs.reach)
    apart = _chord(ours.point, theirs.point) * EARTH_KM
    if apart > reach:
        return None
    near = 1 - 0.8 * apart / reach
    return max(near, _SAME_NAME) if named else near


def _abroad(ours: RowView, theirs: RowView) -> bool:
    """Whether they are told to be in different countries."""
    one, other = ({part for part in view.area if part.startswith("country:")} for view in (ours, theirs))
    return bool(one and other and one != other)


def _actors_like(ours: RowView, theirs: RowView, kind: float) -> float | None:
    """The share of telling words of the actors' names that both have, and of kinds; None where neither names nor kinds and type speak for one event."""
    shared, kinds = _share(ours.words, theirs.words), _share(ours.kinds, theirs.kinds)
    if not shared and not (kind >= _AGREES and (kinds == 1 or not ours.words or not theirs.words)):
        return None
    return 0.75 * shared + 0.25 * kinds if ours.kinds and theirs.kinds else shared


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    if one == other:
        return 1.0 if one else 0.0
    both = len(one & other)
    return both / (len(one) + len(other) - both) if both else 0.0


def _kind_like(ours: RowView, theirs: RowView) -> float:
    """1 for the same type, less for a type that the other's may be, for the same type of violence, the same coarser type."""
    if ours.kind and ours.kind == theirs.kind:
        return 1.0
    if ours.layout is not theirs.layout and ours.violence and ours.violence == theirs.violence:
        return 0.8
    if not ours.same_as.isdisjoint(theirs.same_as):
        return 0.8 if Layout.CLAIMS in (ours.layout, theirs.layout) else 0.5
    return 0.5 if ours.event and ours.event == theirs.event else 0.0


def differences(ours: RowView, theirs: RowView) -> tuple[Difference, ...]:
    """The fields in which two rows differ, as each writes them."""
    return tuple(_differences(ours, theirs))


def _differences(ours: RowView, theirs: RowView) -> Iterator[Difference]:
    same_layout = ours.layout is theirs.layout
    if (ours.first, ours.last) != (theirs.first, theirs.last):
        gap = days_apart(ours, theirs)
        yield Difference("days", _span(ours), _span(theirs), f"{gap} day{'' if gap == 1 else 's'} apart" if gap else "overlap")
    apart = kilometres(ours, theirs)
    named = not ours.places.isdisjoint(theirs.places) or (not ours.places and ours.place == theirs.place)
    if not named or (apart or 0) > _NEAR_KM:
        yield Difference("place", ours.place, theirs.place, "" if apart is None else f"{apart:.0f} km apart" if apart >= _NEAR_KM else "less than 1 km apart")
    if ours.words != theirs.words:
        told = "some in common" if ours.words & theirs.words else "none in common"
        yield Difference("actors", "; ".join(ours.actors), "; ".join(theirs.actors), told)
    if same_layout and sorted(ours.beside) != sorted(theirs.beside):
        yield Difference("actors beside them", "; ".join(ours.beside), "; ".join(theirs.beside), "")
    if ours.kinds and theirs.kinds and ((sorted(ours.labels) != sorted(theirs.labels)) if same_layout else ours.kinds != theirs.kinds):
        yield Difference("kinds of actors", _kinds(ours), _kinds(theirs), "")
    if not _same_type(ours, theirs):
        yield Difference("type", _type(ours, theirs), _type(theirs, ours), "same coarser type" if ours.event and ours.event == theirs.event else "")
    yield from _deaths_differ(ours, theirs)


def _same_type(ours: RowView, theirs: RowView) -> bool:
    if ours.kind == theirs.kind:
        return True
    if ours.layout is theirs.layout or Layout.UCDP not in (ours.layout, theirs.layout):
        return ours.layout is not theirs.layout and Layout.CLAIMS in (ours.layout, theirs.layout) and not ours.same_as.isdisjoint(theirs.same_as)
    if ours.violence and theirs.violence:
        return ours.violence == theirs.violence
    return not ours.same_as.isdisjoint(theirs.same_as)


def _deaths_differ(ours: RowView, theirs: RowView) -> Iterator[Difference]:
    """Bounds against bounds; beside a layout that has one number alone, as ACLED's has, the best against it."""
    one, other = ((view.low, view.best, view.high) for view in (ours, theirs))
    alone = Layout.ACLED in (ours.layout, theirs.layout) and ours.best is not None
    if one != other and not (alone and ours.best == theirs.best):
        yield Difference("deaths", deaths_told(ours), deaths_told(theirs), _deaths_apart(ours, theirs))


def _span(view: RowView) -> str:
    return view.first.isoformat() if view.first == view.last else f"{view.first} to {view.last}"


def _kinds(view: RowView) -> str:
    return "; ".join(view.labels or sorted(view.kinds))


def _type(view: RowView, other: RowView) -> str:
    """A type as the row names it; beside UCDP's the type of violence that follows from it, too."""
    if view.layout is Layout.UCDP:
        return f"type of violence {view.kind}"
    return f"{view.kind} (type of violence {view.violence})" if other.layout is Layout.UCDP and view.violence else view.kind


def deaths_told(view: RowView) -> str:
    """The number of dead as a row tells it: "4", "low 3, best 4, high 6"; "not told" is not 0."""
    told = [(name, value) for name, value in (("low", view.low), ("best", view.best), ("high", view.high)) if value is not None]
    if not told:
        return "not told"
    return str(told[0][1]) if len(told) == 3 and len({value for _, value in told}) == 1 else ", ".join(f"{name} {value}" for name, value in told)


def _deaths_apart(ours: RowView, theirs: RowView) -> str:
    if ours.best is not None and theirs.best is not None:
        if ours.best == theirs.best:
            return "the same best"
        apart = f"{abs(ours.best - theirs.best)} apart"
        return f"{apart}, within theirs" if _within(ours.best, theirs) else f"{apart}, within ours" if _within(theirs.best, ours) else apart
    (least, most), (low, high) = _bounds(ours), _bounds(theirs)
    if any((view.low, view.best, view.high) == (None, None, None) for view in (ours, theirs)):
        return "one does not tell"
    gap = max(low - most, least - high, 0)
    return f"{gap:.0f} apart" if gap else "overlap"


def _bounds(view: RowView) -> tuple[float, float]:
    """The least and the most that a row's numbers allow: "at least three" allows any more."""
    least = next((value for value in (view.low, view.best) if value is not None), 0)
    return least, next((value for value in (view.high, view.best) if value is not None), inf)


def _within(number: int, view: RowView) -> bool:
    return view.low is not None and view.high is not None and view.low < view.high and view.low <= number <= view.high
