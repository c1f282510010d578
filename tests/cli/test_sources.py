"""`sayso sources`: a registry filled from tables, and what each source tells. All names are invented."""

import json

from tests.cli.conftest import harmless

KEYS = {"name", "kind", "side", "country", "registered", "documents", "claims", "incidents", "alone", "loaded", "quoted"}


def test_with_and_without_the_subcommand(sayso, store, hostile):
    """The environment and both options hold for either."""
    assert sayso("sources", "--store", store) == sayso("sources", "list", "--store", store)
    assert sayso.json("sources", "--store", store) == sayso.json("sources", "list", "--store", store)
    assert "Coast Wire" in sayso("sources", "--store", store)
    assert "Coast Wire" not in sayso("sources")
    assert "options stand after the subcommand" in sayso.told("sources", "--store", store, "list", code=2)[1]


def test_table_and_json(sayso, store):
    rows = {row["name"]: row for row in sayso.json("sources")}
    assert all(set(row) == KEYS for row in rows.values())
    assert list(rows) == ["Coast Wire", "Delta News", "Hill Paper", "Ministry of Defence"]
    assert rows["Hill Paper"]["alone"] == []
    assert rows["Delta News"]["quoted"] == [["vilifying", 2]]
    out = sayso("sources")
    assert "Loaded words" in out
    assert "vilifying 2" in out


def test_a_table_is_imported_whole_or_not_at_all(sayso, store, tmp_path, monkeypatch):
    good, wrong = tmp_path / "good.csv", tmp_path / "wrong.csv"
    good.write_text("name,kind,side,reason\nDelta News,agency,the delta,its masthead\n")
    wrong.write_text("name,kind\nHill Paper,press\nCoast Wire,paper\n")
    head = sayso.json("verify")["head"]
    assert "wrong.csv:3: kind 'paper' is none of agency" in sayso.told("sources", "import", wrong, "--by", "ada", code=1)[1]
    assert sayso.json("verify")["head"] == head
    assert sayso("sources", "import", good, "--by", "ada").startswith("1 source entered.\nHead of the ledger: ")
    told = sayso.json("sources", "import", good, "--by", "grace")
    assert set(told) == {"sources", "head"}
    assert (told["sources"][0]["set_by"], told["sources"][0]["id"][:4]) == ("grace", "rso_")
    row = next(row for row in sayso.json("sources") if row["name"] == "Delta News")
    assert (row["kind"], row["side"], row["registered"]["set_by"]) == ("agency", "the delta", "grace")
    monkeypatch.setenv("COLUMNS", "240")
    assert "grace: its masthead" in sayso("sources")


def test_imports_that_cannot_be(sayso, store, tmp_path, monkeypatch):
    assert "does not exist" in sayso.told("sources", "import", tmp_path / "none.csv", code=2)[1]
    path = tmp_path / "a.csv"
    path.write_text("name\nDelta\n")
    assert "no person's name" in sayso.told("sources", "import", path, "--by", "sayso link", code=1)[1]
    monkeypatch.setattr("sayso.cli.sources._LARGEST", 3)
    assert "split it" in sayso.told("sources", "import", path, "--by", "ada", code=1)[1]


def test_an_import_makes_a_ledger(sayso, tmp_path):
    path, rows = tmp_path / "new.sqlite", tmp_path / "a.jsonl"
    rows.write_text(json.dumps({"name": "Delta", "aliases": ["DN"]}))
    sayso("sources", "import", rows, "--by", "ada", "--store", path)
    (row,) = sayso.json("sources", "--store", path)
    assert (row["name"], row["documents"], row["registered"]["aliases"]) == ("Delta", 0, ["DN"])


def test_nothing_steers_the_terminal(sayso, hostile):
    assert harmless(sayso("sources"))
    assert harmless(sayso("sources", "--json"))
