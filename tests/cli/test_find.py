"""`sayso find`: tables for people, JSON for programs, and errors that name the next step. All reports are invented."""

import pytest
from tests.cli.conftest import harmless

KEYS = {
    "number", "id", "document", "source", "title", "published", "type", "mode", "modality", "voices", "actor", "recipient", "place", "country", "admin1",
    "lat", "lon", "date_from", "date_to", "figures", "status", "incident", "quote", "superseded", "kinds",
}  # fmt: skip


def test_table_and_json(sayso, store, monkeypatch):
    monkeypatch.setenv("COLUMNS", "240")  # no cell is broken into lines
    out, err = sayso.told("find", "market", "--modality", "actual")
    assert err == ""
    assert all(words in out for words in ("Who says so", "The Eastern Front", "43 killed", "Kassala", "2024-05-03", "unreviewed"))
    page = sayso.json("find", "market", "--type", "assault", "--modality", "actual")
    assert set(page) == {"rows", "next"}
    assert all(set(row) == KEYS for row in page["rows"])
    figure = {"measure": "killed", "low": 43, "high": 43, "status": "unknown", "modality": "actual"}
    assert figure in [one for row in page["rows"] for one in row["figures"]]


@pytest.mark.parametrize(
    ("filters", "sources"),
    [
        (("--actor", "military forces of sudan", "--since", "2024-05-03", "--until", "2024-05-03"), {"Delta News", "Hill Paper", "Ministry of Defence"}),
        (("--place", "Port Sudan", "--type", "coerce"), {"Coast Wire"}),
        (("--source", "hill paper"), {"Hill Paper"}),
        (("--voice", "Ministry"), {"Ministry of Defence"}),
        (("--country", "sd", "--status", "unreviewed", "--modality", "denied", "--source", "delta"), {"Delta News"}),
        (("--country", "SDN", "--status", "unreviewed", "--modality", "denied", "--source", "delta"), {"Delta News"}),
        (("--status", "rejected"), set()),
        (("no", "such", "words"), set()),
        (('";--',), set()),
        (("market", "OR", "arrested"), set()),  # words are no query language
    ],
)
def test_filters(sayso, store, filters, sources):
    assert {row["source"] for row in sayso.json("find", *filters, "--limit", 100)["rows"]} == sources


def test_replaced_reports_only_where_asked(sayso, store):
    now = sayso.json("find", "teachers", "--type", "COERCE")["rows"]
    every = sayso.json("find", "teachers", "--type", "COERCE", "--superseded")["rows"]
    assert not any(row["superseded"] for row in now)
    assert any(row["superseded"] for row in every)
    assert "(superseded)" in sayso("find", "teachers", "--superseded")


def test_pages_follow_on_one_another(sayso, store):
    whole = [row["number"] for row in sayso.json("find", "--limit", 100)["rows"]]
    out, found, after = sayso("find", "--limit", 3), [], None
    assert f"There are more: --after {whole[2]}" in out
    while True:
        page = sayso.json("find", "--limit", 3, *(("--after", after) if after else ()))
        found += [row["number"] for row in page["rows"]]
        after = page["next"]
        if after is None:
            break
    assert found == whole


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--since", "May"), "'May' is no day: write it as 2024-05-04"),
        (("--since", "2024-06-01", "--until", "2024-05-01"), "2024-06-01 is after --until 2024-05-01"),
        (("--country", "Sudan"), "'Sudan' is no code of ISO 3166: write SD or SDN"),
        (("--until", "2024-13-01"), "is no day"),
        (("--type", "attack"), "'attack' is no type of act: use AGREE"),
        (("--limit", "0"), "--limit"),
        (("--limit", "10001"), "--limit"),
        (("--after", "9" * 30), "--after"),
        (("--status", "good"), "unreviewed"),
        (("--rank",), "No such option"),
    ],
)
def test_what_is_not_understood(sayso, store, arguments, words):
    assert words in sayso.told("find", *arguments, code=2)[1]


def test_no_ledger_names_the_next_step(sayso, tmp_path):
    out, err = sayso.told("find", "--store", tmp_path / "none.sqlite", code=3)
    assert out == ""
    assert "there is no ledger at" in err
    assert "sayso add" in err
    assert not (tmp_path / "none.sqlite").exists()
    assert "no ledger but another kind of file" in sayso.told("find", "--store", __file__, code=3)[1]
    assert "is a folder" in sayso.told("find", "--store", tmp_path, code=3)[1]


def test_the_option_goes_before_the_environment(sayso, store, hostile):
    assert "Kassala" not in sayso("find")
    assert "Kassala" in sayso("find", "--store", store)


def test_nothing_steers_the_terminal(sayso, hostile):
    out = sayso("find")
    assert harmless(out)
    assert "\\u001b" in out
    out = sayso("find", "--json")
    assert harmless(out)
    assert {row["source"] for row in sayso.json("find")["rows"]} == {"\x1b[31mDelta\x9b2J \u202enews\x07"}  # JSON gives it back unaltered
