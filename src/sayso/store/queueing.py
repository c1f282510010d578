"""The queue of claims that wait for review: the disputed first, then those that the reader is least sure of."""

from typing import Any

from sqlalchemy import Connection, RowMapping, text

from sayso.store.finding import shown_claims
from sayso.store.query import Queued, QueuePage, QueueQuery

_WAITING = ("unreviewed", "conflict")  # each is walked along its part of one index
_SELECT = "SELECT claims.*, incident_claims.incident FROM claims LEFT JOIN incident_claims ON incident_claims.number = claims.number"


def queue(connection: Connection, query: QueueQuery) -> QueuePage:
    """A page of the queue. It is walked along an index, so that a page of a long one costs no more than one of a short one."""
    rows = [row for status in _WAITING for row in _rows(connection, query, status)]
    rows.sort(key=lambda row: (bool(row["disputed"]), row["urgency"], row["number"]), reverse=True)
    page = rows[: query.limit]
    claims = shown_claims(connection, page)
    queued = tuple(Queued(claim, float(row["urgency"]), bool(row["disputed"])) for claim, row in zip(claims, page, strict=True))
    last = queued[-1] if len(rows) > query.limit else None
    return QueuePage(queued, (last.disputed, last.urgency, last.claim.number) if last else None)


def waiting(connection: Connection) -> int:
    """How many claims wait for review."""
    asked = text("SELECT COUNT(*) FROM claims WHERE status = :status AND superseded = :no")
    return sum(int(connection.execute(asked, {"status": status, "no": False}).scalar_one()) for status in _WAITING)


def _rows(connection: Connection, query: QueueQuery, status: str) -> list[RowMapping]:
    tests, given = ["claims.status = :status", "claims.superseded = :no"], dict[str, Any]({"status": status, "no": False})
    for name in ("type", "country", "document", "source"):
        value = getattr(query, name)
        if value is not None:
            tests.append(f"claims.{name} = :{name}")
            given[name] = value
    if query.after is not None:
        disputed, urgency, number = query.after
        # Behind a place: less disputed, or as much and less urgent, or as urgent with a lower number.
        tests.append(
            "(claims.disputed < :disputed OR (claims.disputed = :disputed AND (claims.urgency < :urgency"
            " OR (claims.urgency = :urgency AND claims.number < :number))))"
        )
        given |= {"disputed": disputed, "urgency": urgency, "number": number}
    if query.skipped:
        tests.append(f"claims.number NOT IN ({', '.join(str(int(one)) for one in query.skipped)})")
    order = f"ORDER BY claims.disputed DESC, claims.urgency DESC, claims.number DESC LIMIT {query.limit + 1}"
    return list(connection.execute(text(f"{_SELECT} WHERE {' AND '.join(tests)} {order}"), given).mappings().all())
