"""Coding stored readings: what reading a report gives, and one incident told by several reports. All reports are invented."""

from dataclasses import replace
from pathlib import Path

import pytest

from sayso.codebooks.codebook import book_path
from sayso.codebooks.rows import load_row_book
from sayso.model import Document, Reading, Source, from_json, to_json
from sayso.model.words import Modality
from sayso.pipeline import Coder, ReadConfig, Reader

ACLED = load_row_book("acled")
REPORTS = (
    (
        "SEGOU, Mali, 14 May - Gunmen attacked the village of Dorra on Monday, killing nine farmers, a local official said. The army said its helicopters "
        "bombed two camps of the attackers on Tuesday. Residents denied that the camps had been used by fighters."
    ),
    "Thousands marched in Nairobi on 12 May against fuel prices. Police fired tear gas and arrested 14 protesters. Two shops were looted.",
    "The Syrian army shelled Idlib on 3 May, and rebels fired rockets at an army base in return. A Turkish drone hit a convoy near Aleppo, the ministry said.",
    (
        "KYIV (Courier) - Russian missiles hit a hospital in Kharkiv overnight, wounding 12 people. Air defences shot down seven drones.\n\n"
        "Ukrainian forces retook the village of Zorna after three days of fighting. They said that 20 Russian soldiers had surrendered."
    ),
    "The two governments may sign a truce next week. If the rebels attack again, the army will retake the town, a spokesman said.",
    "On 1 May unknown men abducted a nurse in Port-au-Prince. Between 2 and 6 May the gang burned eleven houses. They fought police on 4 May.",
)


@pytest.fixture(scope="module")
def coder() -> Coder:
    return Coder()


def reading(reader: Reader, text: str, published: str = "2024-05-14") -> Reading:
    return reader.read_one(Document(text, Source("Invented Post"), published=published, language="en"))


def stored(one: Reading) -> Reading:
    return from_json(Reading, to_json(one))


@pytest.mark.parametrize("text", REPORTS, ids=lambda text: text[:20])
def test_the_claims_of_one_report_are_coded_as_reading_it_codes_them(text: str, reader: Reader, coder: Coder) -> None:
    read = reading(reader, text)
    again = stored(read)
    for incident in read.incidents:
        assert coder.events(incident.claims, [again], ACLED) == tuple(event for event in read.events if event.incident == incident.id)


def test_these_reports_have_rows_of_many_kinds(reader: Reader) -> None:
    found = {event.get("sub_event_type") for text in REPORTS for event in reading(reader, text).events}
    assert len(found) >= 8
    sides = {event.get("interaction") for text in REPORTS for event in reading(reader, text).events}
    assert {"State forces-External/Other forces", "State forces-Protesters"} & sides


def test_an_incident_told_by_two_reports_is_one_row_with_the_claims_of_both(reader: Reader, coder: Coder) -> None:
    one = reading(reader, "Gunmen killed nine farmers in Dorra on 12 May.")
    other = reading(reader, "Soldiers said that armed men shot dead at least seven villagers in Dorra on 12 May.")
    claims = [claim.id for report in (one, other) for claim in report.claims if claim.act.type == "ASSAULT"]
    (event,) = coder.events(claims, [one, other], ACLED)
    assert set(event.claims) == set(claims)
    assert event.days == ("2024-05-12", "2024-05-12")
    assert {told.claim for side in event.sides for told in side.participants} == set(claims)
    assert coder.events(claims, [other, one], ACLED) == (event,), "the order of the reports changes nothing"
    assert coder.events(list(reversed(claims)), [one, other], ACLED) == (event,)


def test_reports_of_two_days_are_two_rows_by_a_book_of_days_and_one_by_a_book_of_ranges(reader: Reader, coder: Coder) -> None:
    both = [reading(reader, f"The army shelled Dorra on {day} May.") for day in (11, 12)]
    claims = [claim.id for report in both for claim in report.claims]
    assert [event.days for event in coder.events(claims, both, ACLED)] == [("2024-05-11",) * 2, ("2024-05-12",) * 2]
    ranged = replace(ACLED, days="range")
    assert [event.days for event in coder.events(claims, both, ranged)] == [("2024-05-11", "2024-05-12")]


def test_what_a_reviewer_amended_is_coded_as_amended(reader: Reader, coder: Coder) -> None:
    read = reading(reader, "Gunmen killed nine farmers in Dorra on 12 May.")
    (incident,) = read.incidents
    assert coder.events(incident.claims, [read], ACLED)
    denied = replace(read, claims=tuple(claim.amended(modality=Modality.DENIED) for claim in read.claims))
    assert coder.events(incident.claims, [denied], ACLED) == ()
    assert coder.events(incident.claims, [read], ACLED), "the reading as it was is coded as it was"


def test_a_claim_of_no_reading_is_an_error(reader: Reader, coder: Coder) -> None:
    with pytest.raises(ValueError, match="'clm_none' is in none of the 1 readings"):
        coder.events(["clm_none"], [reading(reader, REPORTS[0])], ACLED)


def test_a_claim_left_out_makes_no_row(reader: Reader, coder: Coder) -> None:
    read = reading(reader, REPORTS[1])
    for incident in read.incidents:
        for event in coder.events(incident.claims[:1], [read], ACLED):
            assert event.claims == incident.claims[:1]


def test_a_report_is_looked_through_once(reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    coder, calls = Coder(), []
    import sayso.extract.finding as finding

    found = finding.find
    monkeypatch.setattr(finding, "find", lambda *told: calls.append(1) or found(*told))
    read = reading(reader, REPORTS[0])
    calls.clear()
    for incident in read.incidents * 2:
        coder.events(incident.claims, [read], ACLED)
    amended = replace(read, notes=("read again",))
    for incident in read.incidents:
        coder.events(incident.claims, [amended], ACLED)
    assert len(calls) == 1


def test_reading_codes_by_a_book_of_ones_own_named_by_its_path(tmp_path: Path) -> None:
    text = book_path("acled").read_text(encoding="utf-8")
    path = tmp_path / "own.yaml"
    path.write_text(text.replace("name: acled\n", "name: own\n", 1), encoding="utf-8")
    read = Reader(ReadConfig(events=("acled", str(path)))).read_one(Document(REPORTS[0], Source("Invented Post"), published="2024-05-14", language="en"))
    assert {event.codebook for event in read.events} == {"acled", "own"}
    assert [event.fields for event in read.events if event.codebook == "own"] == [event.fields for event in read.events if event.codebook == "acled"]
