"""Incidents for lists, maps and timelines: filtered, grouped and counted in the store, so that fifty thousand cost a page no more than fifty."""

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, text

from sayso.store import fulltext
from sayso.store.folding import clean, phrases
from sayso.store.projecting import name_words
from sayso.store.query import DEFAULT_LIMIT, MOST

_ROLES = {"actor": ("actor", "recipient"), "place": ("place",), "voice": ("voice",), "side": ("side",), "source": ("source",)}
_IDS = 20  # numbers that a cluster names
_COARSE = ("admin2", "admin1", "region", "country", "sea")  # an area, and no point
_BINS = (("day", 10, 120), ("month", 7, 3700))  # up to so many days by day, then by month, then by year


@dataclass(frozen=True, slots=True)
class IncidentFilter:
    """What incidents have to meet: every field that is given. Names match by whole words, as in `Query`."""

    type: str | None = None
    country: str | None = None
    since: str | None = None
    until: str | None = None
    actor: str | None = None
    place: str | None = None
    voice: str | None = None
    side: str | None = None
    source: str | None = None
    status: str | None = None
    disputed: bool | None = None
    words: str | None = None
    bbox: tuple[float, float, float, float] | None = None  # west, south, east, north; west of east even across the date line


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """What an incident's claims tell together. Unknown is None, never nought."""

    number: int
    type: str
    mode: str | None
    place: str | None
    precision: str | None
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    first_day: str
    last_day: str
    dated: bool  # whether a claim tells a day; else the days are those of the reports
    claims: int
    reports: int
    voices: int
    killed_low: int | None
    killed_high: int | None
    disputed: bool


@dataclass(frozen=True, slots=True)
class IncidentRows:
    """Some incidents, the highest number first; `next` is the number to go on after, None where there are no more; `total` is of all pages."""

    rows: tuple[IncidentRow, ...]
    next: int | None
    total: int


@dataclass(frozen=True, slots=True)
class Cluster:
    """Incidents that lie together on a map of some closeness, in their middle."""

    lon: float
    lat: float
    count: int
    disputed: int
    areas: int  # of these are told of an area only: their point stands for it
    ids: tuple[int, ...]  # the first of them
    bbox: tuple[float, float, float, float]
    place: str | None  # where they are all told of one


@dataclass(frozen=True, slots=True)
class Bin:
    """Incidents of a day, month or year."""

    start: str
    count: int
    disputed: int


def incident_rows(connection: Connection, asked: IncidentFilter, after: int | None = None, limit: int = DEFAULT_LIMIT) -> IncidentRows:
    """A page of the incidents that meet a filter."""
    where, given = _where(connection, asked)
    total: int = connection.execute(text(f"SELECT COUNT(*) FROM incidents WHERE {where}"), given).scalar_one()  # noqa: S608 constants and parameters
    beyond, more = ("AND number < :after", {"after": after}) if after is not None else ("", {})
    statement = f"SELECT * FROM incidents WHERE {where} {beyond} ORDER BY number DESC LIMIT {min(limit, MOST) + 1}"  # noqa: S608 constants and parameters
    rows = [_row(one) for one in connection.execute(text(statement), given | more).mappings()]
    page = tuple(rows[:limit])
    return IncidentRows(page, page[-1].number if len(rows) > limit else None, total)


def clusters(connection: Connection, asked: IncidentFilter, zoom: float) -> tuple[tuple[Cluster, ...], int]:
    """The incidents on a map at a zoom (0 is the world on one tile of 256 pixels), some forty pixels apart; and how many have no position at all."""
    cell = 360 / 2 ** max(0.0, min(zoom, 18.0)) * 40 / 256
    where, given = _where(connection, asked)
    grouped = (
        "SELECT COUNT(*) AS count, AVG(lat) AS lat, AVG(lon) AS lon, MIN(lat) AS south, MAX(lat) AS north, MIN(lon) AS west, MAX(lon) AS east,"  # noqa: S608 constants and parameters
        " SUM(CASE WHEN disputed THEN 1 ELSE 0 END) AS disputed, MIN(place) AS place, MAX(place) AS other, MIN(number) AS first,"
        f" SUM(CASE WHEN precision IN ({', '.join(map(repr, _COARSE))}) THEN 1 ELSE 0 END) AS areas,"
        " CAST((lat + 90) / :cell AS INTEGER) AS y, CAST((lon + 180) / :cell AS INTEGER) AS x"
        f" FROM incidents WHERE {where} AND lat IS NOT NULL GROUP BY y, x ORDER BY count DESC, first LIMIT 2000"
    )
    rows = connection.execute(text(grouped), given | {"cell": cell}).mappings().all()
    few = {int(row["first"]) for row in rows if row["count"] == 1}
    found = tuple(_cluster(row, few) for row in rows)
    nowhere, none = _where(connection, replace(asked, bbox=None))
    unplaced: int = connection.execute(text(f"SELECT COUNT(*) FROM incidents WHERE {nowhere} AND lat IS NULL"), none).scalar_one()  # noqa: S608 constants
    return found, unplaced


def timeline(connection: Connection, asked: IncidentFilter) -> tuple[str, tuple[Bin, ...], int]:
    """The name of the bins (day, month or year, by how far the days lie apart), the bins, and how many incidents have no day."""
    where, given = _where(connection, asked)
    ends = f"SELECT MIN(first_day) AS first, MAX(first_day) AS last FROM incidents WHERE {where} AND first_day <> ''"  # noqa: S608 constants and parameters
    row = connection.execute(text(ends), given).one()
    name, length = _bin(row.first, row.last)
    counted = (
        f"SELECT SUBSTR(first_day, 1, {length}) AS start, COUNT(*) AS count, SUM(CASE WHEN disputed THEN 1 ELSE 0 END) AS disputed"  # noqa: S608 constants
        f" FROM incidents WHERE {where} AND first_day <> '' GROUP BY start ORDER BY start"
    )
    rest = "" if length == 10 else "-01-01"[-(10 - length) :]
    bins = tuple(Bin(one["start"] + rest, one["count"], int(one["disputed"])) for one in connection.execute(text(counted), given).mappings())
    undated: int = connection.execute(text(f"SELECT COUNT(*) FROM incidents WHERE {where} AND first_day = ''"), given).scalar_one()  # noqa: S608 constants
    return name, bins, undated


def types_told(connection: Connection) -> tuple[str, ...]:
    """The types of acts that any incident is told of."""
    return tuple(connection.execute(text("SELECT DISTINCT type FROM incidents ORDER BY type")).scalars())


def _bin(first: str | None, last: str | None) -> tuple[str, int]:
    """How wide the bins are, and how much of an ISO day tells one."""
    try:
        days = (date.fromisoformat((last or "")[:10]) - date.fromisoformat((first or "")[:10])).days
    except ValueError:
        return "month", 7
    return next(((name, length) for name, length, most in _BINS if days <= most), ("year", 4))


def _row(row: RowMapping) -> IncidentRow:
    told: dict[str, Any] = {field.name: row[field.name] for field in fields(IncidentRow)}
    return IncidentRow(**told | {name: bool(row[name]) for name in ("dated", "disputed")})


def _cluster(row: RowMapping, few: set[int]) -> Cluster:
    box = (float(row["west"]), float(row["south"]), float(row["east"]), float(row["north"]))
    ids = (int(row["first"]),) if row["first"] in few else ()
    place = row["place"] if row["place"] == row["other"] else None
    return Cluster(float(row["lon"]), float(row["lat"]), int(row["count"]), int(row["disputed"]), int(row["areas"]), ids, box, place)


def _where(connection: Connection, asked: IncidentFilter) -> tuple[str, dict[str, Any]]:
    """The test of an incident, and its parameters. Nothing that somebody wrote is ever part of a statement."""
    tests, given = ["1 = 1"], dict[str, Any]()
    for name in ("type", "country"):
        if (value := getattr(asked, name)) is not None:
            tests.append(f"{name} = :{name}")
            given[name] = clean(value)
    if asked.since is not None:
        tests.append("last_day >= :since")
        given["since"] = asked.since
    if asked.until is not None:
        tests.append("first_day <> '' AND first_day <= :until")
        given["until"] = asked.until
    if asked.disputed is not None:
        tests.append("disputed" if asked.disputed else "NOT disputed")
    if asked.bbox is not None:
        west, south, east, north = asked.bbox
        tests.append("lat BETWEEN :south AND :north")
        tests.append("lon BETWEEN :west AND :east" if west <= east else "(lon >= :west OR lon <= :east)")
        given |= {"west": west, "south": south, "east": east, "north": north}
    inside = _names(asked, given)
    if asked.status is not None:
        inside = (*inside, "SELECT number FROM claims WHERE status = :status")
        given["status"] = asked.status
    if asked.words:
        wanted = phrases(asked.words)
        matching = f"SELECT rowid FROM {fulltext.CLAIMS} WHERE {fulltext.matches(connection, fulltext.CLAIMS, 'words')}"  # noqa: S608 constants
        inside = (*inside, matching if wanted else "SELECT 0 WHERE 1 = 0")
        given |= {"words": fulltext.asked(connection, wanted)} if wanted else {}
    tests += [f"number IN (SELECT incident FROM incident_claims WHERE number IN ({one}))" for one in inside]  # noqa: S608 constants and parameters
    return " AND ".join(tests), given


def _names(asked: IncidentFilter, given: dict[str, Any]) -> tuple[str, ...]:
    """The statements that give the claims with a name, one a filter by name."""
    found = []
    for key, roles in _ROLES.items():
        value = getattr(asked, key)
        if value is None:
            continue
        words = name_words(clean(value))  # letters, digits and spaces: no sign of LIKE is among them
        if not words:
            return ("SELECT 0 WHERE 1 = 0",)
        given[key] = f"%{words}%"
        named = f"SELECT id FROM names WHERE role IN ({', '.join(map(repr, roles))}) AND words LIKE :{key}"  # noqa: S608 constants
        found.append(f"SELECT number FROM claim_names WHERE name IN ({named})")  # noqa: S608 constants
    return tuple(found)
