"""Backups go into either kind of store with the same hashes; damaged ones leave nothing behind. All texts are invented."""

import gzip
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from tests.store.made import document
from tests.store.test_killed import content, write

from sayso.errors import DataError, InputError
from sayso.model import Paired, Tombstone
from sayso.model.words import Judgement
from sayso.store.batch import Batch
from sayso.store.ledger import open_ledger
from sayso.store.query import Query


@pytest.fixture(scope="session")
def saved(new_store: Callable[[str], str]) -> tuple[str, bytes]:
    """A ledger with everything in it, and its backup."""
    where = new_store("sqlite")
    write(where, 1, 7)
    stream = io.BytesIO()
    with open_ledger(where) as ledger:
        ledger.append(Batch(documents=(document(70, "Odd\x00 \ud800 text shelled"),)))
        first = next(ledger.documents())
        ledger.take_down(Tombstone(first.id, "ada", "a court's order", "2024-06-01"))
        ids = [row.id for row in ledger.find(Query(words="herders")).rows]
        told = Paired(ids[0], ids[1], 0.75, Judgement.SAME, (("same_day", 1.0, 1.5),))
        ledger.set_incidents([(min(ledger.claim_numbers(ids).values()), tuple(ids))], [told])
        assert ledger.backup(stream) == ledger.head()
    return where, stream.getvalue()


def test_a_restored_ledger_is_the_same(saved: tuple[str, bytes], store: str, new_store: Callable[[str], str]) -> None:
    where, held = saved
    with open_ledger(where) as other, open_ledger(store) as ledger:
        assert ledger.restore(io.BytesIO(held)) == other.head() == ledger.head()
        assert ledger.verify(other.head().hash).problems == ()
        assert ledger.counts() == other.counts()
        assert ledger.find(Query(limit=500)) == other.find(Query(limit=500))
        assert ledger.incidents(Query()) == other.incidents(Query())
        (incident,) = ledger.incidents(Query()).rows
        assert ledger.pairs(incident.number) == other.pairs(incident.number) != ()
        assert list(ledger.documents()) == list(other.documents())
        again = io.BytesIO()
        ledger.backup(again)
        assert gzip.decompress(again.getvalue()) == gzip.decompress(held)
    assert content(store) == content(where)
    write(store, 8, 9)
    with open_ledger(store) as ledger:
        assert ledger.verify().problems == ()
        with pytest.raises(InputError, match="holds something already"):
            ledger.restore(io.BytesIO(held))


def lines(held: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in gzip.decompress(held).splitlines()]


def packed(values: list[dict[str, Any]]) -> bytes:
    return gzip.compress(b"".join(json.dumps(value).encode() + b"\n" for value in values))


def _cut(values: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return values[:-3]


def _swapped(values: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [values[0], values[2], values[1], *values[3:]]


def _raw(values: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{**value, "bytes": "AAAA"} if "raw" in value else value for value in values]


def _no_raw(values: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [value for value in values if "raw" not in value]


def _time(values: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [values[0], {"entry": {**values[1]["entry"], "at": "1999"}}, *values[2:]]


def _body(values: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [*values[:2], {"entry": {**values[2]["entry"], "body": "{}"}}, *values[3:]]


def _field(values: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [values[0], {"entry": {**values[1]["entry"], "more": 1}}, *values[2:]]


def _line(values: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [*values[:2], {"strange": 1}, *values[2:]]


def _format(values: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"format": "another"}, *values[1:]]


@pytest.mark.parametrize("change", [_cut, _swapped, _raw, _no_raw, _time, _body, _field, _line, _format])
def test_a_changed_backup_leaves_nothing_behind(
    saved: tuple[str, bytes], new_store: Callable[[str], str], change: Callable[[list[dict[str, Any]]], list[dict[str, Any]]]
) -> None:
    with open_ledger(new_store("sqlite")) as ledger:
        with pytest.raises(DataError):
            ledger.restore(io.BytesIO(packed(change(lines(saved[1])))))
        assert ledger.counts() == {"claims": 0, "incidents": 0, "superseded": 0, "raw": 0, "raw_bytes": 0}
        assert ledger.restore(io.BytesIO(saved[1])).seq > 0


@pytest.mark.parametrize("held", [b"", b"no gzip", gzip.compress(b""), gzip.compress(b"[1]\n"), gzip.compress(b"[" * 100_000), gzip.compress(b'{"format": 1}')])
def test_what_is_no_backup(new_store: Callable[[str], str], held: bytes) -> None:
    with open_ledger(new_store("sqlite")) as ledger, pytest.raises(DataError, match="backup"):
        ledger.restore(io.BytesIO(held))


def test_a_backup_cut_off(saved: tuple[str, bytes], new_store: Callable[[str], str]) -> None:
    with open_ledger(new_store("sqlite")) as ledger:
        with pytest.raises(DataError, match="backup"):
            ledger.restore(io.BytesIO(saved[1][: len(saved[1]) // 2]))
        assert ledger.head().seq == 0
