"""Numbers as written: values, bounds, ranges, vague words, and what is no count."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.engines.rules.quantities import Quantity, quantities
from sayso.errors import DataError
from sayso.languages.harm import Harm
from sayso.languages.numbers import Numbers
from sayso.languages.pack import load_pack

NUMBERS = load_pack("en").numbers


def counts(text: str) -> list[Quantity]:
    return [one for one in quantities(text, NUMBERS) if one.kind == "count"]


BOUNDS = [
    ("at least 43 people", 43, None, 43, False),
    ("no fewer than 38 residents", 38, None, 38, False),
    ("upwards of 1,400 people", 1400, None, 1400, False),
    ("more than 60 villagers", 61, None, 60, False),
    ("over 32,700 casualties", 32701, None, 32700, False),
    ("up to 210 people", None, 210, 210, False),
    ("as many as 300 people", None, 300, 300, False),
    ("fewer than 20 guards", None, 19, 20, False),
    ("no more than 20 guards", None, 20, 20, False),
    ("about 4,300 people", 4300, 4300, 4300, True),
    ("nearly two hundred people", 200, 200, 200, True),
    ("an estimated 1.7 million people", 1700000, 1700000, 1700000, True),
    ("50 or more people", 50, None, 50, False),
    ("50+ people", 50, None, 50, False),
    ("between 12 and 15 people", 12, 15, None, False),
    ("12 to 15 people", 12, 15, None, False),
    ("12-15 people", 12, 15, None, False),
    ("two or three people", 2, 3, None, False),
    ("4 to 5 thousand people", 4000, 5000, None, False),
    ("dozens of people", 24, None, None, False),
    ("scores of people", 40, None, None, False),
    ("hundreds of people", 200, None, None, False),
    ("thousands of people", 2000, None, None, False),
    ("tens of thousands of people", 20000, None, None, False),
    ("several people", 3, None, None, False),
    ("a couple of people", 2, 2, 2, False),
    ("a dozen people", 12, 12, 12, False),
    ("two dozen people", 24, 24, 24, False),
    ("two hundred and fifty people", 250, 250, 250, False),
    ("sixty-four people", 64, 64, 64, False),
    ("3k people", 3000, 3000, 3000, False),
    ("12 000 people", 12000, 12000, 12000, False),
    ("1.200 people", 1200, 1200, 1200, False),
]


@pytest.mark.parametrize(("text", "low", "high", "point", "approximate"), BOUNDS)
def test_bounds_follow_the_conventions(text: str, low: int | None, high: int | None, point: int | None, approximate: bool) -> None:
    (one,) = counts("They saw " + text + " there.")
    assert (one.low, one.high, one.point, one.approximate) == (low, high, point, approximate)
    assert ("They saw " + text)[one.start : one.end] in text


def test_a_vague_word_is_kept_as_the_term() -> None:
    (one,) = counts("Dozens fell ill.")
    assert one.term == "Dozens"


NO_COUNTS = [
    "They met on 9 September 2021 and again on March 28.",
    "It began at 04:30 and ended at 6 p.m. on the 22nd.",
    "The T-72 and two-year-old plans: see No. 41 and Resolution 1701.".replace("two-year-old plans", "M-16"),
    "He is 34 years old and lives 25 km away, or 3 miles.",
    "It cost $12 and 40 euros, 7 percent more.",
    "They lost 3-1 and lived at 12 Baker Street.",
    "The war of 1994 lasted three weeks.",
    "Nobody knew which one it was, and no one asked.",
]


@pytest.mark.parametrize("text", NO_COUNTS)
def test_what_is_no_count_is_left_out(text: str) -> None:
    assert counts(text) == []


def test_an_age_is_told_from_a_count() -> None:
    assert [(one.point, one.kind) for one in quantities("A 12-year-old and 12 guards, aged 30 or more.", NUMBERS)] == [(12, "age"), (12, "count"), (30, "age")]


@given(st.integers(min_value=2, max_value=999999))
def test_every_written_number_is_read_back(number: int) -> None:
    (one,) = counts(f"It hit {number:,} people.")
    assert (one.low, one.high) == (number, number)


@given(st.text(max_size=120))
def test_any_text_gives_ordered_quantities_inside_it(text: str) -> None:
    found = quantities(text, NUMBERS)
    assert all(0 <= one.start <= one.number[0] < one.number[1] <= one.end <= len(text) for one in found)
    assert [one.number for one in found] == sorted(one.number for one in found)


def test_an_unknown_key_of_the_data_is_an_error_with_its_place(tmp_path: Path) -> None:
    wrong = tmp_path / "numbers.toml"
    wrong.write_text("[values]\none = 1\n[bounds]\nlower = []\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"numbers\.toml:3"):
        Numbers.from_file(wrong)
    wrong.write_text("[killed]\nobject = []\nunheard = []\n", encoding="utf-8")
    with pytest.raises(DataError, match="unheard"):
        Harm.from_file(wrong)
