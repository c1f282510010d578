"""The towns of the place table within an extent, for maps that show where they are without drawing borders."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

Extent = tuple[float, float, float, float]  # south, west, north, east
_QUERY = (
    "SELECT name, lat, lon, population FROM place WHERE kind = 'town' AND lat BETWEEN ? AND ? AND lon BETWEEN ? AND ? "
    "ORDER BY population DESC, id LIMIT ?"
)


@dataclass(frozen=True, slots=True)
class Town:
    """A town of the table."""

    name: str
    lat: float
    lon: float
    population: int


TownsWithin = Callable[[Extent, int], tuple[Town, ...]]


def towns_of(table: Path) -> TownsWithin:
    """A function that gives the most populous towns of an extent from the built table at `table`."""

    def within(extent: Extent, most: int) -> tuple[Town, ...]:
        south, west, north, east = extent
        with closing(sqlite3.connect(f"{table.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            return tuple(Town(*row) for row in connection.execute(_QUERY, (south, north, west, east, most)))

    return within
