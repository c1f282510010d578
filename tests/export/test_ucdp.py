import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.export.rows_by_hand import ARMY, DORVO, FRONT, PEOPLE, Told, incident, killed, settings

from sayso.export.columns import GED_COLUMNS
from sayso.export.csv_out import unguarded
from sayso.export.prio_grid import grid_cell
from sayso.export.row_facts import row_facts
from sayso.export.subject import Coarsen
from sayso.export.ucdp import EXPORTER, ucdp_row
from sayso.gazetteers.country_codes import country_codes
from sayso.gazetteers.gleditsch_ward import iso_of, number_of
from sayso.model import ActorTarget, Interval, PlaceTarget, Voice
from sayso.model.words import ActorKind, PlacePrecision, Scope, TimePrecision, VictimStatus, VoiceKind

GOLD = Path("/work/shared/gold/ucdp/ged231_sample_1000rows.csv")
needs_gold = pytest.mark.skipif(not GOLD.is_file(), reason=f"no {GOLD}: it comes with the folder 'shared' beside this checkout")
STATUS = "Reported; coded by sayso, not UCDP data; low: lowest (range 1); best: most_told (range 1); high: highest (range 1)"
RIVAL = ActorTarget("rival", "Beta Front", ActorKind.REBEL_GROUP, "SD")


def kind(number: int) -> dict:
    labels = {1: ("State forces", "Rebel group"), 2: ("Rebel group", "Rebel group"), 3: ("Rebel group", "Civilians")}[number]
    return {"fields": (("type_of_violence", str(number)),), "labels": labels, "book": "ucdp"}


def written(*subjects, made=None) -> list[dict[str, str]]:
    out = io.BytesIO()
    number = EXPORTER.write(subjects, out, made or settings("range"))
    rows = list(csv.DictReader(io.StringIO(out.getvalue().decode(), newline="")))
    assert number == len(rows)
    return rows


def row(*told: Told, number: int = 3, made=None, ledger: int | None = 7) -> dict[str, str]:
    return written(incident(*told, events=[kind(number)], number=ledger), made=made)[0]


def left_out(told: Told, fields=(("type_of_violence", "3"),)) -> str | None:
    subject = incident(told, events=[{"fields": fields}])
    return EXPORTER.left_out(row_facts(subject, subject.events[0], settings("range")))


def test_the_columns_are_those_of_the_layout_in_order():
    out = io.BytesIO()
    assert EXPORTER.write((), out, settings("range")) == 0
    assert out.getvalue().decode() == ",".join(GED_COLUMNS) + "\n"
    assert len(GED_COLUMNS) == 49


def test_a_one_sided_row_by_hand():
    found = row(Told(figures=[killed(9, 12, VictimStatus.CIVILIAN)], voice=Voice("the Relief Office", VoiceKind.NGO)))
    number = found["id"]
    assert int(number) // 1_000_000 == 7
    assert {name: value for name, value in found.items() if value} == {
        "id": number, "relid": f"SDN-2024-3-0-{number}", "year": "2024", "code_status": STATUS, "type_of_violence": "3",
        "conflict_name": "Alpha Front - Civilians", "dyad_name": "Alpha Front - Civilians", "side_a": "Alpha Front", "side_b": "Civilians",
        "number_of_sources": "1", "source_article": '"Delta News,2024-05-04,Report 0"', "source_office": "Delta News", "source_date": "2024-05-04",
        "source_headline": "Report 0", "source_original": "the Relief Office", "where_prec": "1", "where_coordinates": "Dorvo",
        "where_description": "Dorvo", "adm_1": "Kassala", "latitude": "15.400000", "longitude": "36.100000", "geom_wkt": "POINT (36.100000 15.400000)",
        "priogrid_gid": "151633", "country": "Sudan", "country_id": "625", "region": "Africa", "event_clarity": "1", "date_prec": "1",
        "date_start": "2024-05-03", "date_end": "2024-05-03", "deaths_a": "0", "deaths_b": "0", "deaths_civilians": "9", "deaths_unknown": "0",
        "best": "9", "high": "12", "low": "9",
    }  # fmt: skip


def test_a_government_is_side_a_and_the_dead_go_with_their_side():
    soldiers, rebels = (killed(low, low, VictimStatus.COMBATANT, group=group) for low, group in ((2, "soldiers"), (5, "rebels")))
    for actor, recipient in ((ARMY, FRONT), (FRONT, ARMY)):
        found = row(Told(actor=actor, recipient=recipient, figures=[soldiers, rebels]), number=1)
        assert (found["side_a"], found["side_b"]) == ("Government of Sudan", "Alpha Front")
        assert (found["dyad_name"], found["conflict_name"]) == ("Government of Sudan - Alpha Front", "Sudan: Alpha Front")
        assert (found["deaths_a"], found["deaths_b"], found["best"]) == ("2", "5", "7")
        assert (found["gwnoa"], found["gwnob"]) == ("625", "")


def test_two_groups_have_no_country_number_and_keep_their_order():
    found = row(Told(actor=RIVAL, recipient=FRONT, figures=[killed(3, 3)]), number=2)
    assert (found["side_a"], found["side_b"], found["gwnoa"], found["gwnob"]) == ("Beta Front", "Alpha Front", "", "")


def test_civilians_are_side_b_of_one_sided_violence_whichever_role_told_them():
    found = row(Told(actor=PEOPLE, recipient=FRONT, figures=[killed(3, 3)]))
    assert (found["side_a"], found["side_b"]) == ("Alpha Front", "Civilians")


def test_a_group_that_nobody_knows_is_unidentified_and_to_be_checked():
    gunmen = ActorTarget(None, "Unidentified armed group (Sudan)", ActorKind.POLITICAL_MILITIA, "SD")
    found = row(Told(actor=gunmen, figures=[killed(3, 3)]))
    assert found["side_a"] == "Unidentified armed group"
    assert found["code_status"].startswith("Reported: check actor; ")


def test_countries_have_the_names_and_numbers_of_the_layout():
    force = ActorTarget("RU.military", "Military Forces of Russia", ActorKind.STATE_FORCE, "RU")
    other = ActorTarget("MM.military", "Military Forces of Myanmar", ActorKind.STATE_FORCE, "MM")
    found = row(Told(actor=force, recipient=other, figures=[killed(3, 3)]), number=1)
    assert (found["side_a"], found["side_b"]) == ("Government of Russia (Soviet Union)", "Government of Myanmar (Burma)")
    assert (found["gwnoa"], found["gwnob"]) == ("365", "775")


def test_the_lists_of_sources_run_in_parallel_whatever_they_hold():
    found = row(Told(outlet='Late; "Post"', published="2024-05-09", figures=[killed(3, 3)]), Told(outlet="Early", published="2024-05-03"))
    assert found["number_of_sources"] == "2"
    assert found["source_office"].split(";") == ["Early", "Late, 'Post'"]
    assert found["source_date"].split(";") == ["2024-05-03", "2024-05-09"]
    assert found["source_article"] == "\"Early,2024-05-03,Report 1\";\"Late, 'Post',2024-05-09,Report 0\""


def test_what_the_layout_cannot_hold_is_left_out_with_the_reason():
    dead = [killed(3, 3)]
    assert left_out(Told(figures=dead)) is None
    assert left_out(Told(figures=dead), ()) == "nobody tells which sides it was between"
    assert left_out(Told()) == "nobody is told to have been killed"
    assert left_out(Told(figures=[killed(0, 0)])) == "nobody is told to have been killed"
    assert left_out(Told(figures=[killed(40, 40, scope=Scope.TOTAL)])) == "only totals that may cover more tell of people killed"
    assert left_out(Told(figures=dead, place=None)) == "no place is told"
    assert left_out(Told(figures=dead, when=None, published=None)).startswith("no day")
    assert left_out(Told(figures=dead, when=Interval("2020-01-01", "2023-12-31", TimePrecision.YEAR))) == "dated no closer than a year"
    reasons: list[str] = []
    assert written(incident(Told(), events=[kind(3)]), made=replace(settings("range"), left_out=reasons.append)) == []
    assert reasons == ["nobody is told to have been killed"]


def test_a_best_of_nobody_is_kept_where_somebody_may_have_died():
    found = row(Told(figures=[killed(0, 0)], outlet="A"), Told(figures=[killed(2, 2)], outlet="B"), Told(figures=[killed(0, 0)], outlet="C"))
    assert (found["low"], found["best"], found["high"]) == ("0", "0", "2")


def test_closeness_and_days_have_the_codes_of_the_layout():
    region = PlaceTarget("Sudan", 15.0, 30.0, PlacePrecision.COUNTRY, "1", "SD")
    month = Interval("2024-04-01", "2024-04-30", TimePrecision.MONTH)
    found = row(Told(place=region, when=month, figures=[killed(3, 3)]))
    assert (found["where_prec"], found["date_prec"], found["date_start"], found["date_end"]) == ("6", "4", "2024-04-01", "2024-04-30")
    undated = row(Told(when=None, figures=[killed(3, 3)]))
    assert (undated["date_prec"], undated["date_start"]) == ("2", "2024-05-04")
    assert "publication day" in undated["code_status"]


def test_a_withheld_place_is_in_no_column():
    found = row(Told(figures=[killed(3, 3)]), made=settings("range", Coarsen.WITHHOLD))
    assert not any(found[name] for name in ("where_prec", "where_coordinates", "adm_1", "latitude", "longitude", "geom_wkt", "priogrid_gid", "source_headline"))
    assert found["where_description"].startswith("withheld: ")
    assert "Dorvo" not in str(found)
    assert found["country"] == "Sudan"


def test_a_witness_is_a_role_among_the_original_sources():
    text = "Fighters of the Front attacked people in Dorvo on Friday, killing n0, his cousin Tovik Marel said."
    found = row(Told(figures=[killed(3, 3)], text=text, voice=Voice("his cousin Tovik Marel", VoiceKind.WITNESS)))
    assert "Marel" not in str(found)
    assert found["source_original"]


_SMALL = st.integers(0, 30)


@given(st.lists(st.tuples(_SMALL, _SMALL, st.sampled_from(VictimStatus)), min_size=1, max_size=3), st.sampled_from((1, 2, 3)))
def test_every_row_written_keeps_the_order_of_numbers_and_the_sum(figures, number):
    told = [Told(actor=ARMY, recipient=FRONT, outlet=f"O{at}", figures=[killed(min(a, b), max(a, b), status)]) for at, (a, b, status) in enumerate(figures)]
    for found in written(incident(*told, events=[kind(number)])):
        low, best, high = (int(found[name]) for name in ("low", "best", "high"))
        assert low <= best <= high
        assert sum(int(found[f"deaths_{part}"]) for part in ("a", "b", "civilians", "unknown")) == best
        assert list(found) == list(GED_COLUMNS)


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_every_point_lies_in_one_cell_of_the_grid(lat, lon):
    cell = grid_cell(lat, lon)
    assert 1 <= cell <= 259_200
    assert grid_cell(-90, -180) == 1
    assert grid_cell(90, 180) == 259_200


@needs_gold
def test_cells_and_countries_are_those_of_real_rows():
    with GOLD.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    cells = [grid_cell(float(one["latitude"]), float(one["longitude"])) == int(float(one["priogrid_gid"])) for one in rows]
    assert sum(cells) == len(rows) == 1000
    for one in rows:
        code = iso_of(one["country_id"])
        assert number_of(code) == one["country_id"].partition(".")[0], one["country"]
        assert country_codes(code).ucdp_region == one["region"], one["country"]


@needs_gold
def test_countries_have_the_names_of_real_rows():
    from sayso.export.ucdp import ucdp_country

    with GOLD.open(encoding="utf-8-sig", newline="") as stream:
        names = {one["country"]: ucdp_country(iso_of(one["country_id"])) for one in csv.DictReader(stream)}
    assert {name: ours for name, ours in names.items() if name != ours} == {"Macedonia, FYR": "North Macedonia"}  # renamed since


def test_the_place_told_is_described_in_the_report_s_words():
    assert row(Told(place=DORVO, figures=[killed(3, 3)]))["where_description"] == "Dorvo"


def test_a_row_comes_back_cell_by_cell():
    made = settings("range")
    subject = incident(Told(outlet='@SUM(1), "x"', figures=[killed(9, 12)]), number=7, events=[kind(3)])
    facts = row_facts(subject, subject.events[0], made)
    found = written(subject, made=made)[0]
    cells = ucdp_row(facts, made)
    assert {name: unguarded(found[name]) for name in cells} == {name: "" if value is None else str(value) for name, value in cells.items()}
