"""The queue of claims that wait for review: the disputed first, then those that the reader is least sure of."""

from sqlalchemy import Connection, text

from sayso.store.finding import shown_claims
from sayso.store.query import Queued, QueuePage, QueueQuery

_WAITING = "(claims.status = 'unreviewed' OR claims.status = 'conflict')"
_ORDER = "claims.disputed DESC, claims.urgency DESC, claims.number"


def queue(connection: Connection, query: QueueQuery) -> QueuePage:
    """A page of the queue. It is walked along an index, so that a page of a long one costs no more than one of a short one."""
    tests, given = [_WAITING, "NOT claims.superseded"], dict[str, object]()
    for name in ("type", "country", "document", "source"):
        value = getattr(query, name)
        if value is not None:
            tests.append(f"claims.{name} = :{name}")
            given[name] = value
    if query.after is not None:
        disputed, urgency, number = query.after
        # Behind a place: less disputed, or as much and less urgent, or as urgent with a higher number.
        tests.append(
            "((NOT claims.disputed AND :disputed) OR (claims.disputed = :disputed AND (claims.urgency < :urgency"
            " OR (claims.urgency = :urgency AND claims.number > :number))))"
        )
        given |= {"disputed": disputed, "urgency": urgency, "number": number}
    if query.skipped:
        tests.append(f"claims.number NOT IN ({', '.join(str(int(one)) for one in query.skipped)})")
    asked = (
        "SELECT claims.*, incident_claims.incident FROM claims LEFT JOIN incident_claims ON incident_claims.number = claims.number"  # noqa: S608 constants and parameters
        f" WHERE {' AND '.join(tests)} ORDER BY {_ORDER} LIMIT {query.limit + 1}"
    )
    rows = connection.execute(text(asked), given).mappings().all()
    page = rows[: query.limit]
    claims = shown_claims(connection, page)
    queued = tuple(Queued(claim, float(row["urgency"]), bool(row["disputed"])) for claim, row in zip(claims, page, strict=True))
    last = queued[-1] if len(rows) > query.limit else None
    return QueuePage(queued, (last.disputed, last.urgency, last.claim.number) if last else None)


def waiting(connection: Connection) -> int:
    """How many claims wait for review."""
    found: int = connection.execute(text(f"SELECT COUNT(*) FROM claims WHERE {_WAITING} AND NOT superseded")).scalar_one()  # noqa: S608 constants
    return found
