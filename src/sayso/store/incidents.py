"""The fold of claims into incidents: handed in by whoever links, kept by claim number, shown as summaries."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select, text

from sayso.errors import InputError
from sayso.model import Paired
from sayso.model.words import Judgement
from sayso.store.finding import Finder, shown_claims
from sayso.store.incident_rows import summarise
from sayso.store.projector import chunks
from sayso.store.query import FoundClaim, IncidentPage, IncidentSummary, Query
from sayso.store.tables import claim_ids, incident_claims, incident_pairs

_MOST_NAMES = 20  # types, places, sources of a summary
_A_TIME = 2_000  # rows that are written together


def claim_numbers(connection: Connection, ids: Iterable[str]) -> Mapping[str, int]:
    """The numbers of claims by id; ids that no reading of the ledger ever held are left out."""
    found: dict[str, int] = {}
    for some in chunks(ids):
        rows = connection.execute(select(claim_ids.c.id, claim_ids.c.number).where(claim_ids.c.id.in_(some)))
        found |= {row.id: row.number for row in rows}
    return found


def set_incidents(connection: Connection, groups: Iterable[tuple[int, tuple[str, ...]]], pairs: Iterable[Paired] = ()) -> None:
    """The fold is this one now: of each incident its number and claims, and how its accounts compared. Only what changed is written of the claims."""
    held = [(incident, ids) for incident, ids in groups]
    numbers = claim_numbers(connection, (one for _, ids in held for one in ids))
    wanted: dict[int, int] = {}
    for incident, ids in held:
        for one in ids:
            if one not in numbers:
                raise InputError(f"incident {incident}: claim {one!r} is not in the ledger: append its reading first")
            if wanted.setdefault(numbers[one], incident) != incident:
                raise InputError(f"claim {one!r} is in two incidents, {wanted[numbers[one]]} and {incident}: give each claim one")
    rows = connection.execute(select(incident_claims.c.number, incident_claims.c.incident))
    known: dict[int, int] = {row.number: row.incident for row in rows}
    gone = [{"old": number} for number in known if number not in wanted]
    fresh = [{"number": number, "incident": incident} for number, incident in wanted.items() if number not in known]
    moved = [{"old": number, "new": incident} for number, incident in wanted.items() if known.get(number, incident) != incident]
    if gone:
        connection.execute(text("DELETE FROM incident_claims WHERE number = :old"), gone)
    if moved:
        connection.execute(text("UPDATE incident_claims SET incident = :new WHERE number = :old"), moved)
    if fresh:
        connection.execute(insert(incident_claims), fresh)
    _set_pairs(connection, pairs, numbers)
    mark_disputed(connection)
    summarise(connection)


def mark_disputed(connection: Connection) -> None:
    """Nothing; a claim is disputed where it, or another claim of its incident, is told as denied."""
    inside = (
        "number IN (SELECT one.number FROM incident_claims AS one WHERE one.incident IN (SELECT other.incident FROM incident_claims AS other"
        " JOIN claims AS denied ON denied.number = other.number WHERE denied.modality = 'denied'))"
    )
    connection.execute(text(f"UPDATE claims SET disputed = true WHERE NOT disputed AND {inside}"))  # noqa: S608 constants
    connection.execute(text(f"UPDATE claims SET disputed = false WHERE disputed AND modality <> 'denied' AND NOT ({inside})"))  # noqa: S608 constants


def _set_pairs(connection: Connection, pairs: Iterable[Paired], numbers: Mapping[str, int]) -> None:
    connection.execute(delete(incident_pairs))
    rows = (
        {
            "first": numbers[one.first],
            "second": numbers[one.second],
            "position": position,
            "chance": one.chance,
            "judgement": one.judgement.value,
            "features": json.dumps(one.features),
        }
        for position, one in enumerate(pairs)
        if one.first in numbers and one.second in numbers
    )
    for some in iter(lambda: list(islice(rows, _A_TIME)), []):
        connection.execute(insert(incident_pairs), some)


def forget_incidents(connection: Connection, numbers: Select[tuple[int]]) -> None:
    """Nothing; the claims of these numbers are in no incident any more, and in no pair."""
    for column in (incident_claims.c.number, incident_pairs.c.first, incident_pairs.c.second):
        connection.execute(delete(column.table).where(column.in_(numbers)))


def pairs(connection: Connection, number: int) -> tuple[Paired, ...]:
    """How the accounts of an incident compared when it was folded, each by one of its claims; none where it was folded by an older sayso."""
    first, second = claim_ids.alias(), claim_ids.alias()
    asked = (
        select(incident_pairs, first.c.id.label("one"), second.c.id.label("other"))
        .join(incident_claims, incident_claims.c.number == incident_pairs.c.first)
        .join(first, first.c.number == incident_pairs.c.first)
        .join(second, second.c.number == incident_pairs.c.second)
        .where(incident_claims.c.incident == number)
        .order_by(incident_pairs.c.position)
    )
    return tuple(
        Paired(row.one, row.other, row.chance, Judgement(row.judgement), tuple((name, value, added) for name, value, added in json.loads(row.features)))
        for row in connection.execute(asked)
    )


def incident(connection: Connection, number: int) -> tuple[FoundClaim, ...]:
    """The claims of one incident, in the order of entry."""
    asked = (
        "SELECT claims.*, incident_claims.incident FROM incident_claims JOIN claims ON claims.number = incident_claims.number"
        " WHERE incident_claims.incident = :incident ORDER BY claims.number"
    )
    return shown_claims(connection, connection.execute(text(asked), {"incident": number}).mappings().all())


def incidents(connection: Connection, query: Query) -> IncidentPage:
    """A page of the incidents of which at least one claim meets the query, the highest number first; `after` is an incident's number."""
    finder = Finder(connection, replace(query, after=None), incidents=True)
    if finder.nothing:
        return IncidentPage((), None)
    if finder.driven or query.incident is not None:
        found = _met(connection, finder, query)
    else:
        found = list(islice(finder.incidents_down(query.after), query.limit + 1))
    page = found[: query.limit]
    return IncidentPage(_summaries(connection, page), page[-1] if len(found) > query.limit else None)


def _met(connection: Connection, finder: Finder, query: Query) -> list[int]:
    """The incidents of the few claims that meet a query, the highest number first."""
    before = "" if query.after is None else " AND incident_claims.incident < :after"
    statement = (
        "SELECT DISTINCT incident_claims.incident FROM claims JOIN incident_claims ON incident_claims.number = claims.number"  # noqa: S608 constants and parameters
        f" WHERE {finder.where}{before} ORDER BY incident_claims.incident DESC LIMIT {query.limit + 1}"
    )
    given: dict[str, Any] = finder.values | ({} if query.after is None else {"after": query.after})
    used = {name: value for name, value in given.items() if f":{name}" in statement}
    return list(connection.execute(text(statement), used).scalars())


def _summaries(connection: Connection, numbers: list[int]) -> tuple[IncidentSummary, ...]:
    told: dict[int, list[Any]] = defaultdict(list)
    for start in range(0, len(numbers), 200):
        some = ", ".join(str(int(number)) for number in numbers[start : start + 200])
        asked = (
            "SELECT incident, claims.document, type, place, country, date_from, date_to, source FROM incident_claims"  # noqa: S608 whole numbers
            f" JOIN claims ON claims.number = incident_claims.number WHERE incident IN ({some}) ORDER BY claims.number"
        )
        for row in connection.execute(text(asked)):
            told[row.incident].append(row)
    return tuple(_summary(number, told[number]) for number in numbers if told[number])


def _summary(number: int, rows: list[Any]) -> IncidentSummary:
    countries = Counter(row.country for row in rows if row.country)
    starts = [day for row in rows if (day := row.date_from or row.date_to)]
    ends = [day for row in rows if (day := row.date_to or row.date_from)]
    return IncidentSummary(
        number,
        claims=len(rows),
        documents=len({row.document for row in rows}),
        types=_commonest(row.type for row in rows),
        places=_commonest(row.place for row in rows if row.place),
        country=countries.most_common(1)[0][0] if countries else None,
        date_from=min(starts, default=None),
        date_to=max(ends, default=None),
        sources=_commonest(row.source for row in rows),
    )


def _commonest(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(value for value, _ in Counter(values).most_common(_MOST_NAMES))
