"""The review queue: claims that wait, the disputed first, then those that the reader is least sure of, of these the ones entered last first.

It is walked along an index whose first column is the status, so that a page costs no more in a long queue than in a short one. Where filters leave few
claims, these are sorted instead, as `finding` does it.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, text

from sayso.store.finding import Finder, shown_claims
from sayso.store.query import Query, Queued, QueuePage, QueueQuery

_STATUSES = ("unreviewed", "conflict")
_ORDER = "claims.disputed DESC, claims.urgency DESC, claims.number DESC"
# What several people are coding waits for nobody else.
_SEALED = "SELECT 1 FROM assigned JOIN assignments ON assignments.id = assigned.assignment WHERE assigned.claim = claims.id AND assignments.open"
_LEFT = "SELECT 1 FROM skips WHERE skips.claim = claims.id AND skips.person = :person AND skips.standing"


def queue(connection: Connection, query: QueueQuery) -> QueuePage:
    """A page of the queue."""
    finder = Finder(connection, _asked(query), incidents=True)  # single fields may drive here too: the walk goes by another order than theirs
    if finder.nothing:
        return QueuePage((), None)
    tests, given = list(finder.tests), dict(finder.values)
    tests.append(f"NOT EXISTS ({_SEALED})")
    if query.person is not None:
        tests.append(f"NOT EXISTS ({_LEFT})")
        given["person"] = query.person
    if query.after is not None:
        tests.append("(claims.disputed, claims.urgency, claims.number) < (:disputed, :urgency, :number)")
        given |= dict(zip(("disputed", "urgency", "number"), query.after, strict=True))
    if query.skipped:
        tests.append(f"claims.number NOT IN ({', '.join(str(int(one)) for one in query.skipped)})")
    rows: list[RowMapping] = []
    sqlite = connection.dialect.name == "sqlite"
    # A rare filter gives the claims in SQLite; else it is held to the index of the queue, which it would leave for one of a field.
    source, status = ("claims", "+claims.status") if finder.driven or not sqlite else ("claims INDEXED BY claims_queue", "claims.status")
    for one in _STATUSES:
        where = " AND ".join((f"{status if sqlite else 'claims.status'} = '{one}' AND claims.superseded = false", *tests))
        rows += _rows(connection, f"FROM {source} {_JOINED} WHERE {where} ORDER BY {_ORDER} LIMIT {query.limit + 1}", given)
    rows.sort(key=lambda row: (row["disputed"], row["urgency"], row["number"]), reverse=True)
    return _page(connection, rows, query.limit)


_JOINED = "LEFT JOIN incident_claims ON incident_claims.number = claims.number"


def _asked(query: QueueQuery) -> Query:
    same = ("words", "actor", "place", "country", "since", "until", "type", "voice", "source", "modality", "document")
    return Query(**{name: getattr(query, name) for name in same})


def _rows(connection: Connection, rest: str, given: dict[str, Any]) -> Sequence[RowMapping]:
    statement = f"SELECT claims.*, incident_claims.incident {rest}"
    used = {name: value for name, value in given.items() if f":{name}" in statement}
    return connection.execute(text(statement), used).mappings().all()


def _page(connection: Connection, rows: Sequence[RowMapping], limit: int) -> QueuePage:
    page = rows[:limit]
    claims = shown_claims(connection, page)
    queued = tuple(Queued(claim, float(row["urgency"]), bool(row["disputed"])) for claim, row in zip(claims, page, strict=True))
    last = queued[-1] if len(rows) > limit else None
    return QueuePage(queued, (last.disputed, last.urgency, last.claim.number) if last else None)


def waiting(connection: Connection) -> int:
    """How many claims wait for review; those that several people are coding do not."""
    waits = f"status IN ({', '.join(map(repr, _STATUSES))}) AND superseded = false"
    found: int = connection.execute(text(f"SELECT COUNT(*) FROM claims WHERE {waits}")).scalar_one()  # noqa: S608 constants
    # COALESCE keeps the claims from being walked by their own index: those of open assignments are few.
    waits = f"COALESCE(claims.status, '') IN ({', '.join(map(repr, _STATUSES))}) AND COALESCE(claims.superseded, false) = false"
    joined = "assigned JOIN assignments ON assignments.id = assigned.assignment JOIN claims ON claims.id = assigned.claim"
    of_open = f"SELECT COUNT(DISTINCT claims.id) FROM {joined} WHERE assignments.open AND {waits}"  # noqa: S608 constants
    sealed: int = connection.execute(text(of_open)).scalar_one()
    return found - sealed
