"""Each rule warns of the row that breaks it and of no other. Rows are made for the tests."""

import io
from datetime import date
from pathlib import Path

import pytest
from tests.export.rows_made import acled, ged

from sayso.export.columns import GED_COLUMNS
from sayso.export.imported import Layout, read_rows
from sayso.export.validating import FUTURE, RULES, TWICE, rule_texts, rules_of, validate

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
    "acled-id": {"event_id_cnty": "7"},
    "acled-source": {"source": ""},
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
    return validate(rows, TODAY)


def broken(file: bytes) -> set[str]:
    return {rule for rule, number in told(file).by_rule.items() if number}


def test_sound_rows_break_nothing():
    assert broken(acled()) == set()
    assert broken(ged()) == set()


def test_every_rule_is_tried():
    assert {rule.id for rule in RULES} | {FUTURE} == set(BROKEN)
    assert set(rule_texts(Layout.UCDP)) == {rule.id for rule in rules_of(Layout.UCDP)} | {FUTURE, TWICE}


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


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        ({"best": "-1", "deaths_b": "-2", "low": "-3"}, {"ged-values"}),
        ({"date_prec": "2"}, {"ged-date-prec"}),
        ({"date_prec": "3", "date_end": "2024-05-12"}, {"ged-date-prec"}),
        ({"date_prec": "3", "date_end": "2024-05-13"}, set()),
        ({"date_prec": "4", "date_end": "2024-06-06"}, set()),
        ({"date_prec": "5", "date_end": "2024-06-06"}, {"ged-date-prec"}),
        ({"date_prec": "5", "date_end": "2025-05-09"}, {"ged-date-prec"}),
        ({"number_of_sources": "-1", "source_office": ""}, set()),
        ({"best": "0", "low": "0", "deaths_a": "0", "deaths_b": "0"}, set()),
        ({"dyad_name": "Government of Testland  - Valley Front"}, {"ged-dyad"}),
        ({"id": "300380.0", "best": "4.0", "date_start": "1715040000.0", "date_end": "1715040000.0", "year": "2024.0"}, set()),
    ],
)
def test_rules_of_ged_where_they_turn(change, rules):
    assert broken(ged(change)) == rules


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        ({"inter1": "1.0", "inter2": "2.0", "interaction": "12.0"}, set()),
        ({"inter1": "1", "inter2": "2", "interaction": "21"}, {"acled-interaction"}),
        ({"inter1": "8", "inter2": "7", "interaction": "78"}, set()),
        ({"actor2": "", "inter2": "0", "interaction": "10"}, set()),
        ({"actor2": "", "inter2": "", "interaction": "State forces-State forces"}, {"acled-interaction"}),
        ({"event_type": "Violence against civilians", "sub_event_type": "Attack", "civilian_targeting": "Civilian targeting",
          "actor2": "", "inter2": "", "interaction": "State forces only"}, {"acled-target-side"}),
        ({"event_type": "Violence against civilians", "sub_event_type": "Attack", "civilian_targeting": "Civilian targeting",
          "actor2": "Civilians (Testland)", "inter2": "Civilians", "interaction": "State forces-Civilians"}, set()),
        ({"sub_event_type": "armed clash"}, {"acled-sub-event"}),
        ({"disorder_type": ""}, {"acled-disorder"}),
        ({"fatalities": "4.5"}, {"acled-fatalities"}),
        ({"event_date": "16 May 2024"}, set()),
    ],
)  # fmt: skip
def test_rules_of_acled_where_they_turn(change, rules):
    assert broken(acled(change)) == rules


def test_an_id_that_is_there_twice_is_told():
    found = told(acled({}, {"event_date": "2024-05-08"}))
    assert {rule for rule, number in found.by_rule.items() if number} == {TWICE}
    assert found.examples[TWICE][0].line == 3


def test_a_rule_is_not_tried_where_its_column_is_missing():
    columns = tuple(name for name in GED_COLUMNS if name not in ("deaths_a", "geom_wkt", "where_prec"))
    found = told(ged(columns=columns))
    assert found.not_tried == {"ged-deaths-sum": "deaths_a", "ged-point": "geom_wkt"}
    assert "ged-point" not in found.by_rule
    assert found.warned == 0


@pytest.mark.skipif(not REAL.is_dir(), reason="the UCDP files are not beside this checkout")
@pytest.mark.parametrize(
    ("name", "rows", "warned", "rules"),
    [
        ("ged191_sample", 3194, 6, {"ged-low-best": 1, "ged-best-high": 5}),
        ("ged231_sample_1000rows", 1000, 17, {"ged-low-best": 8, "ged-best-high": 5, "ged-point": 1, "ged-dyad": 3}),
        ("ged_v19_hdx_hxl_bangladesh", 601, 1, {"ged-best-high": 1}),
    ],
)
def test_real_rows_break_few_rules(name, rows, warned, rules):
    found = told((REAL / f"{name}.csv").read_bytes())
    assert (found.rows, found.warned) == (rows, warned)
    assert {rule: number for rule, number in found.by_rule.items() if number} == rules
