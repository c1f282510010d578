"""Case restored in texts in capitals, with a small set of words that are known, and with the lists and the tagger that the reader has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.evaluate.muc_answers import Recaser
from sayso.text.boundaries import words_of
from sayso.text.recasing import CaseWords, in_capitals, restore_case

ORDINARY = words_of(
    """a the that and in on of by from to was were has have had be been is who it they he his their said says told near after before last night two three
    soldiers soldier army attacked attack killed village farm president minister colonel front national liberation movement people's hector flores police
    house houses burned may march this reported report bomb exploded town north not new members spokesman rebels guerrillas court council year"""
)
VERBAL = words_of("a the that and in on of by from to was were has have attacked killed burned reported said told may march new not last hector")


def phrase(words: list[str], at: int) -> list[str]:
    for listed in (["North", "Zubria"], ["Zubria"], ["UNZO"]):
        if [word.lower() for word in listed] == list(words[at : at + len(listed)]):
            return listed
    return []


KNOWN = CaseWords(
    phrase,  # type: ignore[arg-type]
    ORDINARY.__contains__,
    VERBAL.__contains__,
    {"zubria"}.__contains__,
    frozenset(("president", "colonel", "minister")),
    frozenset(("front", "movement", "court", "council")),
    frozenset(("national", "liberation")),
    frozenset(("hector", "flores")),
)


@pytest.mark.parametrize(
    ("written", "wanted"),
    [
        ("THE ARMY ATTACKED A FARM.  THEY BURNED TWO HOUSES.", "The army attacked a farm.  They burned two houses."),
        ("TWO SOLDIERS FROM NORTH ZUBRIA WERE KILLED.", "Two soldiers from North Zubria were killed."),
        ("THE POLICE TOLD UNZO THAT IT MAY ATTACK.", "The police told UNZO that it may attack."),
        ("IT WAS REPORTED ON 3 MAY THAT HE HAS BEEN KILLED IN MARCH.", "It was reported on 3 May that he has been killed in March."),
        ("PRESIDENT QUEVARO SAID HECTOR QUEVARO WAS NOT KILLED.", "President Quevaro said Hector Quevaro was not killed."),
        ("THE ZELMAN NATIONAL LIBERATION FRONT [ZNLF] ATTACKED. ZNLF REBELS KILLED TWO.", None),
        ("THE MLQ [MOVEMENT OF THE LIBERATION OF QUELL] ATTACKED.", None),
        ("THE NATIONAL COUNCIL SAID.", "The National Council said."),
        ("THE U.S. ARMY ATTACKED.", "The U.S. army attacked."),
        ("THE VILLAGE OF SAN QUERITO AND LA ZELDA.", "The village of San Querito and La Zelda."),
        ("O'BRANNOCK'S HOUSE WAS BURNED.", "O'Brannock's house was burned."),
    ],
)
def test_what_is_known_gets_its_case(written: str, wanted: str | None) -> None:
    restored = restore_case(written, KNOWN)
    if wanted is not None:
        assert restored == wanted
    assert restored.lower() == written.lower()


def test_an_acronym_in_brackets_makes_a_name_of_the_words_before_it() -> None:
    restored = restore_case("IT WAS THE ZELMAN NATIONAL LIBERATION FRONT [ZNLF] THAT ATTACKED. THE ZNLF KILLED TWO.", KNOWN)
    assert restored == "It was the Zelman National Liberation Front [ZNLF] that attacked. The ZNLF killed two."


def test_an_acronym_before_its_expansion() -> None:
    assert restore_case("THE MOQUE [MOVEMENT OF QUELL] ATTACKED.", KNOWN).startswith("The MOQUE [")


def test_a_speaker_in_brackets_is_no_acronym() -> None:
    assert restore_case("IT SAID.\n\n   [QUEVARO] THEY ATTACKED.", KNOWN) == "It said.\n\n   [Quevaro] They attacked."


def test_what_a_tagger_takes_for_a_name_is_one() -> None:
    def proper(lowered: str) -> list[tuple[int, int]]:
        at = lowered.index("town")
        return [(at, at + 4)]

    assert restore_case("SOLDIERS ATTACKED TOWN.", KNOWN, proper) == "Soldiers attacked Town."


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=120))
def test_only_the_case_changes(text: str) -> None:
    restored = restore_case(text, KNOWN)
    assert len(restored) == len(text)
    assert all(new.casefold() == old.casefold() or new.lower() == old.lower() or new.upper() == old.upper() for new, old in zip(restored, text, strict=True))


def test_texts_in_capitals_are_told() -> None:
    assert in_capitals("THE ARMY ATTACKED A FARM NEAR ZELMO.")
    assert not in_capitals("The army attacked a farm near Zelmo.")
    assert not in_capitals("")


@pytest.fixture(scope="module")
def recaser() -> Recaser:
    return Recaser()


@pytest.mark.parametrize(
    "printed",
    [
        "Gunmen killed a judge in Medellin on Tuesday, a Colombian newspaper said.",
        "The rebels attacked a bus near San Miguel, in El Salvador, on 3 March.",
        "The United States condemned the bombing; Mexico and Peru did not.",
        "Two French tourists were kidnapped by unidentified men in the north of the country.",
        "The Supreme Court freed three Catholic priests.",
    ],
)
def test_with_the_lists_and_the_tagger(recaser: Recaser, printed: str) -> None:
    assert recaser.restored(printed.upper()) == printed
