"""Private persons who speak are roles; offices, spokespersons and organisations keep their names. All persons here are invented."""

import pytest
from tests.link.telling import reading_with_voices

from sayso.link.private import private_roles, shown_chain
from sayso.model.words import VoiceKind

W, P, M, E, OFFICE = VoiceKind.WITNESS, VoiceKind.PERSON, VoiceKind.MEDIC, VoiceKind.EXPERT, VoiceKind.OFFICIAL


@pytest.mark.parametrize(
    ("name", "kind", "role"),
    [
        ("Amina Yusuf, a resident", W, "a resident"),
        ("Amina Yusuf, 34, a shopkeeper in the market", W, "a shopkeeper"),
        ("Resident Omar Idris", W, "a resident"),
        ("A farmer named Ivan Petrenko", W, "a farmer"),
        ("Amina's father, Yusuf Bakr", W, "a father"),
        ("Maryam Adam", P, "a person"),
        ("Ivan Petrenko, a 34-year-old barber from Kassala", P, "a barber"),
        ("apprentice Ivan Petrenko", P, "an apprentice"),
        ("one resident, who gave his name as Jamal", W, "a resident"),
        ("Doctor Samira Taha of the Kassala Hospital", M, "a doctor"),
        ("Lawyer Huda Salim", E, "a lawyer"),
        ("the mother of Amina Yusuf", W, "a mother"),
        ("Fatima", P, "a person"),
    ],
)
def test_a_private_person_is_a_role(name: str, kind: VoiceKind, role: str) -> None:
    assert private_roles(reading_with_voices((name, kind))) == {name: role}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("residents of Kassala", W),
        ("Kassala residents", W),
        ("a resident", W),
        ("a Sudanese human rights lawyer", E),
        ("Kassala Hospital", M),
        ("Emergency Lawyers", E),
        ("MSF", P),
        ("Governor Ali Musa", OFFICE),
        ("Lieutenant Ali Musa", P),
        ("Ali Musa, the mayor of Kassala", P),
        ("She", P),
    ],
)
def test_offices_organisations_and_nobody_in_particular_stay(name: str, kind: VoiceKind) -> None:
    assert private_roles(reading_with_voices((name, kind))) == {}


def test_a_short_name_is_the_person_told_in_full() -> None:
    voices = (("Idris", P), ("Resident Omar Idris", W), ("Resident Huda Salim", W), ("a person", VoiceKind.UNNAMED), ("Fatima", P))
    found = private_roles(reading_with_voices(*voices))
    assert found == {"Resident Omar Idris": "a resident", "Idris": "a resident", "Resident Huda Salim": "a second resident", "Fatima": "a second person"}


def test_the_short_name_of_an_office_holder_stays() -> None:
    assert private_roles(reading_with_voices(("Musa", P), ("The governor of Kassala, Ali Musa", OFFICE))) == {}
    told = "Brigadier Ali Musa came to Kassala. Huda Salim, the spokeswoman of the union, was there. Amina Yusuf was not."
    assert private_roles(reading_with_voices(("Musa", P), ("Salim", P), ("Yusuf", P), text=told)) == {"Yusuf": "a person"}


def test_a_relative_of_an_office_holder_is_a_relative() -> None:
    found = private_roles(reading_with_voices(("Governor Ali Musa", OFFICE), ("Musa's brother, Omar Musa", W)))
    assert found == {"Musa's brother, Omar Musa": "a brother"}


def test_a_chain_is_shown_without_the_words() -> None:
    reading = reading_with_voices(("Resident Omar Idris", W))
    (claim,) = reading.claims
    shown = shown_chain(claim.voices, private_roles(reading))
    assert [voice.name for voice in shown] == ["Delta News", "a resident"]
    assert "Idris" not in str(shown)
    assert claim.voices[1].name == "Resident Omar Idris"
