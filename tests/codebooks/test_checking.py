"""What is wrong with a codebook is said with file, line and fix. All examples are invented."""

from pathlib import Path

import pytest

from sayso.codebooks.checking import LARGEST, check, covers, load_book
from sayso.codebooks.row_book import Condition, RowBook
from sayso.codebooks.rows import load_row_book
from sayso.codebooks.showing import built_in, plain_book, summary
from sayso.codebooks.starting import starter
from sayso.errors import DataError, InputError


def unread(sentences):
    """Reads nothing: for books of rows, whose examples need no reader."""
    raise AssertionError(list(sentences))


def book(tmp_path: Path, change: tuple[str, str] = ("", ""), name: str = "mine") -> Path:
    """The starter as a file, with one change."""
    text = starter(name)
    assert change[0] in text
    path = tmp_path / f"{name}.yaml"
    path.write_text(text.replace(*change, 1), encoding="utf-8")
    return path


def problems(path: Path) -> list[str]:
    return [str(one) for one in check(path, unread).problems]


def test_the_starter_is_sound(tmp_path):
    found = check(book(tmp_path), unread)
    assert found.problems == ()
    assert isinstance(found.book, RowBook)
    assert found.book.weigh == "graded"


@pytest.mark.parametrize("name", ["acled", "ucdp", "casualty"])
def test_our_books_of_rows_are_sound(name):
    assert check(name, unread).problems == ()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("definition: In", "defintion: In"), "mine.yaml:18: types.Attacks.sub_events.Attack on a school.definition is missing"),
        (("days: one", "days: two"), "mine.yaml:11: days is 'two': use one of one, range"),
        (("weigh: graded", "weigh: mean"), "mine.yaml:12: weigh is 'mean'"),
        (("words: [\"@school\"]", "words: [\"@scool\"]"), "scool"),
        (("type: [ASSAULT, COERCE]", "type: [ATTACK]"), "'ATTACK' is no act"),
        (("sub_event: Other attack", "sub_event: Another attack"), "'Another attack' is no sub-event of this book"),
        (("precedence: [Attack on a school, Other attack]", "precedence: [Other attack]"), "list every sub-event once"),
        (("like: acled", "like: acledd"), "no codebook 'acledd'"),
        (("kind: rows", "kind: row"), "kind is 'row'"),
        (("examples:\n      - {says: A flood", "exampels:\n      - {says: A flood"), "examples of the rule 'nobody_attacks' are missing"),
        (("name: mine\n", "name: mine\nsurplus: 1\n"), "surplus is not known here"),
        (("types:", "types: &a [*a]\nmore:"), "mine.yaml"),
    ],
)
def test_a_book_that_cannot_be_read_says_where_and_how_to_mend_it(tmp_path, change, words):
    found = problems(book(tmp_path, change))
    assert len(found) == 1
    assert words in found[0]


def test_examples_that_are_not_coded_as_they_say_are_all_told(tmp_path):
    path = book(tmp_path, ("recipient_words: [school]}", "recipient_words: [bridge]}"))
    text = path.read_text(encoding="utf-8").replace("recipient_words: [teacher]}", "recipient_words: [farmer]}")
    path.write_text(text, encoding="utf-8")
    found = problems(path)
    assert [words for words in found if "Shells hit a school." in words or "two teachers" in words] == found
    assert len(found) == 2
    assert "is coded by the rule 'anything_else', as Other attack" in found[0]


def test_a_rule_that_is_never_reached_is_told(tmp_path):
    narrower = "when: {type: [ASSAULT], context: [earthquake, flood], not_actor: [people]}"
    path = book(tmp_path, ("when: {type: [ASSAULT, COERCE], words: [\"@school\"]}", narrower))
    assert any("the rule 'school_hit' is never reached, because 'nobody_attacks' holds wherever it does" in words for words in problems(path))


def test_a_rule_covers_another_only_where_that_is_sure():
    wide = Condition(frozenset({"ASSAULT"}), words=frozenset({"school", "clinic"}))
    narrow = Condition(frozenset({"ASSAULT"}), words=frozenset({"school"}), harm=True)
    assert covers(wide, narrow)
    assert not covers(narrow, wide)
    assert not covers(wide, Condition(frozenset({"ASSAULT"})))
    assert not covers(Condition(frozenset({"ASSAULT"}), not_actor=frozenset({"state"})), narrow)
    assert covers(Condition(frozenset({"ASSAULT", "COERCE"})), narrow)
    assert not covers(Condition(frozenset({"ASSAULT"}), killed=True), narrow)


def test_books_that_are_like_each_other_in_a_ring_are_told(tmp_path):
    first = book(tmp_path, ("like: acled", "like: other.yaml"), "mine")
    book(tmp_path, ("like: acled", "like: mine.yaml"), "other")
    assert "makes a ring" in problems(first)[0]


def test_a_change_of_the_book_that_it_is_like_is_seen(tmp_path):
    below = book(tmp_path, name="below")
    above = book(tmp_path, ("like: acled", "like: below.yaml"), "above")
    before = load_row_book(above)
    below.write_text(below.read_text(encoding="utf-8").replace("pupil, student]", "pupil, student, janitor]"), encoding="utf-8")
    after = load_row_book(above)
    assert "janitor" not in before.classes["school"]
    assert after.like_digest != before.like_digest


def test_own_parties_replace_and_add_to_those_of_the_other_book(tmp_path):
    extra = "parties:\n  clergy: {kinds: [media], words: [priest, imam]}\n\nclasses:"
    found = load_row_book(book(tmp_path, ("classes:", extra)))
    assert next(party for party in found.parties if party.name == "clergy").words == {"priest", "imam"}
    assert all("media" not in party.kinds for party in found.parties if party.name != "clergy")
    assert {party.name for party in load_row_book("acled").parties} <= {party.name for party in found.parties}


def test_too_large_a_book_is_refused(tmp_path):
    path = tmp_path / "large.yaml"
    path.write_text("#" * (LARGEST + 1), encoding="utf-8")
    with pytest.raises(DataError, match="more than the 5,000,000"):
        load_book(path)


def test_every_built_in_book_is_listed_and_shown():
    assert built_in() == ("acled", "casualty", "plover", "ucdp")
    for name in built_in():
        told = plain_book(load_book(name))
        assert len(told["types"]) == summary(name).types
        assert all(one["definition"] and one["examples_yes"] and one["examples_no"] for one in told["types"])


def test_one_type_is_shown_alone():
    told = plain_book(load_book("acled"), "armed CLASH")
    assert [one["name"] for one in told["types"]] == ["Armed clash"]
    assert told["rules"]
    assert {one["sub_event"] for one in told["rules"]} == {"Armed clash"}
    with pytest.raises(DataError, match="has no type 'Clash'"):
        plain_book(load_book("acled"), "Clash")


@pytest.mark.parametrize("name", ["", "Mine", "../mine", "a" * 60, "x: y"])
def test_a_starter_has_a_plain_name(name):
    with pytest.raises(InputError, match="is no name of a codebook"):
        starter(name)


def test_the_25_sub_events_of_acled_stand_in_their_order_and_map_to_plover():
    told = load_row_book("acled")
    assert len(told.types) == len(told.precedence) == 25
    assert told.precedence[:3] == ("Government regains territory", "Non-state actor overtakes territory", "Armed clash")
    assert told.precedence[-1] == "Other"
    assert all(one.also.get("plover") for one in told.types if one.name != "Other")


def test_the_type_of_ucdp_is_told_by_its_number():
    assert {dict(one.fields)["type_of_violence"] for one in load_row_book("ucdp").types} == {"1", "2", "3"}
