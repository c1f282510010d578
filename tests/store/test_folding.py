"""Words as both stores index them."""

from hypothesis import given
from hypothesis import strategies as st

from sayso.store.folding import clean, folded_words, phrases

_TEXTS = st.text(st.characters(), max_size=60)


def test_case_accents_and_marks_do_not_matter() -> None:
    assert folded_words("Al-Qaïda's STRAẞE, e\u0301t\u00e9") == ["al", "qaida", "s", "strasse", "ete"]
    assert phrases("al-Qaïda market") == [["al", "qaida"], ["market"]]
    assert folded_words("苏阿金 market") == ["苏", "阿", "金", "market"]


@given(_TEXTS)
def test_every_word_of_a_text_is_found_by_itself(text: str) -> None:
    words = folded_words(text)
    assert [list(run) for run in dict.fromkeys(tuple(folded_words(part)) for part in text.split()) if run] == phrases(text)
    assert [word for part in text.split() for word in folded_words(part)] == words
    assert all(word and not set(word) & set("\"'\\%_*:()&|<>! ") for word in words)


@given(_TEXTS)
def test_clean_text_can_be_stored(text: str) -> None:
    assert "\x00" not in clean(text)
    clean(text).encode("utf-8")
    assert clean(clean(text)) == clean(text)
