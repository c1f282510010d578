"""Folding and the way back to the source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.text.folding import fold

TEXTS = st.text(max_size=60) | st.text(st.sampled_from("aÉé\u0301ﬁßİ “”'’–—\u00a0\n\t\u00ad\u200f\u202e½Ａ"), max_size=40)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("“Straße” – Café", '"strasse" - cafe'),
        ("ﬁve\u00a0\n men", "five men"),
        ("Sana’a Sanaʿa", "sana'a sana'a"),
        ("sol\u00addiers\u200f \u202bleft", "soldiers left"),
        ("cafe\u0301", "cafe"),
        ("Łódź Þór", "lodz thor"),
        ("", ""),
    ],
)
def test_variants_fold_to_one_form(text: str, folded: str) -> None:
    assert fold(text).text == folded


def test_marks_stay_with_their_letter() -> None:
    text = "in the cafe\u0301 now"
    folded = fold(text)
    at = folded.text.index("cafe")
    assert text[slice(*folded.source_span(at, at + 4))] == "cafe\u0301"


def test_a_ligature_is_covered_whole() -> None:
    assert fold("aﬁb").source_span(1, 2) == (1, 2)
    assert fold("aﬁb").source_span(2, 3) == (1, 2)


@pytest.mark.parametrize("span", [(0, 0), (2, 1), (-1, 1), (0, 9)])
def test_an_empty_or_outer_span_is_an_error(span: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match="folded text"):
        fold("abc").source_span(*span)


@given(TEXTS)
def test_folding_is_idempotent_and_indexed(text: str) -> None:
    folded = fold(text)
    assert fold(folded.text).text == folded.text
    assert len(folded.index) == len(folded.text)
    assert all(before <= after for before, after in zip(folded.index, list(folded.index)[1:], strict=False))
    assert "  " not in folded.text


@given(TEXTS, st.data())
def test_the_source_span_folds_back_to_what_it_stands_for(text: str, data: st.DataObject) -> None:
    folded = fold(text)
    if not folded.text:
        return
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    low, high = folded.source_span(start, end)
    assert 0 <= low < high <= len(text)
    assert folded.text[start:end] in fold(text[low:high]).text


@given(TEXTS, st.integers(0, 60))
def test_position_is_the_first_at_or_after(text: str, at: int) -> None:
    folded = fold(text)
    position = folded.position(at)
    assert all(source < at for source in folded.index[:position])
    assert all(source >= at for source in folded.index[position:])
