"""One row an incident: what its claims tell together, for lists, maps and timelines."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby, islice
from typing import Any

from sqlalchemy import Connection, delete, insert, text

from sayso.model.words import Measure, Modality, PlacePrecision
from sayso.store.tables import incidents

_A_TIME = 2_000  # rows that are written together
_FINENESS = {precision.value: number for number, precision in enumerate(PlacePrecision)}
_COLUMNS = "type, mode, modality, place, precision, country, admin1, lat, lon, date_from, date_to, first_day, last_day, disputed, shown"
_CLAIMS = (
    f"SELECT incident_claims.incident AS incident, claims.number AS number, claims.document AS document, {_COLUMNS} FROM incident_claims"  # noqa: S608 constants
    " JOIN claims ON claims.number = incident_claims.number ORDER BY incident_claims.incident, claims.number"
)
_KILLED = "SELECT number, low, high FROM figures WHERE measure = :killed AND modality = 'actual'"
_Bounds = tuple[int | None, int | None]


def summarise(connection: Connection) -> None:
    """Nothing; the table of incidents says what their claims tell now."""
    connection.execute(delete(incidents))
    killed: dict[int, list[_Bounds]] = defaultdict(list)
    for row in connection.execute(text(_KILLED), {"killed": Measure.KILLED.value}):
        killed[row.number].append((row.low, row.high))
    # Read to the end before anything is written: both go over one connection.
    rows = connection.execute(text(_CLAIMS)).all()
    made = (_row(number, list(group), killed) for number, group in groupby(rows, key=lambda row: row.incident))
    for some in _batches(made):
        connection.execute(insert(incidents), some)


def _batches(rows: Iterator[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    while some := list(islice(rows, _A_TIME)):
        yield some


def _row(number: int, claims: Sequence[Any], killed: dict[int, list[_Bounds]]) -> dict[str, Any]:
    done = [one for one in claims if one.modality == Modality.ACTUAL.value] or list(claims)
    (kind, mode), _ = Counter((one.type, one.mode) for one in done).most_common(1)[0]
    placed = [one for one in claims if one.place is not None]
    where = min(placed, key=lambda one: (one.lat is None, _FINENESS.get(one.precision, len(_FINENESS)), one.number), default=None)
    told = [one for one in claims if one.date_from or one.date_to]
    days = told or [one for one in claims if one.first_day]
    bounds = [bound for one in claims for bound in killed.get(one.number, ())]
    highs = [high for _, high in bounds]
    return {
        "number": number,
        "type": kind,
        "mode": mode,
        **{name: getattr(where, name) if where is not None else None for name in ("place", "precision", "country", "admin1", "lat", "lon")},
        "first_day": min((one.first_day for one in days), default=""),
        "last_day": max((one.last_day for one in days), default=""),
        "dated": bool(told),
        "claims": len(claims),
        "reports": len({one.document for one in claims}),
        "voices": len({json.loads(one.shown)["voices"][-1] for one in claims}),
        "killed_low": min((low for low, _ in bounds if low is not None), default=None),
        "killed_high": None if None in highs else max((high for high in highs if high is not None), default=None),
        "disputed": any(one.disputed for one in claims),
    }
