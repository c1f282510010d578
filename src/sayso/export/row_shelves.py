"""Shelves: rows by day and place, so that only those are compared that may be one event. What likeness allows is always found on them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import timedelta
from math import cos, floor, radians

from sayso.export.row_views import REACHES, RowView

_SHORT = timedelta(days=10)  # a row that lasts longer stands on the shelves of its months, not of its days
_KM_A_DEGREE = 111.19
_DAY, _MONTH, _LONG = 0, 1, 2
_POINT, _NAME, _NAME_ONLY, _AREA, _AREA_ONLY, _NOWHERE = 0, 1, 2, 3, 4, 5
_Key = tuple[int | float | str, ...]


class Shelves:
    """The rows of one side, to be asked by rows of the other."""

    def __init__(self, rows: Sequence[RowView], askers: Sequence[RowView]) -> None:
        self._rows: dict[_Key, list[int]] = defaultdict(list)
        self._months = any(_is_long(view) for view in askers)
        self._names = any(view.point is None for view in askers)
        self._areas = any(view.vague for view in askers)
        for number, view in enumerate(rows):
            places = tuple(self._stored_places(view))
            for time in self._stored_times(view):
                for place in places:
                    self._rows[time + place].append(number)

    def near(self, view: RowView, days: int) -> list[int]:
        """The rows that may be the same event as `view`, up to `days` apart, in order."""
        found: set[int] = set()
        places = tuple(_asked_places(view))
        for time in _asked_times(view, days):
            for place in places:
                on_shelf = self._rows.get(time + place)
                if on_shelf:
                    found.update(on_shelf)
        return sorted(found)

    def _stored_times(self, view: RowView) -> Iterator[_Key]:
        first, last = view.first.toordinal(), view.last.toordinal()
        if _is_long(view):
            yield from ((_LONG, month) for month in _months(first, last))
            return
        yield from ((_DAY, day) for day in range(first, last + 1))
        if self._months:
            yield from ((_MONTH, month) for month in _months(first, last))

    def _stored_places(self, view: RowView) -> Iterator[_Key]:
        if view.point is not None and view.lat is not None and view.lon is not None:
            for reach in REACHES:
                if reach >= view.reach:
                    band = _band(view.lat, reach)
                    yield _POINT, view.reach, reach, band, _column(view.lon, band, reach)
        elif not view.vague:
            yield from ((_NAME_ONLY, name) for name in view.places)
        if self._names:
            yield from ((_NAME, name) for name in view.places)
        if self._areas:
            yield from ((_AREA, name) for name in view.area)
        if view.vague:
            yield _AREA_ONLY, view.vague
        if view.is_nowhere():
            yield (_NOWHERE,)


def _asked_times(view: RowView, days: int) -> Iterator[_Key]:
    first, last = view.first.toordinal() - days, view.last.toordinal() + days
    if _is_long(view):
        yield from ((_MONTH, month) for month in _months(first, last))
    else:
        yield from ((_DAY, day) for day in range(first, last + 1))
    yield from ((_LONG, month) for month in _months(first, last))


def _asked_places(view: RowView) -> Iterator[_Key]:
    if view.vague:
        yield _AREA, view.vague
    elif view.point is not None and view.lat is not None and view.lon is not None:
        yield from _around(view.lat, view.lon, view.reach)
        yield from ((_NAME_ONLY, name) for name in view.places)
    else:
        yield from ((_NAME, name) for name in view.places)
    yield from ((_AREA_ONLY, name) for name in view.area)
    if view.is_nowhere():
        yield (_NOWHERE,)


def _around(lat: float, lon: float, own: float) -> Iterator[_Key]:
    """The cells in which a row may stand that is as near as the vaguer of the two allows."""
    for other in REACHES:
        reach = max(own, other)
        middle = _band(lat, reach)
        for band in (middle - 1, middle, middle + 1):
            column, columns = _column(lon, band, reach), _columns(band, reach)
            for step in {(column - 1) % columns, column, (column + 1) % columns}:
                yield _POINT, other, reach, band, step


def _band(lat: float, reach: float) -> int:
    """The strip of latitude, as high as the reach, in which a point is."""
    return floor(lat / (reach / _KM_A_DEGREE))


def _columns(band: int, reach: float) -> int:
    """Into how many cells a strip is parted: each is at least as wide as the reach, also where the next strip is narrower."""
    height = reach / _KM_A_DEGREE
    farthest = max(abs(band * height), abs((band + 1) * height)) + height
    return max(1, floor(360 * cos(radians(farthest)) / height)) if farthest < 90 else 1


def _column(lon: float, band: int, reach: float) -> int:
    columns = _columns(band, reach)
    return floor((lon + 180) / 360 * columns) % columns


def _is_long(view: RowView) -> bool:
    return view.last - view.first > _SHORT


def _months(first: int, last: int) -> range:
    """Stretches of thirty days: whatever overlaps shares one."""
    return range(first // 30, last // 30 + 1)
