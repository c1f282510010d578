"""Quotations: marks of all shapes, apostrophes, marks that are never closed."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.text.quotes import inside, quotations


def quoted(text: str) -> list[tuple[str, bool]]:
    return [(text[found.inner_start : found.inner_end], found.closed) for found in quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "we won" twice.', ["we won"]),
        ("“Go,” he said. „Halt“ «oui» »nein« ‘Stop’", ["Go,", "Halt", "oui", "nein", "Stop"]),
        ("The 'spy HQs' in Iraq's north", ["spy HQs"]),
        ("Don't touch the rebels' base or the farmers' well.", []),
        ("He said: 'The rebels' base was hit' on Monday.", ["The rebels' base was hit"]),
        ('A man of 5\'11" and a 12" pipe, the "big" one', ["big"]),
        ("'Tis the '90s, rock 'n' roll", []),
        ("Sana'a and Ta‘izz are calm", []),
        ('The "Front" and its "army"', ["Front", "army"]),
        ("``tex'' marks", ["tex"]),
        ('He said "stop."She ran.', ["stop."]),
    ],
)
def test_closed_quotations(text: str, expected: list[str]) -> None:
    assert quoted(text) == [(words, True) for words in expected]


def test_nested_quotations_know_the_one_around_them() -> None:
    text = 'She said "they shouted \'go\' at us" and left.'
    outer, inner = quotations(text)
    assert inner.parent == 0
    assert outer.parent is None
    assert inside(quotations(text), text.index("go")) == inner
    assert inside(quotations(text), text.index("shouted")) == outer
    assert inside(quotations(text), text.index("left")) is None
    assert inside(quotations(text), 0) is None


def test_a_paragraph_break_ends_an_unclosed_quotation() -> None:
    assert quoted('"One, he said.\n\nThen "two" came.') == [("One, he said.", False), ("two", True)]
    assert quoted("“One, he said.\u2029Then two came.") == [("One, he said.", False)]


def test_a_quotation_is_carried_over_where_the_next_paragraph_opens_with_a_mark() -> None:
    text = "“One.\n\n“Two,” he said. Out."
    (found,) = quotations(text)
    assert text[found.inner_start : found.inner_end] == "One.\n\n“Two,"
    assert found.closed
    assert quoted('"One.\n\n"Two," he said.') == [('One.\n\n"Two,', True)]


def test_a_missing_mark_does_not_swallow_the_next_quotation() -> None:
    assert quoted('He saw "one. Then "two" came.') == [("one. Then", False), ("two", True)]


def test_lone_marks_are_no_quotation() -> None:
    assert not any(quotations(text) for text in ('"', "'", "“", "”", "won,” he said", 'won," he said', ""))


_TEXTS = st.text(st.sampled_from("a S1.,\"'“”‘’„«»\n`\u2029"), max_size=50) | st.text(max_size=40)


@given(_TEXTS)
def test_quotations_are_nested_and_inside_the_text(text: str) -> None:
    found = quotations(text)
    for number, one in enumerate(found):
        assert 0 <= one.start < one.inner_start <= one.inner_end <= one.end <= len(text)
        assert one.closed or one.inner_end == one.end
        for other in found[:number]:
            assert other.start < one.start
            assert other.end <= one.start or other.end >= one.end


@given(_TEXTS)
def test_inside_agrees_with_a_search_through_all(text: str) -> None:
    found = quotations(text)
    for position in range(len(text) + 1):
        around = [one for one in found if one.start <= position < one.end]
        assert inside(found, position) == (around[-1] if around else None)


@pytest.mark.parametrize("unit", ["“a ", "'a ", "a' ", '"', " 'as' b"])
def test_time_is_linear(unit: str) -> None:
    def seconds(count: int) -> float:
        start = time.process_time()
        quotations(unit * count)
        return time.process_time() - start

    seconds(100)
    small, large = min(seconds(3000) for _ in range(3)), seconds(24_000)
    assert large < max(small, 0.002) * 8 * 6
