import csv
import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from itertools import combinations_with_replacement

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.export.rows_by_hand import ARMY, ATTACK, FRONT, PEOPLE, Told, incident, killed, settings

from sayso.export.acled import EXPORTER, acled_row
from sayso.export.acled_names import LABELS, interaction
from sayso.export.columns import ACLED_COLUMNS
from sayso.export.csv_out import guarded, unguarded, write_csv
from sayso.export.row_facts import row_facts
from sayso.export.subject import BookLabel, Coarsen, subjects_of
from sayso.model import ActorTarget, Document, Interval, PlaceTarget, Source, Voice
from sayso.model.words import ActorKind, PlacePrecision, SourceKind, TimePrecision, VoiceKind

STRATEGIC = (("disorder_type", "Strategic developments"), ("event_type", "Strategic developments"), ("sub_event_type", "Other"))
PROTEST = (("disorder_type", "Demonstrations"), ("event_type", "Protests"), ("sub_event_type", "Peaceful protest"))
CLASH = (("disorder_type", "Political violence"), ("event_type", "Battles"), ("sub_event_type", "Armed clash"))
# The interactions as the layout has them, by code (standards.md 1.3).
PAIRS = {
    11: "State forces-State forces", 12: "State forces-Rebel group", 13: "State forces-Political militia", 14: "State forces-Identity militia",
    15: "State forces-Rioters", 16: "State forces-Protesters", 17: "State forces-Civilians", 18: "State forces-External/Other forces",
    22: "Rebel group-Rebel group", 23: "Rebel group-Political militia", 24: "Rebel group-Identity militia", 25: "Rebel group-Rioters",
    26: "Rebel group-Protesters", 27: "Rebel group-Civilians", 28: "Rebel group-External/Other forces", 33: "Political militia-Political militia",
    34: "Political militia-Identity militia", 35: "Political militia-Rioters", 36: "Political militia-Protesters", 37: "Political militia-Civilians",
    38: "Political militia-External/Other forces", 44: "Identity militia-Identity militia", 45: "Identity militia-Rioters",
    46: "Identity militia-Protesters", 47: "Identity militia-Civilians", 48: "Identity militia-External/Other forces", 55: "Rioters-Rioters",
    56: "Rioters-Protesters", 57: "Rioters-Civilians", 58: "Rioters-External/Other forces", 66: "Protesters-Protesters", 67: "Protesters-Civilians",
    68: "Protesters-External/Other forces", 77: "Civilians-Civilians", 78: "External/Other forces-Civilians",
    88: "External/Other forces-External/Other forces",
}  # fmt: skip


def written(*subjects, made=None) -> list[dict[str, str]]:
    out = io.BytesIO()
    number = EXPORTER.write(subjects, out, made or settings())
    rows = list(csv.DictReader(io.StringIO(out.getvalue().decode(), newline="")))
    assert number == len(rows)
    return rows


def row(*told: Told, made=None, **more) -> dict[str, str]:
    return written(incident(*told, **more), made=made)[0]


def left_out(*told: Told, **more) -> str | None:
    subject = incident(*told, **more)
    return EXPORTER.left_out(row_facts(subject, subject.events[0], settings()))


def test_the_columns_are_those_of_the_layout_in_order():
    out = io.BytesIO()
    assert EXPORTER.write((), out, settings()) == 0
    assert out.getvalue().decode() == ",".join(ACLED_COLUMNS) + "\n"
    assert len(ACLED_COLUMNS) == 31


def test_a_row_by_hand():
    found = row(Told(figures=[killed(9, None)], voice=Voice("the Relief Office", VoiceKind.NGO)), number=7)
    notes = found.pop("notes")
    assert re.fullmatch(r"SDN7\d{6}", found.pop("event_id_cnty"))
    assert found == {
        "event_date": "2024-05-03", "year": "2024", "time_precision": "1", "disorder_type": "Political violence",
        "event_type": "Violence against civilians", "sub_event_type": "Attack", "actor1": "Alpha Front", "assoc_actor_1": "", "inter1": "Rebel group",
        "actor2": "Civilians (Sudan)", "assoc_actor_2": "", "inter2": "Civilians", "interaction": "Rebel group-Civilians",
        "civilian_targeting": "Civilian targeting", "iso": "729", "region": "Northern Africa", "country": "Sudan", "admin1": "Kassala", "admin2": "",
        "admin3": "", "location": "Dorvo", "latitude": "15.4000", "longitude": "36.1000", "geo_precision": "1", "source": "Delta News",
        "source_scale": "National", "fatalities": "9", "tags": "", "timestamp": "1718863200",
    }  # fmt: skip
    assert notes.startswith('Reported: Delta News: "Fighters of the Front attacked people in Dorvo on Friday')
    assert "On the word of: the Relief Office." in notes
    assert "killed 9.. people (the Relief Office)" in notes
    assert "fatalities 9: the lowest number told (lowest (conservative 1))" in notes
    assert notes.endswith("In the layout of ACLED, coded by sayso; not ACLED data.")
    assert datetime.fromtimestamp(int(found["timestamp"]), UTC).isoformat() == "2024-06-20T06:00:00+00:00"


def test_a_report_read_by_sayso(reader):
    text = "Gunmen on motorcycles shot dead several villagers near Maiduguri on 3 May 2024, residents said. Police put the dead at 12."
    document = Document(text, Source("Savanna Post", SourceKind.PRESS, None, "NG"), "a1", "Invented", "2024-05-04", "https://example.invalid/a", "en")
    reading = reader.read_one(document)
    event = reading.events[0]
    label = BookLabel(event.codebook, "", event.version, event.digest)
    found = written(*subjects_of(reading, label))[0]
    assert (found["event_type"], found["sub_event_type"]) == ("Violence against civilians", "Attack")
    assert (found["event_date"], found["time_precision"], found["geo_precision"]) == ("2024-05-03", "1", "2")
    assert (found["country"], found["iso"], found["region"], found["location"]) == ("Nigeria", "566", "Western Africa", "Maiduguri")
    assert found["actor1"] == "Unidentified Armed Group (Nigeria)"
    assert found["fatalities"] == "3"
    assert "vague words: acled" in found["notes"]
    assert text[: text.index(". Police")] in found["notes"]


def test_the_size_of_a_crowd_is_told_in_the_report_s_words(reader):
    text = "Dozens of people protested in Damascus on Tuesday over the price of bread."
    reading = reader.read_one(Document(text, Source("Levant Post"), "a2", None, "2024-05-04", None, "en"))
    label = BookLabel("acled", "", "", reading.events[0].digest)
    found = written(*subjects_of(reading, label))[0]
    assert (found["sub_event_type"], found["tags"], found["fatalities"]) == ("Peaceful protest", "crowd size=dozens", "0")


def test_the_target_of_violence_against_civilians_is_the_second_actor():
    found = row(Told(actor=PEOPLE, recipient=FRONT), events=[{"labels": ("Civilians", "Rebel group")}])
    assert (found["actor1"], found["actor2"]) == ("Alpha Front", "Civilians (Sudan)")
    assert found["inter2"] == "Civilians"


def test_who_is_told_by_nobody_is_an_unidentified_group_where_force_was_used():
    found = row(Told(actor=None), events=[{"labels": ("", "Civilians")}])
    assert (found["actor1"], found["inter1"]) == ("Unidentified Armed Group (Sudan)", "Political militia")
    assert found["interaction"] == "Political militia-Civilians"


def test_a_side_of_which_only_the_label_is_known_has_a_name_of_its_sort():
    found = row(Told(actor=None, recipient=None))
    assert (found["actor1"], found["actor2"]) == ("Unidentified Armed Group (Sudan)", "Civilians (Sudan)")


def test_a_demonstration_has_one_side_and_the_size_that_is_told():
    crowd = ActorTarget(None, "Civilians (Sudan)", ActorKind.CIVILIANS, "SD")
    found = row(Told(actor=crowd, recipient=None), events=[{"fields": PROTEST, "labels": ("Protesters",)}])
    assert (found["actor1"], found["inter1"], found["actor2"], found["inter2"]) == ("Protesters (Sudan)", "Protesters", "", "")
    assert found["interaction"] == "Protesters only"
    assert found["tags"] == "crowd size=no report"


def test_a_state_that_uses_force_is_its_military_and_a_people_an_ethnic_militia():
    state = ActorTarget("SD", "Sudan", ActorKind.STATE, "SD")
    people = ActorTarget("amhara", "Amhara", ActorKind.IDENTITY_MILITIA, "ET")
    found = row(Told(actor=state, recipient=people), events=[{"fields": CLASH, "labels": ("State forces", "Identity militia")}])
    assert (found["actor1"], found["actor2"]) == ("Military Forces of Sudan", "Amhara Ethnic Militia (Ethiopia)")


def test_every_pair_of_labels_gives_the_interaction_of_the_layout_whichever_is_first():
    for (one, first), (two, second) in combinations_with_replacement(list(enumerate(LABELS, 1)), 2):
        assert interaction(first, second) == interaction(second, first) == PAIRS[one * 10 + two]
    assert [interaction(label, "") for label in LABELS] == [f"{label} only" for label in LABELS]
    assert interaction("", "") == ""


def test_swapping_two_parties_of_one_kind_moves_nothing_but_their_names():
    rival = ActorTarget("rival", "Beta Front", ActorKind.REBEL_GROUP, "SD")
    clash = [{"fields": CLASH, "labels": ("Rebel group", "Rebel group")}]
    rows = [row(Told(actor=one, recipient=other), events=clash) for one, other in ((FRONT, rival), (rival, FRONT))]
    names = ("actor1", "actor2", "event_id_cnty")
    first, second = ({name: value for name, value in one.items() if name not in names} for one in rows)
    assert first == second
    assert {rows[0]["actor1"], rows[0]["actor2"]} == {rows[1]["actor1"], rows[1]["actor2"]} == {"Alpha Front", "Beta Front"}


def test_what_the_layout_cannot_hold_is_left_out_with_the_reason():
    year = Interval("2023-01-01", "2023-12-31", TimePrecision.YEAR)
    country = PlaceTarget("Sudan", 15.0, 30.0, PlacePrecision.COUNTRY, "1", "SD")
    sea = PlaceTarget("a sea", 15.0, 40.0, PlacePrecision.SEA)
    assert left_out(Told()) is None
    assert left_out(Told(when=year)) == "dated no closer than a month"
    assert "no day is told" in left_out(Told(when=None, published=None))
    assert left_out(Told(place=None)) == "no place is told"
    assert left_out(Told(place=sea)) is None  # 8.3: a sea is of no country
    assert left_out(Told(place=country)) == "placed no closer than a country"
    assert left_out(Told(place=country), events=[{"fields": STRATEGIC}]) is None
    reasons: list[str] = []
    assert written(incident(Told(place=country)), incident(Told(when=year)), made=replace(settings(), left_out=reasons.append)) == []
    assert reasons == ["placed no closer than a country", "dated no closer than a month"]


def test_a_withheld_place_leaves_its_columns_blank_and_says_why():
    found = row(Told(), made=settings(coarsen=Coarsen.WITHHOLD))
    assert [found[name] for name in ("location", "admin1", "latitude", "longitude", "geo_precision")] == [""] * 5
    assert found["country"] == "Sudan"
    assert "Dorvo" not in str(found)
    assert "place: withhold" in found["notes"]
    coarse = row(Told(), made=settings(coarsen=Coarsen.TEN_KM))
    assert coarse["geo_precision"] == "2"
    assert abs(float(coarse["latitude"]) - 15.4) <= 0.0501
    assert abs(float(coarse["longitude"]) - 36.1) <= 0.0501
    assert (coarse["latitude"], coarse["longitude"]) != ("15.4000", "36.1000")


def test_a_private_name_is_in_no_note_unless_asked_for():
    text = "Fighters of the Front attacked people in Dorvo on Friday, and Tovik Marel, a baker, was hurt."
    voice = Voice("Tovik Marel", VoiceKind.WITNESS)
    assert "Marel" not in str(row(Told(text=text, voice=voice)))
    assert "Marel" in row(Told(text=text, voice=voice), made=settings(names=True))["notes"]


def test_the_scale_of_sources_is_told_where_kind_and_country_are_known():
    def scale(*told: Told) -> str:
        return row(*told)["source_scale"]

    assert scale(Told(country="SD")) == "National"
    assert scale(Told(country="FR")) == "International"
    assert scale(Told(country=None)) == ""
    assert scale(Told(kind=SourceKind.SOCIAL, country=None)) == "New media"
    assert scale(Told(outlet="A", country="FR"), Told(outlet="B", country="SD"), Told(outlet="C", kind=SourceKind.NGO)) == "Other-International"


def test_disagreeing_figures_stand_side_by_side_in_the_notes():
    army = Voice("the Relief Office", VoiceKind.NGO)
    notes = row(Told(figures=[killed(9, 9)], outlet="A"), Told(figures=[killed(12, 12)], outlet="B", voice=army))["notes"]
    assert "killed 9 people (A)" in notes
    assert "killed 12 people (the Relief Office)" in notes


# --- CSV ---


@given(st.text(alphabet=st.sampled_from("=+-@\t\r'\"ab,;\n1."), max_size=8))
def test_a_guarded_cell_is_no_formula_and_comes_back(text):
    made = guarded(text)
    assert unguarded(made) == text
    assert not made.startswith(("=", "+", "@", "\t", "\r"))
    if made.startswith("-"):
        assert re.fullmatch(r"-\d+(\.\d+)?", made)


@given(st.lists(st.text(max_size=12), min_size=2, max_size=2))
def test_cells_come_back_through_a_csv_reader_on_one_line_each(cells):
    out = io.BytesIO()
    assert write_csv(out, ("a", "b"), [dict(zip(("a", "b"), [cell.encode("utf-8", "replace").decode() for cell in cells], strict=True))]) == 1
    rows = list(csv.reader(io.StringIO(out.getvalue().decode(), newline="")))
    assert len(rows) == 2
    assert len(rows[1]) == 2
    assert not any("\n" in cell or "\r" in cell for cell in rows[1])


def test_a_column_that_the_layout_lacks_is_an_error():
    with pytest.raises(ValueError, match="b"):
        write_csv(io.BytesIO(), ("a",), [{"a": 1, "b": 2}])


def test_hostile_names_start_no_formula():
    found = row(Told(outlet='=HYPERLINK("x")'), made=settings(names=True))
    assert found["source"].startswith("'=")
    assert unguarded(found["source"]) == '=HYPERLINK("x")'


def test_attack_fields_are_those_of_the_book():
    found = row(Told())
    assert {name: found[name] for name, _ in ATTACK} == dict(ATTACK)
    assert row(Told(actor=ARMY), events=[{"labels": ("State forces", "Civilians")}])["interaction"] == "State forces-Civilians"


def test_a_row_comes_back_cell_by_cell():
    made = settings()
    subject = incident(Told(outlet='@SUM(1), "x"', figures=[killed(9, 12)]), number=7)
    facts = row_facts(subject, subject.events[0], made)
    found = written(subject, made=made)[0]
    cells = acled_row(facts, made)
    assert {name: unguarded(found[name]) for name in cells} == {name: "" if value is None else str(value) for name, value in cells.items()}
