"""Which report is a new version of which; all texts are invented."""

from dataclasses import replace

import pytest

from sayso.link.copies import find_copies, is_update
from sayso.model import Document, Source

TEXT = """Shells fell on the cotton market of Tall Amin, killing 9 traders, the hospital in Imre said. Carts burned for an hour before two water lorries reached
the square. The Eastern Front said that it had aimed at a barracks. The governor asked the observers to count the craters and to publish what they find."""
LATER = TEXT.replace("9 traders", "11 traders") + " Two of the wounded died in the evening, a nurse said."
OLD = Document(TEXT, Source("Delta Wire"), title="Shells kill nine at market of Tall Amin", published="2031-05-04T08:00")
NEW = replace(OLD, text=LATER, title="Shells kill eleven at market of Tall Amin", published="2031-05-04T15:00")


def test_nearly_the_same_headline_and_words_later() -> None:
    told = is_update(OLD, NEW)
    assert told is not None
    assert "nearly the same headline" in told


def test_the_same_address_or_id() -> None:
    old, new = (replace(one, url="https://wire.example/market", title=None) for one in (OLD, NEW))
    assert "same address or id" in str(is_update(old, new))
    assert "same address or id" in str(is_update(replace(OLD, given_id="m1"), replace(NEW, given_id="m1", title="Market: what we know")))


def test_an_address_says_more_than_the_name_of_a_file() -> None:
    old, new = (replace(one, url="https://wire.example/market", given_id=name, title=None) for one, name in ((OLD, "v1.txt"), (NEW, "v2.txt")))
    assert "same address or id" in str(is_update(old, new))


def test_an_address_used_for_another_report() -> None:
    old = replace(OLD, url="https://wire.example/latest")
    new = Document(
        "The harbour of Port Lessing opens again on Friday, its master said, after a week of storms.", OLD.source, url=old.url, published="2031-05-09"
    )
    assert is_update(old, new) is None


@pytest.mark.parametrize(
    "title", ["UPDATE 2-Market of Tall Amin shelled", "Market of Tall Amin shelled (corrects toll)", "CORRECTED-Market of Tall Amin shelled"]
)
def test_marked_as_a_new_version(title: str) -> None:
    old = replace(OLD, title="Market of Tall Amin shelled")
    assert "marked as a new version" in str(is_update(old, replace(NEW, title=title)))


def test_a_mark_within_the_text() -> None:
    new = replace(NEW, title=None, text=f"UPDATE 2: {LATER}")
    assert "marked as a new version" in str(is_update(replace(OLD, title=None), new))


@pytest.mark.parametrize(
    "new",
    [
        replace(NEW, source=Source("Morning Post")),
        replace(NEW, published="2031-05-03"),
        replace(NEW, published="2031-06-30"),
        replace(NEW, text="The harbour of Port Lessing opens again on Friday, its master said, after a week of storms and repairs."),
        OLD,
    ],
)
def test_what_is_none(new: Document) -> None:
    assert is_update(OLD, new) is None


def test_the_next_number_of_a_series_is_none() -> None:
    form = "The ministry reported {} attacks in the last 24 hours, {} of them near {}. It said that {} people were wounded. The road to the coast was closed."
    old = Document(form.format(12, 7, "Karo", 31), Source("Ministry"), title="Daily bulletin", published="2031-05-04")
    new = Document(form.format(9, 4, "Suakin", 18), Source("Ministry"), title="Daily bulletin", published="2031-05-05")
    assert is_update(old, new) is None
    assert find_copies([old, new]) == ()


def test_copies_tell_a_new_version_as_one() -> None:
    (copy,) = find_copies([OLD, NEW])
    assert (copy.document, copy.original) == (NEW.id, OLD.id)
    assert copy.reason.startswith("an updated version: ")
