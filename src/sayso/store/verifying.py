"""Verifying: whether a ledger is as it was entered."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, Table, func, select, text

from sayso.errors import DataError
from sayso.model import Assignment, Carried, Coding, Copy, Document, Extraction, HandedIn, Link, Reading, Review, Skipped, Tombstone, sha256_bytes
from sayso.store import fulltext
from sayso.store.batch import GENESIS, Failed, Head, Verification
from sayso.store.chain import entry_hash, record_of, unpack
from sayso.store.coding_rows import doer
from sayso.store.fetching import fetch_document
from sayso.store.tables import (
    assigned,
    assignments,
    attempts,
    claim_ids,
    claims,
    codings,
    copies,
    deeds,
    documents,
    entries,
    hand_ins,
    links,
    raw,
    reviews,
    skips,
)
from sayso.store.tables import head as head_table

_PAGE = 200
_MOST = 100  # problems that are told one by one


def verify(connection: Connection, head: str | None = None) -> Verification:
    """What is wrong with the ledger of a connection, if anything; with the hash of a head kept elsewhere, whether that lies on the chain."""
    walk = _Walk(connection, head.strip().lower() if head else None)
    problems = walk.problems()
    told = tuple(problem for problem, _ in zip(problems, range(_MOST), strict=False))
    if len(told) == _MOST:
        told += (f"… and perhaps more: the first {_MOST} are told",)
    return Verification(not told, told, walk.last, walk.count)


class _Walk:
    """Goes over the entries once, keeping what the projections have to agree with."""

    def __init__(self, connection: Connection, wanted: str | None) -> None:
        self.connection = connection
        self.wanted = wanted
        self.last = Head(0, GENESIS)
        self.count = 0
        self.met = wanted is None or wanted == GENESIS
        self.blank: dict[int, str] = {}  # entries without a body, and their ids
        self.stones: dict[str, int] = {}  # ids of what takedowns took out, and the entry of the tombstone that names them
        self.documents = 0
        self.attempts = 0
        self.reviews = 0
        self.copies = 0
        self.links = 0
        self.coding: Counter[Table] = Counter()  # rows of double coding and of deeds
        self.raws: dict[str, str] = {}  # digests of raw bytes, and the first entry that names them; documents' before those of extractions alone
        self.extracted: dict[str, str] = {}
        self.numbers: dict[str, int] = {}  # claim ids and their numbers
        self.current: dict[str, set[str]] = {}  # the claims of each document's current reading
        self.next_number = 1

    def problems(self) -> Iterator[str]:
        """What is wrong, one by one, in the order of the chain."""
        last = 0
        while True:
            rows = self.connection.execute(select(entries).where(entries.c.seq > last).order_by(entries.c.seq).limit(_PAGE)).all()
            for row in rows:
                yield from self._entry(row)
            if len(rows) < _PAGE:
                break
            last = rows[-1].seq
        yield from self._ends()
        yield from self._raw()
        yield from self._projections()

    def _entry(self, row: Any) -> Iterator[str]:
        name = f"entry {row.seq} ({row.kind} {row.id})"
        self.count += 1
        texts = (row.kind, row.id, row.at, row.body_sha256, row.previous, row.hash)
        if not all(isinstance(one, str) for one in texts) or not isinstance(row.number, int | None) or not isinstance(row.document, str | None):
            yield f"{name}: holds values of another type than were entered"  # SQLite keeps whatever is put into a column
            return
        if row.seq != self.last.seq + 1:
            yield f"{name}: follows on entry {self.last.seq}: {abs(row.seq - self.last.seq - 1)} entries between them are missing"
        if row.previous != self.last.hash:
            yield f"{name}: does not follow on the entry before it: one was changed, put in, taken out or moved"
        if entry_hash(row.previous, row.seq, (row.kind, row.id), row.at, row.body_sha256) != row.hash:
            yield f"{name}: its kind, id, time, digest or hash was changed"
        self.last = Head(row.seq, row.hash)
        self.met = self.met or row.hash == self.wanted
        if row.number is not None and row.number < self.next_number:
            yield f"{name}: its claims are numbered from {row.number}, which is taken"
        self.next_number = max(self.next_number, row.number or 0)
        if row.body is None:
            self.blank[row.seq] = row.id
            return
        try:
            yield from self._body(name, row)
        except DataError as wrong:
            yield f"{name}: {wrong}"

    def _body(self, name: str, row: Any) -> Iterator[str]:
        import json

        body = unpack(row.body, name)
        if sha256_bytes(body) != row.body_sha256:
            yield f"{name}: its body was changed"
            return
        try:
            value = json.loads(body.decode("utf-8", "surrogatepass"))
        except (ValueError, RecursionError) as wrong:
            raise DataError(f"the body is no JSON: {wrong}") from wrong
        document = fetch_document(self.connection, row.document) if row.kind == "reading" and row.document else None
        record = record_of(row.kind, value, document)
        if record.id != row.id:
            yield f"{name}: its body has the id {record.id}"
        yield from self._record(name, row, record)

    def _record(self, name: str, row: Any, record: Any) -> Iterator[str]:
        speaks_of = None
        if isinstance(record, Document | Extraction) and record.raw_sha256:
            (self.raws if isinstance(record, Document) else self.extracted).setdefault(record.raw_sha256, name)
        if isinstance(record, Document):
            speaks_of = record.id
            self.documents += 1
        elif isinstance(record, Reading):
            speaks_of = record.document.id
            self.attempts += 1
            if not record.spans_hold():
                yield f"{name}: points at words that do not stand in its document"
            self._claims(row, record)
        elif isinstance(record, Failed | Extraction | Copy | Tombstone):
            speaks_of = record.document
            self.attempts += isinstance(record, Failed)
            if isinstance(record, Tombstone):
                self.stones.update(dict.fromkeys(record.blanked, row.seq))
        elif isinstance(record, Carried | Coding):
            speaks_of = row.document
        self.reviews += isinstance(record, Review)
        self.copies += isinstance(record, Copy)
        self.links += isinstance(record, Link)
        self._coding(record)
        if row.document != speaks_of:
            yield f"{name}: is filed under document {row.document!r}, but speaks of {speaks_of!r}"
        if (row.number is not None) != isinstance(record, Reading):
            yield f"{name}: has a number of claims, or lacks it"

    def _coding(self, record: Any) -> None:
        for kind, table in ((Assignment, assignments), (Coding, codings), (HandedIn, hand_ins), (Skipped, skips)):
            self.coding[table] += isinstance(record, kind)
        self.coding[assigned] += len(record.claims) if isinstance(record, Assignment) else 0
        self.coding[deeds] += bool(getattr(record, "key", "")) and bool(doer(record))

    def _claims(self, row: Any, reading: Reading) -> None:
        number = row.number or 0
        told = dict.fromkeys(claim.id for claim in reading.claims)
        for identity in told:
            if identity not in self.numbers:
                self.numbers[identity] = number
                number += 1
        self.next_number = max(self.next_number, number)
        self.current[reading.document.id] = set(told)

    def _ends(self) -> Iterator[str]:
        """The head, and what was blanked."""
        row = self.connection.execute(select(head_table.c.seq, head_table.c.hash, head_table.c.next_number)).first()
        if row is None or (row.seq, row.hash) != (self.last.seq, self.last.hash):
            noted = f"entry {row.seq}" if row is not None else "nothing"
            yield f"the head notes {noted}, but the last entry is {self.last.seq}: entries at the end were taken out or put in"
        if row is not None and row.next_number < self.next_number:
            yield f"the head would give the next claim number {row.next_number}, which is taken"
        for seq, identity in self.blank.items():
            # A tombstone is hashed with the ids of what it took out, and stands behind it.
            if self.stones.get(identity, 0) < seq:
                yield f"entry {seq}: its body is gone, but no tombstone says why"
        if not self.met:
            yield f"the head {self.wanted!r} does not lie on this chain: the ledger was changed since, or it is of another ledger"

    def _raw(self) -> Iterator[str]:
        """Raw bytes against their digests, one at a time, and against what names them."""
        digests = self.connection.execute(select(raw.c.sha256).order_by(raw.c.sha256)).scalars().all()
        noted = self.connection.execute(select(head_table.c.raw_files)).scalar()
        if noted != len(digests):
            yield f"there are {len(digests)} raw files, the head notes {noted}: some were taken out or put in"
        for digest in digests:
            if digest not in self.raws and digest not in self.extracted:
                yield f"raw bytes {digest}: no document names them"
            row = self.connection.execute(select(raw.c.bytes, raw.c.size).where(raw.c.sha256 == digest)).one()
            held = row.bytes
            if not isinstance(held, bytes) or sha256_bytes(held) != digest or len(held) != row.size:
                yield f"raw bytes {digest}: they were changed"
        # A takedown takes out what its document named; of an extraction alone nothing tells any more which document that was.
        named = self.raws if self.blank else self.extracted | self.raws
        for digest in sorted(named.keys() - set(digests)):
            yield f"raw bytes {digest}: they are gone, but {named[digest]} names them: put the file back from a backup"

    def _projections(self) -> Iterator[str]:
        """The tables that answer questions against the entries."""
        expected = {
            documents: self.documents,
            attempts: self.attempts,
            reviews: self.reviews,
            copies: self.copies,
            links: self.links,
            claim_ids: len(self.numbers),
            claims: sum(map(len, self.current.values())),
            **self.coding,
        }
        agree = True
        for table, wanted in expected.items():
            found = self.connection.execute(select(func.count()).select_from(table)).scalar_one()
            if found != wanted:
                agree = False
                yield f"table {table.name}: {found} rows for {wanted} in the entries; `Ledger.rebuild` makes it anew"
        for name, wanted in ((fulltext.DOCUMENTS, self.documents), (fulltext.CLAIMS, expected[claims])):
            found = self.connection.execute(text(f"SELECT count(*) FROM {name}")).scalar_one()  # noqa: S608 constants
            if found != wanted:
                agree = False
                yield f"table {name}: {found} rows for {wanted} in the entries; `Ledger.rebuild` makes it anew"
        if agree:
            yield from self._numbers()

    def _numbers(self) -> Iterator[str]:
        for table in (claim_ids, claims):
            for row in self.connection.execute(select(table.c.id, table.c.number, table.c.document)):
                if self.numbers.get(row.id) != row.number or (table is claims and row.id not in self.current.get(row.document, ())):
                    yield f"table {table.name}: claim {row.id} has number {row.number}, the entries say {self.numbers.get(row.id)}"
