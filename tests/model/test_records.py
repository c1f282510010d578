"""Invariants and ids of the records."""

import dataclasses
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.model.strategies import RECORDS, documents_with_spans, mention_of, of

from sayso.model import (
    Act,
    Claim,
    Document,
    Figure,
    Incident,
    Interval,
    Link,
    PlaceTarget,
    Reading,
    Relation,
    Resolution,
    Review,
    Roles,
    Source,
    Span,
    Voice,
    content_id,
    sha256_bytes,
    sha256_text,
)
from sayso.model.words import Judgement, Measure, Modality, PlacePrecision, RelationKind, Stance, TimePrecision, Verdict, VoiceKind

DOCUMENT = Document("Guns fired at Hafir. Nine men died.", Source("Delta News"), published="2024-05-04")
OUTLET = Voice("Delta News", VoiceKind.OUTLET)
CLAIM = Claim(DOCUMENT.span(5, 10), Act("ASSAULT"), (OUTLET,))
FIGURE = Figure(DOCUMENT.span(21, 29), Measure.KILLED, 9, 9, (OUTLET,))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Span("d", 3, 3, ""), "non-empty"),
        (lambda: Span("d", -1, 3, "four"), "not negative"),
        (lambda: Span("d", 0, 3, "four"), "quote of 4"),
        (lambda: DOCUMENT.span(3, 3), "empty or outside"),
        (lambda: DOCUMENT.span(0, 999), "empty or outside"),
        (lambda: dataclasses.replace(CLAIM, voices=()), "at least one voice"),
        (lambda: dataclasses.replace(CLAIM, confidence=1.5), "outside 0..1"),
        (lambda: dataclasses.replace(CLAIM, roles=Roles(actor=(Span("other", 0, 1, "x"),))), "one document"),
        (lambda: dataclasses.replace(FIGURE, low=-1), "low -1 of a figure is negative"),
        (lambda: dataclasses.replace(FIGURE, low=10), "above its high"),
        (lambda: dataclasses.replace(FIGURE, voices=()), "at least one voice"),
        (lambda: Interval("2024-05-05", "2024-05-04", TimePrecision.DAY), "after its end"),
        (lambda: PlaceTarget("Hafir", 91.0, 0.0, PlacePrecision.SITE), "latitude"),
        (lambda: PlaceTarget("Hafir", 0.0, -181.0, PlacePrecision.SITE), "longitude"),
        (lambda: Resolution("m", None, -0.1, "", "list"), "score"),
        (lambda: Link("a", "a", Judgement.SAME, "rule", ""), "two different claims"),
        (lambda: Incident(()), "at least one claim"),
        (lambda: Review("r", Verdict.REJECT, "ed", "2024-05-04"), "needs a reason"),
        (lambda: Reading(DOCUMENT, figures=(dataclasses.replace(FIGURE, claim="clm_x"),)), "not in the reading"),
        (lambda: Reading(DOCUMENT, relations=(Relation(RelationKind.RESPONDS_TO, CLAIM.id, "clm_x", CLAIM.trigger),)), "not in the reading"),
    ],
)
def test_broken_invariants_raise(make: Callable[[], Any], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()


@pytest.mark.parametrize("kind", RECORDS, ids=lambda kind: kind.__name__)
def test_records_are_frozen_and_slotted(kind: type) -> None:
    assert "__slots__" in vars(kind)
    assert kind.__dataclass_params__.frozen  # type: ignore[attr-defined]


def test_ids_are_the_same_everywhere() -> None:
    assert content_id("doc", "a", None, 1) == "doc_" + sha256_bytes(b'["a",null,1]').removeprefix("sha256:")[:24]
    code = f"from sayso.model import *; print(Document({DOCUMENT.text!r}, Source('Delta News'), published='2024-05-04').id)"
    env = {"PYTHONHASHSEED": "7", "PYTHONPATH": ":".join(sys.path)}
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env)
    assert answer.stdout.strip() == DOCUMENT.id


def test_a_document_is_its_source_reference_date_and_text() -> None:
    assert DOCUMENT.id == dataclasses.replace(DOCUMENT, title="Guns", retrieved="2025-01-01").id
    others = [
        dataclasses.replace(DOCUMENT, text="x"),
        dataclasses.replace(DOCUMENT, source=Source("Other News")),
        dataclasses.replace(DOCUMENT, published=None),
        dataclasses.replace(DOCUMENT, url="https://example.org/1"),
        dataclasses.replace(DOCUMENT, given_id="7"),
    ]
    assert len({DOCUMENT.id, *(other.id for other in others)}) == len(others) + 1
    assert DOCUMENT.text_sha256 == sha256_text(DOCUMENT.text)


def test_a_claim_is_what_is_claimed_by_whom_and_not_how_sure_the_engine_was() -> None:
    assert CLAIM.id == dataclasses.replace(CLAIM, confidence=0.3, reason="because").id
    denied = dataclasses.replace(CLAIM, modality=Modality.DENIED)
    other_voice = dataclasses.replace(CLAIM, voices=(OUTLET, Voice("army", VoiceKind.STATE, Stance.DENIED)))
    with_roles = dataclasses.replace(CLAIM, roles=Roles(place=(DOCUMENT.span(14, 19),)))
    assert len({CLAIM.id, denied.id, other_voice.id, with_roles.id}) == 4
    assert CLAIM.document == DOCUMENT.id


def test_the_order_of_linked_claims_does_not_matter() -> None:
    assert Link("a", "b", Judgement.SAME, "rule", "near").id == Link("b", "a", Judgement.SAME, "rule", "far").id
    assert Incident(("a", "b")).id == Incident(("b", "a")).id


def test_a_span_of_another_text_does_not_hold() -> None:
    span = DOCUMENT.span(14, 19)
    assert span.holds(DOCUMENT)
    assert not span.holds(dataclasses.replace(DOCUMENT, text="Guns fired at Wadi."))
    assert not dataclasses.replace(span, quote="Wadis").holds(DOCUMENT)


@pytest.mark.parametrize("kind", [kind for kind in RECORDS if hasattr(kind, "id") and "id" not in kind.__dataclass_fields__], ids=lambda kind: kind.__name__)
@settings(max_examples=8, deadline=None)
@given(data=st.data())
def test_equal_records_have_equal_ids(kind: type, data: st.DataObject) -> None:
    record = data.draw(of(kind))
    assert record.id == dataclasses.replace(record).id
    prefix, digest = record.id.split("_")
    assert len(prefix) == 3
    assert len(digest) == 24


@given(documents_with_spans())
def test_a_reading_knows_whether_its_words_are_still_there(drawn: tuple[Document, list[Span]]) -> None:
    document, spans = drawn
    assert Reading(document, mentions=tuple(mention_of(span) for span in spans)).spans_hold()
    changed = dataclasses.replace(document, text=document.text + "!")
    assert Reading(changed, mentions=tuple(mention_of(span) for span in spans)).spans_hold() is not bool(spans)
