"""Paths and addresses come in together. All pages are invented."""

import io
import zipfile

import pytest
from tests.intake.loopback import fetcher, served
from tests.intake.takers import SETTINGS
from tests.intake.test_feed import RSS
from tests.intake.test_gdelt import row

from sayso.intake.urls import is_url, shown, take_inputs
from sayso.model import Document, Failure

TEXT = "The army said on Tuesday that nine people had been killed in the town, and that the road was closed to all."
PAGE = f"<html><head><title>Nine killed</title></head><body><article><p>{TEXT}</p></article></body></html>"


@pytest.fixture(scope="module")
def site():
    with served() as site:
        site.add("/a", PAGE)
        site.add("/feed", RSS, content_type="application/rss+xml")
        site.add("/moved", "", 302, location=site.url("/a", "127.0.0.2"))
        yield site


def take(*inputs, **more):
    return list(take_inputs(inputs, fetcher(**more), SETTINGS, io.BytesIO(b"")))


def test_a_page_is_a_document_with_its_archive_copy(site, tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    one, two = take(site.url("/a"), str(path))
    assert TEXT in one.item.text
    assert (one.item.url, one.raw) == (site.url("/a"), PAGE.encode())
    assert one.item.source.name.startswith("127.0.0.1")
    assert one.item.retrieved.startswith("20")
    assert one.extraction.document == one.item.id
    assert two.item.given_id == "a.txt"


def test_a_feed_gives_its_entries_and_a_page_that_moved_says_so(site):
    (one,) = take(site.url("/feed"))
    assert one.item.source.name == "The Invented Paper"
    (one,) = take(site.url("/moved"))
    assert isinstance(one.item, Failure)  # nothing listens on 127.0.0.2
    assert one.item.kind == "NotFetched"


def test_what_is_not_fetched_is_a_failure(site):
    (one,) = take("http://me:secret@paper.example/a")
    assert "secret" not in repr(one)
    (one,) = take(site.url("/a"), allowed=False)
    assert "--fetch" in one.item.reason
    (one,) = take(site.url("/nothing"))
    assert "404" in one.item.reason
    (one,) = take("ftp://paper.example/a")
    assert "only http" in one.item.reason


@pytest.mark.parametrize("zipped", [False, True])
def test_the_pages_of_a_list_of_gdelt_are_fetched_where_that_is_allowed(site, tmp_path, zipped):
    rows = "".join(row(61, c0="1149000001", c1="20240504", c59="20240504101500", c60=site.url(path)) for path in ("/a", "/a", "/nothing"))
    path = tmp_path / "20240504101500.export.CSV"
    path.write_text(rows)
    if zipped:
        path = tmp_path / "20240504101500.export.CSV.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("20240504101500.export.CSV", rows)
    one, two = take(str(path))
    assert isinstance(one.item, Document)
    assert one.item.published == "2024-05-04"
    assert one.extraction.document == one.item.id
    assert any("the list saw it" in note for note in one.notes)
    assert "404" in two.item.reason
    (one,) = take(str(path), allowed=False)
    assert "2 addresses" in one.item.reason


def test_addresses_are_told_from_paths():
    assert is_url("https://paper.example/a")
    assert is_url("file:///etc/passwd")
    assert not is_url("folder/a.txt")
    assert shown("https://me:secret@paper.example/a@b") == "https://paper.example/a@b"
