"""Addresses in lists of GDELT. All rows are invented."""

import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.takers import SETTINGS, taken_by

from sayso.errors import InputError
from sayso.intake import gdelt
from sayso.intake.gdelt import Wanted, looks_like_articles, looks_like_rows, take_gdelt, wanted_of
from sayso.intake.settings import What
from sayso.model import Failure

A, B = "https://paper.example/a", "https://paper.example/b"


def row(columns, **cells):
    found = ["x"] * columns
    for place, cell in cells.items():
        found[int(place[1:])] = cell
    return "\t".join(found) + "\n"


EVENTS = "".join(row(61, c0="1149000001", c1="20240504", c59="20240504101500", c60=url) for url in (A, A, B, "not an address"))
GKG = row(27, c0="20240504101500-7", c1="20240504101500", c4=A)
MENTIONS = row(16, c0="1149000001", c1="20240504100000", c2="20240504101500", c5=A)
ARTICLES = json.dumps({"articles": [{"url": A, "seendate": "20240504T101500Z", "title": "x"}, {"url": ""}, 7, {"url": B}]})
TABLE = f'\ufeffURL,MobileURL,Date,Title\n{A},,2024-05-04 10:15:00,"Nine, killed"\n'
SEEN = "2024-05-04T10:15:00Z"


def wanted(text):
    return list(wanted_of(io.BytesIO(text.encode()), SETTINGS))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (EVENTS, [Wanted(A, SEEN), Wanted(B, SEEN)]),
        (row(58, c0="1149000001", c1="20240504", c56="20240504", c57=A), [Wanted(A, "2024-05-04")]),
        (GKG, [Wanted(A, SEEN)]),
        (MENTIONS, [Wanted(A, SEEN)]),
        (EVENTS + "broken\trow\n" + row(61, c60="https://paper.example/c"), [Wanted(A, SEEN), Wanted(B, SEEN), Wanted("https://paper.example/c")]),
        (ARTICLES, [Wanted(A, SEEN), Wanted(B)]),
        (TABLE, [Wanted(A, "2024-05-04T10:15:00")]),
    ],
)
def test_each_address_is_given_once(text, found):
    assert wanted(text) == found


def test_a_list_alone_is_a_failure_that_counts_and_says_what_to_do():
    (one,) = taken_by(take_gdelt, EVENTS.encode(), What("20240504.export.CSV"))
    assert isinstance(one.item, Failure)
    assert "2 addresses" in one.item.reason
    assert "--fetch" in one.item.reason


def test_lists_show_themselves():
    assert all(looks_like_rows(text.encode()) for text in (EVENTS, GKG, MENTIONS))
    assert not looks_like_rows(b"id\ttext\n1\tThe army said\n")
    assert looks_like_articles(ARTICLES.encode())
    assert not looks_like_articles(b'{"text": "articles"}')


def test_too_many_are_refused(monkeypatch):
    monkeypatch.setattr(gdelt, "MOST_URLS", 1)
    with pytest.raises(InputError, match="more than 1 addresses"):
        wanted(EVENTS)


@pytest.mark.parametrize("text", ["", "nothing", "id,text\n1,x\n", '{"articles": ['])
def test_what_is_no_list_is_refused_or_empty(text):
    (one,) = taken_by(take_gdelt, text.encode(), What("x"))
    assert isinstance(one.item, Failure)


@settings(deadline=None)
@given(st.binary(max_size=200), st.sampled_from([EVENTS, GKG, TABLE, ARTICLES]), st.integers(0, 300))
def test_any_bytes_are_taken_or_refused(noise, base, cut):
    for raw in (noise, base.encode()[:cut] + noise):
        (one,) = taken_by(take_gdelt, raw, What("x"))
        assert isinstance(one.item, Failure)
