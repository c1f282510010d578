"""Places looked up by name in the built table. `places()` opens it, and builds it where it is missing."""

import sqlite3
import threading
from collections import OrderedDict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from sayso.gazetteers.places_keys import exact_key, plain_name, query_keys, sound_key

EXACT, LOOSE, SOUND = 0, 1, 2
_MATCHES = ("exact", "loose", "sound")
_MOST = 120  # rows a name: more namesakes than that are never told apart by a text
_KEPT = 20_000
_COLUMNS = "p.id, p.name, p.country, p.admin1, p.lat, p.lon, p.level, p.kind, p.population, p.south, p.west, p.north, p.east"
_JOINED = f"SELECT n.stage, {_COLUMNS} FROM name n JOIN place p ON p.id = n.place WHERE n.key = ?"  # noqa: S608 - numbers and columns of our own
_QUERY = f"{_JOINED} AND n.stage <= {LOOSE} ORDER BY n.stage, p.weight DESC LIMIT {_MOST}"
_SOUND_QUERY = f"{_JOINED} AND n.stage = {SOUND} ORDER BY p.weight DESC LIMIT 20"


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One place of the gazetteer, as found under a name."""

    id: int
    name: str
    country: str | None  # ISO 3166 alpha-2
    admin1: str | None
    lat: float
    lon: float
    level: str  # country, admin1, admin2, settlement, site, region, sea
    kind: str  # town, unit, camp, base, crossing, river, people (an adjective of a country) …
    population: int = 0
    extent: tuple[float, float, float, float] | None = None  # south, west, north, east of most of its towns
    match: str = "exact"  # exact, loose (articles or unit nouns dropped), sound (another transliteration)


class PlaceLookup(Protocol):
    """Whatever finds places by name: the built table, or a small one in a test."""

    def lookup(self, name: str) -> tuple[PlaceRow, ...]:
        """The places of this name, the weightiest first; empty where there is none."""
        ...


class PlaceTable:
    """The built table, read only; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._found: OrderedDict[str, tuple[PlaceRow, ...]] = OrderedDict()
        self._lock = threading.Lock()

    def lookup(self, name: str) -> tuple[PlaceRow, ...]:
        """The places of this name, the weightiest first: by the name as written, else without articles and unit nouns, else by sound."""
        with self._lock:
            if (kept := self._found.get(name)) is not None:
                self._found.move_to_end(name)
                return kept
        found = self._search(name)
        with self._lock:
            self._found[name] = found
            if len(self._found) > _KEPT:
                self._found.popitem(last=False)
        return found

    def facts(self) -> dict[str, str]:
        """What the table says of itself: version, sources, numbers of places and names."""
        return dict(self._connection().execute("SELECT key, value FROM meta"))

    def _search(self, name: str) -> tuple[PlaceRow, ...]:
        connection = self._connection()
        first, tried = exact_key(name), set[str]()
        for key in query_keys(name):
            if key and key not in tried and (rows := connection.execute(_QUERY, (key,)).fetchall()):
                return _places(rows, EXACT if key == first else LOOSE)
            tried.add(key)
        if (sound := sound_key(plain_name(name))) and (rows := connection.execute(_SOUND_QUERY, (sound,)).fetchall()):
            return _places(rows, SOUND)
        return ()

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
            self._local.connection = connection
        return connection


@cache
def places(path: Path | None = None) -> PlaceTable:
    """The table of the user's cache directory, or the one at `path`; built first where it is missing."""
    from sayso.gazetteers.places_cache import ready_table  # here: building pulls in the raw data

    return PlaceTable(path or ready_table())


def _places(rows: list[tuple[Any, ...]], least: int) -> tuple[PlaceRow, ...]:
    return tuple(_place(row[1:10], row[10:], _MATCHES[max(row[0], least)]) for row in rows)


def _place(told: tuple[Any, ...], edges: tuple[Any, ...], match: str) -> PlaceRow:
    number, name, country, admin1, lat, lon, level, kind, population = told
    return PlaceRow(number, name, country, admin1, lat, lon, level, kind, population, _extent(edges), match)


def _extent(edges: tuple[Any, ...]) -> tuple[float, float, float, float] | None:
    south, west, north, east = edges
    return None if south is None else (south, west, north, east)
