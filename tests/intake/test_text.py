"""Bytes of a file become one Document, or a Failure that says why not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.intake.settings import IntakeSettings
from sayso.intake.text import front_matter, take_text
from sayso.model import Document, Failure
from sayso.model.words import SourceKind

SETTINGS = IntakeSettings()
REPORT = "The army said on Tuesday that nine people had been killed in the town, and that the road was closed."


def take(raw, settings=SETTINGS):
    return take_text(raw, "report.txt", "report.txt", settings)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_reads_unicode_encodings(encoding):
    taken = take(f"{REPORT} Café.".encode(encoding))
    assert isinstance(taken.item, Document)
    assert taken.item.text == f"{REPORT} Café."
    assert taken.item.language == "en"
    assert taken.notes == ()


def test_reads_windows_1252_and_tells():
    taken = take(f"{REPORT} “Café”".encode("cp1252"))
    assert taken.item.text.endswith("“Café”")
    assert "Windows-1252" in taken.notes[0]


def test_newlines_become_one_kind():
    assert take(f"{REPORT}\r\nIt said so.\rTwice.\n".encode()).item.text == f"{REPORT}\nIt said so.\nTwice.\n"


@pytest.mark.parametrize(
    ("raw", "kind", "words"),
    [
        (b"", "EmptyReport", "empty"),
        (b" \n\t ... \n", "EmptyReport", "no words"),
        (b"The army said\0 so.", "NotText", "NUL byte at 13"),
        (REPORT.encode("utf-16-le"), "NotText", "byte-order mark"),
        (b"\xff\xfe\x00", "NotText", "utf-16"),
        (b"%PDF-1.7 ...", "NotText", "a PDF"),
        (b"PK\x03\x04...", "NotText", "ZIP"),
        (b"<!DOCTYPE html><html><p>The army said so.", "NotText", "HTML"),
        (bytes(range(1, 32)) * 20, "NotText", "control characters"),
        ("Армия заявила, что девять человек погибли".encode("cp1251"), "NotText", "not UTF-8"),
        ("Армия заявила во вторник, что в городе погибли девять человек.".encode(), "NoLanguagePack", "Russian (ru)"),
        ("أعلن الجيش مقتل تسعة أشخاص في المدينة يوم الثلاثاء".encode(), "NoLanguagePack", "Arabic (ar)"),
        ("El ejército dijo el martes que nueve personas murieron en la ciudad y que la carretera estaba cerrada.".encode(), "NoLanguagePack", "Spanish (es)"),
        (b"---\npublished: last Tuesday\n---\nThe army said so on Tuesday.", "InputError", "'last Tuesday' is no date"),
        (b"---\nsource_kind: blog\n---\nThe army said so on Tuesday.", "InputError", "'blog' is not known"),
        (b"---\ntitle: x\n---\n", "EmptyReport", "no words"),
    ],
)
def test_bad_input_becomes_a_failure_with_the_reason(raw, kind, words):
    failure = take(raw).item
    assert isinstance(failure, Failure)
    assert failure.kind == kind
    assert words in failure.reason
    assert failure.what == "report.txt"


def test_too_large():
    failure = take(b"a" * 101, IntakeSettings(limit=100)).item
    assert (failure.kind, "100 bytes" in failure.reason) == ("TooLarge", True)


def test_ten_megabytes_of_one_line_are_a_document():
    raw = (REPORT + " ").encode() * 100_000
    assert len(raw) > 10_000_000
    document = take(raw).item
    assert isinstance(document, Document)
    assert len(document.text) == len(raw)


@pytest.mark.parametrize("text", [f'{REPORT} "It said', f"{REPORT} \u202eesrever\u202c \u200f", f"{REPORT} 𝕬 ﬁ \u0301"])
def test_odd_text_is_kept_as_it_is(text):
    assert take(text.encode()).item.text == text


def test_front_matter_fills_the_metadata():
    raw = b'---\ntitle: "Two accounts"\npublished: 2024-05-04\nsource: Delta News\nsource_kind: agency\nside: The Front\ncolour: red\n---\n\n' + REPORT.encode()
    taken = take(raw, IntakeSettings(published="2020-01-01", source="Other"))
    document = taken.item
    assert (document.text, document.title, document.published) == (REPORT, "Two accounts", "2024-05-04")
    assert (document.source.name, document.source.kind, document.source.side) == ("Delta News", SourceKind.AGENCY, "The Front")
    assert "'colour' not known" in taken.notes[0]


def test_settings_fill_what_the_report_does_not_tell():
    settings = IntakeSettings("2024-05-04", "The ministry", SourceKind.STATE, "Government")
    source = take(REPORT.encode(), settings).item.source
    assert (source.name, source.kind, source.side) == ("The ministry", SourceKind.STATE, "Government")
    assert take(REPORT.encode(), settings).item.published == "2024-05-04"
    assert take(REPORT.encode()).item.published is None


@pytest.mark.parametrize("text", ["---\nThe army said so.\n---\nMore.", "--- a rule", "---\n\n---\nThe army", "---\nHe said: no\n---\n"])
def test_what_only_looks_like_front_matter_is_text(text):
    assert front_matter(text) == ({}, text, ())


@given(st.binary(max_size=300))
def test_any_bytes_give_a_document_or_a_failure(raw):
    item = take(raw).item
    assert isinstance(item, Document | Failure)
    if isinstance(item, Document):
        item.text.encode("utf-8")
        assert "\0" not in item.text
        assert "\r" not in item.text
    else:
        assert item.reason
