"""Lists of feeds, nested or plain. All feeds are invented."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import InputError
from sayso.intake import opml
from sayso.intake.opml import Listed, read_opml

A, B = "https://paper.example/feed", "https://agency.example/rss?a=1&b=2"
OPML = f"""<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Invented</title></head><body>
<outline text="Press"><outline text="Paper" title="The Invented Paper" type="rss" xmlUrl="{A}" htmlUrl="https://paper.example/"/>
<outline text="More"><outline text="Agency" xmlURL="{B.replace("&", "&amp;")}"/></outline></outline>
<outline text="Again" xmlUrl="{A}"/><outline text="Odd" xmlUrl="file:///etc/passwd"/><outline text="A folder"/></body></opml>""".encode()


def test_feeds_are_found_in_their_order_and_once():
    feeds, notes = read_opml(OPML)
    assert feeds == (Listed(A, "The Invented Paper"), Listed(B, "Agency"))
    assert "'file:///etc/passwd' is no address" in notes[0]
    assert "listed more than once" in notes[1]


def test_a_plain_list_is_taken():
    feeds, notes = read_opml(f"# invented\n{A}\n\n{B}\n".encode())
    assert [feed.url for feed in feeds] == [A, B]
    assert notes == ()


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "empty"),
        (b"# nothing", "no feed"),
        (b"<opml><body/></opml>", "no feed"),
        (b"<rss/>", "no OPML, but 'rss'"),
        (b"<opml><body>", "no OPML that can be read"),
        (b'<!DOCTYPE o [<!ENTITY a "b">]><opml><body><outline xmlUrl="&a;"/></body></opml>', "refused"),
        (b'<!DOCTYPE o SYSTEM "file:///etc/passwd"><opml/>', "refused"),
        (b"<opml>" + b"<outline>" * 60 + b"</outline>" * 60 + b"</opml>", "deep"),
        (b"<opml>" + b" " * 5_000_001 + b"</opml>", "larger"),
    ],
)
def test_what_is_no_list_or_dangerous_is_refused(raw, words):
    with pytest.raises(InputError, match=words):
        read_opml(raw)


def test_a_list_that_is_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(opml, "MOST_FEEDS", 1)
    with pytest.raises(InputError, match="2 feeds"):
        read_opml(OPML)


@settings(deadline=None)
@given(st.one_of(st.binary(max_size=100), st.integers(0, len(OPML)).map(lambda cut: OPML[:cut])))
def test_any_bytes_are_a_list_or_refused(raw):
    try:
        feeds, _ = read_opml(raw)
    except InputError:
        return
    assert feeds
