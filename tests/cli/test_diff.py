"""`sayso reread` and `sayso diff`: what a new reading says differently. All reports are invented."""

import json

import pytest
from tests.cli.conftest import harmless
from tests.desk.scripted import Scripted
from tests.store.made import SECOND

from sayso.desk.adding import reread
from sayso.store.ledger import open_ledger


@pytest.fixture
def reread_once(hostile):
    with open_ledger(str(hostile)) as ledger:
        list(reread(ledger, Scripted(SECOND, {"shelled": "ASSAULT", "arrested": "PROTEST"})))
    return hostile


def test_nothing_was_read_twice(sayso, store):
    assert sayso("diff") == "No document was read more than once with another outcome.\n"
    assert sayso.json("diff") == []


def test_the_difference(sayso, reread_once):
    out = sayso("diff")
    assert harmless(out)
    assert "rules 1 → rules 2; 1 claim as before" in out
    assert all(word in out for word in ("gone", "closed", "changed", "arrested", "COERCE", "PROTEST"))
    raw = sayso("diff", "--json")
    assert harmless(raw)
    first, second = json.loads(raw)
    assert set(first) == {"document", "before", "now", "same", "gone", "new", "changed"}
    assert first["same"] == 1
    assert first["gone"][0]["id"].startswith("clm_")
    assert first["changed"][0]["fields"] == [["act", "COERCE", "PROTEST"]]
    assert [one["document"] for one in sayso.json("diff", second["document"])] == [second["document"]]


def test_a_document_that_is_not_there(sayso, store):
    assert "there is no document 'doc_none' in the ledger: `sayso find --json`" in sayso.told("diff", "doc_none", code=1)[1]


def test_reread_with_a_stand_in(sayso, store, monkeypatch):
    monkeypatch.setattr("sayso.pipeline.Reader", lambda _config: Scripted(SECOND, failing=frozenset({"toll2"})))
    monkeypatch.setattr("sayso.cli.add.ensure_place_table", lambda: None)
    told = sayso.json("reread", code=1)
    assert (told["read"], told["unread"], told["added"], told["inputs"]) == (6, 1, 0, 7)
    assert told["failures"][0]["reason"] == "no pack: add one"
    assert sayso("reread").startswith("0 reports read, 0 claims.\nHead of the ledger: ")
