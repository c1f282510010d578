"""Strategies for every record of the model: built from the types of the fields, with the invariants where a record has some."""

import dataclasses
import types
import typing
from enum import StrEnum
from functools import cache
from typing import Any

from hypothesis import strategies as st

import sayso.model as model
from sayso.model import (
    Assignment,
    Claim,
    Coding,
    Copy,
    Document,
    Event,
    Extraction,
    Figure,
    Incident,
    Interval,
    Link,
    Mention,
    Participant,
    Piece,
    PlaceTarget,
    Reading,
    Relation,
    Resolution,
    Review,
    Roles,
    Side,
    Span,
    Tombstone,
    Voice,
)
from sayso.model.words import MentionKind, Verdict

RECORDS: tuple[type, ...] = tuple(kind for name in model.__all__ if isinstance(kind := getattr(model, name), type) and dataclasses.is_dataclass(kind))
_TEXT = st.text(max_size=8)
_SHARE = st.floats(0, 1, allow_nan=False)


@cache
def of(kind: type) -> st.SearchStrategy[Any]:
    """Any record of the kind."""
    special = _SPECIAL.get(kind)
    return special() if special else _built(kind)


def _built(kind: type, **given: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    hints = {name: hint for name, hint in typing.get_type_hints(kind).items() if not name.startswith("_")}
    return st.builds(kind, **{name: given[name] if name in given else _field(hint) for name, hint in hints.items()})


def _field(hint: Any) -> st.SearchStrategy[Any]:
    origin = typing.get_origin(hint)
    options = typing.get_args(hint)
    if origin in (typing.Union, types.UnionType):
        return st.one_of(*(_field(option) for option in options))
    if origin is tuple and options[-1] is Ellipsis:
        return st.lists(_field(options[0]), max_size=2).map(tuple)
    if origin is tuple:
        return st.tuples(*(_field(option) for option in options))
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return of(hint)
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return st.sampled_from(hint)
    return {str: _TEXT, int: st.integers(-10, 10**6), float: st.floats(allow_nan=False, allow_infinity=False), bool: st.booleans(), type(None): st.none()}[hint]


@st.composite
def _span(draw: st.DrawFn) -> Span:
    quote = draw(st.text(min_size=1, max_size=6))
    start = draw(st.integers(0, 50))
    return Span(draw(st.sampled_from(["doc_a", "doc_b"])), start, start + len(quote), quote)


def _same_document(span: Span) -> Span:
    return dataclasses.replace(span, document="doc_a")


@st.composite
def _claim(draw: st.DrawFn) -> Claim:
    spans = st.lists(of(Span).map(_same_document), max_size=2).map(tuple)
    return draw(
        _built(
            Claim,
            trigger=of(Span).map(_same_document),
            voices=st.lists(of(Voice), min_size=1, max_size=2).map(tuple),
            roles=_built(Roles, actor=spans, recipient=spans, instrument=spans, place=spans, time=st.none() | of(Span).map(_same_document)),
            confidence=_SHARE,
        )
    )


@st.composite
def _figure(draw: st.DrawFn) -> Figure:
    low, high = sorted(draw(st.tuples(st.integers(0, 99), st.integers(0, 99))))
    voices = st.lists(of(Voice), min_size=1, max_size=2).map(tuple)
    bounds = {"low": st.sampled_from([low, None]), "high": st.sampled_from([high, None]), "point": st.none() | st.integers(0, 99)}
    return draw(_built(Figure, voices=voices, confidence=_SHARE, **bounds))


@st.composite
def _interval(draw: st.DrawFn) -> Interval:
    start, end = sorted(draw(st.tuples(*[st.dates().map(str)] * 2)))
    return draw(_built(Interval, start=st.sampled_from([start, None]), end=st.sampled_from([end, None])))


@st.composite
def _link(draw: st.DrawFn) -> Link:
    first, second = draw(st.lists(_TEXT, min_size=2, max_size=2, unique=True))
    return draw(_built(Link, first=st.just(first), second=st.just(second)))


@st.composite
def _review(draw: st.DrawFn) -> Review:
    verdict = draw(st.sampled_from(Verdict))
    return draw(_built(Review, verdict=st.just(verdict), reason=st.text(min_size=0 if verdict is Verdict.ACCEPT else 1, max_size=8)))


@st.composite
def _coding(draw: st.DrawFn) -> Coding:
    verdict = draw(st.none() | st.sampled_from(Verdict))
    reason = st.text(min_size=1 if verdict in (Verdict.REJECT, Verdict.AMEND) else 0, max_size=8)
    amendment = _TEXT if verdict is Verdict.AMEND else st.none()
    return draw(_built(Coding, verdict=st.just(verdict), reason=reason, amendment=amendment))


def _assignment() -> st.SearchStrategy[Assignment]:
    claims, coders = (st.lists(_TEXT, min_size=least, max_size=3, unique=True).map(tuple) for least in (1, 2))
    return _built(Assignment, claims=claims, coders=coders)


@st.composite
def _copy(draw: st.DrawFn) -> Copy:
    document, original = draw(st.lists(_TEXT, min_size=2, max_size=2, unique=True))
    return draw(_built(Copy, document=st.just(document), original=st.just(original), contained=_SHARE))


@st.composite
def _event(draw: st.DrawFn) -> Event:
    days = st.tuples(*[st.dates().map(str)] * 2).map(lambda both: (min(both), max(both)))
    return draw(_built(Event, sides=st.lists(of(Side), max_size=2).map(tuple), days=st.none() | days))


@st.composite
def _piece(draw: st.DrawFn) -> Piece:
    start = draw(st.integers(0, 50))
    return Piece(start, start + draw(st.integers(1, 9)), draw(_TEXT))


@st.composite
def _extraction(draw: st.DrawFn) -> Extraction:
    starts = sorted(draw(st.lists(st.integers(0, 9), max_size=3, unique=True)))
    pieces = tuple(Piece(10 * start, 10 * start + draw(st.integers(1, 10)), draw(_TEXT)) for start in starts)
    return draw(_built(Extraction, pieces=st.just(pieces)))


@st.composite
def _reading(draw: st.DrawFn) -> Reading:
    claims = tuple(draw(st.lists(of(Claim), max_size=2)))
    ids = st.sampled_from([claim.id for claim in claims]) if claims else None
    figures = st.lists(of(Figure).map(lambda figure: dataclasses.replace(figure, claim=claims[0].id if claims else None)), max_size=1).map(tuple)
    relations = st.lists(_built(Relation, source=ids, target=ids), max_size=1).map(tuple) if ids is not None else st.just(())
    return draw(_built(Reading, claims=st.just(claims), figures=figures, relations=relations))


_SPECIAL: dict[type, Any] = {
    Span: _span,
    Claim: _claim,
    Figure: _figure,
    Interval: _interval,
    Link: _link,
    Review: _review,
    Assignment: _assignment,
    Coding: _coding,
    Reading: _reading,
    Incident: lambda: _built(Incident, claims=st.lists(_TEXT, min_size=1, max_size=3).map(tuple)),
    PlaceTarget: lambda: _built(PlaceTarget, lat=st.none() | st.floats(-90, 90), lon=st.none() | st.floats(-180, 180)),
    Resolution: lambda: _built(Resolution, score=_SHARE),
    Copy: _copy,
    Event: _event,
    Participant: lambda: _built(Participant, role=st.sampled_from(["actor", "recipient"]), number=st.integers(0, 9)),
    Piece: _piece,
    Extraction: _extraction,
    Tombstone: lambda: _built(Tombstone, reason=st.text(min_size=1, max_size=8)),
}


@st.composite
def documents_with_spans(draw: st.DrawFn) -> tuple[Document, list[Span]]:
    """A document and spans of its text."""
    document = Document(draw(st.text(min_size=1, max_size=60)))
    starts = draw(st.lists(st.integers(0, len(document.text) - 1), max_size=4))
    return document, [document.span(start, draw(st.integers(start + 1, len(document.text)))) for start in starts]


def mention_of(span: Span) -> Mention:
    """The span as a mention of an actor."""
    return Mention(MentionKind.ACTOR, span)
