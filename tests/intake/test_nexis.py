"""Exports of Nexis are cut into their articles. All articles are invented, in the layouts of Nexis Uni and LexisNexis."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.takers import taken_by

from sayso.intake.nexis import looks_like_nexis, take_nexis
from sayso.intake.press import archive_of
from sayso.intake.settings import What
from sayso.model import Document, Failure

TEXT = "The army said on Tuesday that nine people had been killed in the town.\n\nIt said that the road was closed."
UNI = f"""Nine killed in town, army says

The Invented Paper (Inventown)

May 4, 2024 Saturday

Copyright 2024 The Invented Paper All Rights Reserved

Section: WORLD; Pg. 5
Length: 512 words
Byline: Invented Personname
Dateline: INVENTOWN
Body

{TEXT}

Graphic

A picture of the road

Load-Date: May 5, 2024

End of Document

"""
OLD = f"""                               1 of 250 DOCUMENTS



                               The Invented Paper

                             May 4, 2024 Saturday
                                 Final Edition

Nine killed in town, army says

BYLINE: Invented Personname

SECTION: WORLD; Pg. 5

LENGTH: 512 words

DATELINE: INVENTOWN

{TEXT}

LOAD-DATE: May 5, 2024

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper


                     Copyright 2024 The Invented Paper
                              All Rights Reserved


"""
CONTENTS = "Date and Time: Sunday, May 5, 2024\nJob Number: 1\nDocuments (2)\n1. Nine killed\n2. Nine killed\n\n"


def take(text):
    return taken_by(take_nexis, text if isinstance(text, bytes) else text.encode(), What("nexis.txt"))


@pytest.mark.parametrize("layout", [UNI, OLD])
def test_an_article_is_a_document_with_its_own_bytes(layout):
    second = layout.replace("1 of", "2 of").replace("May 4", "June 5").replace("Saturday", "Wednesday")
    one, two = take(layout + second)
    assert one.item.text == TEXT
    assert one.item.title == "Nine killed in town, army says"
    assert one.item.source.name.startswith("The Invented Paper")
    assert (one.item.published, two.item.published) == ("2024-05-04", "2024-06-05")
    assert one.raw in layout.encode()
    assert two.raw in second.encode()
    assert "Personname" not in f"{one.item} {one.notes}"
    assert "dateline 'INVENTOWN'" in one.notes
    assert two.extraction.piece_at(3).name == "article 2"
    assert looks_like_nexis(layout)


def test_the_old_layout_with_the_copyright_above_the_date():
    above = "                     Copyright 2024 The Invented Paper\n                              All Rights Reserved\n"
    text = OLD.replace(above, "").replace("                             May 4", above + "\n                             May 4")
    (one,) = take(text)
    assert (one.item.text, one.item.source.name, one.item.published) == (TEXT, "The Invented Paper", "2024-05-04")


def test_a_list_of_contents_is_no_article():
    text = CONTENTS + UNI
    assert looks_like_nexis(text)
    (one,) = take(text)
    assert one.item.text == TEXT


def test_each_article_stands_alone():
    empty = UNI.replace(TEXT, "")
    undated = UNI.replace("May 4, 2024 Saturday", "Spring")
    found = take("nothing\nEnd of Document\n" + UNI + empty + undated)
    assert [type(one.item) for one in found] == [Failure, Document, Failure, Document]
    assert any("loaded it on 2024-05-05" in note for note in found[3].notes)
    assert found[3].item.published is None


@pytest.mark.parametrize("text", [TEXT, "Length: 5 words", "Body\n\ntext", "", f"1 of 250 DOCUMENTS\n{TEXT}"])
def test_other_text_does_not_look_like_it(text):
    assert not looks_like_nexis(text)
    assert archive_of(text) is None


@settings(deadline=None)
@given(st.one_of(st.binary(max_size=100), st.integers(0, 500).map(lambda cut: UNI[cut:].encode() + OLD[:cut].encode())))
def test_any_bytes_are_taken_or_refused(raw):
    for one in take(raw):
        assert isinstance(one.item, Document | Failure)
