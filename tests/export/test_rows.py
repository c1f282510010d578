import csv
import io

import pytest
from tests.export.rows_by_hand import ARMY, PEOPLE, Told, incident, killed, settings

from sayso.export.csv_out import unguarded
from sayso.export.row_facts import row_facts
from sayso.export.rows import EXPORTER, facts_row
from sayso.export.subject import BookLabel, Coarsen, subjects_of
from sayso.model import Document, Source, Voice
from sayso.model.words import Measure, ResponsibilityStatus, SourceKind, Stance, VictimStatus, VoiceKind, VoiceRelation

OWN = (("attack_on", "clinic"), ("status", "of its own"))


def written(*subjects, made=None) -> tuple[list[str], list[dict[str, str]]]:
    out = io.BytesIO()
    number = EXPORTER.write(subjects, out, made or settings("graded"))
    reader = csv.DictReader(io.StringIO(out.getvalue().decode(), newline=""))
    rows = list(reader)
    assert number == len(rows)
    return list(reader.fieldnames or ()), rows


def row(*told: Told, made=None, **more) -> dict[str, str]:
    return written(incident(*told, **more), made=made)[1][0]


def test_a_row_by_hand():
    found = row(Told(figures=[killed(9, 12)], voice=Voice("the Relief Office", VoiceKind.NGO)), number=7)
    assert found["incident"] == "7"
    assert found["event_id"].startswith("evt_")
    assert (found["codebook"], found["codebook_version"], found["codebook_digest"]) == ("acled", "1", "sha256:book")
    assert (found["event_type"], found["sub_event_type"]) == ("Violence against civilians", "Attack")
    assert (found["date_from"], found["date_to"], found["date_precision"], found["dated_by"]) == ("2024-05-03", "2024-05-03", "day", "as told")
    assert (found["country"], found["admin1"], found["location"], found["latitude"], found["longitude"]) == ("SD", "Kassala", "Dorvo", "15.4000", "36.1000")
    assert (found["place_precision"], found["place_shared"]) == ("settlement", "none")
    assert (found["side_1"], found["reported_actor_1"], found["actor_1_as_written"]) == ("Rebel group", "Alpha Front", "Fighters of the Front")
    assert (found["side_2"], found["reported_actor_2"], found["actor_2_as_written"]) == ("Civilians", "Civilians (Sudan)", "people")
    assert (found["reported_killed_people_min"], found["reported_killed_people_max"]) == ("9", "12")
    assert (found["sources"], found["voices"], found["urls"]) == ("Delta News", "the Relief Office", "https://example.invalid/0")
    assert (found["n_reports"], found["n_independent_voices"], found["status"]) == ("1", "1", "unreviewed")
    assert found["claims"].startswith("clm_")
    assert "low: lowest (graded 1)" in found["rules"]
    assert "not verified facts" in found["made_by"]


def test_unknown_is_empty_and_never_zero():
    found = row(Told())
    assert not any(value for name, value in found.items() if name.startswith(("reported_killed", "reported_injured", "conceded")))
    none = row(Told(figures=[killed(0, 0)]))
    assert (none["reported_killed_people_min"], none["reported_killed_people_max"]) == ("0", "0")
    open_ended = row(Told(figures=[killed(9, None)]))
    assert (open_ended["reported_killed_people_min"], open_ended["reported_killed_people_max"]) == ("9", "")


def test_classes_stand_apart():
    figures = [killed(10, 10), killed(4, 4, VictimStatus.CIVILIAN, part_of="fig_1"), killed(2, 2, group="children", part_of="fig_1")]
    found = row(Told(figures=figures))
    numbers = {name: found[f"reported_killed_{name}_min"] for name in ("people", "civilians", "children", "women", "combatants")}
    assert numbers == {"people": "10", "civilians": "4", "children": "2", "women": "", "combatants": ""}


def test_combatants_of_two_sides_are_added_up_and_the_injured_have_columns_of_their_own():
    soldiers, rebels = (killed(low, low, VictimStatus.COMBATANT, group=group) for low, group in ((12, "soldiers"), (5, "rebels")))
    wounded = killed(3, 3, measure=Measure.INJURED)
    found = row(Told(actor=ARMY, recipient=Told().actor, figures=[soldiers, rebels, wounded]))
    assert (found["reported_killed_combatants_min"], found["reported_killed_people_min"]) == ("17", "17")
    assert found["reported_injured_people_min"] == "3"


def test_what_the_accused_side_concedes_and_denies_stands_apart():
    army = Voice("the Relief Office", VoiceKind.STATE, Stance.SAID, relation=VoiceRelation.ACCUSED_SIDE)
    conceded = row(Told(actor=ARMY, figures=[killed(2, 2)], outlet="A", voice=army), Told(actor=ARMY, figures=[killed(9, 9)], outlet="B"))
    assert (conceded["conceded_killed_min"], conceded["conceded_killed_max"], conceded["conceded_killed_by"]) == ("2", "2", "the Relief Office")
    assert conceded["reported_killed_people_min"] == "9"  # the accused side's word lowers no number
    denied = row(Told(actor=ARMY, figures=[killed(0, 0)], outlet="A", voice=army), Told(actor=ARMY, figures=[killed(9, 9)], outlet="B"))
    assert (denied["harm_denied_by"], denied["reported_killed_people_min"], denied["conceded_killed_min"]) == ("the Relief Office", "9", "")


def test_the_columns_of_a_codebook_of_one_s_own_stand_between_book_and_date():
    columns, rows = written(incident(Told(), events=[{"fields": OWN, "book": "health"}]))
    assert columns[:8] == ["event_id", "incident", "codebook", "codebook_version", "codebook_digest", "attack_on", "coded_status", "date_from"]
    assert (rows[0]["attack_on"], rows[0]["coded_status"], rows[0]["status"]) == ("clinic", "of its own", "unreviewed")


def test_rows_of_different_fields_share_one_header():
    subjects = [incident(Told(), events=[{"fields": fields}]) for fields in ((("type", "a"),), (("type", "b"), ("more", "c")))]
    columns, rows = written(*subjects)
    assert columns[5:7] == ["type", "more"]
    assert [one["more"] for one in rows] == ["", "c"]
    assert written()[1] == []


def test_a_row_comes_back_through_a_csv_reader():
    subject = incident(Told(outlet='=1+1, "x"', figures=[killed(9, 12)]), number=7)
    made = settings("graded")
    facts = row_facts(subject, subject.events[0], made)
    found = written(subject, made=made)[1][0]
    for name, value in facts_row(facts, made).items():
        assert unguarded(found[name]) == ("" if value is None else str(value)), name


def test_a_private_person_is_nowhere_unless_asked_for():
    text = "Fighters of the Front attacked people in Dorvo on Friday, killing n0, his cousin Tovik Marel said."
    told = Told(figures=[killed(3, 3)], text=text, voice=Voice("his cousin Tovik Marel", VoiceKind.WITNESS), blame=ResponsibilityStatus.ACCUSED)
    found = row(told)
    assert "Marel" not in str(found)
    assert found["responsibility"] == "Alpha Front: accused by a cousin"
    assert "Marel" in str(row(told, made=settings("graded", names=True)))


def test_a_withheld_place_is_nowhere():
    found = row(Told(), made=settings("graded", Coarsen.WITHHOLD))
    assert "Dorvo" not in str(found)
    assert [found[name] for name in ("location", "admin1", "latitude", "longitude", "country", "place_shared")] == ["", "", "", "", "SD", "withhold"]


@pytest.mark.parametrize("policy", ["graded", "conservative", "range"])
def test_any_policy_fills_the_bounds(policy):
    found = row(Told(figures=[killed(9, 9)]), made=settings(policy))
    assert (found["reported_killed_people_min"], found["reported_killed_people_max"]) == ("9", "9")
    assert found["weighed_by"].startswith(policy)


def test_a_report_read_by_sayso(reader):
    text = (
        "A drone strike on a market in Kharkiv killed at least 12 people on Tuesday, the city council said. "
        "Ukrainian officials blamed Russian forces. Russia's defence ministry denied that its forces had struck the market."
    )
    document = Document(text, Source("Delta Wire", SourceKind.AGENCY), "r1", None, "2024-05-08", "https://example.invalid/r", "en")
    reading = reader.read_one(document)
    found = written(*subjects_of(reading, BookLabel("acled", "", "", reading.events[0].digest)))[1][0]
    assert (found["sub_event_type"], found["date_from"], found["location"]) == ("Air/drone strike", "2024-05-07", "Kharkiv")
    assert (found["reported_killed_people_min"], found["reported_killed_people_max"]) == ("12", "")
    assert found["voices"]
    assert found["quotes"].startswith("A drone strike on a market in Kharkiv killed at least 12 people")
    assert PEOPLE.name not in found["reported_actor_1"]
