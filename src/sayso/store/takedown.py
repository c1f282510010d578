"""Taking a document's words out of the ledger: bodies are blanked, their digests stay, so that the chain still verifies."""

from dataclasses import replace

from sqlalchemy import Connection, Engine, delete, select, text, update

from sayso.errors import InputError
from sayso.model import Link, Review, Tombstone
from sayso.store import fulltext
from sayso.store.appending import Writer
from sayso.store.batch import Head
from sayso.store.carry import known_records
from sayso.store.fetching import COLUMNS, PAGE, decoded, fetch_reading, tombstone_of
from sayso.store.incidents import forget_incidents
from sayso.store.projector import Projector, chunks
from sayso.store.tables import attempts, claim_ids, deeds, entries, head, links, raw, reviews


def take_down(connection: Connection, tombstone: Tombstone, at: str) -> Head:
    """The head after the tombstone: bodies of the document and of all that speaks of it alone are blank, its raw bytes gone unless others rest on them."""
    document = tombstone.document
    before = tombstone_of(connection, document)
    if before is not None:
        raise InputError(f"{document!r} was taken down already, by {before.by!r} on {before.at[:10]} ({before.reason})")
    if connection.execute(select(entries.c.seq).where(entries.c.id == document, entries.c.kind == "document")).first() is None:
        raise InputError(f"{document!r} is no document of this ledger: `sayso find` shows the ids of documents")
    writer = Writer(connection, at)
    _blank_judgements(connection, document)
    digests = _raw_digests(connection, document)
    forget_incidents(connection, select(claim_ids.c.number).where(claim_ids.c.document == document))
    Projector(connection).forget_document(document)
    of_it = select(entries.c.id).where(entries.c.document == document).order_by(entries.c.seq)
    blanked = tuple(connection.execute(of_it).scalars())
    connection.execute(update(entries).where(entries.c.document == document).values(body=None))
    for some in chunks(blanked):
        connection.execute(delete(deeds).where(deeds.c.id.in_(some)))
    _drop_raws(connection, digests)
    fulltext.squeeze(connection)
    writer.enter(replace(tombstone, blanked=blanked), document)
    return writer.finish()


def after_takedown(engine: Engine) -> None:
    """Nothing; the store's own leftovers (write-ahead log, dead rows) are cleared of what was taken out."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            for table in ("entries", "raw", "documents", "claims", "names", "claim_names", "figures", "claim_words", "document_words"):
                connection.execute(text(f"VACUUM {table}"))


def _blank_judgements(connection: Connection, document: str) -> None:
    """Reviews and links of the document's records may tell its words, and have nothing left to speak of: they are blanked with it."""
    records: set[str] = {document}
    for identity in connection.execute(select(attempts.c.reading).where(attempts.c.document == document, attempts.c.reading.is_not(None))).scalars().all():
        reading = fetch_reading(connection, str(identity))
        if reading is not None:
            records |= known_records(reading)
    blank: list[str] = []
    for kind in ("review", "link"):
        last = 0
        while True:
            asked = select(*COLUMNS).where(entries.c.kind == kind, entries.c.seq > last, entries.c.body.is_not(None)).order_by(entries.c.seq).limit(PAGE)
            rows = connection.execute(asked).all()
            for row in rows:
                if _speaks_of(decoded(row), records):
                    blank.append(row.id)
                    records.add(row.id)  # what takes it back stands later, and may tell as much
            if len(rows) < PAGE:
                break
            last = rows[-1].seq
    for some in chunks(blank):
        connection.execute(update(entries).where(entries.c.id.in_(some)).values(document=document))
        for table in (reviews, links):
            connection.execute(delete(table).where(table.c.id.in_(some)))


def _speaks_of(record: Review | Link, records: set[str]) -> bool:
    return record.record in records if isinstance(record, Review) else record.first in records or record.second in records


def _raw_digests(connection: Connection, document: str) -> set[str]:
    """The digests of the raw bytes that the document or its extraction names."""
    found = set()
    for kind in ("document", "extraction"):
        for row in connection.execute(select(*COLUMNS).where(entries.c.document == document, entries.c.kind == kind, entries.c.body.is_not(None))):
            digest = decoded(row).raw_sha256
            if digest:
                found.add(digest)
    return found


def _drop_raws(connection: Connection, digests: set[str]) -> None:
    """Raw bytes go unless another document rests on them."""
    for digest in sorted(digests):
        others = connection.execute(text("SELECT count(*) FROM documents WHERE raw_sha256 = :digest"), {"digest": digest}).scalar()
        if not others:
            gone = connection.execute(delete(raw).where(raw.c.sha256 == digest)).rowcount
            connection.execute(update(head).values(raw_files=head.c.raw_files - gone))
