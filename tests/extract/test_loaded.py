"""Loaded words found in invented reports, for both sides alike, and left alone where the same words take none."""

import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sayso.languages
from sayso.extract.loaded import find_loaded
from sayso.languages.loaded import LoadedWords
from sayso.model.words import LoadedClass

WORDS = LoadedWords.from_file(Path(sayso.languages.__file__).parent / "en" / "loaded.toml")


def flagged(text: str, *names: str) -> list[str]:
    spans = [(text.index(name), text.index(name) + len(name)) for name in names]
    return [text[found.start : found.end] for found in find_loaded(text, WORDS, spans)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The army neutralised nine terrorists near Dalur.", ["neutralised", "terrorists"]),
        ("Our heroes repelled the invaders; two soldiers were martyred.", ["Our heroes", "invaders", "martyred"]),
        ("Regime artillery shelled Kesh and the occupiers fled.", ["Regime", "occupiers"]),
        ("A precision strike hit the village.", ["precision strike"]),
        ("The so-called council and its lackeys will answer.", ["so-called", "lackeys"]),
        ("They spoke of a genocidal war and of ethnic cleansing.", ["genocidal war", "ethnic cleansing"]),
        ("The village was liberated after the anti-terrorist operation.", ["liberated", "anti-terrorist operation"]),
        ("THE JUNTA KILLED SIX CIVILIANS", ["JUNTA"]),
        ("The mercenaries’ convoy was hit.", ["mercenaries"]),
        ("The ministry blamed “bandits” for the raid.", ["bandits"]),
        ("Enemy positions near Orlat were hit by our brave fighters.", ["Enemy", "our brave"]),
        ("the butcher Varo will fall", ["butcher"]),
        ("Dozens of terrorists were eliminated from the air.", ["terrorists", "eliminated"]),
    ],
)
def test_words_that_take_a_side_are_found(text: str, wanted: list[str]) -> None:
    assert flagged(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Two men were charged with terrorism before the anti-terrorist court.",
        "The Genocide Convention was signed in 1948.",
        "Parliament debated the tax regime and the visa regime.",
        "The striker was the hero of the match after a heroic save by the goalkeeper.",
        "The champions were eliminated from the cup.",
        "Sappers neutralised the bomb.",
        "The butcher in the market sells lamb.",
        "Crowds met in Martyrs' Square and on the Avenue of the Heroes.",
        "Explosive remnants of war were cleared near the school.",
        "Students ended the occupation of the building.",
        "The film shows a massacre and an enemy with a legendary sword.",
        "Sales were massacred: profit fell by a third.",
        "Rivers are the natural enemy of old bridges.",
        "He served in special operations forces.",
        "Gunmen killed three soldiers in an attack on a checkpoint, officials said.",
    ],
)
def test_the_same_words_in_plain_use_are_left_alone(text: str) -> None:
    assert flagged(text) == []


def test_names_of_actors_are_left_alone_but_not_what_is_said_of_them() -> None:
    text = "The Islamic Resistance and the Martyrs Brigade said the Varo regime had lied, and the resistance would go on."
    assert flagged(text, "Islamic Resistance", "Martyrs Brigade", "Varo regime") == ["regime", "the resistance"]


def test_a_scare_quoted_word_needs_no_company() -> None:
    assert flagged("He warned that “anarchists” would be stopped.") == ["anarchists"]
    assert flagged("He warned that anarchists would be stopped.") == []


def test_each_word_has_a_class_and_a_gloss() -> None:
    found = find_loaded("Nine terrorists were neutralised; our martyrs fell to naked aggression.", WORDS, ())
    assert [one.loaded_class for one in found] == [LoadedClass.VILIFYING, LoadedClass.EUPHEMISM, LoadedClass.GLORIFYING, LoadedClass.CONTESTED_LEGAL]
    assert all(one.neutral for one in found)


def test_mild_words_are_found_only_when_asked_for() -> None:
    text = "Militants attacked the post."
    assert find_loaded(text, WORDS, ()) == ()
    assert [text[one.start : one.end] for one in find_loaded(text, WORDS, (), mild=True)] == ["Militants"]


def test_a_phrase_does_not_run_over_a_paragraph_or_a_full_stop() -> None:
    assert flagged("They named it a surgical. Strike committees met.") == []
    assert flagged("a precision\nstrike") == ["precision\nstrike"]
    assert flagged("a precision\n\nstrike") == []


@pytest.mark.parametrize(
    "pair",
    [
        ("The {} regime said its heroic soldiers routed the enemy.", "Ardovian", "Belmarian"),
        ("{} terrorists were eliminated; the martyrs will be avenged.", "Jorvan", "Tarvel"),
        ("The heinous aggression by {} forces will be punished.", "Russian", "Ukrainian"),
        ("The {} occupation forces and their mercenaries fled.", "Israeli", "Iranian"),
    ],
)
def test_the_actor_does_not_decide(pair: tuple[str, str, str]) -> None:
    frame, one, other = pair
    assert flagged(frame.format(one), one) == flagged(frame.format(other), other) != []


PARTS = ["the", "regime’s", "martyrs", "“so-called”", "heroes,", "eliminated\n\nby", "terrorists", "—", "É́", "🙂", "of", "War", ".", "enemy", "soldiers"]


@given(st.lists(st.sampled_from(PARTS), max_size=40), st.integers(0, 30))
def test_spans_are_in_order_and_inside(parts: list[str], at: int) -> None:
    text = " ".join(parts)
    found = find_loaded(text, WORDS, [(at, at + 5)])
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(one.end <= two.start for one, two in pairwise(found))


def test_a_long_report_is_read_fast() -> None:
    text = "The army said nine terrorists were neutralised near the river and that the enemy had lost two vehicles. " * 200
    started = time.process_time()
    assert len(find_loaded(text, WORDS, ())) == 600
    assert time.process_time() - started < 0.002 * len(text) / 1000 * 3  # three times the budget: shared machines
