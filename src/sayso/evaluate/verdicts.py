"""Verdicts: which claims and figures of a reading are right, by teaching sentences or by gold reports. What experts may tell or leave out is not judged.

A claim is right where its words meet those of an act of its type and modality; a figure where bounds, measure and denial are those of the number it meets.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from sayso.errors import DataError, InputError
from sayso.evaluate.teaching import Part, TaughtItem, documents, read_sentences
from sayso.evaluate.teaching_reports import is_taught_report, read_taught_report
from sayso.model import Claim, Document, Figure, Source
from sayso.model.words import Measure, Modality, SourceKind

_BOTH = frozenset({"CONCEDE", "RETREAT"})  # gold reports take either for the other
_HARM = frozenset(one.value for one in Measure)
_LONGEST = 80  # code points of a trigger beyond which it points at nothing


@dataclass(frozen=True, slots=True)
class KnownAct:
    """An act as a person coded it: any of its types and modalities is right."""

    span: Part
    types: frozenset[str]
    modalities: frozenset[str]
    optional: bool = False


@dataclass(frozen=True, slots=True)
class KnownFigure:
    """A figure as a person coded it."""

    span: Part
    low: int | None
    high: int | None
    measures: frozenset[str]
    denied: bool | None = False  # None: not coded


@dataclass(frozen=True, slots=True)
class Known:
    """A report with what a person found in it; claims and figures inside `also` and `also_figures` are not judged."""

    document: Document
    acts: tuple[KnownAct, ...]
    figures: tuple[KnownFigure, ...]
    also: tuple[Part, ...] = ()
    also_figures: tuple[Part, ...] = ()


def read_known(*paths: Path) -> list[Known]:
    """What people found: of folders with teaching sentences or teaching reports (.txt), with gold reports (.yaml), or of single such files."""
    known: list[Known] = []
    for path in paths:
        reports = sorted(path.glob("*.yaml")) if path.is_dir() else [path] if path.suffix == ".yaml" else []
        if reports:
            known += [read_report(one) for one in reports]
        elif taught := [one for one in (sorted(path.glob("*.txt")) if path.is_dir() else [path]) if is_taught_report(one)]:
            known += [of_item(item, document) for item, document in map(read_taught_report, taught)]
        else:
            known += of_sentences(read_sentences(path))
    return known


def of_sentences(items: Sequence[TaughtItem]) -> list[Known]:
    """The same of teaching sentences."""
    return [of_item(item, document) for item, document in zip(items, documents(items), strict=True)]


def of_item(item: TaughtItem, document: Document) -> Known:
    """The same of one taught text: every act is marked, those that may be left out too, and everybody harmed, so what meets nothing is wrong.

    People set free are marked as well, but are no figure of a reading: what is told on their words is not judged.
    """
    acts = tuple(KnownAct(act.trigger, act.types, frozenset({act.modality.value}), act.optional) for act in item.acts)
    harmed = [one for one in item.figures if one.measure in _HARM]
    figures = tuple(KnownFigure(one.span, one.low, one.high, frozenset({one.measure}), None) for one in harmed)
    return Known(document, acts, figures, also_figures=tuple(one.span for one in item.figures if one not in harmed))


def read_report(path: Path) -> Known:
    """The same of one gold report; its text may stand in a file beside it."""
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        text = raw["text"] if "text" in raw else (path.parent / raw["text_file"]).read_text(encoding="utf-8")
        told = raw["source"]
        source = Source(told["name"], SourceKind(told.get("kind") or "unknown"), told.get("side"))
        document = Document(text, source, given_id=str(raw["id"]), title=raw.get("title"), published=str(raw["published"]), language="en")
        acts = tuple(_act(text, event) for event in raw["events"])
        figures = tuple(_figure(text, one) for one in raw.get("figures") or ())
        also, also_figures = (tuple(at for quote in raw.get(key) or () for at in places(text, quote)) for key in ("also", "also_figures"))
    except (OSError, UnicodeDecodeError) as wrong:
        raise InputError(f"{path.name!r} cannot be read: {wrong}") from wrong
    except (yaml.YAMLError, KeyError, TypeError, ValueError) as wrong:
        raise DataError(f"{path.name}: no gold report: {type(wrong).__name__}: {wrong}") from wrong
    return Known(document, acts, figures, also, also_figures)


def _act(text: str, event: dict[str, Any]) -> KnownAct:
    types = frozenset(event["type"].split("|"))
    return KnownAct(
        _place(text, event["anchor"], event.get("nth", 1)),
        types | _BOTH if types & _BOTH else types,
        frozenset(event["modality"].split("|")),
        bool(event.get("optional")),
    )


def _figure(text: str, one: dict[str, Any]) -> KnownFigure:
    at = _place(text, one["quote"], one.get("nth", 1))
    return KnownFigure(at, one["low"], one["high"], frozenset(one["measure"].split("|")), one.get("modality") == "denied")


def _place(text: str, quote: str, nth: int) -> Part:
    found = places(text, quote)
    if len(found) < nth:
        raise ValueError(f"{quote!r} stands {len(found)} times in the text, not {nth}")
    return found[nth - 1]


def places(text: str, quote: str) -> list[Part]:
    """Where the quote stands in the text as whole words."""
    found = []
    at = text.find(quote)
    while at >= 0:
        end = at + len(quote)
        cut = (at and text[at - 1].isalnum() and quote[0].isalnum()) or (end < len(text) and text[end].isalnum() and quote[-1].isalnum())
        found += [] if cut else [(at, end)]
        at = text.find(quote, at + 1)
    return found


def claim_verdict(known: Known, claim: Claim) -> bool | None:
    """Whether a claim is right in type and modality; None where it is not judged."""
    at = (claim.trigger.start, claim.trigger.end)
    met = [act for act in known.acts if _overlap(at, act.span) and at[1] - at[0] <= _LONGEST]
    if any(_same(act, claim) for act in met if not act.optional):
        return True
    if any(act.optional for act in met) or _inside(at, known.also):
        return None
    return False


def _same(act: KnownAct, claim: Claim) -> bool:
    return claim.act.type in act.types and claim.modality.value in act.modalities


def figure_verdict(known: Known, figure: Figure) -> bool | None:
    """Whether a figure is right in bounds, measure and denial; None where it is not judged."""
    at = (figure.span.start, figure.span.end)
    denied = figure.modality is Modality.DENIED
    met = [one for one in known.figures if _overlap(at, one.span)]
    for one in met:
        if (one.low, one.high) == (figure.low, figure.high) and figure.measure.value in one.measures and one.denied in (None, denied):
            return True
    return None if not met and any(_overlap(at, place) for place in known.also_figures) else False


def _overlap(first: Part, second: Part) -> bool:
    return first[0] < second[1] and second[0] < first[1]


def _inside(at: Part, places_of: Iterable[Part]) -> bool:
    return any(start <= at[0] and at[1] <= end for start, end in places_of)
