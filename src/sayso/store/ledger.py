"""Ledger: everything that was ever entered, chained by hashes; and the tables made from it that answer questions."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, Row, Select, exists, func, select

from sayso.errors import NoLedger
from sayso.model import Carried, Copy, Document, Extraction, Link, Origin, Paired, Reading, RegisteredSource, Review, Tombstone
from sayso.store import fetching, opening
from sayso.store.batch import Appended, Batch, Failed, Head, Verification
from sayso.store.chain import origin_key
from sayso.store.folding import clean
from sayso.store.query import FoundClaim, IncidentPage, ListedDocument, Page, Query, QueuePage, QueueQuery
from sayso.store.tables import attempts, claim_ids, claims, copies, documents, entries, incident_claims, raw
from sayso.store.tables import head as head_table

if TYPE_CHECKING:
    from sayso.store.coded import Coded
    from sayso.store.people import People
    from sayso.store.schema import SchemaState


def now() -> str:
    """The time now: UTC, ISO 8601, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def open_ledger(where: str, *, create: bool = True, clock: Callable[[], str] = now) -> "Ledger":
    """The ledger at a path or `postgresql://…`; made where there is none and `create` allows it; one of an older schema is taken to the newest.

    NoLedger where there is none, or something else; Unwritable where it has to be written and cannot be.
    """
    from sayso.store import schema

    engine = opening.connect(where, create)
    try:
        found = schema.state(engine, where)
        if found.found is None and not create:
            raise NoLedger(f"there is no ledger at {opening.shown(where)!r} yet: make one by `sayso add`, or name another with --store")
        if not found.current:
            schema.migrate(engine, where)
    except BaseException:
        engine.dispose()
        raise
    return Ledger(engine, where, clock)


def schema_of(where: str) -> "SchemaState":
    """The schema of the ledger at a place, which is left as it is, and the newest one. NoLedger where there is none, or a newer one."""
    from sayso.store import schema

    engine = opening.connect(where, create=False)
    try:
        found = schema.state(engine, where)
    finally:
        engine.dispose()
    if found.found is None:
        raise NoLedger(f"there is no ledger at {opening.shown(where)!r} yet: make one by `sayso add`, or name another with --store")
    return found


def migrate_ledger(where: str) -> "SchemaState":
    """The schema that the ledger at a place had; now it has the newest. NoLedger where there is none, or a newer one."""
    found = schema_of(where)
    open_ledger(where, create=False).close()
    return found


class Ledger:
    """Append-only records in one store. Each call is a transaction of its own; records stream page by page, so that appending between two is fine."""

    def __init__(self, engine: Engine, where: str, clock: Callable[[], str]) -> None:
        self._engine = engine
        self.where = where
        self._clock = clock

    @property
    def people(self) -> "People":
        """Who works at the desk, and what they did there."""
        from sayso.store.people import People

        return People(self._engine, self.where, self._clock)

    @property
    def coded(self) -> "Coded":
        """What several people code under seal, and deeds by their keys."""
        from sayso.store.coded import Coded

        return Coded(self._read)

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(self, kind: type[BaseException] | None, wrong: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Nothing; all connections are given back."""
        self._engine.dispose()

    def _read(self) -> AbstractContextManager[Connection]:
        return opening.reading(self._engine, self.where)

    def _write(self) -> AbstractContextManager[Connection]:
        return opening.writing(self._engine, self.where)

    def _rows(self, statement: Select[Any]) -> list[Row[Any]]:
        with self._read() as connection:
            return list(connection.execute(statement).all())

    # --- writing ---

    def append(self, batch: Batch) -> Appended:
        """What of the batch was new and what was known by id, and the head after it: all is entered, or nothing.

        A second reading of a document carries the reviews of the one before it. Withdrawn where a document was taken down; InputError where a record
        speaks of a document that is not there; DataError where raw bytes are not those that a document names, or are not handed in, or a reading's spans
        do not hold.
        """
        from sayso.store.appending import append

        with self._write() as connection:
            return append(connection, batch, self._clock())

    def set_incidents(self, groups: Iterable[tuple[int, tuple[str, ...]]], pairs: Iterable[Paired] = ()) -> None:
        """Nothing; the incidents are these now: of each its number (the smallest of its claims'), the ids of its claims, and how its accounts compared."""
        from sayso.store.incidents import set_incidents

        with self._write() as connection:
            set_incidents(connection, groups, pairs)

    def take_down(self, tombstone: Tombstone) -> Head:
        """The head after a document's words, and everything made from them, were taken out; the tombstone stays. InputError where it is not there."""
        from sayso.store.takedown import after_takedown, take_down

        with self._write() as connection:
            head = take_down(connection, tombstone, self._clock())
        with opening.told(self.where):
            after_takedown(self._engine)
        return head

    def rebuild(self) -> None:
        """Nothing; the tables that answer questions are made anew from the entries. Claim numbers and incidents stay."""
        from sayso.store.rebuilding import rebuild

        with self._write() as connection:
            rebuild(connection)

    # --- the chain ---

    def head(self) -> Head:
        """The last entry's number and hash; 0 and zeros of an empty ledger."""
        with self._read() as connection:
            row = connection.execute(select(head_table.c.seq, head_table.c.hash)).one()
        return Head(row.seq, row.hash)

    def verify(self, head: str | None = None) -> Verification:
        """Whether everything is as it was entered; with a head's hash kept elsewhere, whether that lies on the chain."""
        from sayso.store.verifying import verify

        with self._read() as connection:
            return verify(connection, head)

    def backup(self, stream: IO[bytes]) -> Head:
        """The head of what was written: a portable file of all entries, raw bytes and incidents, as they were at one moment."""
        from sayso.store.portable import write

        with self._read() as connection:
            return write(connection, stream)

    def restore(self, stream: IO[bytes]) -> Head:
        """The head of what was read back from a portable file and verified. InputError where the ledger holds anything; DataError of a damaged file."""
        from sayso.store.portable import restore

        with self._write() as connection:
            return restore(connection, stream)

    # --- records ---

    def has(self, identity: str) -> bool:
        """Whether a record with this id was entered (also where its words were taken out since)."""
        with self._read() as connection:
            return connection.execute(select(entries.c.seq).where(entries.c.id == identity)).first() is not None

    def document(self, identity: str) -> Document | None:
        """A document by id; None where there is none, or it was taken down."""
        with self._read() as connection:
            return fetching.fetch_document(connection, identity)

    def documents(self) -> Iterator[Document]:
        """All documents that were not taken down, in the order of entry."""
        return self._records("document")

    def documents_at(self, url: str) -> tuple[Document, ...]:
        """The documents published at a URL, the oldest entry first: versions of one article."""
        return self._chosen(select(documents.c.id).where(documents.c.url == clean(url)))

    def documents_given(self, source: str, given_id: str) -> tuple[Document, ...]:
        """The documents to which a source gave this id, the oldest entry first."""
        return self._chosen(select(documents.c.id).where(documents.c.source == clean(source), documents.c.given_id == clean(given_id)))

    def documents_with(self, words: str, limit: int = 50) -> tuple[Document, ...]:
        """The documents whose title and text hold all the words, those entered last first; also those without a claim."""
        from sayso.store.finding import documents_with

        with self._read() as connection:
            return documents_with(connection, words, limit)

    def listed_documents(self, below: int | None = None, limit: int = 50) -> tuple[ListedDocument, ...]:
        """Documents as a list shows them, those entered last first; `below` is the entry of the last one of the page before."""
        counted = select(func.count()).where(claims.c.document == documents.c.id).scalar_subquery()
        chosen = select(documents, counted.label("told")).order_by(documents.c.seq.desc()).limit(limit)
        if below is not None:
            chosen = chosen.where(documents.c.seq < below)
        return tuple(
            ListedDocument(row.seq, row.id, row.source, row.title, row.published, row.superseded_by is not None, row.told) for row in self._rows(chosen)
        )

    def documents_by_source(self) -> Mapping[str, int]:
        """How many documents there are of each source, by its name as published; those that a newer version replaces are left out."""
        asked = select(documents.c.source, func.count()).where(documents.c.superseded_by.is_(None)).group_by(documents.c.source)
        with self._read() as connection:
            return {row[0]: int(row[1]) for row in connection.execute(asked)}

    def superseded_by(self, document: str) -> str | None:
        """The id of the newer version that replaces a document; None where there is none."""
        with self._read() as connection:
            found: str | None = connection.execute(select(documents.c.superseded_by).where(documents.c.id == document)).scalar()
        return found

    def raw(self, sha256: str) -> bytes | None:
        """Raw bytes by the `sha256:…` that a document names, unaltered; None where they were not kept."""
        with self._read() as connection:
            found = connection.execute(select(raw.c.bytes).where(raw.c.sha256 == sha256)).scalar()
        return None if found is None else bytes(found)

    def extraction(self, document: str) -> Extraction | None:
        """How a document's text was got out of its raw bytes: the record entered last."""
        asked = select(*fetching.COLUMNS).where(entries.c.document == document, entries.c.kind == "extraction", entries.c.body.is_not(None))
        rows = self._rows(asked.order_by(entries.c.seq.desc()).limit(1))
        return fetching.decoded(rows[0]) if rows else None

    def reading(self, identity: str) -> Reading | None:
        """A reading by id, its document within; None where there is none, or it was taken down."""
        with self._read() as connection:
            return fetching.fetch_reading(connection, identity)

    def readings_of(self, document: str) -> tuple[Reading, ...]:
        """All readings of a document, the one appended first first: the last is the current one."""
        with self._read() as connection:
            asked = select(attempts.c.reading).where(attempts.c.document == document, attempts.c.reading.is_not(None)).order_by(attempts.c.seq)
            found = [fetching.fetch_reading(connection, identity) for identity in connection.execute(asked).scalars().all()]
        return tuple(one for one in found if one is not None)

    def current_reading(self, document: str) -> Reading | None:
        """The reading of a document that was appended last."""
        with self._read() as connection:
            identity = fetching.current_reading_id(connection, document)
            return fetching.fetch_reading(connection, identity) if identity else None

    def readings(self, superseded: bool = True) -> Iterator[Reading]:
        """The current reading of each document, in the order in which documents were entered; with or without those that a newer version replaces."""
        asked = select(documents.c.seq, documents.c.id)
        for row in fetching.paged(self._rows, asked if superseded else asked.where(documents.c.superseded_by.is_(None)), documents.c.seq):
            reading = self.current_reading(row.id)
            if reading is not None:
                yield reading

    def read_again(self) -> Iterator[str]:
        """The ids of documents that were read more than once, in the order in which they were entered."""
        several = select(attempts.c.document).where(attempts.c.reading.is_not(None)).group_by(attempts.c.document).having(func.count() > 1)
        asked = select(documents.c.seq, documents.c.id).where(documents.c.id.in_(several))
        return (row.id for row in fetching.paged(self._rows, asked, documents.c.seq))

    def unread(self, origin: Origin) -> Iterator[Document]:
        """The documents that this origin has neither read nor failed to read, in the order of entry. What is taken down is left out."""
        tried = exists().where(attempts.c.origin == origin_key(origin), attempts.c.document == documents.c.id)
        for row in fetching.paged(self._rows, select(documents.c.seq, documents.c.id).where(~tried), documents.c.seq):
            document = self.document(row.id)
            if document is not None:
                yield document

    def is_read(self, document: str) -> bool:
        """Whether anything has read a document, or tried to."""
        with self._read() as connection:
            return connection.execute(select(attempts.c.seq).where(attempts.c.document == document).limit(1)).first() is not None

    def reviews(self) -> Iterator[Review]:
        """All reviews, in the order of entry."""
        return self._records("review")

    def carried(self) -> Iterator[Carried]:
        """What became of reviews at later readings, in the order of entry."""
        return self._records("carried")

    def links(self) -> Iterator[Link]:
        """All links, in the order of entry: a later one of the same two claims and maker replaces an earlier one."""
        return self._records("link")

    def copies(self, standing: bool = False) -> Iterator[Copy]:
        """All judgements that a document copies another one, in the order of entry; or only those that no later verdict took back."""
        if not standing:
            return self._records("copy")
        asked = select(*fetching.COLUMNS).join(copies, copies.c.seq == entries.c.seq).where(copies.c.standing, entries.c.body.is_not(None))
        return (fetching.decoded(row) for row in fetching.paged(self._rows, asked, entries.c.seq))

    def copies_of(self, documents: Iterable[str]) -> tuple[tuple[Copy, ...], tuple[Link, ...]]:
        """The copies that stand among these documents and all that hang together with them, and people's links of documents there."""
        from sayso.store.judged import copies_of

        with self._read() as connection:
            return copies_of(connection, documents)

    def links_of(self, documents: Iterable[str]) -> tuple[Link, ...]:
        """The links of these documents and of claims of any of their readings, in the order of entry."""
        from sayso.store.judged import links_of

        with self._read() as connection:
            return links_of(connection, documents)

    def reviews_of(self, records: Iterable[str]) -> tuple[Review, ...]:
        """The reviews that now speak of these records, in the order of entry; those in conflict with a new reading are left out."""
        from sayso.store.judged import reviews_of

        with self._read() as connection:
            return reviews_of(connection, records)

    def sources(self) -> Iterator[RegisteredSource]:
        """All that was registered about sources, in the order of entry: a later one of a name replaces an earlier one."""
        return self._records("source")

    def failures(self) -> Iterator[Failed]:
        """The documents that gave no reading, and why, in the order of entry."""
        return self._records("failure")

    def tombstones(self) -> Iterator[Tombstone]:
        """The documents that were taken down, in that order."""
        return self._records("tombstone")

    def tombstone(self, document: str) -> Tombstone | None:
        """The tombstone of a document; None where it was not taken down."""
        with self._read() as connection:
            return fetching.tombstone_of(connection, document)

    def counts(self) -> Mapping[str, int]:
        """How many there are: entries by kind, `claims` (of current readings), `incidents`, `superseded` documents, `raw` files and `raw_bytes`."""
        with self._read() as connection:
            kinds = {row[0]: int(row[1]) for row in connection.execute(select(entries.c.kind, func.count()).group_by(entries.c.kind))}
            superseded = select(func.count()).select_from(documents).where(documents.c.superseded_by.is_not(None))
            files, size = connection.execute(select(func.count(), func.coalesce(func.sum(raw.c.size), 0))).one()
            return {
                **kinds,
                "claims": connection.execute(select(func.count()).select_from(claims)).scalar_one(),
                "incidents": connection.execute(select(func.count(incident_claims.c.incident.distinct()))).scalar_one(),
                "superseded": connection.execute(superseded).scalar_one(),
                "raw": int(files),
                "raw_bytes": int(size),
            }

    # --- claims and incidents ---

    def find(self, query: Query) -> Page:
        """A page of the claims that meet a query, those entered last first."""
        from sayso.store.finding import find

        with self._read() as connection:
            return find(connection, query)

    def queue(self, query: QueueQuery) -> QueuePage:
        """A page of the claims that wait for review."""
        from sayso.store.queueing import queue

        with self._read() as connection:
            return queue(connection, query)

    def waiting(self) -> int:
        """How many claims wait for review."""
        from sayso.store.queueing import waiting

        with self._read() as connection:
            return waiting(connection)

    def taken_back(self, reviews: Iterable[str]) -> frozenset[str]:
        """Those of the reviews, by id, that were taken back."""
        from sayso.store.judged import taken_back

        with self._read() as connection:
            return taken_back(connection, reviews)

    def last_decision(self, record: str) -> str | None:
        """The id of the last decision about a record, or about a decision on it; None where there is none."""
        from sayso.store.judged import last_about

        with self._read() as connection:
            return last_about(connection, record)

    def claim(self, number: int) -> FoundClaim | None:
        """The claim of that number; None where no current reading holds it."""
        from sayso.store.finding import claim

        with self._read() as connection:
            return claim(connection, number)

    def document_of_claim(self, identity: str) -> str | None:
        """The id of the document that a claim of any reading, current or not, is from."""
        with self._read() as connection:
            found: str | None = connection.execute(select(claim_ids.c.document).where(claim_ids.c.id == identity)).scalar()
        return found

    def incident_of(self, number: int) -> int | None:
        """The number of the incident that the claim of that number is in."""
        with self._read() as connection:
            found: int | None = connection.execute(select(incident_claims.c.incident).where(incident_claims.c.number == number)).scalar()
        return found

    def claim_numbers(self, ids: Iterable[str]) -> Mapping[str, int]:
        """The numbers of claims by id; ids that no reading ever held are left out."""
        from sayso.store.incidents import claim_numbers

        with self._read() as connection:
            return claim_numbers(connection, ids)

    def incidents(self, query: Query) -> IncidentPage:
        """A page of the incidents of which a claim meets the query, the highest number first, each summed up over all its claims."""
        from sayso.store.incidents import incidents

        with self._read() as connection:
            return incidents(connection, query)

    def view(self) -> "AbstractContextManager[Connection]":
        """A transaction that only reads, for `store.viewing`."""
        return self._read()

    def incident(self, number: int) -> tuple[FoundClaim, ...]:
        """The claims of an incident, in the order of entry; none where there is no such incident."""
        from sayso.store.incidents import incident

        with self._read() as connection:
            return incident(connection, number)

    def pairs(self, incident: int) -> tuple[Paired, ...]:
        """How the accounts of an incident compared when it was folded; none where an older sayso folded it."""
        from sayso.store.incidents import pairs

        with self._read() as connection:
            return pairs(connection, incident)

    # --- inside ---

    def _records(self, kind: str) -> Iterator[Any]:
        asked = select(*fetching.COLUMNS).where(entries.c.kind == kind, entries.c.body.is_not(None))
        return (fetching.decoded(row) for row in fetching.paged(self._rows, asked, entries.c.seq))

    def _chosen(self, ids: Select[tuple[str]]) -> tuple[Document, ...]:
        asked = select(*fetching.COLUMNS).where(entries.c.kind == "document", entries.c.id.in_(ids), entries.c.body.is_not(None))
        return tuple(fetching.decoded(row) for row in self._rows(asked.order_by(entries.c.seq)))
