"""`sayso toll`: each voice's count over time, as a table, JSON and a drawing. All reports are invented."""

import pytest
from defusedxml import ElementTree
from tests.cli.conftest import harmless


def test_table_and_blocks(sayso, store):
    out, err = sayso.told("toll")
    assert err == ""
    assert all(words in out for words in ("Totals as told", "The Health Ministry", "raised", "112", "Single acts", "The Eastern Front"))
    assert "96 (2024-05-07) → 112 (2024-05-09)" in out
    assert "155" not in out


def test_json(sayso, store):
    found = sayso.json("toll", "--since", "2024-05-08")
    assert set(found) == {"measure", "since", "totals", "acts", "undated", "earlier"}
    (series,) = found["totals"]
    assert set(series) == {"voice", "scope", "population", "side", "since", "points"}
    assert [point["point"] for point in series["points"]] == [112]
    assert found["acts"] == []


def test_filters_and_measure(sayso, store):
    assert [one["voice"] for one in sayso.json("toll", "market", "--source", "Delta News")["acts"]] == ["The Eastern Front"]
    assert "No voice tells how many were missing." in sayso("toll", "--measure", "missing")
    assert "No voice tells a total." in sayso("toll", "--measure", "missing")


def test_a_drawing(sayso, store, tmp_path):
    path = tmp_path / "new" / "toll.svg"
    assert "The Health Ministry" in sayso("toll", "--plot", path)
    drawn = ElementTree.fromstring(path.read_text(encoding="utf-8"))
    assert drawn.tag == "{http://www.w3.org/2000/svg}svg"
    assert "The Health Ministry" in path.read_text(encoding="utf-8")
    assert [one.name for one in path.parent.iterdir()] == ["toll.svg"]


@pytest.mark.parametrize("arguments", [("--since", "yesterday"), ("--measure", "hurt"), ("--limit", "5"), ("--after", "5")])
def test_what_is_not_understood(sayso, store, arguments):
    sayso.told("toll", *arguments, code=2)


def test_a_drawing_that_cannot_be_written(sayso, store, tmp_path):
    (tmp_path / "file").write_text("")
    assert "cannot write" in sayso.told("toll", "--plot", tmp_path / "file" / "toll.svg", code=2)[1]


def test_nothing_steers_the_terminal(sayso, hostile, tmp_path):
    assert harmless(sayso("toll", "--plot", tmp_path / "toll.svg"))
    assert harmless((tmp_path / "toll.svg").read_text(encoding="utf-8"))
    assert harmless(sayso("toll", "--json"))
