"""What one report tells of a happening in several sentences is one incident of an export. All reports are invented."""

import pytest

from sayso.codebooks.rows import load_row_book
from sayso.desk.exporting import Coding, read_subjects
from sayso.model import Document, Source
from sayso.pipeline import Coder, Reader


@pytest.fixture(scope="module")
def coding() -> Coding:
    return Coding(Coder(), load_row_book("acled"))


def told(reader: Reader, coding: Coding | None, text: str) -> list[list[str]]:
    """For each incident of a report the sub-events of its rows."""
    reading = reader.read_one(Document(text, Source("Delta Wire"), published="2024-05-08", language="en"))
    return [[event.get("sub_event_type") or "" for event in subject.events] for subject in read_subjects(reading, coding)]


def test_a_raid_and_what_the_raiders_did_there_is_one_row_at_the_higher_type(reader, coding):
    assert told(reader, coding, "Gunmen stormed a clinic in Goma on Friday, killed two nurses and abducted a third.") == [["Attack"]]


def test_a_march_and_the_arrests_at_it_are_one_row(reader, coding):
    assert told(reader, coding, "Police arrested nine marchers in Port Sudan on Sunday during a protest over unpaid wages.") == [["Protest with intervention"]]


def test_towns_far_apart_and_different_doers_have_rows_of_their_own(reader, coding):
    text = "Rebels killed three farmers in Goma on Friday. Police arrested nine marchers in Kinshasa on Sunday during a protest."
    assert sorted(name for names in told(reader, coding, text) for name in names) == ["Attack", "Protest with intervention"]


def test_what_was_denied_or_threatened_gives_no_row(reader, coding):
    assert told(reader, coding, "The army denied that it had shelled Goma. Rebels threatened to attack Bukavu next week.") == []


def test_without_a_codebook_every_claim_is_told_once(reader):
    text = "Gunmen stormed a clinic in Goma on Friday and abducted two nurses. The army denied that it had shelled Bukavu."
    reading = reader.read_one(Document(text, Source("Delta Wire"), published="2024-05-08", language="en"))
    ids = [one.claim.id for subject in read_subjects(reading, None) for one in subject.told]
    assert sorted(ids) == sorted(claim.id for claim in reading.claims)
