"""What is wrong with a codebook is said with file, line and fix. All examples are invented."""

from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sayso.codebooks import nodes
from sayso.codebooks.checking import check, covers, load_book
from sayso.codebooks.nodes import BookError
from sayso.codebooks.row_book import Condition, RowBook
from sayso.codebooks.rows import load_row_book
from sayso.codebooks.showing import built_in, plain_book, summary
from sayso.codebooks.starting import begun_from, starter
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
        (("days: one", "dayz: one"), "mine.yaml:11: dayz is not known here: is days meant?"),
        (("  school: [school,", "  pupils: [\"@school\"]\n  school: [\"@pupils\", school,"), ":29: classes.pupils holds itself (pupils → school → pupils)"),
        (("  school: [school,", "  pupils: [\"@school\"]\n  school: [school,"), ":29: classes.pupils holds 'school', which stands below it: move it up"),
        (("classes:", "groups:\n  a: [b]\n  b: [c, state]\n  c: [a]\n\nclasses:"), "groups.a holds itself (a → b → c → a): break the circle"),
        (("      Other attack:", "      none:"), "none says in rules that there is no row"),
        (("kind: rows\n", "kind: rows\n? [a, b]\n: 1\n"), "has a key that is no word"),
        (("\ntypes:", "\ntypes: &a {}\nmore: *a\nmost:"), "mine.yaml:14: what stands here is named by an alias"),
        (("licence: CC0-1.0", "licence: !!python/object/apply:os.getcwd []"), "mine.yaml:7: has the tag 'tag:yaml.org,2002:python/object/apply:os.getcwd'"),
    ],
)
def test_a_book_that_cannot_be_read_says_where_and_how_to_mend_it(tmp_path, change, words):
    found = problems(book(tmp_path, change))
    assert any(words in one for one in found), found


def test_everything_that_is_wrong_is_told_at_once_in_the_order_of_lines(tmp_path):
    path = book(tmp_path)
    text = path.read_text(encoding="utf-8")
    changes = [
        ("title: What", "titel: What"), ("days: one", "days: two"), ("definition: In", "defintion: In"), ("school: [school,", "school: [School,"),
        ("sub_event: Other attack", "sub_event: Another attack"), ("type: [ASSAULT, COERCE]", "type: [ATTACK]"),
    ]  # fmt: skip
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    found = check(path, unread)
    assert found.book is None
    lines = [one.line for one in found.problems]
    assert lines == sorted(lines)
    told = "\n".join(map(str, found.problems))
    for words in ("title is missing", "titel is not known here: is title meant?", "'two'", "definition is missing", "'School'", "'Another attack'", "'ATTACK'"):
        assert words in told, words
    assert len(found.problems) == 7  # a wrong class or type is told once, not again wherever it is used
    with pytest.raises(BookError, match=r"and 6 more in this file"):
        load_row_book(path)


def test_a_file_with_too_many_faults_is_told_of_up_to_a_number(tmp_path):
    path = tmp_path / "many.yaml"
    path.write_text(starter("many") + "".join(f"key{number}: x\n" for number in range(500)), encoding="utf-8")
    assert len(problems(path)) == nodes.MOST_PROBLEMS


def test_a_book_without_types_is_none(tmp_path):
    path = tmp_path / "bare.yaml"
    path.write_text("kind: rows\nname: bare\ntitle: t\nversion: '1'\nlicence: CC0-1.0\n", encoding="utf-8")
    assert problems(path) == ["bare.yaml: has no types: add at least one sub-event under types"]
    path.write_text("kind: acts\nname: bare\ntitle: t\nversion: '1'\nlicence: CC0-1.0\n", encoding="utf-8")
    assert any("types are missing" in one for one in problems(path))


def test_a_class_that_is_opened_too_often_is_a_bomb(tmp_path, monkeypatch):
    monkeypatch.setattr(nodes, "MOST_WORDS", 100_000)
    words = ", ".join("w" + "".join(chr(97 + int(digit)) for digit in str(number)) for number in range(2000))
    bomb = f"classes:\n  many: [{words}]\n" + "".join(f"  more{number}: ['@many']\n" for number in range(100))
    path = book(tmp_path, ("classes:", bomb))
    assert any("to more than 100,000 words: use fewer" in one for one in problems(path))


@pytest.mark.parametrize("opening", ["[", "{a: "])
@pytest.mark.parametrize("loader", [yaml.SafeLoader, nodes._LOADER])
def test_lists_too_deep_are_told(tmp_path, monkeypatch, opening, loader):
    monkeypatch.setattr(nodes, "_LOADER", loader)
    path = book(tmp_path, ("licence: CC0-1.0", f"licence: {opening * 3_000}"))
    assert len(problems(path)) == 1


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


def test_a_type_that_only_unreached_rules_give_is_out_of_reach(tmp_path):
    narrower = "when: {type: [ASSAULT], context: [earthquake, flood], not_actor: [people]}"
    path = book(tmp_path, ("when: {type: [ASSAULT, COERCE], words: [\"@school\"]}", narrower))
    assert any("mine.yaml:17: the type 'Attack on a school' is out of reach" in words for words in problems(path))


def test_a_counterexample_that_its_rule_codes_is_told(tmp_path):
    path = book(tmp_path, ("recipient_words: [bakery]}", "recipient_words: [classroom]}"))
    assert problems(path) == ["mine.yaml:48: the counterexample 'Shells hit a bakery.' is coded by the rule 'school_hit': correct the rule or the example"]


def test_what_a_type_is_in_another_book_of_ours_is_there(tmp_path):
    also = "      Other attack:\n        also: {acled: [Attack, Armed clsh], casualty: [Gunfire], ucdp: ['3']}\n"
    found = problems(book(tmp_path, ("      Other attack:\n", also)))
    assert [one[:72] for one in found] == ["mine.yaml:22: Other attack is said to be 'Armed clsh' in acled, which ha"]
    assert "use acled, airwars" in problems(book(tmp_path, ("      Other attack:\n", "      Other attack:\n        also: {gtd: ['1']}\n")))[0]


def test_counterexamples_are_part_of_what_a_book_says(tmp_path):
    whole = load_row_book(book(tmp_path)).digest
    assert load_row_book(book(tmp_path, ("words: [bakery]}", "words: [bridge]}"))).digest != whole
    moved = book(tmp_path, ("kind: rows", "# moved down\n\nkind: rows"))
    assert load_row_book(moved).digest == whole


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 69), st.sampled_from(["drop", "twice", "indent", "swap", "cut", "odd"]), st.text(max_size=8)), min_size=1, max_size=4))
@example([(0, "odd", "\x00")])
@example([(3, "odd", "@")])
def test_a_mangled_book_is_sound_or_says_what_to_mend(tmp_path, mangling):
    lines = starter("mine").splitlines()
    for number, how, text in mangling:
        at = number % max(1, len(lines))
        match how:
            case "drop":
                del lines[at : at + 1]
            case "twice":
                lines[at:at] = lines[at : at + 1]
            case "indent":
                lines[at : at + 1] = [f"  {line}" for line in lines[at : at + 1]]
            case "swap":
                lines[at : at + 2] = reversed(lines[at : at + 2])
            case "cut":
                lines[at : at + 1] = [line[: len(line) // 2] for line in lines[at : at + 1]]
            case "odd":
                lines[at : at + 1] = [f"{line}{text}" for line in lines[at : at + 1]]
    path = tmp_path / "mine.yaml"
    path.write_bytes("\n".join(lines).encode("utf-8", "surrogatepass"))
    found = check(path, lambda sentences: (frozenset() for _ in sentences))
    assert found.book is not None or found.problems
    assert all(one.what and one.file == "mine.yaml" for one in found.problems)


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
    path.write_text("#" * (nodes.LARGEST + 1), encoding="utf-8")
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


def test_another_book_is_begun_from_under_a_new_name(tmp_path):
    text = begun_from("ucdp", "mine")
    assert text.startswith(f"# Begun from ucdp 2 ({load_row_book('ucdp').digest}), Apache-2.0")
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    found = check(path, unread)
    assert (found.problems, found.book.name, found.book.version) == ((), "mine", "1")
    assert found.book.rules == load_row_book("ucdp").rules
    with pytest.raises(DataError, match="no codebook 'nowhere'"):
        begun_from("nowhere", "mine")
    with pytest.raises(InputError, match="is no name of a codebook"):
        begun_from("ucdp", "Mine")


def test_a_book_begun_elsewhere_is_like_the_same_book(tmp_path):
    (tmp_path / "a: b").mkdir()
    home = tmp_path / "a: b"
    book(home, name="below")
    above = book(home, ("like: acled", "like: below.yaml"), "above")
    path = tmp_path / "mine.yaml"
    path.write_text(begun_from(above, "mine"), encoding="utf-8")
    assert load_row_book(path).like == str((home / "below.yaml").resolve())


def test_every_rule_of_the_books_of_who_and_how_has_counterexamples():
    for name in ("ucdp", "casualty"):
        assert [rule.name for rule in load_row_book(name).rules if not rule.counterexamples] == []


def test_the_25_sub_events_of_acled_stand_in_their_order_and_map_to_plover():
    told = load_row_book("acled")
    assert len(told.types) == len(told.precedence) == 25
    assert told.precedence[:3] == ("Government regains territory", "Non-state actor overtakes territory", "Armed clash")
    assert told.precedence[-1] == "Other"
    assert all(one.also.get("plover") for one in told.types if one.name != "Other")


def test_the_type_of_ucdp_is_told_by_its_number():
    assert {dict(one.fields)["type_of_violence"] for one in load_row_book("ucdp").types} == {"1", "2", "3"}
