"""Reading records back out of the entries, within a transaction or page by page."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Connection, Row, Select, select

from sayso.errors import LedgerError
from sayso.model import Document, Reading, Tombstone
from sayso.store.chain import record_of, values
from sayso.store.tables import attempts, entries

PAGE = 100  # entries fetched at a time
COLUMNS = (entries.c.seq, entries.c.kind, entries.c.id, entries.c.document, entries.c.body)


def decoded(row: Any, document: Document | None = None) -> Any:
    """The record of an entry's row."""
    return record_of(row.kind, values(row.body, f"entry {row.seq} ({row.id})"), document)


def fetch_document(connection: Connection, identity: str) -> Document | None:
    """A document by its id; None where there is none, or its words were taken out."""
    found = fetch(connection, identity, "document")
    return found if isinstance(found, Document) else None


def fetch(connection: Connection, identity: str, kind: str) -> Any:
    """A record of a kind (not a reading) by its id; None where there is none, or its words were taken out."""
    row = connection.execute(select(*COLUMNS).where(entries.c.id == identity, entries.c.kind == kind)).first()
    return None if row is None or row.body is None else decoded(row)


def fetch_reading(connection: Connection, identity: str) -> Reading | None:
    """A reading by its id, its document within; None where there is none, or its words were taken out."""
    row = connection.execute(select(*COLUMNS).where(entries.c.id == identity, entries.c.kind == "reading")).first()
    if row is None or row.body is None:
        return None
    return with_document(connection, row)


def with_document(connection: Connection, row: Any) -> Reading:
    """The reading of an entry's row."""
    document = fetch_document(connection, row.document)
    if document is None:
        raise LedgerError(f"entry {row.seq} is a reading of {row.document!r}, which is not in the ledger: run `sayso verify`")
    reading: Reading = decoded(row, document)
    return reading


def current_reading_id(connection: Connection, document: str) -> str | None:
    """The id of the reading appended last for a document."""
    chosen = select(attempts.c.reading).where(attempts.c.document == document, attempts.c.reading.is_not(None))
    found: str | None = connection.execute(chosen.order_by(attempts.c.seq.desc()).limit(1)).scalar()
    return found


def tombstone_of(connection: Connection, document: str) -> Tombstone | None:
    """The tombstone of a document, or None where its words are there or never were."""
    row = connection.execute(select(*COLUMNS).where(entries.c.document == document, entries.c.kind == "tombstone").order_by(entries.c.seq).limit(1)).first()
    return None if row is None else decoded(row)


def paged(asking: Callable[[Select[Any]], list[Row[Any]]], statement: Select[Any], seq: Any) -> Iterator[Row[Any]]:
    """The rows of a statement in the order of a sequence column, page by page: no transaction stays open between two rows."""
    last = 0
    while True:
        rows = asking(statement.where(seq > last).order_by(seq).limit(PAGE))
        yield from rows
        if len(rows) < PAGE:
            return
        last = rows[-1].seq
