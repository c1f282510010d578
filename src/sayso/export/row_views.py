"""RowView: a row of any layout as comparing sees it: days, place, actors, type, deaths. What a cell does not tell is None or empty, never 0."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from math import cos, radians, sin

from sayso.export.csv_records import BadRow
from sayso.export.imported import Imported, ImportedRow, Layout
from sayso.export.imported_dates import day_of, degrees, whole
from sayso.export.view_names import actor_words, country_code, equivalents, folded_name, kind_of_label, kind_of_side

NEAR_KM, AROUND_KM, WIDE_KM = 25.0, 60.0, 150.0  # how far a point may be from where it happened, by how precisely it is told
REACHES = (NEAR_KM, AROUND_KM, WIDE_KM)
LONGEST_DAYS = 3_660  # from first to last: what lasts longer is no event
Point = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class RowView:
    """One row."""

    layout: Layout
    line: int
    id: str
    first: date
    last: date
    place: str  # as the row names it
    places: frozenset[str]  # names, folded
    area: frozenset[str]  # "admin1:north hills", "country:XA": in which it lies
    vague: str  # the one of `area` that is all the row tells of its place; empty where it tells more
    lat: float | None
    lon: float | None
    point: Point | None  # on the unit sphere; None where the row is vague
    reach: float  # kilometres within which it may have happened
    actors: tuple[str, ...]  # of both sides, as the row names them
    words: frozenset[str]  # of the actors' names that tell them from others
    beside: tuple[str, ...]  # who is with them
    labels: tuple[str, ...]  # kinds of actors in the row's words
    kinds: frozenset[str]  # kinds that all layouts tell apart
    kind: str  # of what its layout calls a type
    same_as: frozenset[str]  # types of other books that may be meant by it
    violence: str | None  # 1 to 3 after UCDP, where it follows from the row
    event: str  # the coarser type
    low: int | None
    best: int | None
    high: int | None

    def is_nowhere(self) -> bool:
        """Whether nothing is told of its place: it is compared with other such rows alone."""
        return self.point is None and not self.places and not self.vague


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which columns of a layout tell what."""

    id: str
    days: tuple[str, str]
    places: tuple[str, ...]
    admin1: str
    actors: tuple[str, ...]
    beside: tuple[str, ...]
    labels: tuple[str, ...]
    deaths: tuple[str, str, str]


_COLUMNS = {
    Layout.ACLED: _Columns(
        "event_id_cnty", ("event_date", "event_date"), ("location", "admin3", "admin2"), "admin1", ("actor1", "actor2"),
        ("assoc_actor_1", "assoc_actor_2"), ("inter1", "inter2"), ("fatalities", "fatalities", "fatalities"),
    ),
    Layout.UCDP: _Columns(
        "id", ("date_start", "date_end"), ("where_coordinates", "adm_2"), "adm_1", ("side_a", "side_b"), (), (), ("low", "best", "high"),
    ),
    Layout.ROWS: _Columns(
        "event_id", ("date_from", "date_to"), ("location",), "admin1", ("reported_actor_1", "reported_actor_2"), (), ("side_1", "side_2"),
        ("reported_killed_people_min", "", "reported_killed_people_max"),
    ),
}  # fmt: skip
_WIDER = {2: 3, 3: 15}  # by ACLED's time_precision: days around the one that is written


def views_of(file: Imported) -> Iterator[RowView | BadRow]:
    """The rows of a file as comparing sees them, or what keeps one from being compared; of claims, one for every incident."""
    if file.head.layout is Layout.CLAIMS:
        from sayso.export.claim_views import incident_views  # here: it makes views of its own

        yield from incident_views(file)
        return
    for row in file:
        yield view_of(row)


def view_of(row: ImportedRow) -> RowView | BadRow:
    """A row of ACLED, UCDP or `rows` as comparing sees it, or what keeps it from being compared."""
    layout, columns = row.head.layout, _COLUMNS[row.head.layout]
    days = days_of(row, columns.days)
    if isinstance(days, BadRow):
        return days
    lat, lon = degrees(row.get("latitude")), degrees(row.get("longitude"))
    names = [name for column in columns.places if (name := row.get(column))]
    admin1, country = row.get(columns.admin1), country_code(row.get("country"), row.get("iso"))
    area = tuple(f"{level}:{name}" for level, name in (("admin1", folded_name(admin1)), ("country", country)) if name)
    vague = _vague(row, area, bool(names) or (lat is not None and lon is not None))
    actors = tuple(name for column in columns.actors for name in several(row.get(column)))
    labels = tuple(label for column in columns.labels if (label := row.get(column)))
    low, best, high = (whole(row.get(name)) if name else None for name in columns.deaths)
    kinds = [kind_of_label(label) for label in labels] if columns.labels else [kind_of_side(name) for name in actors]
    violence = _violence(row)
    kind = (violence or "") if layout is Layout.UCDP else row.get("sub_event_type")
    return RowView(
        layout=layout, line=row.line, id=row.get(columns.id) or f"line {row.line}", first=days[0], last=days[1],
        place=next(iter((*names, admin1, row.get("country"))), ""),
        places=frozenset(folded for name in names if (folded := folded_name(name))), area=frozenset(area), vague=vague,
        lat=lat, lon=lon, point=None if vague else point_of(lat, lon), reach=_reach(row),
        actors=actors, words=frozenset(word for name in actors for word in actor_words(name)),
        beside=tuple(name for column in columns.beside for name in several(row.get(column))), labels=labels, kinds=frozenset(filter(None, kinds)),
        kind=kind, same_as=equivalents(row.get("codebook") or layout.value, kind), violence=violence, event=row.get("event_type"),
        low=low, best=best, high=high,
    )  # fmt: skip


def days_of(row: ImportedRow, columns: tuple[str, str]) -> tuple[date, date] | BadRow:
    """The first and last day of a row, as wide as they are told, or what is wrong with them."""
    start, end = columns
    first = day_of(row.get(start)) or day_of(row.get(end))
    if first is None:
        return BadRow(row.line, start, row.get(start), "tells no day: write it as 2024-05-07")
    last = day_of(row.get(end)) or first
    if last < first:
        return BadRow(row.line, end, row.get(end), f"ends before it begins on {first}: check both days")
    if (last - first).days > LONGEST_DAYS:
        return BadRow(row.line, end, row.get(end), f"ends more than ten years after it begins on {first}: check both days")
    wider = timedelta(days=_WIDER.get(whole(row.get("time_precision")) or 1, 0) if row.head.layout is Layout.ACLED else 0)
    try:
        return first - wider, last + wider
    except OverflowError:
        return first, last


def several(cell: str) -> list[str]:
    """The values of a cell that holds several."""
    return [part for part in (one.strip() for one in cell.split(";")) if part]


def point_of(lat: float | None, lon: float | None) -> Point | None:
    """A place as a point on the unit sphere; None where it is none."""
    if lat is None or lon is None or not -90 <= lat <= 90:
        return None
    north, east = radians(lat), radians(lon)
    return cos(north) * cos(east), cos(north) * sin(east), sin(north)


def _vague(row: ImportedRow, area: tuple[str, ...], closer: bool) -> str:
    """All that a row tells of its place, where that is no more than a province or a country."""
    country = next((one for one in area if one.startswith("country:")), "")
    if (row.head.layout is Layout.UCDP and whole(row.get("where_prec")) == 6) or row.get("place_precision") == "country":
        return country
    return "" if closer or not area else area[0]


def _reach(row: ImportedRow) -> float:
    """How far from its point it may have happened: ACLED's geo_precision, UCDP's where_prec, ours."""
    if row.head.layout is Layout.ACLED:
        return {1: NEAR_KM, 2: AROUND_KM}.get(whole(row.get("geo_precision")) or 3, WIDE_KM)
    if row.head.layout is Layout.UCDP:
        return {1: NEAR_KM, 2: AROUND_KM, 3: AROUND_KM}.get(whole(row.get("where_prec")) or 6, WIDE_KM)
    return {"site": NEAR_KM, "settlement": NEAR_KM, "near": AROUND_KM, "admin2": AROUND_KM}.get(row.get("place_precision"), WIDE_KM)


def _violence(row: ImportedRow) -> str | None:
    """The type of violence of UCDP: told, or from ACLED's event type and sides (standards 8.1); None where neither tells."""
    if told := row.get("type_of_violence"):
        return str(whole(told) or told)[:1]
    kinds = frozenset(kind_of_label(label) for label in (row.get("inter1"), row.get("inter2")) if label)
    return violence_of(row.get("event_type"), row.get("sub_event_type"), kinds)


@lru_cache(maxsize=1_000)
def violence_of(event: str, sub_event: str, kinds: frozenset[str]) -> str | None:
    """The type of violence that follows from an event of ACLED's between such kinds; None where none does."""
    remote = event == "Explosions/Remote violence"
    if event == "Violence against civilians" or (remote and "civilians" in kinds) or sub_event == "Excessive force against protesters":
        return "3"
    if (event == "Battles" or remote) and kinds:
        return "1" if "state" in kinds else "2"
    return None
