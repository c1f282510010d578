"""`sayso read --min-confidence`: what is less sure is left out of every format, and counted."""

import json
from dataclasses import replace

import pytest
from tests.cli.conftest import StandInReader

from sayso.model import Figure, Reading
from sayso.model.claim import Responsibility
from sayso.model.words import Measure

REPORT = "The army said on Tuesday that nine people had been killed in the town."


@pytest.fixture(name="half_sure")
def a_reader_that_is_half_sure(stand_in, monkeypatch):
    whole = StandInReader.read_one

    def read_one(self, document):
        reading = whole(self, document)
        claims = tuple(replace(claim, confidence=0.5, responsibility=Responsibility(reason="a passive")) for claim in reading.claims)
        figure = Figure(document.span(30, 41), Measure.KILLED, 9, 9, claims[0].voices, claim=claims[0].id, confidence=0.9)
        return Reading(document, claims=claims, figures=(figure,))

    monkeypatch.setattr(StandInReader, "read_one", read_one)


@pytest.fixture(name="path")
def path_of_a_report(tmp_path):
    (tmp_path / "r.txt").write_text(REPORT)
    return tmp_path / "r.txt"


@pytest.mark.parametrize(("least", "claims", "note"), [("0.5", 1, None), ("0.6", 0, "1 claim under the least confidence of 0.6 not shown")])
def test_json_leaves_out_what_is_less_sure(run, half_sure, path, least, claims, note):
    view = json.loads(run("read", path, "--format", "jsonl", "--min-confidence", least).stdout)
    assert len(view["claims"]) == claims
    assert [one["claim"] for one in view["figures"]] == ["c1" if claims else None]
    assert view["figures"][0]["confidence"] == 0.9
    assert [one for one in view["notes"] if "confidence" in one] == ([note] if note else [])


def test_table_and_page_count_what_they_leave_out(run, half_sure, path):
    told = "1 claim and 1 figure under the least confidence of 0.95 not shown"
    table = run("read", path, "--min-confidence", "0.95").stdout
    page = run("read", path, "--min-confidence", "0.95", "--format", "html").stdout
    for shown in (table, page):
        assert told in shown
        assert "There is no claim to show." in shown


def test_nobody_told_is_an_answer(run, half_sure, path):
    table = run("read", path, "--explain").stdout
    assert "by: cannot tell" in table
    assert "by: cannot tell: a passive" in table
    assert "by: cannot tell" in run("read", path, "--format", "html").stdout
    view = json.loads(run("read", path, "--format", "jsonl").stdout)
    assert view["claims"][0]["responsibility"] == {"status": "unknown", "voices": [], "reason": "a passive"}


@pytest.mark.parametrize("least", ["1.5", "-1", "much"])
def test_a_confidence_is_a_number_from_nought_to_one(run, path, least):
    assert run("read", path, "--min-confidence", least).exit_code == 2
