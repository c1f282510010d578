"""What may name a private person is found, and what names the public is not. Texts are invented; the names in them are nobody's."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.export.invented_reports import STRIKE, readings

from sayso.export.lookup import Lookup
from sayso.export.private import NAME, private_names, voice_name, without, without_names
from sayso.model import Document, Reading, Source, Voice
from sayso.model.words import VoiceKind


def lookup_of(text: str) -> Lookup:
    return Lookup(Reading(Document(text, source=Source("Delta Wire"))))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("A teacher, Oren Taliv, was killed.", "A teacher, [name], was killed."),
        ("His daughter Sabine survived.", "His daughter [name] survived."),
        ("Oren Taliv taught here. Taliv was 40.", "[name] taught here. [name] was 40."),
        ("Dr. Oren Taliv of the clinic spoke.", "Dr. [name] of the clinic spoke."),
        ("The Eastern Dignity Front struck.", "The Eastern Dignity Front struck."),
        ("Fighting went on in Tel Marwa on Monday.", "Fighting went on in Tel Marwa on Monday."),
        ("The OCHA office closed.", "The OCHA office closed."),
        ("Yesterday the Health Ministry spoke.", "Yesterday the Health Ministry spoke."),
    ],
)
def test_names_of_persons_are_taken_out_and_others_stay(text, shown):
    assert without_names(lookup_of(text), 0, len(text)) == shown


def test_victims_of_a_report_are_not_in_its_shown_words():
    reading = next(one for one in readings() if one.document.id == STRIKE.id)
    shown = without_names(Lookup(reading), 0, len(STRIKE.text))
    assert "Taliv" not in shown
    assert "Sabine" not in shown
    assert "Kharkiv health department" in shown
    assert "Russian defence ministry" in shown


@pytest.mark.parametrize(
    ("kind", "name", "shown"),
    [
        (VoiceKind.WITNESS, "a teacher, Oren Taliv", "a teacher"),
        (VoiceKind.PERSON, "Oren Taliv", "a person"),
        (VoiceKind.WITNESS, "residents", "residents"),
        (VoiceKind.OFFICIAL, "Governor Ila Moreth", "Governor Ila Moreth"),
        (VoiceKind.STATE, "the Defence Ministry", "the Defence Ministry"),
    ],
)
def test_a_private_person_who_speaks_is_a_role(kind, name, shown):
    text = f"It was loud, {name} said."
    document = Document(text, source=Source("Delta Wire"))
    at = text.index(name)
    voice = Voice(name, kind, span=document.span(at, at + len(name)))
    assert voice_name(Lookup(Reading(document)), voice) == shown


@given(st.text("Aab .-\n", max_size=60))
def test_stretches_are_in_order_and_within_the_text(text):
    found = private_names(lookup_of(text or "a"))
    assert all(0 <= start < end <= len(text) for start, end in found)
    assert all(first[1] <= second[0] for first, second in itertools.pairwise(found))


@given(st.text(max_size=40), st.lists(st.integers(0, 40), max_size=8))
def test_taking_out_keeps_all_that_is_not_hidden(text, cuts):
    ends = sorted({min(cut, len(text)) for cut in cuts})
    hidden = [(start, end) for start, end in zip(ends[::2], ends[1::2], strict=False) if start < end]
    shown = without(text, hidden, (0, len(text)), NAME)
    kept = "".join(char for at, char in enumerate(text) if not any(start <= at < end for start, end in hidden))
    assert len(shown) == len(kept) + len(NAME) * len(hidden)


def test_a_number_at_the_start_of_a_sentence_is_no_name(reader):
    text = "Nine people were killed in Idlib on Monday. Two brothers, Ali Warsame and Omar Warsame, were hurt."
    lookup = Lookup(reader.read_one(Document(text, Source("Invented"), "n1", None, "2024-05-04", None, "en")))
    told = without_names(lookup, 0, len(text))
    assert told.startswith("Nine people were killed")
    assert "Two brothers" in told
    assert "Warsame" not in told



def test_the_words_of_a_bound_are_no_name(reader):
    told = reader.read_one(Document("Shelling hit Idlib. Up to 40 others were wounded. As many as nine died.", Source("Delta Wire"), language="en"))
    assert any(span.quote == "Up to 40 others" for claim in told.claims for span in claim.roles.recipient)
    assert not private_names(Lookup(told))
