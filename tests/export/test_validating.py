"""Each rule warns of the row that breaks it and of no other. Rows are made for the tests."""

import io
from datetime import date
from pathlib import Path

import pytest
from tests.export.rows_made import acled, ged

from sayso.export.imported import Layout, read_rows
from sayso.export.validating import RULES, rules_of, validate

TODAY = date(2026, 1, 1)
REAL = Path(__file__).parents[2].parent / "shared" / "gold" / "ucdp"
BROKEN = {
    "ged-values": {"best": "many"},
    "ged-codes": {"where_prec": "9"},
    "ged-low-best": {"low": "5"},
    "ged-best-high": {"high": "2"},
    "ged-deaths-sum": {"deaths_b": "9"},
    "ged-one-death": {"best": "0", "high": "0", "low": "0", "deaths_a": "0", "deaths_b": "0"},
    "ged-date-order": {"date_end": "2024-05-01"},
    "ged-date-prec": {"date_end": "2024-05-12"},
    "ged-year": {"year": "2023"},
    "ged-coordinates": {"latitude": "91", "geom_wkt": "", "priogrid_gid": ""},
    "ged-point": {"geom_wkt": "POINT (29.2 1.6)"},
    "ged-grid": {"priogrid_gid": "1"},
    "ged-civilians": {"type_of_violence": "3"},
    "ged-government": {"side_a": "Hill Front", "dyad_name": "Hill Front - Valley Front"},
    "ged-dyad": {"dyad_name": "Government of Testland - Hill Front"},
    "ged-sources": {"number_of_sources": "2"},
    "acled-date": {"event_date": "some day"},
    "acled-sub-event": {"event_type": "Riots"},
    "acled-disorder": {"disorder_type": "Demonstrations"},
    "acled-kinds": {"inter1": "Army"},
    "acled-interaction": {"interaction": "Rebel group-State forces"},
    "acled-target-side": {
        "event_type": "Violence against civilians", "sub_event_type": "Attack", "civilian_targeting": "Civilian targeting",
    },
    "acled-one-side": {"actor2": ""},
    "acled-targeting": {"civilian_targeting": "Civilians targeted"},
    "acled-precision": {"time_precision": "4"},
    "acled-year": {"year": "2023"},
    "acled-coordinates": {"longitude": "east"},
    "acled-iso": {"iso": "999"},
    "acled-fatalities": {"fatalities": "-1"},
    "future": {"event_date": "2031-01-01", "year": "2031"},
}  # fmt: skip


def told(file: bytes):
    rows = read_rows(io.BytesIO(file))
    return validate(rows, rows.head.layout, TODAY)


def broken(file: bytes) -> set[str]:
    return {rule for rule, number in told(file).by_rule.items() if number}


def test_sound_rows_break_nothing():
    assert broken(acled()) == set()
    assert broken(ged()) == set()


def test_every_rule_is_tried():
    assert {rule.id for rule in RULES} | {"future"} == set(BROKEN)


@pytest.mark.parametrize(("rule", "change"), BROKEN.items())
def test_a_rule_warns_of_what_breaks_it_alone(rule, change):
    assert broken((ged if rule.startswith("ged") else acled)(change)) == {rule}


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("State forces", "", "State forces only"),
        ("1", "2", "12"),
        ("8", "1", "18"),
        ("External/Other forces", "Civilians", "External/Other forces-Civilians"),
        ("Civilians", "External/Other forces", "External/Other forces-Civilians"),
        ("Protesters", "Rioters", "Rioters-Protesters"),
        ("8", "7", "78"),
        ("6", "0", "60"),
    ],
)
def test_interactions_in_words_and_numbers_in_either_order(first, second, words):
    change = {"inter1": first, "inter2": second, "interaction": words}
    assert broken(acled(change if second not in ("", "0") else change | {"actor2": ""})) == set()


def test_a_warning_names_line_row_and_reason():
    found = told(ged({}, {"id": "77", "low": "5"}))
    one = found.examples["ged-low-best"][0]
    assert (one.line, one.row, one.why) == (3, "77", "low 5 is above best 4")
    assert (found.rows, found.warned, found.share("ged-low-best")) == (2, 1, 0.5)


def test_each_rule_says_what_it_asks_and_whose_it_is():
    for layout in (Layout.ACLED, Layout.UCDP):
        assert all(rule.what and rule.source and rule.layout is layout for rule in rules_of(layout))


@pytest.mark.skipif(not REAL.is_dir(), reason="the UCDP files are not beside this checkout")
def test_real_rows_break_few_rules():
    raw = (REAL / "ged231_sample_1000rows.csv").read_bytes()
    found = told(raw)
    assert found.rows == 1000
    assert {rule: number for rule, number in found.by_rule.items() if number} == {"ged-low-best": 8, "ged-best-high": 5, "ged-point": 1, "ged-dyad": 3}
