"""Marked sentences: what the learned layer of acts learns from, veiled as the engine will see it."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sayso.evaluate.teaching import TaughtItem, read_sentences
from sayso.evaluate.teaching_reports import read_taught_report
from sayso.gazetteers.actors import actor_list
from sayso.gazetteers.name_finder import find_names
from sayso.model import Document, Reading, Source
from sayso.model.words import Measure, Modality
from sayso.pipeline import Reader
from sayso.text.segmenting import sentences
from sayso.text.veil import Veiled, veil

TAUGHT = ("train", "fresh", "wide", "broad")  # "held" and "test" stay out
COUNTED = "broad"  # here everybody harmed is marked, also "a journalist"; elsewhere only where a line has figures at all
_UNSURE = 0.6  # a silver act of less confidence is neither taught nor held against


@dataclass(frozen=True, slots=True)
class MarkedAct:
    """[start, end) of a sentence, the types of which any is right, whether the act may be left out, its modality (None: not taught)."""

    start: int
    end: int
    types: tuple[str, ...]
    optional: bool = False
    modality: Modality | None = None


@dataclass(frozen=True, slots=True)
class MarkedHarm:
    """[start, end) of a sentence that counts people harmed, and how they were."""

    start: int
    end: int
    measure: Measure


@dataclass(frozen=True, slots=True)
class MarkedSentence:
    """A veiled sentence, its acts and the people harmed; `counted`: whether all of those are marked."""

    text: str
    acts: tuple[MarkedAct, ...]
    harms: tuple[MarkedHarm, ...] = ()
    counted: bool = False


def taught_sentences(home: Path) -> Iterator[MarkedSentence]:
    """The train half of the teaching set: single sentences, and the sentences of the reports."""
    folders = [folder for name in TAUGHT if (folder := home / "sentences" / name).is_dir()]
    for folder in folders:
        for item in read_sentences(folder):
            yield from _veiled(item, whole=True, counted=folder.name == COUNTED or bool(item.figures))
    for file in sorted((home / "reports" / "train").glob("*.txt")):
        yield from _veiled(read_taught_report(file)[0], whole=False, counted=True)


def silver_sentences(folder: Path) -> Iterator[MarkedSentence]:
    """The sentences of a corpus with the acts that the rules alone find in them; their modality is not taught."""
    texts: set[str] = set()
    for file in sorted((folder / "train").glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as stream:
            texts.update(text for row in csv.DictReader(stream) if 20 < len(text := row.get("text") or "") < 400)
    source, reader = Source("Outlet"), Reader()
    documents = [Document(text, source, given_id=str(number), language="en") for number, text in enumerate(sorted(texts))]
    for document, reading in zip(documents, reader.read(documents), strict=True):
        if isinstance(reading, Reading):
            hidden = _hide(document.text)
            acts = [
                MarkedAct(*hidden.from_source(claim.trigger.start, claim.trigger.end), (claim.act.type,), claim.confidence < _UNSURE)
                for claim in reading.claims
                if "the learned layer" not in claim.reason
            ]
            yield MarkedSentence(hidden.text, tuple(acts))


def _hide(text: str) -> Veiled:
    return veil(text, [name.named for name in find_names(text, actor_list())])


def _veiled(item: TaughtItem, whole: bool, counted: bool) -> Iterator[MarkedSentence]:
    """The item as the tagger will see it: one sentence if it is whole, else cut into its sentences."""
    hidden = _hide(item.text)
    acts = [MarkedAct(*hidden.from_source(*act.trigger), tuple(sorted(act.types)), act.optional, act.modality) for act in item.acts]
    harms = [MarkedHarm(*hidden.from_source(*one.span), Measure(one.measure)) for one in item.figures if one.measure in set(Measure)]
    for start, end in [(0, len(hidden.text))] if whole else [(line.start, line.end) for line in sentences(hidden.text)]:
        here = [MarkedAct(act.start - start, act.end - start, act.types, act.optional, act.modality) for act in acts if start <= act.start and act.end <= end]
        hurt = [MarkedHarm(one.start - start, one.end - start, one.measure) for one in harms if start <= one.start and one.end <= end]
        yield MarkedSentence(hidden.text[start:end], tuple(here), tuple(hurt), counted)
