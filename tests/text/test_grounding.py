"""Grounding: exact, folded, ambiguous, absent."""

from hypothesis import given
from hypothesis import strategies as st

from sayso.model.words import Grounding
from sayso.text.folding import fold
from sayso.text.grounding import Found, ground

TEXT = "The army said the rebels fled. The “rebels”\n of Wad  Hassán denied that the army had won; armyworms ate the crop."


def test_a_unique_quote_is_exact() -> None:
    assert ground(TEXT, "fled") == Found(Grounding.EXACT, TEXT.index("fled"), TEXT.index("fled") + 4)
    assert ground(TEXT, "  fled. ").how is Grounding.EXACT


def test_a_folded_quote_is_mapped_back() -> None:
    found = ground(TEXT, 'the "rebels" of wad hassan')
    assert found.how is Grounding.FOLDED
    assert found.span is not None
    assert TEXT[slice(*found.span)] == "The “rebels”\n of Wad  Hassán"


def test_marks_at_the_edges_of_a_quote_may_differ() -> None:
    found = ground(TEXT, '"ate the crop!"')
    assert found.how is Grounding.FOLDED
    assert found.span is not None
    assert TEXT[slice(*found.span)] == "ate the crop"


def test_several_places_are_ambiguous_without_a_hint() -> None:
    assert ground(TEXT, "rebels") == Found(Grounding.AMBIGUOUS)
    assert ground(TEXT, "rebels").span is None


def test_near_chooses_the_nearest_place() -> None:
    first = TEXT.index("army")
    second = TEXT.index("army", first + 1)
    assert ground(TEXT, "army", near=0).start == first
    assert ground(TEXT, "army", near=second + 5).start == second


def test_whole_words_are_preferred() -> None:
    text = "armyworms came, then the army"
    assert ground(text, "army").span == (25, 29)
    assert ground(text, "worms").span == (4, 9)
    assert ground("Unarmed men. ARM them. armed", "arm").span == (13, 16)


def test_a_window_leaves_other_places_out() -> None:
    at = TEXT.index("rebels", 20)
    assert ground(TEXT, "rebels", window=(20, len(TEXT))).start == at
    assert ground(TEXT, "rebels", window=(0, 5)).how is Grounding.ABSENT
    assert ground(TEXT, "REBELS", window=(at - 2, at + 8)).span == (at, at + 6)
    assert ground(TEXT, "fled", window=(-5, 9999)).how is Grounding.EXACT


def test_words_of_two_places_are_not_glued() -> None:
    assert ground(TEXT, "The army denied").how is Grounding.ABSENT
    assert ground(TEXT, "The army ... denied").how is Grounding.ABSENT
    assert ground(TEXT, "rebels army").how is Grounding.ABSENT


def test_nothing_is_nowhere() -> None:
    assert {ground(TEXT, quote).how for quote in ("", "  ", "\u00ad", "...???", "\u0301")} == {Grounding.ABSENT}
    assert ground("", "army").how is Grounding.ABSENT


@given(st.text(min_size=1, max_size=60), st.data())
def test_every_quote_of_a_text_is_found_where_it_stands(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = text[start:end].strip()
    found = ground(text, quote, near=start)
    if quote and fold(quote).text.strip():
        assert found.span is not None
        low, high = found.span
        assert text[low:high] == quote or fold(text[low:high]).text.strip() == fold(quote).text.strip()


@given(st.text(max_size=60), st.text(max_size=10), st.none() | st.integers(-5, 70))
def test_what_is_found_says_the_quote(text: str, quote: str, near: int | None) -> None:
    found = ground(text, quote, near)
    if found.how is Grounding.EXACT:
        assert found.span is not None
        assert text[slice(*found.span)] == quote.strip()
    elif found.how is not Grounding.FOLDED:
        assert found.span is None
