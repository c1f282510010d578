"""Projector: brings one entered record into the tables that answer questions. Appending and rebuilding do it in the same way."""

import json
from collections.abc import Iterable

from sqlalchemy import Connection, delete, insert, select, text, update
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from sayso.model import Carried, Copy, Document, Link, Reading, Review
from sayso.model.words import CarryOutcome, Verdict
from sayso.store import fulltext
from sayso.store.batch import Failed
from sayso.store.chain import origin_key
from sayso.store.coding_rows import settle_skip
from sayso.store.fetching import COLUMNS, current_reading_id, decoded, fetch_reading
from sayso.store.folding import clean, folded_words
from sayso.store.projecting import UNREVIEWED, Projected, project
from sayso.store.tables import attempts, claim_ids, claim_names, claims, codings, copies, documents, entries, figures, links, names, reviews

STATUS = {Verdict.ACCEPT.value: "accepted", Verdict.REJECT.value: "rejected", Verdict.AMEND.value: "amended"}
CONFLICT = "conflict"
_CHUNK = 500  # values of one IN list


def chunks(values: Iterable[str]) -> Iterable[list[str]]:
    """The values in lists that both stores take in one statement."""
    held = list(values)
    return (held[start : start + _CHUNK] for start in range(0, len(held), _CHUNK))


class Projector:
    """Writes projections within a transaction."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def document(self, seq: int, document: Document) -> None:
        """A document: its metadata, its words for the search, and that it replaces an older one or is replaced."""
        newer = select(documents.c.id).where(documents.c.supersedes == document.id).order_by(documents.c.seq.desc()).limit(1)
        row = {
            "seq": seq,
            "id": document.id,
            "source": clean(document.source.name),
            "superseded_by": self.connection.execute(newer).scalar(),
            **{name: _text(getattr(document, name)) for name in ("given_id", "url", "title", "published", "language", "raw_sha256", "supersedes")},
        }
        self.connection.execute(insert(documents), row)
        fulltext.put(self.connection, fulltext.DOCUMENTS, [(seq, folded_words(f"{document.title or ''} {document.text}"))])
        if document.supersedes and document.supersedes != document.id:
            self._supersede(document.supersedes, document.id)

    def _supersede(self, old: str, new: str | None) -> None:
        self.connection.execute(update(documents).where(documents.c.id == old).values(superseded_by=new))
        self.connection.execute(update(claims).where(claims.c.document == old).values(superseded=new is not None))

    def reading(self, seq: int, reading: Reading, number: int) -> int:
        """A reading, now the current one of its document: returns the number after those of its new claims, which begin at `number`."""
        document = reading.document.id
        self.connection.execute(insert(attempts), {"seq": seq, "document": document, "origin": origin_key(reading.origin), "reading": reading.id})
        asked = select(claim_ids.c.id, claim_ids.c.number).where(claim_ids.c.document == document)
        known: dict[str, int] = {row.id: row.number for row in self.connection.execute(asked)}
        fresh = [identity for identity in dict.fromkeys(claim.id for claim in reading.claims) if identity not in known]
        given = {identity: number + offset for offset, identity in enumerate(fresh)}
        if given:
            self.connection.execute(insert(claim_ids), [{"number": one, "id": identity, "document": document} for identity, one in given.items()])
        if known:
            self.forget_claims(document)
        replaced = self.connection.execute(select(documents.c.superseded_by).where(documents.c.id == document)).scalar()
        self._put(project(reading, known | given, replaced is not None))
        return number + len(fresh)

    def _put(self, projected: Projected) -> None:
        if not projected.claims:
            return
        self.connection.execute(insert(claims), projected.claims)
        inserting = insert_sqlite if self.connection.dialect.name == "sqlite" else insert_postgresql
        self.connection.execute(inserting(names).on_conflict_do_nothing(), list(projected.names.values()))
        self.connection.execute(insert(claim_names), projected.claim_names)
        if projected.figures:
            self.connection.execute(insert(figures), projected.figures)
        fulltext.put(self.connection, fulltext.CLAIMS, projected.words)

    def forget_claims(self, document: str) -> None:
        """The current claims of a document are out of the tables; their numbers stay."""
        numbers = list(self.connection.execute(select(claims.c.number).where(claims.c.document == document)).scalars())
        if not numbers:
            return
        fulltext.drop(self.connection, fulltext.CLAIMS, numbers)
        for table in ("claim_names", "figures", "claims"):
            self.connection.execute(text(f"DELETE FROM {table} WHERE number = :number"), [{"number": number} for number in numbers])  # noqa: S608 constants

    def forget_document(self, document: str) -> None:
        """Nothing of a document is left in the tables: neither claims nor names that only it had."""
        of_it = select(claims.c.number).where(claims.c.document == document)
        called = list(self.connection.execute(select(claim_names.c.name).distinct().where(claim_names.c.number.in_(of_it))).scalars())
        self.forget_claims(document)
        for name in called:
            left = select(claim_names.c.number).where(claim_names.c.name == name).limit(1)
            if self.connection.execute(left).first() is None:
                self.connection.execute(delete(names).where(names.c.id == name))
        row = self.connection.execute(select(documents.c.seq, documents.c.supersedes).where(documents.c.id == document)).first()
        if row is not None:
            fulltext.drop(self.connection, fulltext.DOCUMENTS, [row.seq])
            self.connection.execute(delete(documents).where(documents.c.seq == row.seq))
            if row.supersedes:
                other = select(documents.c.id).where(documents.c.supersedes == row.supersedes).order_by(documents.c.seq.desc()).limit(1)
                self._supersede(row.supersedes, self.connection.execute(other).scalar())
        for table in (attempts, claim_ids, reviews, copies, codings):
            self.connection.execute(delete(table).where(table.c.document == document))

    def failure(self, seq: int, failed: Failed) -> None:
        """A document that could not be read."""
        self.connection.execute(insert(attempts), {"seq": seq, "document": failed.document, "origin": origin_key(failed.origin), "reading": None})

    def review(self, seq: int, review: Review) -> None:
        """A person's verdict; a claim has the status of the last one."""
        document = self.connection.execute(select(claim_ids.c.document).where(claim_ids.c.id == review.record)).scalar()
        row = {"seq": seq, "id": review.id, "verdict": review.verdict.value, "standing": review.record, "document": document}
        self.connection.execute(insert(reviews), row)
        if (about := self._reviewed(review.record)) is not None:
            self._fold(about)
            return
        if review.record.startswith("skp_"):
            self._fold_skip(review.record)
            return
        self.connection.execute(update(copies).where(copies.c.id == review.record).values(standing=review.verdict is not Verdict.REJECT))
        self._status(review.record, STATUS[review.verdict.value])
        self._amend(review.record, review.amendment)

    def _reviewed(self, record: str) -> str | None:
        """The record that a review speaks of, through reviews of reviews; None where the record is no review."""
        about = None
        while (row := self.connection.execute(select(reviews.c.standing).where(reviews.c.id == record)).first()) is not None:
            about = record = row.standing
        return about

    def _fold_skip(self, skip: str) -> None:
        from sayso.store.judged import taken_back

        settle_skip(self.connection, skip, skip not in taken_back(self.connection, [skip]))

    def _fold(self, claim: str) -> None:
        """A claim as its standing reviews make it, after one was taken back."""
        if claim.startswith("skp_"):
            self._fold_skip(claim)
            return
        from sayso.store.judged import reviews_of  # which asks in chunks, as this module makes them

        document = self.connection.execute(select(claim_ids.c.document).where(claim_ids.c.id == claim)).scalar()
        current = current_reading_id(self.connection, document) if document else None
        reading = fetch_reading(self.connection, current) if current else None
        read = next((one for one in reading.claims if one.id == claim), None) if reading else None
        if read is None:
            return
        told = {"type": _text(read.act.type), "mode": _text(read.act.mode), "modality": read.modality.value, "status": UNREVIEWED}
        self.connection.execute(update(claims).where(claims.c.id == claim).values(**told))
        for one in reviews_of(self.connection, [claim]):
            self._status(claim, STATUS[one.verdict.value])
            self._amend(claim, one.amendment)

    def copy(self, seq: int, copy: Copy) -> None:
        """A judgement that a document reprints another one."""
        row = {"seq": seq, "id": copy.id, "document": copy.document, "original": copy.original, "standing": True}
        self.connection.execute(insert(copies), row)

    def link(self, seq: int, link: Link) -> None:
        """A judgement on two claims or two documents."""
        self.connection.execute(insert(links), {"seq": seq, "id": link.id, "first": link.first, "second": link.second})

    def carried(self, carried: Carried, document: str | None) -> None:
        """What a new reading made of a review."""
        row = self.connection.execute(select(reviews.c.verdict).where(reviews.c.id == carried.review)).first()
        if row is None:
            return
        told = {"outcome": carried.outcome.value, "document": document}
        if carried.outcome is CarryOutcome.CONFLICT:
            told["near"] = carried.record
        else:
            told |= {"near": None, "standing": carried.record}
        self.connection.execute(update(reviews).where(reviews.c.id == carried.review).values(**told))
        if carried.record:
            self._status(carried.record, CONFLICT if carried.outcome is CarryOutcome.CONFLICT else STATUS[row.verdict])
        if carried.record and carried.outcome is not CarryOutcome.CONFLICT and row.verdict == Verdict.AMEND.value:
            entered = self.connection.execute(select(*COLUMNS).where(entries.c.id == carried.review)).first()
            self._amend(carried.record, decoded(entered).amendment if entered is not None and entered.body is not None else None)

    def _status(self, claim: str, status: str) -> None:
        self.connection.execute(update(claims).where(claims.c.id == claim).values(status=status))

    def _amend(self, claim: str, amendment: str | None) -> None:
        """A claim is found and shown as the last amendment of each field says; what was read stays in the entries."""
        try:
            fields = json.loads(amendment) if amendment else None
        except (ValueError, RecursionError):
            return  # whoever enters amendments checks them; here nothing can be done about one
        if isinstance(fields, dict):
            told = {name: fields[name] for name in ("type", "mode", "modality") if isinstance(fields.get(name), str)}
            if "type" in told or ("mode" in fields and fields["mode"] is None):
                told.setdefault("mode", None)  # a mode is one of its type
            if told:
                self.connection.execute(update(claims).where(claims.c.id == claim).values(**{name: _text(value) for name, value in told.items()}))


def _text(value: str | None) -> str | None:
    return None if value is None else clean(value)
