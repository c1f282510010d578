"""RowView: a row of any layout as comparing sees it: days, place, actors, type, deaths. What a cell does not tell is None, never 0."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from sayso.export.imported import BadRow, ImportedRow, Layout
from sayso.export.imported_dates import day_of, degrees, whole
from sayso.text.folding import fold

_EMPTY = frozenset(("of", "the", "and", "de", "al", "el", "forces", "force", "military", "government", "police", "group", "armed", "army", "movement"))
_YEARS = re.compile(r"\(\d{4}-\d{0,4}\)")
_WORD = re.compile(r"[^\W_]+")
_NEAR_KM, _AROUND_KM, _WIDE_KM = 25.0, 60.0, 150.0  # how far a point may be from where it happened, by how precisely it is told


@dataclass(frozen=True, slots=True)
class RowView:
    """One row."""

    row: ImportedRow
    id: str
    first: date
    last: date
    places: frozenset[str]  # names, folded
    place: str  # as the row names it
    lat: float | None
    lon: float | None
    reach: float  # kilometres within which it may have happened
    actors: tuple[str, ...]  # as the row names them
    words: frozenset[str]  # of the actors' names that tell them from others
    kind: str  # of what its layout calls a type
    violence: str | None  # 1 to 3 after UCDP, where it follows from the row
    event: str  # the coarser type
    low: int | None
    best: int | None
    high: int | None


def view_of(row: ImportedRow) -> RowView | BadRow:
    """A row as comparing sees it, or what keeps it from being compared."""
    layout = row.head.layout
    start, end = {Layout.ACLED: ("event_date", "event_date"), Layout.UCDP: ("date_start", "date_end")}.get(layout, ("date_from", "date_to"))
    first = day_of(row.get(start)) or day_of(row.get(end))
    if first is None:
        return BadRow(row.line, start, row.get(start), "tells no day: write it as 2024-05-07")
    last = day_of(row.get(end)) or first
    if last < first:
        return BadRow(row.line, end, row.get(end), f"ends before it begins on {first}")
    if layout is Layout.ACLED:
        last += timedelta(days={2: 3, 3: 15}.get(whole(row.get("time_precision")) or 1, 0))
        first -= timedelta(days={2: 3, 3: 15}.get(whole(row.get("time_precision")) or 1, 0))
    place, *more = [row.get(name) for name in _PLACES[layout]]
    actors = tuple(name for column in _ACTORS[layout] for name in _several(row.get(column)))
    low, best, high = (whole(row.get(name)) for name in _DEATHS[layout])
    violence = _violence(row)
    return RowView(
        row=row,
        id=row.get({Layout.ACLED: "event_id_cnty", Layout.UCDP: "id"}.get(layout, "event_id")) or f"line {row.line}",
        first=first,
        last=last,
        places=frozenset(folded for name in (place, *more) if (folded := folded_name(name))),
        place=place or next((name for name in more if name), ""),
        lat=degrees(row.get("latitude")),
        lon=degrees(row.get("longitude")),
        reach=_reach(row),
        actors=actors,
        words=frozenset(word for name in actors for word in actor_words(name)),
        kind=(violence or "") if layout is Layout.UCDP else row.get("sub_event_type"),
        violence=violence,
        event=row.get("event_type"),
        low=low,
        best=best,
        high=high,
    )


_PLACES = {Layout.ACLED: ("location", "admin3", "admin2"), Layout.UCDP: ("where_coordinates", "adm_2"), Layout.ROWS: ("location",)}
_ACTORS = {
    Layout.ACLED: ("actor1", "assoc_actor_1", "actor2", "assoc_actor_2"),
    Layout.UCDP: ("side_a", "side_b"),
    Layout.ROWS: ("reported_actor_1", "reported_actor_2"),
}
_DEATHS = {
    Layout.ACLED: ("fatalities", "fatalities", "fatalities"),
    Layout.UCDP: ("low", "best", "high"),
    Layout.ROWS: ("reported_killed_people_min", "reported_killed_people_min", "reported_killed_people_max"),
}
_TOWN = re.compile(r"\s+(?:town|city|village|district|province|governorate|state|region|camp)$")


def folded_name(name: str) -> str:
    """A place's name without case, marks and the word for what it is."""
    return _TOWN.sub("", " ".join(_WORD.findall(fold(name).text)))


def actor_words(name: str) -> frozenset[str]:
    """The words of an actor's name that tell it from others, the years of a regime left out; all of them where none does."""
    words = frozenset(_WORD.findall(fold(_YEARS.sub("", name)).text))
    return words - _EMPTY or words


def _several(cell: str) -> list[str]:
    return [part for part in (one.strip() for one in cell.split(";")) if part]


def _reach(row: ImportedRow) -> float:
    """How far from its point it may have happened: ACLED's geo_precision, UCDP's where_prec, ours."""
    if row.head.layout is Layout.ACLED:
        return {1: _NEAR_KM, 2: _AROUND_KM}.get(whole(row.get("geo_precision")) or 3, _WIDE_KM)
    if row.head.layout is Layout.UCDP:
        return {1: _NEAR_KM, 2: _AROUND_KM, 3: _AROUND_KM}.get(whole(row.get("where_prec")) or 6, _WIDE_KM)
    return {"site": _NEAR_KM, "settlement": _NEAR_KM, "near": _AROUND_KM, "admin2": _AROUND_KM}.get(row.get("place_precision"), _WIDE_KM)


def _violence(row: ImportedRow) -> str | None:
    """The type of violence of UCDP: told, or from ACLED's event type and sides (standards 8.1); None where neither tells."""
    if told := row.get("type_of_violence"):
        return str(whole(told) or told)
    event, sides = row.get("event_type"), {row.get("inter1"), row.get("inter2")} - {""}
    states = sides & {"State forces", "External/Other forces", "1", "8"}
    if event == "Violence against civilians" or (event == "Explosions/Remote violence" and sides & {"Civilians", "7"}):
        return "3"
    if event in ("Battles", "Explosions/Remote violence") and sides:
        return "1" if states else "2"
    return None
