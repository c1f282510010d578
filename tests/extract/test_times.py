import itertools
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sayso.languages
from sayso.errors import DataError
from sayso.extract.times import find_times
from sayso.languages.times import Lean, TimeKind, TimeWords

FILE = Path(sayso.languages.__file__).parent / "en" / "times.toml"
WORDS = TimeWords.from_file(FILE)
PIECES = [
    *(["the", "on", "last", "next", "3", "4", "May", "–", "-", "and", "to", "Monday", "night", "overnight", "since", "2024", ",", "."]),
    *(["early", "week", "past", "two", "days", "ago", "later", "14:20", "30/03/2024", "'s"]),
    "\n",
]


def quotes(text: str) -> list[str]:
    return [one.quote for one in find_times(text, WORDS)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The road was cut on Monday, 4 March 2024, and again on 7 March.", ["Monday, 4 March 2024", "7 March"]),
        ("Shells fell in late December and in mid-2022.", ["late December", "mid-2022"]),
        ("Monday's raid followed Sunday's funeral.", ["Monday", "Sunday"]),
        ("Since 9 September, forty have died.", ["Since 9 September"]),
        ("It lasted from Sunday evening to Monday morning.", ["from Sunday evening to Monday morning"]),
        ("He was seen on Oct. 7 near the gate.", ["Oct. 7"]),
        ("They struck at 4.20 a.m. on 1 June.", ["4.20 a.m. on 1 June"]),
        ("In the winter of 2022–23 and the early 1990s nothing moved.", ["the winter of 2022–23", "the early 1990s"]),
        ("MAY 14: nothing. 14 may pass. MARCH 3", ["MAY 14", "MARCH 3"]),
    ],
)
def test_stretches(text: str, found: list[str]) -> None:
    assert quotes(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "Mr May said the crowd may march 12 miles to the bridge.",
        "The 14-year-old boy, aged 12, lost 24/7 care.",
        "They won 3-1 and fired 2000 rounds at 30 houses.",
        "April Jones and August Brandt spoke.",
        "The sun set on 4,300 people; the 33rd Front denied it.",
        "He sat down; wed in haste, they said.",
        "The 14 February Coalition met the March 8 Alliance.",
        "On 31/31/2024 and 2024-13-45 nothing is a date.",
    ],
)
def test_no_times(text: str) -> None:
    assert quotes(text) == []


def test_a_duration_is_kept_as_such() -> None:
    (found,) = find_times("The bridge was closed for three hours.", WORDS)
    assert (found.kind, found.value.count, found.value.unit) == (TimeKind.DURATION, 3, "hour")


def test_a_month_before_a_count_is_no_day() -> None:
    (found,) = find_times("In May 12 people were killed.", WORDS)
    assert (found.quote, found.value.month, found.value.day) == ("May", 5, None)


@pytest.mark.parametrize(
    ("text", "quote", "lean"),
    [
        ("The ministers will meet on Friday.", "Friday", Lean.AHEAD),
        ("He vowed on Tuesday to hand over the port by July.", "Tuesday", Lean.BACK),
        ("He vowed on Tuesday to hand over the port by July.", "by July", Lean.AHEAD),
        ("Two women will be released on Sunday.", "Sunday", Lean.AHEAD),
        ("Rioters set two cars ablaze on Saturday.", "Saturday", Lean.BACK),
        ("Nine bodies had been brought to hospitals on Friday.", "Friday", Lean.BACK),
        ("The parties agreed to a ceasefire on Friday.", "Friday", Lean.BACK),
        ("On Thursday, the court will rule.", "Thursday", Lean.AHEAD),
        ("Gunmen may have fled on Monday.", "Monday", Lean.BACK),
        ("In May a guard was shot on Monday.", "Monday", Lean.BACK),
        ("Traders expect a vote before Thursday's session.", "Thursday", Lean.AHEAD),
        ("Police, who will report next week, said on Monday that two died.", "Monday", Lean.BACK),
    ],
)
def test_lean(text: str, quote: str, lean: Lean) -> None:
    assert {one.quote: one.lean for one in find_times(text, WORDS)}[quote] is lean


def test_labels_open_their_line() -> None:
    found = find_times("17 Aug: two shells\n14:20 more shells at 15:00\n• [15:30] quiet", WORDS)
    assert [(one.quote, one.label) for one in found] == [("17 Aug", True), ("14:20", True), ("15:00", False), ("15:30", True)]


def test_symbols_tell_the_value() -> None:
    (found,) = find_times("It has gone on since mid-November.", WORDS)
    assert found.value.symbol == "bound(bound=since, of=portion(portion=mid, of=month(month=11)))"


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_stretches_are_the_text_and_never_overlap(parts: list[str]) -> None:
    text = " ".join(parts)
    found = find_times(text, WORDS)
    assert all(text[one.start : one.end] == one.quote and one.quote for one in found)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert all(text[one.start : one.end] == one.quote for one in find_times(text, WORDS))


def test_quick() -> None:
    text = "On Monday night, 4 March 2024, shells fell between 3 and 7 May near the bridge, officials said late on Tuesday. " * 200
    began = time.process_time()
    find_times(text, WORDS)
    assert (time.process_time() - began) / len(text) * 1000 < 0.008  # 8 ms per 1,000: the aim is 2, with room for a busy machine


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('pattern = "overnight"', 'pattern = "overnight NOSUCH"', "NOSUCH"),
        ('pattern = "overnight"', 'pattern = "POINT=nowhere"', "nowhere"),
        ('pattern = "overnight"', 'patern = "overnight"', "pattern"),
        ("capital = [", "capitals = [", "capitals"),
        ('as = "MONTHLY"', 'as = "SOMETHING"', "SOMETHING"),
    ],
)
def test_a_wrong_pack_names_the_fault(tmp_path: Path, old: str, new: str, message: str) -> None:
    wrong = tmp_path / "times.toml"
    wrong.write_text(FILE.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DataError, match=message):
        TimeWords.from_file(wrong)
