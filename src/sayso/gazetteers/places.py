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
_COLUMNS = "p.id, p.ref, p.name, p.country, p.admin1, p.lat, p.lon, p.level, p.kind, p.population, p.south, p.west, p.north, p.east"
_ASKED = f"SELECT n.stage, p.weight, {_COLUMNS} FROM"
_BUILT = f"{_ASKED} main.name n JOIN main.place p ON p.id = n.place WHERE n.key = :key AND n.stage"
_IMPORTED = f"""{_BUILT} {{0}} UNION ALL {_ASKED} added.name n JOIN added.place p ON p.id = n.place WHERE n.key = :key AND n.stage {{0}}
UNION ALL {_ASKED} added.spelling n JOIN main.place p ON p.ref = n.ref AND p.kind <> 'people' WHERE n.key = :key AND n.stage {{0}}"""
_ORDER = "ORDER BY 1, 2 DESC LIMIT"
_BY_NAME, _BY_SOUND = (f"<= {LOOSE}", _MOST), (f"= {SOUND}", 20)


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
    ref: str | None = None  # the same in every build: a GeoNames id ("281133"), a code ("ML", "IQ.15"), a key of ours ("sayso:SD:region:darfur")


class PlaceLookup(Protocol):
    """Whatever finds places by name: the built table, or a small one in a test."""

    def lookup(self, name: str) -> tuple[PlaceRow, ...]:
        """The places of this name, the weightiest first; empty where there is none."""
        ...


class PlaceTable:
    """The built table, read only, and beside it what the user imported; safe to use from several threads."""

    def __init__(self, path: Path, imported: Path | None = None) -> None:
        self.path = path
        self._imported = imported
        asked = _IMPORTED if imported else f"{_BUILT} {{0}}"
        self._by_name, self._by_sound = (f"{asked.format(stages)} {_ORDER} {most}" for stages, most in (_BY_NAME, _BY_SOUND))
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
        connection = self._connection()
        facts = dict(connection.execute("SELECT key, value FROM main.meta"))
        if self._imported:
            added = dict(connection.execute("SELECT key, value FROM added.meta"))
            facts |= {"imported": added["places"], "credit": "; ".join(dict.fromkeys((facts["credit"], *added["credit"].split("; "))))}
        return facts

    def _search(self, name: str) -> tuple[PlaceRow, ...]:
        connection = self._connection()
        first, tried = exact_key(name), set[str]()
        for key in query_keys(name):
            if key and key not in tried and (rows := connection.execute(self._by_name, {"key": key}).fetchall()):
                return _places(rows, EXACT if key == first else LOOSE)
            tried.add(key)
        if (sound := sound_key(plain_name(name))) and (rows := connection.execute(self._by_sound, {"key": sound}).fetchall()):
            return _places(rows, SOUND)
        return ()

    def _connection(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is None:
            connection = sqlite3.connect(f"{self.path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
            if self._imported:
                connection.execute("ATTACH ? AS added", (f"{self._imported.absolute().as_uri()}?mode=ro&immutable=1",))
            self._local.connection = connection
        return connection


@cache
def places(path: Path | None = None) -> PlaceTable:
    """The table of the user's cache directory with what was imported beside it, or the one at `path` alone; built first where it is missing."""
    from sayso.gazetteers.places_cache import imported_path, ready_table  # here: building pulls in the raw data

    if path is not None:
        return PlaceTable(path)
    imported = imported_path()
    return PlaceTable(ready_table(), imported if imported.exists() else None)


def _places(rows: list[tuple[Any, ...]], least: int) -> tuple[PlaceRow, ...]:
    found: dict[int, PlaceRow] = {}
    for stage, _weight, *told in rows:
        found.setdefault(told[0], _place(told, _MATCHES[max(stage, least)]))
    return tuple(found.values())


def _place(told: list[Any], match: str) -> PlaceRow:
    number, ref, name, country, admin1, lat, lon, level, kind, population, south, west, north, east = told
    extent = None if south is None else (south, west, north, east)
    return PlaceRow(number, name, country, admin1, lat, lon, level, kind, population, extent, match, ref)
