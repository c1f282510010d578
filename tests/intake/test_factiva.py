"""Exports of Factiva are cut into their articles. All articles are invented, in the layouts of Factiva."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.takers import SETTINGS, taken_by

from sayso.intake.factiva import looks_like_factiva, take_factiva
from sayso.intake.press import take_articles
from sayso.intake.rtf import extracted_rtf
from sayso.intake.settings import What
from sayso.model import Document, Failure

LEAD = "The army said on Tuesday that nine people had been killed in the town."
BODY = "It said that the road was closed.\n\nUN officials asked for calm."
CODED = f"""HD
Nine killed in town, army says
BY
By Invented Personname
WC
1,512 words
PD
4 May 2024
ET
10:15
SN
Invented News Agency
SC
INVNA
LA
English
CY
Copyright 2024 Invented.
LP

{LEAD}
TD

{BODY}
CO
invco : Invented Company
IN
iinv : Inventing
RE
inv : Inventia
AN
Document INVNA00020240504ek5400abc
"""
INLINE = CODED.replace("HD\n", "HD  ").replace("WC\n", "WC  ").replace("PD\n", "PD  ").replace("SN\n", "SN  ").replace("LA\n", "LA  ")
PLAIN = f"""World
Nine killed in town, army says

By Invented Personname
512 words
4 May 2024
10:15
Invented News Agency
INVNA
English
Copyright 2024 Invented. All Rights Reserved.

{LEAD}

{BODY}

Document INVNA00020240504ek5400abc
"""
WHAT = What("factiva.txt")


def take(text):
    return taken_by(take_factiva, text if isinstance(text, bytes) else text.encode(), WHAT)


@pytest.mark.parametrize("layout", [CODED, INLINE, PLAIN])
def test_an_article_is_a_document_with_its_own_bytes(layout):
    second = layout.replace("ek5400abc", "ek5400abd").replace("4 May", "5 May")
    one, two = take(layout + "\n" + second)
    assert one.item.text == f"{LEAD}\n\n{BODY}"
    assert one.item.title.endswith("Nine killed in town, army says")
    assert (one.item.published, one.item.source.name, one.item.language) == ("2024-05-04", "Invented News Agency", "en")
    assert one.item.given_id == "INVNA00020240504ek5400abc"
    assert one.raw in layout.encode()
    assert (two.item.published, two.item.given_id) == ("2024-05-05", "INVNA00020240504ek5400abd")
    assert two.raw in second.encode()
    assert "Personname" not in f"{one.item} {one.notes}"
    assert one.extraction.piece_at(3).name == "article 1"
    assert looks_like_factiva(layout)


@pytest.mark.parametrize(("encoding", "newline"), [("utf-8", "\r\n"), ("utf-8-sig", "\n"), ("utf-16", "\r\n"), ("cp1252", "\n")])
def test_encodings_and_newlines(encoding, newline):
    raw = (PLAIN + PLAIN).replace("the town", "the café").replace("\n", newline).encode(encoding)
    found = take(raw)
    assert [LEAD.replace("the town", "the café") in one.item.text for one in found] == [True, True]
    assert all(one.raw in raw for one in found)
    assert (found[0].raw == raw) == (encoding == "utf-16")


def test_an_article_that_is_cut_off_says_so():
    (one,) = take(PLAIN[: PLAIN.index("Document INV")])
    assert any("cut off" in note for note in one.notes)


def test_each_article_stands_alone():
    broken = "A headline alone\n\nDocument INVNA00020240504ek5400abx\n"
    empty = PLAIN[: PLAIN.index(LEAD)] + "\nDocument INVNA00020240504ek5400aby\n"
    undated = PLAIN.replace("4 May 2024", "no day at all")
    found = take(broken + PLAIN + empty + undated)
    assert [type(one.item) for one in found] == [Failure, Document, Failure, Document]
    assert "number of words" in found[0].item.reason
    assert found[3].item.published is None


def test_rtf_goes_through_its_taker_first():
    rtf = b"{\\rtf1\\ansi " + PLAIN.replace("\n", "\\par\n").encode() + b"}"
    (one,) = take_articles(rtf, extracted_rtf(rtf, SETTINGS), What("factiva.rtf"), SETTINGS)
    assert one.item.text == f"{LEAD}\n\n{BODY}"
    assert one.raw == rtf
    assert (one.extraction.extractor, one.extraction.media_type) == ("factiva", "application/rtf")


@pytest.mark.parametrize("text", [LEAD, "HD\nnothing else", "512 words\n", f"Dear all,\n4 May 2024\n{LEAD}", ""])
def test_other_text_does_not_look_like_it(text):
    assert not looks_like_factiva(text)


@settings(deadline=None)
@given(st.one_of(st.binary(max_size=100), st.integers(0, 500).map(lambda cut: PLAIN[cut:].encode() + CODED[:cut].encode())))
def test_any_bytes_are_taken_or_refused(raw):
    for one in take(raw):
        assert isinstance(one.item, Document | Failure)
