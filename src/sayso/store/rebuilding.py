"""Making the projections anew from the entries."""

from sqlalchemy import Connection, delete, select, update

from sayso.model import Carried, Copy, Document, Link, Review
from sayso.store import fulltext
from sayso.store.batch import Failed
from sayso.store.coding_rows import project_coding
from sayso.store.fetching import PAGE, decoded, with_document
from sayso.store.incident_rows import summarise
from sayso.store.incidents import mark_disputed
from sayso.store.projector import Projector
from sayso.store.tables import PROJECTIONS, claim_ids, claims, entries, head, incident_claims, incident_pairs


def rebuild(connection: Connection) -> None:
    """The tables that answer questions, made anew from the entries, within the caller's transaction. Numbers and incidents stay."""
    for table in PROJECTIONS:
        connection.execute(delete(table))
    for words in (fulltext.CLAIMS, fulltext.DOCUMENTS):
        fulltext.clear(connection, words)
    projector = Projector(connection)
    last, following = 0, 1
    while True:
        asked = select(entries).where(entries.c.seq > last).order_by(entries.c.seq).limit(PAGE)
        rows = connection.execute(asked).all()
        for row in rows:
            last = row.seq
            if row.number is not None:
                following = max(following, row.number)
            if row.body is None:
                continue  # taken down
            if row.kind == "reading":
                following = projector.reading(row.seq, with_document(connection, row), row.number)
            else:
                record = decoded(row)
                _apply(projector, row.seq, record, row.document)
                project_coding(connection, row.seq, record, row.document)
        if len(rows) < PAGE:
            break
    known: int = connection.execute(select(head.c.next_number)).scalar_one()
    connection.execute(update(head).values(next_number=max(known, following)))
    connection.execute(delete(incident_claims).where(incident_claims.c.number.not_in(select(claims.c.number))))
    for end in (incident_pairs.c.first, incident_pairs.c.second):
        connection.execute(delete(incident_pairs).where(end.not_in(select(claim_ids.c.number))))
    mark_disputed(connection)
    summarise(connection)


def _apply(projector: Projector, seq: int, record: object, document: str | None) -> None:
    if isinstance(record, Document):
        projector.document(seq, record)
    elif isinstance(record, Failed):
        projector.failure(seq, record)
    elif isinstance(record, Review):
        projector.review(seq, record)
    elif isinstance(record, Copy):
        projector.copy(seq, record)
    elif isinstance(record, Link):
        projector.link(seq, record)
    elif isinstance(record, Carried):
        projector.carried(record, document)
