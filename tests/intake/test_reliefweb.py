"""Reports in an answer of the ReliefWeb API. All reports are invented."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.takers import taken_by

from sayso.intake.reliefweb import take_reliefweb
from sayso.intake.settings import What
from sayso.model import Document, Failure
from sayso.model.words import SourceKind

TEXT = "The ministry said on Tuesday that nine people had been killed in the town."
FIELDS = {
    "title": "Invented situation report",
    "body": f"{TEXT}\n\nIt said so.",
    "date": {"original": "2024-05-04T00:00:00+00:00", "created": "2024-05-05T00:00:00+00:00"},
    "source": [{"name": "Invented Relief Agency", "shortname": "IRA", "type": {"name": "International Organization"}}, {"name": "Second Body"}],
    "url": "https://reliefweb.int/node/1",
    "url_alias": "https://reliefweb.int/report/invented",
    "primary_country": {"iso3": "xyz"},
    "language": [{"code": "en"}],
}
ITEM = {"id": "1", "score": 1, "fields": FIELDS, "href": "https://api.reliefweb.int/v2/reports/1"}


def take(value):
    raw = value if isinstance(value, bytes) else json.dumps(value).encode()
    return taken_by(take_reliefweb, raw, What("answer.json"))


def answer(*items):
    return {"href": "https://api.reliefweb.int/v2/reports", "took": 3, "totalCount": len(items), "count": len(items), "data": list(items)}


def test_a_report_is_a_document_with_its_own_bytes():
    one, two = take(answer(ITEM, {**ITEM, "id": "2", "fields": {**FIELDS, "body-html": f"<p>{TEXT}</p><p>More &amp; more.</p>"}}))
    assert one.item.text == f"{TEXT}\n\nIt said so."
    assert (one.item.title, one.item.published, one.item.given_id) == ("Invented situation report", "2024-05-04T00:00:00Z", "1") or one.item.published.endswith(
        "+00:00"
    )
    assert (one.item.source.name, one.item.source.kind) == ("Invented Relief Agency", SourceKind.IGO)
    assert one.item.source.country is None  # the country is the report's, not the source's
    assert one.item.url == "https://reliefweb.int/report/invented"
    assert json.loads(one.raw) == ITEM
    assert one.notes == ("published together with Second Body", "ReliefWeb files it under XYZ")
    assert two.item.text == f"{TEXT}\n\nMore & more."
    assert two.extraction.piece_at(len(TEXT) + 3).name == "body-html/p[2]"


def test_each_report_stands_alone():
    found = take(answer({"id": "3"}, {"id": "4", "fields": {"title": "no body"}}, 5, {"id": "6", "fields": {"body": TEXT, "source": [], "date": 7}}))
    assert [type(one.item) for one in found] == [Failure, Failure, Failure, Document]
    assert "no body" in found[1].item.reason
    assert found[1].item.given_id == "4"
    assert found[3].item.published is None


def test_an_answer_with_an_error_says_so():
    (one,) = take({"status": 400, "error": {"message": "Invented error"}})
    assert "Invented error" in one.item.reason


@pytest.mark.parametrize("raw", [b"", b"{}", b'{"data": 5}', b'{"data": [', b"[1]"])
def test_what_is_no_answer_gives_no_document(raw):
    assert all(isinstance(one.item, Failure) for one in take(raw))


@settings(deadline=None)
@given(st.one_of(st.binary(max_size=100), st.integers(0, 400).map(lambda cut: json.dumps(answer(ITEM, ITEM)).encode()[:cut])))
def test_any_bytes_are_taken_or_refused(raw):
    for one in take(raw):
        assert isinstance(one.item, Document | Failure)
