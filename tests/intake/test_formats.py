"""The door: what an input is, is found by what it shows and what it is called; any bytes under any name give Documents or Failures."""

import io
from importlib.metadata import EntryPoint

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.intake.taking import REPORT, failure, only, taken_of

from sayso.intake import formats
from sayso.intake.formats import FORMATS, Format, known_formats, known_suffixes, recognised, told_formats
from sayso.intake.settings import IntakeSettings, Taken, What
from sayso.model import Failure

PAGE = b"<!DOCTYPE html><html><body>"
MAIL = b"Message-ID: <a@b.invalid>\r\nSubject: x\r\n\r\n"


def found(raw, name, media_type=None):
    return recognised(io.BytesIO(raw), What(name, media_type=media_type))[0].name


@pytest.mark.parametrize(
    ("raw", "name", "format_name"),
    [
        (b"%PDF-1.4", "a.pdf", "pdf"),
        (b"%PDF-1.4", "a.txt", "pdf"),
        (b"\n\n%PDF-1.4", "a", "pdf"),
        (PAGE, "a.txt", "html"),
        (PAGE.decode().encode("utf-16"), "a.txt", "html"),
        (b"<?xml version='1.0'?>\n<!-- a -->\n<!DOCTYPE html>", "a", "html"),
        (b"<p>A fragment", "a.html", "html"),
        (b"{\\rtf1", "a.doc", "rtf"),
        (b"PK\x03\x04", "a.zip", "zip"),
        (b"\x1f\x8b\x08", "a.gz", "gz"),
        (MAIL, "1714.M5P1.host:2,S", "eml"),
        (b"From: the army\nTo: the people\n\nWe are here.", "a.txt", "text"),
        (b"From a@b Sat May  4 10:00:00 2024\n" + MAIL, "a.mbox", "mbox"),
        (b"From 2024 on: the army\n", "a.txt", "text"),
        (b'{"id": 1, "text": "x"}\n', "a.txt", "jsonl"),
        (b"{The army} said", "a.txt", "text"),
        (b"# Heading", "a.md", "markdown"),
        (b"Words", "a.log", "text"),
        (b"Words", "a", "text"),
    ],
)
def test_formats_are_recognised(raw, name, format_name):
    assert found(raw, name) == format_name


def test_a_told_media_type_comes_before_the_name():
    assert found(b"Words", "https://a.invalid/page.php?x=1", "text/html; charset=utf-8") == "html"
    assert found(b"Words", "https://a.invalid/a.html", "text/plain") == "text"
    assert [one.name for one in told_formats(What("p.zip!b.PDF"))] == ["pdf"]


@pytest.mark.parametrize(
    ("raw", "name", "words"),
    [
        (b"MZ\x90\0", "a.pdf", "a Windows program"),
        (b"\x7fELF", "a.txt", "a Linux program"),
        (b"\x89PNG\r\n", "a.html", "a PNG picture"),
        (b"7z\xbc\xaf\x27\x1c", "a.zip", "7z archive"),
        (b"\0" * 257 + b"ustar", "a.txt", "a tar archive"),
        (b"\0\1\2", "a.docx", "named as a Word document"),
    ],
)
def test_what_is_no_report_is_told(raw, name, words):
    assert words in failure(raw, name).reason


def test_content_that_contradicts_its_name_is_taken_as_what_it_is_and_noted():
    taken = only(b"{\\rtf1\\ansi " + REPORT.encode() + b"}", "a.txt")
    assert (taken.item.text, taken.extraction.extractor) == (REPORT, "rtf")
    assert "named as plain text, but it is an RTF document" in taken.notes[0]


def test_every_format_has_a_name_of_its_own_and_its_taker_exists():
    assert len({one.name for one in FORMATS}) == len(FORMATS)
    for one in FORMATS:
        assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in one.suffixes)
        for taken in one.take(io.BytesIO(b""), What("x"), IntakeSettings()) if one.name in ("jsonl", "mbox") else ():
            assert taken


def take_invented(stream, what, settings):
    yield Taken(Failure(what.name, "EmptyReport", stream.read().decode()))


def test_a_third_party_enters_by_an_entry_point(monkeypatch):
    point = EntryPoint("invented", "tests.intake.test_formats:INVENTED", "sayso.intake")
    monkeypatch.setattr(formats, "entry_points", lambda group: [point])
    monkeypatch.setattr(
        EntryPoint, "load", lambda self: Format("invented", "an invented format", (".inv",), (), lambda head: head[:3] == b"INV", take_invented)
    )
    known_formats.cache_clear()
    known_suffixes.cache_clear()
    try:
        assert failure(b"INV words", "a.inv").reason == "INV words"
        assert ".inv" in known_suffixes()
    finally:
        known_formats.cache_clear()
        known_suffixes.cache_clear()


HEADS = (b"", b"%PDF-1.4\n", b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b\x08\0", b"{\\rtf1 ", PAGE, MAIL, b"From a Sat 2024\n", b'{"text": "', b"[", b"{",
         b"<?xml version='1.0'?>", b"WARC/1.0\r\n", b"id,text\n", b"\xff\xfe", b"<rss>", b"---\ntitle: x\n---\n")  # fmt: skip
_TEXT = REPORT.encode()


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(known_suffixes()), st.sampled_from(HEADS), st.one_of(st.binary(max_size=200), st.just(_TEXT), st.text(max_size=60).map(str.encode)))
def test_any_bytes_under_any_ending_give_documents_or_failures(suffix, head, rest):
    assert taken_of(head + rest, f"a{suffix}")
