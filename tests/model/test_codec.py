"""Every record goes to JSON and comes back equal; what is not a record's field is an error that names the place."""

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.model.strategies import RECORDS, of

from sayso.errors import DataError
from sayso.model import Candidate, Claim, Document, Event, Figure, Resolution, Source, Span, Voice, from_json, to_json

_ROW = {"codebook": "c", "digest": "d", "incident": "i", "claims": [], "fields": [], "reason": ""}


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(data=st.data())
def test_records_come_back_equal(kind: type, data: st.DataObject) -> None:
    record = data.draw(of(kind))
    written = json.loads(json.dumps(to_json(record)))
    again = from_json(kind, written)
    assert again == record
    assert type(again) is kind
    if hasattr(record, "id") and kind is not Resolution:
        assert again.id == record.id


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
@settings(max_examples=3, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(data=st.data())
def test_unknown_fields_are_errors(kind: type, data: st.DataObject) -> None:
    written = to_json(data.draw(of(kind)))
    with pytest.raises(DataError, match="unknown field 'colour'"):
        from_json(kind, {**written, "colour": "red"})


@pytest.mark.parametrize(
    ("kind", "value", "message"),
    [
        (Source, {"name": 3}, "Source.name: 3 is no str"),
        (Source, {}, "Source: .*name"),
        (Source, {"name": "x", "kind": "blog"}, "Source.kind: 'blog' is none of"),
        (Source, {"name": "x", "aliases": "y"}, "Source.aliases: 'y' is no list"),
        (Source, {"name": "x", "aliases": ["y", None]}, r"Source.aliases\[1\]: None"),
        (Source, {"$record": "Document", "name": "x"}, "a record 'Document' where Source belongs"),
        (Source, ["x"], "is no object"),
        (Span, {"document": "d", "start": True, "end": 2, "quote": "x"}, "Span.start: True is no int"),
        (Span, {"document": "d", "start": 2, "end": 2, "quote": ""}, "Span: span .* must be non-empty"),
        (Document, {"text": "x", "source": {"name": "y", "odd": 1}}, "Document.source: unknown field 'odd'"),
        (Candidate, {"target": {"$record": "Span"}, "score": 1.0}, "'Span' is no record that may stand here"),
        (Event, {**_ROW, "days": ["2024-01-02"]}, "Event.days: 1 items for 2"),
        (Event, {**_ROW, "days": ["2024-01-02", "2024-01-01"]}, "first day 2024-01-02 is after its last"),
        (Event, {**_ROW, "sides": [{"label": "a"}, {"label": "b"}, {"label": "c"}]}, "at most two sides"),
        (Event, {**_ROW, "sides": [{"label": "a", "participants": [{"claim": "c", "role": "victim", "number": 0}]}]}, "'victim' of a participant is none of"),
        (Event, {"codebook": "c", "digest": "d", "incident": "i", "claims": [], "fields": [["a"]], "reason": ""}, "1 items for 2"),
    ],
)
def test_wrong_values_name_their_place(kind: type, value: Any, message: str) -> None:
    with pytest.raises(DataError, match=message):
        from_json(kind, value)


def test_a_row_stored_before_rows_had_sides_and_days_still_decodes_and_keeps_its_id() -> None:
    """Invented; the id is the one that it was stored under."""
    old = {"$record": "Event", "codebook": "acled", "digest": "d", "incident": "inc_1", "claims": ["clm_1"], "fields": [["event_type", "Riots"]], "reason": "r"}
    event = from_json(Event, old)
    assert (event.version, event.sides, event.days) == ("", (), None)
    assert event.id == "evt_ec84950e49205bc40d41a1e3"


def test_a_whole_number_may_stand_for_a_float() -> None:
    span = {"document": "d", "start": 0, "end": 1, "quote": "x"}
    voice = {"name": "outlet", "kind": "outlet"}
    claim = from_json(Claim, {"trigger": span, "act": {"type": "ASSAULT"}, "voices": [voice], "confidence": 1})
    assert claim.confidence == 1.0
    assert isinstance(claim.confidence, float)
    assert claim.voices == (Voice("outlet", claim.voices[0].kind),)


def test_unknown_and_none_are_told_apart_from_zero() -> None:
    span = {"document": "d", "start": 0, "end": 1, "quote": "x"}
    voices = [{"name": "a", "kind": "outlet"}]
    figure = from_json(Figure, {"span": span, "measure": "killed", "low": 0, "high": None, "voices": voices})
    assert (figure.low, figure.high) == (0, None)
