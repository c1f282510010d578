"""Appending a batch within one transaction: what is new is sealed into the chain, and the projections follow."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace

from sqlalchemy import Connection, insert, select, update

from sayso.errors import DataError, InputError, LedgerError, Withdrawn
from sayso.model import Carried, Coding, Copy, Document, HandedIn, Link, Reading, Review, Tombstone, sha256_bytes
from sayso.model.words import CarryOutcome
from sayso.store.batch import Appended, Batch, Failed, Head
from sayso.store.carry import carry, known_records
from sayso.store.chain import Entry, Record, link, seal
from sayso.store.coded import check_decisions, deed, document_of
from sayso.store.coding_rows import project_coding
from sayso.store.fetching import COLUMNS, current_reading_id, decoded, fetch_reading, tombstone_of
from sayso.store.judged import taken_back
from sayso.store.projector import Projector, chunks
from sayso.store.tables import attempts, entries, raw, reviews
from sayso.store.tables import head as head_table

_HELD = 200  # entries written together


class Writer:
    """Seals records into the chain of one transaction."""

    def __init__(self, connection: Connection, at: str) -> None:
        self.connection = connection
        self.at = at
        asked = select(head_table.c.seq, head_table.c.hash, head_table.c.next_number)
        row = connection.execute(asked.with_for_update() if connection.dialect.name == "postgresql" else asked).first()
        if row is None:
            raise LedgerError("the ledger has lost its head: restore it from a backup (`sayso restore`)")
        self.head = Head(row.seq, row.hash)
        self.next_number: int = row.next_number
        self._held: list[Entry] = []

    def enter(self, record: Record, document: str | None, number: int | None = None) -> int:
        """Enter a record; returns its number in the chain."""
        entry = link(seal(record, document), self.head, self.at, number)
        self._held.append(entry)
        self.head = entry.head
        if len(self._held) >= _HELD:
            self.flush()
        return entry.seq

    def flush(self) -> None:
        """Write what is held, so that it can be read back."""
        if self._held:
            self.connection.execute(insert(entries), [asdict(entry) for entry in self._held])
            self._held.clear()

    def finish(self) -> Head:
        """Write what is held and the new head."""
        self.flush()
        self.connection.execute(update(head_table).values(seq=self.head.seq, hash=self.head.hash, next_number=self.next_number))
        return self.head


def append(connection: Connection, batch: Batch, at: str) -> Appended:
    """What of the batch is new, entered in one go, and what was known."""
    return _Appending(connection, batch, at).run()


class _Appending:
    def __init__(self, connection: Connection, batch: Batch, at: str) -> None:
        self.connection = connection
        self.batch = batch
        self.writer = Writer(connection, at)
        self.projector = Projector(connection)
        self.documents: dict[str, Document] = {document.id: document for document in batch.documents}
        self.new: list[str] = []
        self.known: list[str] = []
        failures = [Failed(document, failure, batch.origin) for document, failure in batch.failures]
        self.records: list[tuple[Record, str | None]] = [
            *((document, document.id) for document in batch.documents),
            *((one, one.document) for one in batch.extractions),
            *((one, None) for one in batch.sources),
            *((one, one.document.id) for one in batch.readings),
            *((one, one.document) for one in failures),
            *((one, None) for one in batch.reviews),
            *((one, None) for one in batch.carried),
            *((one, None) for one in batch.links),
            *((one, one.document) for one in batch.copies),
            *((one, None) for one in batch.assignments),
            *((one, None) for one in batch.codings),
            *((one, None) for one in batch.handed_in),
            *((one, None) for one in batch.skipped),
        ]
        self.there = _there(connection, [record.id for record, _ in self.records])

    def run(self) -> Appended:
        if self.batch.deed is not None and (done := deed(self.connection, *self.batch.deed)):
            return Appended((), done, self.writer.head)  # a retry: nothing is looked at twice
        self._check()
        check_decisions(self.connection, self.batch)
        self._raws()
        for record, document in self.records:
            if record.id in self.there:
                self.known.append(record.id)
                continue
            self.there.add(record.id)  # twice in one batch is known too
            self._enter(record, document)
            self.new.append(record.id)
        return Appended(tuple(self.new), tuple(self.known), self.writer.finish())

    def _check(self) -> None:
        """Nothing, where every document that a record speaks of is in the ledger or the batch, and was not taken down."""
        named = list(dict.fromkeys(document for _, document in self.records if document is not None))
        stones = _tombstones(self.connection, named)
        if stones:
            stone = next(iter(stones.values()))
            why = f"{stone.document!r} was taken down by {stone.by!r} on {stone.at[:10]} ({stone.reason})"
            raise Withdrawn(f"{why}: it is not taken in again; leave it out, and add the others")
        missing = [document for document in named if document not in self.documents]
        unknown = sorted(set(missing) - _there(self.connection, missing))
        if unknown:
            raise InputError(f"document {unknown[0]!r} is not in the ledger: add it with or before what speaks of it")

    def _raws(self) -> None:
        """The raw bytes that are not there yet. Each must be what a document or an extraction of the batch names; what a new one names must be there."""
        named = {document.raw_sha256: document.id for document in self.batch.documents if document.raw_sha256}
        named |= {one.raw_sha256: one.document for one in self.batch.extractions if one.raw_sha256}
        found = {sha256_bytes(one): one for one in self.batch.raws}
        for digest in found:
            if digest not in named:
                wanted = ", ".join(sorted(key for key in named if key not in found)) or "no raw bytes"
                raise DataError(f"raw bytes with {digest} belong to no document of the batch, which names {wanted}: hand in the bytes unaltered")
        there: set[str] = set()
        for some in chunks(found):
            there.update(self.connection.execute(select(raw.c.sha256).where(raw.c.sha256.in_(some))).scalars())
        self._all_kept(named, found)
        rows = [{"sha256": digest, "size": len(one), "bytes": one} for digest, one in found.items() if digest not in there]
        if rows:
            self.connection.execute(insert(raw), rows)
            self.connection.execute(update(head_table).values(raw_files=head_table.c.raw_files + len(rows)))

    def _all_kept(self, named: Mapping[str, str], found: Mapping[str, bytes]) -> None:
        """Nothing, where the raw bytes that new documents name are handed in or there: `verify` could not tell later whether they were lost."""
        wanted = {digest: document for digest, document in named.items() if digest not in found and document not in self.there}
        kept: set[str] = set()
        for some in chunks(wanted):
            kept.update(self.connection.execute(select(raw.c.sha256).where(raw.c.sha256.in_(some))).scalars())
        lost = sorted(wanted.keys() - kept)
        if lost:
            raise DataError(f"document {wanted[lost[0]]!r} names raw bytes with {lost[0]}, which are neither handed in nor in the ledger: hand them in")

    def _enter(self, record: Record, document: str | None) -> None:
        if isinstance(record, Reading):
            self._enter_reading(record)
            return
        if isinstance(record, Carried):
            document = self._document_of_reading(record.reading)
        elif isinstance(record, Coding):
            document = document_of(self.connection, record.claim)  # taken down with it: its reason may tell the words
        seq = self.writer.enter(record, document)
        if isinstance(record, Document):
            self.projector.document(seq, record)
        elif isinstance(record, Failed):
            self.projector.failure(seq, record)
        elif isinstance(record, Review):
            self.projector.review(seq, record)
        elif isinstance(record, Copy):
            self.projector.copy(seq, record)
        elif isinstance(record, Link):
            self.projector.link(seq, record)
        elif isinstance(record, Carried):
            self.projector.carried(record, document)
        if isinstance(record, HandedIn):
            self.writer.flush()  # its assignment may stand in the same batch
        project_coding(self.connection, seq, record, document)

    def _document_of_reading(self, reading: str) -> str:
        found: str | None = self.connection.execute(select(attempts.c.document).where(attempts.c.reading == reading)).scalar()
        if found is None:
            raise InputError(f"a carried review names reading {reading!r}, which is not in the ledger: append the reading first")
        return found

    def _enter_reading(self, reading: Reading) -> None:
        """The reading, and what becomes of the reviews of the readings before it."""
        if not reading.spans_hold():
            raise DataError(f"the reading of {reading.document.id!r} points at words that do not stand in its text: read the document anew")
        document = reading.document.id
        before = current_reading_id(self.connection, document)
        number = self.writer.next_number
        seq = self.writer.enter(reading, document, number)
        carried = self._carried(before, reading) if before else []
        self.writer.next_number = self.projector.reading(seq, reading, number)
        for one in carried:
            self.writer.enter(one, document)
            self.there.add(one.id)
            self.new.append(one.id)
            self.projector.carried(one, document)

    def _carried(self, before: str, new: Reading) -> list[Carried]:
        """What becomes of each review that speaks of an earlier reading of the document, in the order in which they were made."""
        self.writer.flush()
        old = fetch_reading(self.connection, before)
        if old is None:
            return []
        standing = _reviews_of(self.connection, old)
        gone = taken_back(self.connection, [identity for identity, _ in standing])
        standing = [one for one in standing if one[0] not in gone]
        if not standing:
            return []
        olds = {old.id: (old, known_records(old))}
        return [self._carry(identity, review, olds, new) for identity, review in standing]

    def _carry(self, identity: str, review: Review, olds: dict[str, tuple[Reading, frozenset[str]]], new: Reading) -> Carried:
        home = self._home(review, olds, new)
        if home is None:
            return Carried(identity, new.id, CarryOutcome.CONFLICT, None, "no reading holds the record that it speaks of: look again")
        return replace(carry((review,), home, new)[0], review=identity)

    def _home(self, review: Review, olds: dict[str, tuple[Reading, frozenset[str]]], new: Reading) -> Reading | None:
        """The latest reading that holds the review's record, looked for among those in hand first; None where none does."""
        for reading, records in olds.values():
            if review.record in records:
                return reading
        asked = select(attempts.c.reading).where(attempts.c.document == new.document.id, attempts.c.reading.is_not(None)).order_by(attempts.c.seq.desc())
        for identity in self.connection.execute(asked).scalars().all():
            older = None if identity in olds else fetch_reading(self.connection, identity)
            if older is not None:
                olds[identity] = (older, known_records(older))
                if review.record in olds[identity][1]:
                    return older
        return None


def _reviews_of(connection: Connection, old: Reading) -> list[tuple[str, Review]]:
    """The reviews that speak of a reading's records or wait in its document's queue, in order: their ids, and as they stand now."""
    found: dict[int, tuple[str, Review]] = {}
    tests = [reviews.c.standing.in_(ids) for ids in chunks(known_records(old))]
    for test in (reviews.c.document == old.document.id, *tests):
        asked = select(*COLUMNS, reviews.c.standing).join(reviews, reviews.c.seq == entries.c.seq).where(test)
        for row in connection.execute(asked):
            if row.body is not None:
                found[row.seq] = (row.id, replace(decoded(row), record=row.standing))
    return [found[seq] for seq in sorted(found)]


def _there(connection: Connection, ids: list[str]) -> set[str]:
    """Those of the ids that the ledger holds."""
    found: set[str] = set()
    for some in chunks(ids):
        found.update(connection.execute(select(entries.c.id).where(entries.c.id.in_(some))).scalars())
    return found


def _tombstones(connection: Connection, documents: list[str]) -> Mapping[str, Tombstone]:
    """The tombstones of those of the documents that were taken down."""
    return {stone.document: stone for stone in _stones(connection, documents)}


def _stones(connection: Connection, documents: list[str]) -> Iterator[Tombstone]:
    for some in chunks(documents):
        asked = select(entries.c.document).where(entries.c.kind == "tombstone", entries.c.document.in_(some))
        for document in connection.execute(asked).scalars().all():
            stone = tombstone_of(connection, document)
            if stone is not None:
                yield stone
