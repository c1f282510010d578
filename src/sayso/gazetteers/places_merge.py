"""The table of imported places: what the built table lacks, and further spellings of what it has."""

import os
import sqlite3
import uuid
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from math import log10
from pathlib import Path

from sayso.errors import InputError, MissingPart
from sayso.gazetteers.places import EXACT
from sayso.gazetteers.places_build import BY_SOUND, CAPITAL, PEOPLE, SCHEMA, WEIGHTS, filed_keys, spellings
from sayso.gazetteers.places_geometry import distance_km
from sayso.gazetteers.places_keys import exact_key, plain_name
from sayso.gazetteers.places_new import NewPlace, Skips

FIRST_NUMBER = 1_000_000_000  # numbers of imported places start here, above all of the built table's
MOST_PLACES = 10_000_000
_EXTRA = """
CREATE TABLE spelling (key TEXT NOT NULL, stage INTEGER NOT NULL, ref TEXT NOT NULL, PRIMARY KEY (key, stage, ref)) WITHOUT ROWID;
CREATE INDEX place_ref ON place (ref);
"""
_TEMPORARY = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -100000;
CREATE TEMP TABLE new_name (key TEXT, stage INTEGER, place INTEGER);
CREATE TEMP TABLE new_spelling (key TEXT, stage INTEGER, ref TEXT);
CREATE TEMP TABLE known (geonames INTEGER PRIMARY KEY, place INTEGER, ref TEXT, level TEXT, by_sound INTEGER);
"""
_FILED = """
INSERT OR IGNORE INTO main.name SELECT key, stage, place FROM new_name ORDER BY key, stage, place;
INSERT OR IGNORE INTO main.spelling SELECT key, stage, ref FROM new_spelling t WHERE NOT EXISTS (
  SELECT 1 FROM base.name n JOIN base.place p ON p.id = n.place WHERE n.key = t.key AND n.stage <= t.stage AND p.ref = t.ref) ORDER BY key, stage, ref;
"""
_NAMED = "SELECT p.id, p.ref, p.name, p.country, p.level, p.lat, p.lon FROM {0}.name n JOIN {0}.place p ON p.id = n.place"
_NAMESAKES = f"{_NAMED} WHERE n.key = ? AND n.stage = {EXACT} AND p.kind <> '{PEOPLE}' AND p.country IS ? AND p.lat BETWEEN ? AND ?"
_BY_REF = "SELECT id, ref, level FROM {0}.place WHERE ref = ? AND kind <> ?"
_ALIKE = {"settlement": "spot", "site": "spot", "admin1": "unit", "region": "unit"}
_NEAR_KM = {"spot": 10.0, "admin2": 50.0, "unit": 200.0, "sea": 300.0, "country": 5_000.0}
_SAME_LIST_KM = 2.0  # two places with an id each in the same list are seldom one
_KM_A_DEGREE = 111.2
_THERE = "already in the table: only further spellings are kept"
_WAIT_SECONDS = 2.0


@contextmanager
def drafted(path: Path, base: Path) -> Iterator["Merge"]:
    """A draft of the imported table at `path`, begun from what is there; put in its place when all went well, else thrown away."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{uuid.uuid4().hex[:8]}")
    try:
        with _only_one(path.with_name(f"{path.name}.lock")):
            with closing(sqlite3.connect(draft, uri=True)) as connection:
                _begin(connection, path, base)
                merge = Merge(connection)
                yield merge
                merge.finish()
            draft.replace(path)
    except sqlite3.OperationalError as wrong:
        raise MissingPart(f"the imported places cannot be written to {path.parent} ({wrong}): make room there, or set SAYSO_CACHE to another folder") from wrong
    finally:
        draft.unlink(missing_ok=True)


class Merge:
    """Files new places, each once: under a number of its own, or as further spellings of what is there."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        last = connection.execute("SELECT max(id) FROM main.place").fetchone()[0]
        self._first = self._number = last or FIRST_NUMBER
        self._credits: list[str] = []

    @property
    def added(self) -> int:
        """How many places are new."""
        return self._number - self._first

    def add_all(self, places: Iterable[NewPlace], credit: str, skips: Skips) -> None:
        """Nothing; files the places, and counts those that were there."""
        self._credits.append(credit)
        for place in places:
            if self.added >= MOST_PLACES:
                skips.notes.append(f"stopped after {MOST_PLACES:,} places: import one country at a time")
                return
            there = self._by_ref(place) or self._by_name(place)
            if there is None:
                self._add(place)
            else:
                skips.passed[_THERE] += 1
                self._spell(place, *there)

    def add_names(self, names: Iterable[tuple[str, str]]) -> None:
        """Nothing; files further names of places of this import, told by their GeoNames ids."""
        for identity, name in names:
            known = self._connection.execute("SELECT place, ref, level, by_sound FROM known WHERE geonames = ?", (int(identity),)).fetchone()
            if known is not None:
                number, ref, level, by_sound = known
                _own, *kept = spellings("", (name,))  # none, or the name where it is no noise
                self._file(number, ref, filed_keys(kept, bool(by_sound), level == "settlement"))

    def finish(self) -> None:
        """Nothing; writes keys in their order, and what the table says of itself."""
        self._connection.executescript(_FILED)
        told = self._connection.execute("SELECT value FROM main.meta WHERE key = 'credit'").fetchone()
        named = dict.fromkeys([*(told[0].split("; ") if told else ()), *self._credits])
        count = self._connection.execute("SELECT count(*) FROM main.place").fetchone()[0]
        self._connection.executemany("INSERT OR REPLACE INTO main.meta VALUES (?, ?)", [("credit", "; ".join(named)), ("places", str(count))])
        self._connection.commit()

    def _add(self, place: NewPlace) -> None:
        self._number += 1
        weight = log10(place.population + 10) + (CAPITAL if place.capital else 0.0) if place.level == "settlement" else WEIGHTS[place.level]
        told = (place.ref, place.name, place.country, place.admin1, round(place.lat, 4), round(place.lon, 4), place.level, place.kind, place.population)
        edges = (None, None, None, None)
        self._connection.execute("INSERT INTO main.place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (self._number, *told, round(weight, 2), *edges))
        self._spell(place, self._number, place.ref)

    def _spell(self, place: NewPlace, number: int, ref: str) -> None:
        """Nothing; files all names of the place under the number, or under the ref where the number is the built table's."""
        town, by_sound = place.level == "settlement", place.country in BY_SOUND
        self._file(number, ref, filed_keys(spellings(place.name, place.names), by_sound, town))
        if place.geonames:
            self._connection.execute("INSERT OR IGNORE INTO known VALUES (?, ?, ?, ?, ?)", (int(place.geonames), number, ref, place.level, by_sound))

    def _file(self, number: int, ref: str, keys: set[tuple[str, int]]) -> None:
        if number > FIRST_NUMBER:
            self._connection.executemany("INSERT INTO new_name VALUES (?, ?, ?)", [(key, stage, number) for key, stage in keys])
        else:
            self._connection.executemany("INSERT INTO new_spelling VALUES (?, ?, ?)", [(key, stage, ref) for key, stage in keys])

    def _by_ref(self, place: NewPlace) -> tuple[int, str] | None:
        """The number and ref of the same place, told by an id or code."""
        for ref in dict.fromkeys((place.ref, place.geonames, place.code)):
            for where in ("main", "base") if ref else ():
                found = self._connection.execute(_BY_REF.format(where), (ref, PEOPLE)).fetchone()
                if found and (ref == place.ref or _alike(found[2]) == _alike(place.level)):
                    return found[0], found[1]
        return None

    def _by_name(self, place: NewPlace) -> tuple[int, str] | None:
        """The number and ref of a place of the same name, country and sort close by."""
        point = place.lat, place.lon
        reach = _NEAR_KM[_alike(place.level)]
        band = (place.lat - reach / _KM_A_DEGREE, place.lat + reach / _KM_A_DEGREE)
        near: list[tuple[float, int, str]] = []
        for key in filter(None, dict.fromkeys(map(exact_key, self._own_names(place)))):
            for where in ("base", "main"):
                for number, ref, _name, _country, level, lat, lon in self._connection.execute(_NAMESAKES.format(where), (key, place.country, *band)):
                    km = distance_km(point, (lat, lon))
                    if _alike(level) == _alike(place.level) and km <= (_SAME_LIST_KM if _same_list(ref, place.ref) else reach):
                        near.append((km, number, ref))
        return min(near)[1:] if near else None

    def _own_names(self, place: NewPlace) -> tuple[str, ...]:
        """What the place is called first: its name, its plain spelling, and for a unit its name without the noun."""
        return (place.name, *place.names[:1], *((plain_name(place.name),) if place.level in ("admin1", "admin2", "country") else ()))


def _begin(connection: sqlite3.Connection, path: Path, base: Path) -> None:
    if path.exists():
        with closing(sqlite3.connect(_read_only(path), uri=True)) as before:
            before.backup(connection)
    else:
        connection.executescript(SCHEMA + _EXTRA)
    connection.execute("ATTACH ? AS base", (_read_only(base),))
    connection.executescript(_TEMPORARY)
    connection.execute("BEGIN")


@contextmanager
def _only_one(path: Path) -> Iterator[None]:
    """Nothing, while no other process imports: SQLite's lock on an empty file ends with the process that holds it."""
    with closing(sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None)) as lock:
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as wrong:
            if wrong.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
            raise InputError("another import of places is under way: wait until it has ended") from wrong
        yield


def _read_only(path: Path) -> str:
    return f"{path.absolute().as_uri()}?mode=ro&immutable=1"


def _alike(level: str) -> str:
    return _ALIKE.get(level, level)


def _same_list(one: str, other: str) -> bool:
    """Whether two refs are ids of the same list."""
    return (one.isdecimal() and other.isdecimal()) or (one.startswith("wof:") and other.startswith("wof:"))
