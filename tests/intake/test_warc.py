"""Pages of a web archive are taken, broken records told, bombs refused. All archives are invented and made here."""

import gzip
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.takers import SETTINGS, taken_by

from sayso.intake.settings import Caps, IntakeSettings, What
from sayso.intake.warc import take_warc
from sayso.model import Document, Failure

TEXT = "The army said on Tuesday that nine people had been killed in the town, and that the road was closed to all."
PAGE = f"<html><head><title>Nine killed</title></head><body><article><p>{TEXT}</p></article></body></html>".encode()
WHAT = What("crawl.warc")


def take(raw, settings=SETTINGS):
    return taken_by(take_warc, raw, WHAT, settings)


def texts(found):
    return [one.item.text for one in found if isinstance(one.item, Document)]


def record(kind, url, media_type, block, length=None):
    """One record as warcio and wget write it (their own writers leave temporary files open)."""
    told = {
        "WARC-Type": kind,
        "WARC-Record-ID": "<urn:uuid:00000000-0000-4000-8000-000000000001>",
        "WARC-Target-URI": url,
        "WARC-Date": "2024-05-04T10:00:00Z",
        "Content-Type": media_type,
        "Content-Length": len(block) if length is None else length,
    }
    return b"WARC/1.0\r\n" + "".join(f"{name}: {value}\r\n" for name, value in told.items()).encode() + b"\r\n" + block + b"\r\n\r\n"


def archive(*pages, compress=True):
    """Records with an answer each: (url, headers, body) or (url, headers, body, status)."""
    records = [record("warcinfo", "", "application/warc-fields", b"software: invented\r\n")]
    for url, headers, body, *status in pages:
        head = f"HTTP/1.1 {status[0] if status else '200 OK'}\r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        records.append(record("request", url, "application/http; msgtype=request", b"GET / HTTP/1.1\r\nHost: paper.example\r\n\r\n"))
        records.append(record("response", url, "application/http; msgtype=response", head.encode() + b"\r\n" + body))
    return b"".join(gzip.compress(one) if compress else one for one in records)


PLAIN = {"Content-Type": "text/plain; charset=utf-8"}
URL = "https://paper.example/a"


@pytest.mark.parametrize("compress", [True, False])
def test_pages_are_taken_with_whence_and_when(compress):
    (one, two) = take(archive((URL, {"Content-Type": "text/html; charset=utf-8"}, PAGE), (URL + "2", PLAIN, TEXT.encode()), compress=compress))
    assert TEXT in one.item.text
    assert (one.item.url, one.item.retrieved) == (URL, "2024-05-04T10:00:00Z")
    assert one.raw == PAGE
    assert one.extraction.extractor == "html"
    assert one.item.given_id.startswith("urn:uuid:")
    assert (two.item.text, two.item.url) == (TEXT, URL + "2")


def test_what_is_no_page_is_left_out():
    found = take(archive((URL, {"Content-Type": "image/png"}, b"\x89PNG"), (URL, PLAIN, TEXT.encode(), "404 Not Found"), (URL, PLAIN, TEXT.encode())))
    assert texts(found) == [TEXT]
    assert len(found) == 1


def test_chunks_and_compression_of_the_answer_are_undone_and_told():
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE)
    packed = gzip.compress(PAGE)
    found = take(
        archive(
            (URL, {"Content-Type": "text/html", "Transfer-Encoding": "chunked"}, chunked),
            (URL, {"Content-Type": "text/html", "Transfer-Encoding": "chunked"}, PAGE),  # told, but not so
            (URL, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, packed),
            (URL, {"Content-Type": "text/html", "Content-Encoding": "br"}, packed),
            (URL, {"Content-Type": "text/plain", "Content-Encoding": "gzip"}, gzip.compress(b"\0" * 5_000_000)),
        )
    )
    assert [one.raw for one in found[:3]] == [PAGE] * 3
    assert any("in chunks" in note for note in found[0].notes)
    assert any("gzip" in note for note in found[2].notes)
    assert [type(one.item) for one in found[3:]] == [Failure] * 2
    assert "'br'" in found[3].item.reason
    assert "bomb" in found[4].item.reason


def test_files_without_an_answer_around_them_are_taken():
    raw = b"".join(gzip.compress(record(kind, URL, "text/plain", TEXT.encode())) for kind in ("resource", "conversion", "metadata"))
    assert texts(take(raw)) == [TEXT, TEXT]


def plain_record(body=None, length=None):
    return record("resource", URL, "text/plain", TEXT.encode() if body is None else body, length)


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (plain_record(length=20), "does not end where"),
        (plain_record(length=150), "does not end where"),
        (plain_record(length="many"), "'many' is no number"),
        (plain_record(length=-5), "'-5' is no number"),
        (b"garbage between the records\r\n", "'garbage"),
    ],
)
def test_a_broken_record_is_told_and_the_next_is_taken(broken, words):
    found = take(plain_record() + broken + plain_record())
    assert texts(found) == [TEXT, TEXT]
    assert any(isinstance(one.item, Failure) and words in one.item.reason for one in found)


def test_a_cut_archive_gives_what_it_holds():
    whole = archive((URL, PLAIN, TEXT.encode()), (URL, PLAIN, TEXT.encode()), compress=False)
    found = take(whole[: whole.rindex(TEXT.encode()) + 40])
    assert texts(found) == [TEXT]
    assert "cut short" in found[1].item.reason


def test_a_broken_member_is_told_and_the_next_is_taken():
    members = [gzip.compress(plain_record()) for _ in range(3)]
    members[1] = members[1][:20] + b"\xff" * 30 + members[1][50:]
    found = take(b"".join(members))
    assert texts(found) == [TEXT, TEXT]
    assert sum(isinstance(one.item, Failure) for one in found) >= 1


def test_one_member_for_all_records_is_taken():
    assert texts(take(gzip.compress(plain_record() * 3))) == [TEXT] * 3


def test_bombs_and_giants_are_refused():
    started = time.monotonic()
    found = take(gzip.compress(plain_record() + plain_record(b"\0" * 50_000_000)))
    assert texts(found) == [TEXT]
    assert found[-1].item.kind == "TooLarge"
    found = take(plain_record(b"x" * 300_000) + plain_record(), IntakeSettings(limit=1_000))
    assert texts(found) == [TEXT]
    assert "at most 1,000" in found[0].item.reason
    found = take(gzip.compress(plain_record() * 40), IntakeSettings(caps=Caps(unpacked=4_000)))
    assert found[-1].item.kind == "TooLarge"
    found = take(plain_record() + b"garbage\n" + b"".join(plain_record(length=7) for _ in range(300)))
    assert "broken records" in found[-1].item.reason
    assert len(found) < 120
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("raw", [b"", b"no archive", gzip.compress(b"no archive"), b"\x1f\x8b\x08nonsense"])
def test_what_is_no_archive_gives_no_document(raw):
    found = take(raw)
    assert texts(found) == []
    assert isinstance(found[0].item, Failure)


def test_warcio_writes_nothing(capfd):
    take(plain_record() + plain_record(length=20) + plain_record())
    take(gzip.compress(plain_record())[:-20])
    assert capfd.readouterr() == ("", "")


GOOD = archive((URL, {"Content-Type": "text/plain", "Transfer-Encoding": "chunked"}, b"5\r\nArmy.\r\n0\r\n\r\n"), compress=False)
PACKED = gzip.compress(plain_record()) * 2


@settings(deadline=None)
@given(st.binary(max_size=200), st.integers(0, len(GOOD)), st.booleans())
def test_any_bytes_are_taken_or_refused(noise, at, packed):
    base = PACKED if packed else GOOD
    at = min(at, len(base))
    for raw in (noise, b"WARC/1.0\r\n" + noise, base[:at] + noise + base[at + len(noise) :]):
        for one in take(raw):
            assert isinstance(one.item, Document | Failure)
