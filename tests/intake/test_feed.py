"""Feeds become one Document an entry, and nothing is ever fetched or expanded. All feeds are invented."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.takers import SETTINGS, taken_by

from sayso.intake.feed import MOST_ENTRIES, read_feed, take_feed
from sayso.intake.settings import What
from sayso.model import Document, Failure

BODY = "&lt;p&gt;The army said on Tuesday that nine people had been killed in the town.&lt;/p&gt;&lt;p&gt;It closed the road.&lt;/p&gt;"
TEXT = "The army said on Tuesday that nine people had been killed in the town.\n\nIt closed the road."
ITEM = (
    f"<item><title>Nine killed &amp; more</title><link>https://paper.example/a</link><guid>a-1</guid>"
    f"<pubDate>Sat, 04 May 2024 01:30:00 +0300</pubDate><description>{BODY}</description></item>"
)
RSS = f'<?xml version="1.0"?>\n<rss version="2.0"><channel><title>The Invented Paper</title>{ITEM}</channel></rss>'.encode()
ATOM = f"""<?xml version="1.0" encoding="utf-8"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Invented Paper</title>
<entry><id>urn:1</id><title>Nine killed</title><link href="https://paper.example/b"/><updated>2024-05-04T10:00:00Z</updated>
<summary>In short.</summary><content type="html">{BODY}</content></entry></feed>""".encode()


WHAT = What("paper.xml")


def take(raw, what=WHAT, settings=SETTINGS):
    return taken_by(take_feed, raw, what, settings)


def test_an_rss_entry_is_a_document_with_its_own_bytes():
    (one,) = take(RSS)
    assert one.item.text == TEXT
    assert (one.item.title, one.item.url, one.item.given_id) == ("Nine killed & more", "https://paper.example/a", "a-1")
    assert (one.item.published, one.item.source.name) == ("2024-05-04T01:30:00+03:00", "The Invented Paper")
    assert one.raw == ITEM.encode()
    assert one.raw in RSS
    assert any("only a summary" in note for note in one.notes)
    assert one.extraction.document == one.item.id
    assert one.extraction.piece_at(TEXT.index("closed")).name == "entry[1]/p[2]"


def test_an_atom_entry_gives_its_content_not_its_summary():
    (one,) = take(ATOM)
    assert one.item.text == TEXT
    assert (one.item.published, one.item.url) == ("2024-05-04T10:00:00Z", "https://paper.example/b")
    assert not any("summary" in note for note in one.notes)
    assert one.raw.startswith(b"<entry>")
    assert one.raw.endswith(b"</entry>")
    assert one.extraction.media_type == "application/atom+xml"


def test_each_entry_stands_alone():
    empty = "<item><title>Only a title</title><guid>t</guid></item>"
    strange = "<item><guid>r</guid><description>Армия заявила во вторник, что в городе погибли девять человек.</description></item>"
    undated = f"<item><guid>u</guid><pubDate>last week</pubDate><link>javascript:alert(1)</link><description>{BODY}</description></item>"
    found = take(RSS.replace(ITEM.encode(), (empty + ITEM + strange + undated).encode()))
    assert [type(one.item) for one in found] == [Failure, Document, Failure, Document]
    assert [one.item.kind for one in found if isinstance(one.item, Failure)] == ["EmptyReport", "NoLanguagePack"]
    assert found[0].item.what == "paper.xml#1"
    assert found[3].item.published is None
    assert found[3].item.url is None
    assert any("'last week'" in note for note in found[3].notes)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "iso-8859-1"])
def test_encodings(encoding):
    declared = "utf-8" if encoding == "utf-8-sig" else encoding
    raw = RSS.decode().replace("the town", "the café").replace('version="1.0"', f'version="1.0" encoding="{declared}"').encode(encoding)
    (one,) = take(raw)
    assert "the café" in one.item.text
    assert one.raw in raw


def test_a_feed_with_another_hosts_address_says_so():
    (one,) = take(RSS, What("https://other.example/feed", url="https://other.example/feed", retrieved="2024-05-05T00:00:00Z"))
    assert any("feed of other.example" in note for note in one.notes)
    assert one.item.url == "https://paper.example/a"
    assert one.item.retrieved == "2024-05-05T00:00:00Z"


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (
            b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss version="2.0"><channel><title>&b;</title></channel></rss>',
            "entities",
        ),
        (b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><title>&x;</title></channel></rss>', "entities"),
        ("<!DOCTYPE r [<!ENTITY x 'y'>]><rss version='2.0'><channel><title>&x;</title></channel></rss>".encode("utf-16"), "entities"),
        (b"<rss version='2.0'>" + b"<a>" * 1_000, "deep"),
        (b"\n" * 50_000 + RSS, "no XML element"),
        (b"nothing of the kind", "no XML element"),
        (b"<root><a/></root>", "neither RSS nor Atom"),
    ],
)
def test_what_is_dangerous_or_no_feed_is_refused(raw, words):
    started = time.monotonic()
    (one,) = take(raw)
    assert isinstance(one.item, Failure)
    assert words in one.item.reason
    assert time.monotonic() - started < 3


def test_a_url_or_a_name_as_content_is_not_opened(tmp_path):
    secret = tmp_path / "secret.xml"
    secret.write_bytes(RSS)
    for raw in (str(secret).encode(), b"http://127.0.0.1:9/feed", b"file://" + str(secret).encode()):
        (one,) = take(raw)
        assert isinstance(one.item, Failure)


def test_broken_xml_is_read_leniently_and_said_to_be():
    (one,) = take(RSS.replace(b"</channel></rss>", b"").replace(b"</item>", b""))
    assert one.item.text == TEXT
    assert any("not well-formed" in note for note in one.notes)


def test_too_many_entries_are_told():
    found = read_feed(RSS.replace(ITEM.encode(), b"<item><title>x</title></item>" * (MOST_ENTRIES + 3)))
    assert (len(found.entries), found.left_out) == (MOST_ENTRIES, 3)


@settings(deadline=None)
@given(
    st.one_of(
        st.binary(max_size=300), st.binary(max_size=60).map(lambda raw: RSS[:150] + raw + RSS[150:]), st.integers(0, len(ATOM)).map(lambda cut: ATOM[:cut])
    )
)
def test_any_bytes_are_taken_or_refused(raw):
    assert take(raw)
