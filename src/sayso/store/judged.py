"""What was judged about some claims and documents: reviews, links and copies, without going through all there are."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Select, or_, select

from sayso.model import Copy, Link, Review
from sayso.model.words import CarryOutcome, Verdict
from sayso.store.fetching import COLUMNS, decoded
from sayso.store.projector import chunks
from sayso.store.tables import claim_ids, copies, entries, links, reviews


def reviews_of(connection: Connection, records: Iterable[str]) -> tuple[Review, ...]:
    """The reviews that now speak of these records, in the order of entry, each of the record that it was carried to; without those in conflict."""
    found: dict[int, Review] = {}
    for some in chunks(dict.fromkeys(records)):
        asked = select(*COLUMNS, reviews.c.standing).join(reviews, reviews.c.seq == entries.c.seq)
        there = or_(reviews.c.outcome.is_(None), reviews.c.outcome != CarryOutcome.CONFLICT.value)
        for row in connection.execute(asked.where(reviews.c.standing.in_(some), there)):
            if row.body is not None:
                found[row.seq] = replace(decoded(row), record=row.standing)
    gone = taken_back(connection, [one.id for one in found.values()])
    return tuple(found[seq] for seq in sorted(found) if found[seq].id not in gone)


def taken_back(connection: Connection, ids: Iterable[str]) -> frozenset[str]:
    """Those of the reviews that were taken back: by a rejection of the review itself that was not taken back in its turn."""
    by: dict[str, list[str]] = {}
    for some in chunks(dict.fromkeys(ids)):
        asked = select(reviews.c.id, reviews.c.standing).where(reviews.c.standing.in_(some), reviews.c.verdict == Verdict.REJECT.value)
        for row in connection.execute(asked):
            by.setdefault(row.standing, []).append(row.id)
    if not by:
        return frozenset()
    again = taken_back(connection, [one for several in by.values() for one in several])
    return frozenset(record for record, several in by.items() if not again.issuperset(several))


def last_about(connection: Connection, record: str) -> str | None:
    """The id of the last decision about a record, or about a decision on it; None where there is none."""
    waiting, last = [record], (0, "")
    while waiting:
        rows = connection.execute(select(reviews.c.seq, reviews.c.id).where(reviews.c.standing.in_(waiting))).all()
        waiting = [row.id for row in rows]
        last = max((last, *((row.seq, row.id) for row in rows)))
    return last[1] or None


def links_of(connection: Connection, documents: Iterable[str]) -> tuple[Link, ...]:
    """The links of these documents, and of claims of any of their readings, in the order of entry."""
    held = list(dict.fromkeys(documents))
    return _links(connection, held, lambda some: [select(claim_ids.c.id).where(claim_ids.c.document.in_(some))])


def _links(connection: Connection, documents: list[str], claims: Callable[[list[str]], list[Select[Any]]]) -> tuple[Link, ...]:
    found: dict[int, Link] = {}
    for some in chunks(documents):
        for end in (links.c.first, links.c.second):
            for test in (end.in_(some), *(end.in_(ids) for ids in claims(some))):
                asked = select(*COLUMNS).join(links, links.c.seq == entries.c.seq).where(test)
                found |= {row.seq: decoded(row) for row in connection.execute(asked) if row.body is not None}
    return tuple(found[seq] for seq in sorted(found))


def copies_of(connection: Connection, documents: Iterable[str]) -> tuple[tuple[Copy, ...], tuple[Link, ...]]:
    """The copies that stand among these documents and all that hang together with them, and the links of documents there; both in the order of entry."""
    near = set(documents)
    fresh = list(near)
    judged: dict[int, Copy] = {}
    linked: dict[str, Link] = {}
    while fresh:
        ends: set[str] = set()
        for some in chunks(fresh):
            for column in (copies.c.document, copies.c.original):
                asked = select(*COLUMNS).join(copies, copies.c.seq == entries.c.seq).where(column.in_(some), copies.c.standing)
                judged |= {row.seq: decoded(row) for row in connection.execute(asked) if row.body is not None}
        for one in _links(connection, fresh, lambda _: []):
            linked[one.id] = one
        for copy in judged.values():
            ends |= {copy.document, copy.original}
        for link in linked.values():
            ends |= {link.first, link.second}
        fresh = sorted(ends - near)
        near |= ends
    return tuple(judged[seq] for seq in sorted(judged)), tuple(linked.values())
