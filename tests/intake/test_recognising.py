"""Exports, archives and lists are known by what they show, through the one door, whatever their files are called. All are invented."""

import gzip
import io
import json
import zipfile

import pytest
from tests.intake import test_factiva, test_feed, test_gdelt, test_nexis, test_reliefweb, test_tables, test_telegram, test_warc
from tests.intake.takers import SETTINGS

from sayso.intake.formats import recognised, take
from sayso.intake.settings import What
from sayso.model import Document, Failure

WARC = test_warc.plain_record()
TELEGRAM = json.dumps(test_telegram.chat(test_telegram.POST), indent=1).encode()
RELIEFWEB = json.dumps(test_reliefweb.answer(test_reliefweb.ITEM)).encode()
TABLE = test_tables.table(["id", "body"], ["1", test_tables.TEXT]).encode()
ACCOUNT = json.dumps({"about": "x", "chats": {"about": "y", "list": [test_telegram.chat(test_telegram.POST, kind="personal_chat")]}}, indent=1).encode()
CASES = (
    ("warc", "crawl.warc", WARC),
    ("warc", "crawl.warc.gz", gzip.compress(WARC)),
    ("warc", "crawl", gzip.compress(WARC)),
    ("feed", "feed.rss", test_feed.RSS),
    ("feed", "feed.xml", test_feed.RSS),
    ("feed", "feed", test_feed.ATOM),
    ("feed", "feed.xml", test_feed.RSS.decode().encode("utf-16")),
    ("telegram", "result.json", TELEGRAM),
    ("telegram", "result.json", ACCOUNT),
    ("telegram_page", "messages.html", b'<!DOCTYPE html><html><head><title>Exported Data</title></head><body><div class="page_header">'),
    ("reliefweb", "answer.json", RELIEFWEB),
    ("tables", "reports.csv", TABLE),
    ("tables", "reports.tsv", b"id\ttext\n1\tx\n"),
    ("gdelt", "20240504101500.export.CSV", test_gdelt.EVENTS.encode()),
    ("gdelt", "20240504101500.gkg.csv", test_gdelt.GKG.encode()),
    ("gdelt", "articles.json", test_gdelt.ARTICLES.encode()),
    ("gdelt", "articles.csv", test_gdelt.TABLE.encode()),
    ("factiva", "a.txt", test_factiva.PLAIN.encode()),
    ("factiva", "a.txt", test_factiva.CODED.encode()),
    ("nexis", "a.txt", test_nexis.UNI.encode()),
    ("nexis", "a.TXT", test_nexis.OLD.encode("utf-16")),
    ("text", "a.txt", test_tables.TEXT.encode()),
    ("gz", "a.txt.gz", gzip.compress(test_tables.TEXT.encode())),
    ("jsonl", "a.jsonl", json.dumps({"text": test_tables.TEXT}).encode()),
)


@pytest.mark.parametrize(("name", "file", "raw"), CASES)
def test_each_is_known(name, file, raw):
    found, notes = recognised(io.BytesIO(raw), What(file))
    assert found.name == name
    assert notes == ()


def taken(name, raw):
    return list(take(io.BytesIO(raw), What(name), SETTINGS))


def test_exports_of_press_archives_come_as_rtf_as_well():
    for text in (test_factiva.PLAIN * 2, test_nexis.UNI * 2):
        rtf = b"{\\rtf1\\ansi " + text.replace("\n", "\\par\n").encode() + b"}"
        one, two = taken("export.rtf", rtf)
        assert isinstance(one.item, Document)
        assert one.item.published == two.item.published == "2024-05-04"
        assert one.extraction.extractor in ("factiva", "nexis")


def test_a_private_chat_stays_out_of_an_archive_too():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("result.json", ACCOUNT)
        archive.writestr("public.json", TELEGRAM)
    found = taken("telegram.zip", packed.getvalue())
    assert [type(one.item) for one in found] in ([Failure, Document], [Document, Failure])
    assert "only public channels" in next(one.item.reason for one in found if isinstance(one.item, Failure))


def test_minified_private_chats_give_no_document():
    raw = json.dumps(test_telegram.chat(test_telegram.POST, kind="personal_chat")).encode()
    for name in ("result.json", "result.jsonl", "result", "result.txt"):
        assert all(isinstance(one.item, Failure) for one in taken(name, raw))
