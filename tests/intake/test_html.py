"""A page gives its article, with what the page tells about it; hostile pages give the reason."""

import pytest
from tests.intake.taking import REPORT, SECOND, failure, named, only

from sayso.errors import TooLarge
from sayso.intake.html import check_nesting
from sayso.intake.settings import Caps, IntakeSettings

HEAD = '<meta property="og:site_name" content="Delta News"><meta name="author" content="An Invented Author">'


def page(head="", body=f"<p>{REPORT}</p><p>{SECOND}</p>", lang="en"):
    return f'<!DOCTYPE html><html lang="{lang}"><head><title>Nine killed in Imre</title>{head}</head><body><nav><a href="/">Home</a></nav><article><h1>Nine killed in Imre</h1>{body}</article><footer>Copyright 2019</footer></body></html>'  # noqa: E501


def test_the_article_comes_without_menu_and_foot_and_maps_back_to_its_elements():
    taken = only(page(HEAD, f"<p>{REPORT}</p><ul><li>The ministry denied it.</li></ul><p>{SECOND} <b>Nine</b> <i>died</i>.</p>").encode(), "a.html")
    assert taken.item.text == f"Nine killed in Imre\n\n{REPORT}\n\nThe ministry denied it.\n\n{SECOND} Nine died."
    assert (taken.item.title, taken.item.source.name, taken.item.published) == ("Nine killed in Imre", "Delta News", None)
    assert named(taken)["/html/body/article/p[1]"] == REPORT
    assert named(taken)["/html/body/article/ul/li"] == "The ministry denied it."
    assert named(taken)["/html/body/article/p[2]"] == f"{SECOND} Nine died."
    assert "Author" not in repr(taken.item)


def test_equal_paragraphs_map_to_their_own_elements():
    taken = only(page(body=f"<p>{REPORT}</p><p>{SECOND}</p><p>{REPORT}</p>").encode(), "a.html")
    assert [piece.name.rpartition("/")[2] for piece in taken.extraction.pieces] == ["h1", "p[1]", "p[2]", "p[3]"]


@pytest.mark.parametrize(
    ("head", "body", "date", "place"),
    [
        ('<meta property="article:published_time" content="2024-05-04T10:00:00Z">', "", "2024-05-04T10:00:00Z", "meta article:published_time"),
        ('<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "datePublished": "2024-05-04"}]}</script>', "", "2024-05-04", "JSON-LD"),
        ('<script type="application/ld+json">{"@type": "Person", "datePublished": "2024-05-04"}</script>', "", None, ""),
        ('<script type="application/ld+json">' + "[" * 9000 + "</script>", "", None, ""),
        ('<meta name="date" content="4 May 2024">', "", "2024-05-04", "meta date"),
        ('<meta name="date" content="04/05/2024">', "", None, ""),
        ("", '<time datetime="2024-05-04">yesterday</time>', "2024-05-04", "time element"),
        ("", '<time datetime="2024-05-04">a</time><time datetime="2024-05-03">b</time>', None, ""),
        ("", "", None, ""),
    ],
)
def test_published_is_only_what_the_page_tells(head, body, date, place):
    taken = only(page(head, f"<p>{REPORT}</p><p>{SECOND}</p>{body}").encode(), "a.html")
    assert taken.item.published == date
    assert any(place in note for note in taken.notes) is bool(date) or not place


@pytest.mark.parametrize(
    ("encoding", "head", "media_type"),
    [
        ("utf-8", "", None),
        ("utf-16", "", None),
        ("cp1252", '<meta charset="iso-8859-1">', None),
        ("cp1252", "", None),
        ("cp1251", '<meta http-equiv="Content-Type" content="text/html; charset=windows-1251">', None),
        ("cp1251", '<meta charset="utf-8">', "text/html; charset=windows-1251"),
        ("utf-8", '<meta charset="unicode_escape">', None),
        ("utf-8", '<meta charset="utf-16">', None),
    ],
)
def test_encodings(encoding, head, media_type):
    odd = "Имре" if encoding == "cp1251" else "Café"
    taken = only(page(head, f"<p>{REPORT} {odd}</p><p>{SECOND}</p>").encode(encoding), "a.html", media_type=media_type)
    assert f"{REPORT} {odd}" in taken.item.text


def test_a_canonical_address_counts_only_on_the_host_that_the_page_came_from():
    head = '<link rel="canonical" href="https://other.invalid/a">'
    assert only(page(head).encode(), "a.html").item.url == "https://other.invalid/a"
    taken = only(
        page(head).encode(), "https://www.delta.invalid/x", media_type="text/html", url="https://www.delta.invalid/x?y=1", retrieved="2024-05-05T10:00:00Z"
    )
    assert (taken.item.url, taken.item.retrieved, taken.item.source.name) == ("https://www.delta.invalid/x?y=1", "2024-05-05T10:00:00Z", "delta.invalid")


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (page(body="").encode(), None),
        (b"<!DOCTYPE html><html></html>", "EmptyReport"),
        (b"<!DOCTYPE html><html><body><script>x()</script></body></html>", "EmptyReport"),
        (b"<html>" + b"<div>" * 100_000, "TooLarge"),
        (b"<html>" + b"<p>" * 300_000, "TooLarge"),
        (b"<html>" + b"<!--" * 100_000, "EmptyReport"),
        (b"<html><body>" + b"<b " * 200_000, None),
        (b"<html>\0\0\0", "NotText"),
    ],
)
def test_hostile_and_empty_pages(raw, kind):
    item = only(raw, "a.html").item
    assert kind is None or item.kind == kind


def test_nesting_is_counted_by_tags_and_not_in_scripts_or_comments():
    check_nesting("<div>" * 250, 300, 250)
    check_nesting("<p>" * 1000 + "<script>" + "<div>" * 900 + "</script><!--" + "<div>" * 900 + "-->", 2000, 250)
    with pytest.raises(TooLarge, match="element_depth"):
        check_nesting("<div>" * 251, 300, 250)
    with pytest.raises(TooLarge, match="`elements`"):
        check_nesting("<div></div>" * 301, 300, 250)


def test_language_of_the_page_that_does_not_fit_its_text_is_not_believed():
    assert only(page(lang="ru").encode(), "a.html").item.language == "en"
    russian = page(body="<p>Армия заявила во вторник, что в вымышленном городе погибли девять человек, дорога была закрыта до вечера.</p>" * 3)
    assert failure(russian.replace("Nine killed in Imre", "Девять погибших").encode(), "a.html").kind == "NoLanguagePack"


def test_a_page_above_the_limit():
    assert failure(page().encode(), "a.html", IntakeSettings(limit=100)).kind == "TooLarge"
    assert failure(page().encode(), "a.html", IntakeSettings(caps=Caps(elements=3))).kind == "TooLarge"


def test_pieces_are_named_as_xpath_finds_their_elements():
    from lxml import html

    raw = page(HEAD, f"<p>{REPORT}</p><!-- a comment --><div><p>{SECOND}</p></div><p>The ministry denied that it had done so.</p>").encode()
    taken = only(raw, "a.html")
    tree = html.fromstring(raw)
    assert len(taken.extraction.pieces) == 4
    for name, words in named(taken).items():
        assert [element.text_content() for element in tree.xpath(name)] == [words]
