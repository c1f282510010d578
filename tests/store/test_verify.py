"""Tampering is found: any byte of any row, rows taken out, put in or moved. Takedowns still verify. All texts are invented."""

import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text
from tests.store.made import FIRST, SECOND, clock, document, read, with_raw

from sayso.errors import DataError, InputError, Withdrawn
from sayso.model import Copy, Document, Extraction, Link, Reading, Review, Tombstone, sha256_bytes
from sayso.model.words import CopyKind, Judgement, Verdict
from sayso.store import opening
from sayso.store.batch import Batch, Head
from sayso.store.ledger import Ledger, open_ledger
from sayso.store.query import Query
from sayso.store.verifying import verify


def filled(ledger: Ledger) -> tuple[list[Document], list[Reading], Head]:
    """Three documents with raw bytes, extractions, readings (the first read twice), a review and a link."""
    pairs = [with_raw(number) for number in (1, 2, 3)]
    documents = [made for made, _ in pairs]
    readings = [read(made) for made in documents]
    extractions = tuple(Extraction(made.id, "html", "test 1", "text/html", made.raw_sha256) for made in documents)
    ledger.append(Batch(tuple(documents), extractions, tuple(raw for _, raw in pairs), tuple(readings)))
    review = Review(readings[0].claims[0].id, Verdict.REJECT, "ada", "2024-05-06", "the herders were in Suakin")
    link = Link(readings[0].claims[0].id, readings[1].claims[0].id, Judgement.SAME, "ada", "both of Wad Hassan")
    copy = Copy(documents[1].id, documents[0].id, CopyKind.EXACT, 1.0, "test")
    done = ledger.append(Batch(readings=(read(documents[0], SECOND),), reviews=(review,), links=(link,), copies=(copy,)))
    return documents, readings, done.head


_BODIES = text("SELECT seq, body FROM entries")
TAMPERED = {
    "time": ("UPDATE entries SET at = '2020-01-01T00:00:00Z' WHERE seq = 2", "entry 2"),
    "kind": ("UPDATE entries SET kind = 'extraction' WHERE seq = 8", "entry 8"),
    "id": ("UPDATE entries SET id = 'doc_0' WHERE seq = 1", "entry 1"),
    "document": ("UPDATE entries SET document = 'doc_0' WHERE seq = 4", "entry 4"),
    "digest": ("UPDATE entries SET body_sha256 = 'sha256:0' WHERE seq = 2", "entry 2"),
    "hash": ("UPDATE entries SET hash = 'abc' WHERE seq = 3", "entry 3"),
    "number": ("UPDATE entries SET number = 1 WHERE seq = 8", "entry 8"),
    "blanked": ("UPDATE entries SET body = NULL WHERE seq = 3", "no tombstone"),
    "deleted": ("DELETE FROM entries WHERE seq = 5", "entry 6"),
    "deleted at the end": ("DELETE FROM entries WHERE seq = (SELECT max(seq) FROM entries)", "at the end"),
    "raw deleted": ("DELETE FROM raw WHERE sha256 = (SELECT min(sha256) FROM raw)", "raw files"),
    "raw put in": ("INSERT INTO raw VALUES ('sha256:0', 1, '!')", "raw bytes sha256:0"),
    "claims deleted": ("DELETE FROM claims WHERE number = 1", "table claims"),
    "claims renumbered": ("UPDATE claims SET number = 99 WHERE number = 1", "number 99"),
    "words deleted": ("DELETE FROM claim_words WHERE rowid = 1", "table claim_words"),
    "documents deleted": ("DELETE FROM documents WHERE seq = 1", "table documents"),
}


@pytest.fixture(params=["sqlite", "postgresql"])
def filled_store(request: pytest.FixtureRequest, new_store: Callable[[str], str], kept_stores: dict[tuple[str, str], str]) -> str:
    """A store that tests tamper with, made once a kind: what they do is rolled back."""
    key = (__name__, request.param)
    if key not in kept_stores:
        where = new_store(request.param)
        with open_ledger(where, clock=clock()) as ledger:
            filled(ledger)
            assert ledger.verify().problems == ()
        kept_stores[key] = where
    return kept_stores[key]


@contextmanager
def tampered(where: str) -> Iterator[Callable[..., str]]:
    """Changes rows behind the ledger's back and tells what verifying says; all is as it was afterwards."""
    engine = opening.connect(where, create=False)
    with engine.connect().execution_options(**{opening.WRITE: True}) as connection:

        def change(*statements: str, **values: object) -> str:
            with connection.begin() as transaction:
                for statement in statements:
                    connection.execute(text(statement), {name: value for name, value in values.items() if f":{name}" in statement})
                found = verify(connection)
                transaction.rollback()
            assert found.sound is not bool(found.problems)
            return "\n".join(found.problems)

        yield change
    engine.dispose()


@pytest.mark.parametrize("name", TAMPERED)
def test_a_changed_row_is_found(filled_store: str, name: str) -> None:
    statement, told = TAMPERED[name]
    with tampered(filled_store) as change:
        assert told in change(statement)
        assert change() == ""


def test_each_changed_byte_of_a_body_or_of_raw_bytes_is_found(filled_store: str) -> None:
    engine = opening.connect(filled_store, create=False)
    with opening.reading(engine, filled_store) as connection:
        rows = [(f"UPDATE entries SET body = :held WHERE seq = {row.seq}", bytes(row.body)) for row in connection.execute(_BODIES)]
        raws = connection.execute(text("SELECT sha256, bytes FROM raw")).all()
    engine.dispose()
    rows += [(f"UPDATE raw SET bytes = :held WHERE sha256 = '{row.sha256}'", bytes(row.bytes)) for row in raws]
    with tampered(filled_store) as change:
        for number, (statement, held) in enumerate(rows):
            place = (number * 37) % len(held)
            assert change(statement, held=held[:place] + bytes([held[place] ^ 1]) + held[place + 1 :]), statement


def test_a_body_exchanged_with_its_digest_is_found(filled_store: str) -> None:
    body = b'{"$record":"Document","text":"Another text"}'
    with tampered(filled_store) as change:
        put = "UPDATE entries SET body = :body, body_sha256 = :digest WHERE seq = 1"
        assert "entry 1" in change(put, body=zlib.compress(body), digest=sha256_bytes(body))
        bomb = zlib.compress(b"[" * 100_000)
        assert "entry 1" in change(put, body=bomb, digest=sha256_bytes(b"[" * 100_000))


def test_rows_put_in_or_moved_are_found(filled_store: str) -> None:
    put = "INSERT INTO entries SELECT 1000, kind, 'rev_other', document, at, number, body, body_sha256, previous, hash FROM entries WHERE kind = 'review'"
    moves = tuple(f"UPDATE entries SET seq = {new} WHERE seq = {old}" for old, new in ((2, 2000), (3, 2), (2000, 3)))
    with tampered(filled_store) as change:
        assert "entry 1000" in change(put)
        assert "entry 2" in change(*moves)


def test_a_chain_written_anew_is_found_by_a_head_kept_elsewhere(new_store: Callable[[str], str]) -> None:
    one, two = new_store("sqlite"), new_store("sqlite")
    with open_ledger(one, clock=clock()) as ledger:
        _, _, kept = filled(ledger)
        ledger.append(Batch(documents=(document(9),)))
        assert ledger.verify(kept.hash.upper()).sound
    with open_ledger(two) as ledger:
        filled(ledger)
        assert ledger.verify().sound
        assert "does not lie on this chain" in "\n".join(ledger.verify(kept.hash).problems)


def test_a_document_blanked_under_the_tombstone_of_another_one_is_found(new_store: Callable[[str], str]) -> None:
    where = new_store("sqlite")
    with open_ledger(where, clock=clock()) as ledger:
        documents, _, _ = filled(ledger)
        ledger.take_down(Tombstone(documents[2].id, "ada", "asked for", "2024-05-07"))
        assert ledger.verify().sound
        last = ledger.head().seq
        ledger.append(Batch(documents=(document(9),)))
    with tampered(where) as change:
        assert "entry 1: its body is gone" in change(f"UPDATE entries SET body = NULL, document = '{documents[2].id}' WHERE seq = 1")
        late = f"UPDATE entries SET body = NULL, kind = 'extraction', document = '{documents[2].id}' WHERE seq = {last + 1}"
        assert f"entry {last + 1}: its body is gone" in change(late)
        # Any other record filed under the tombstone's document: only what the tombstone names may be blank.
        other = f"UPDATE entries SET body = NULL, document = '{documents[2].id}' WHERE kind = '{{}}' AND body IS NOT NULL"
        for kind in ("extraction", "reading"):
            assert "its body is gone" in change(other.format(kind))


def test_a_takedown_leaves_a_tombstone_that_verifies(store: str) -> None:
    with open_ledger(store, clock=clock()) as ledger:
        documents, readings, before = filled(ledger)
        gone, stays = documents[0], documents[1]
        number = ledger.claim_numbers([readings[1].claims[0].id])
        ledger.set_incidents([(1, (readings[0].claims[0].id, readings[1].claims[0].id))])
        stone = Tombstone(gone.id, "ada", "a court's order", "2024-06-01T00:00:00Z")
        ledger.take_down(stone)
        assert ledger.verify(before.hash).problems == ()
        assert ledger.document(gone.id) is None
        assert ledger.reading(readings[0].id) is None
        assert ledger.readings_of(gone.id) == ()
        assert ledger.raw(gone.raw_sha256 or "") is None
        assert ledger.raw(stays.raw_sha256 or "") is not None
        assert list(ledger.documents()) == documents[1:]
        assert gone.id not in {row.document for row in ledger.find(Query(superseded=True)).rows}
        assert gone not in ledger.documents_with("herders")
        assert (list(ledger.links()), list(ledger.reviews())) == ([], [])
        (left,) = ledger.tombstones()
        assert replace(left, blanked=()) == stone
        assert {gone.id, readings[0].id} <= set(left.blanked)
        assert ledger.tombstone(gone.id) == left
        assert [row.document for row in ledger.incident(1)] == [stays.id]
        assert gone not in list(ledger.unread(FIRST))
        ledger.rebuild()
        assert ledger.claim_numbers([readings[1].claims[0].id]) == number
        assert ledger.verify(before.hash).problems == ()
        with pytest.raises(Withdrawn, match="a court's order"):
            ledger.append(Batch(documents=(gone,)))
        with pytest.raises(InputError, match="taken down already"):
            ledger.take_down(stone)
        with pytest.raises(InputError, match="no document of this ledger"):
            ledger.take_down(Tombstone("doc_none", "ada", "none", "2024-06-01"))
        assert ledger.append(Batch(documents=(document(7),), readings=(read(document(7)),))).new
        assert ledger.verify().problems == ()


def test_raw_bytes_stay_where_another_document_rests_on_them(store: str) -> None:
    made, raw = with_raw(1)
    other = document(2, made.text, raw_sha256=made.raw_sha256)
    with open_ledger(store) as ledger:
        ledger.append(Batch(documents=(made, other), raws=(raw,)))
        ledger.take_down(Tombstone(made.id, "ada", "a court's order", "2024-06-01"))
        assert ledger.raw(made.raw_sha256 or "") == raw
        ledger.take_down(Tombstone(other.id, "ada", "a court's order", "2024-06-01"))
        assert ledger.raw(made.raw_sha256 or "") is None
        assert ledger.verify().problems == ()


def test_words_of_a_takedown_are_not_in_the_file(tmp_path: Path) -> None:
    where = tmp_path / "l.sqlite"
    secret = document(5, "The Zebulon Column shelled quagmires in Suakin on 4 May, killing 9 people.", title="Zebulon", raw_sha256=None)
    with open_ledger(str(where)) as ledger:
        filled(ledger)
        ledger.append(Batch(documents=(secret,), readings=(read(secret),)))
        review = Review(read(secret).claims[0].id, Verdict.AMEND, "ada", "2024-05-06", "quagmires are no people", '{"actor": "Zebulon"}')
        ledger.append(Batch(readings=(read(secret, SECOND),), reviews=(review,)))
        words = (b"zebulon", b"quagmires")
        held = where.read_bytes().lower() + where.with_name("l.sqlite-wal").read_bytes().lower()
        assert all(word in held for word in words)
        bodies = [bytes(row[0]) for row in sqlite3.connect(where).execute("SELECT body FROM entries WHERE document = ?", (secret.id,))]
        ledger.take_down(Tombstone(secret.id, "ada", "a court's order", "2024-06-01"))
        held = where.read_bytes() + where.with_name("l.sqlite-wal").read_bytes()
        assert not any(word in held.lower() for word in words)
        assert not any(body[8:40] in held for body in bodies)
        assert ledger.verify().problems == ()


def test_a_raw_file_that_vanished_or_was_replaced_is_named(filled_store: str) -> None:
    with open_ledger(filled_store) as ledger:
        made = next(ledger.documents())
    digest, other = made.raw_sha256, sha256_bytes(b"other bytes")
    gone = f"raw bytes {digest}: they are gone, but entry 1 (document {made.id}) names them"
    blob = f"X'{b'other bytes'.hex()}'" if filled_store.endswith(".sqlite") else f"'\\x{b'other bytes'.hex()}'"
    with tampered(filled_store) as change:
        # The count in the head is changed with it.
        found = change(f"DELETE FROM raw WHERE sha256 = '{digest}'", "UPDATE head SET raw_files = raw_files - 1")
        assert gone in found
        assert "the head notes" not in found
        found = change(f"UPDATE raw SET sha256 = '{other}', bytes = {blob}, size = 11 WHERE sha256 = '{digest}'")
        assert gone in found
        assert f"raw bytes {other}: no document names them" in found


def test_raw_bytes_that_are_named_have_to_be_handed_in(store: str) -> None:
    made, raw = with_raw(1)
    with open_ledger(store) as ledger:
        with pytest.raises(DataError, match="neither handed in nor in the ledger"):
            ledger.append(Batch(documents=(made,)))
        assert ledger.head().seq == 0
        ledger.append(Batch(documents=(made,), raws=(raw,)))
        ledger.append(Batch(documents=(document(2, made.text, raw_sha256=made.raw_sha256), made)))
        assert ledger.verify().problems == ()
