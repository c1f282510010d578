"""A stand-in for the pipeline: the rim is tested without a parser, on readings built by hand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pytest
from click.testing import CliRunner

from sayso.model import Act, Claim, Document, Failure, Reading, Voice
from sayso.model.words import VoiceKind


@dataclass
class StandInReader:
    """Claims of one word: each "killed" of a report is an assault that its outlet tells."""

    config: object = None

    def read(self, documents: Iterable[Document | Failure]) -> Iterator[Reading | Failure]:
        for document in documents:
            yield document if isinstance(document, Failure) else self.read_one(document)

    def read_one(self, document: Document) -> Reading:
        outlet = (Voice(document.source.name, VoiceKind.OUTLET),)
        at = document.text.find("killed")
        claims = (Claim(document.span(at, at + 6), Act("ASSAULT"), outlet, reason="the word killed"),) if at >= 0 else ()
        return Reading(document, claims=claims)


@pytest.fixture
def stand_in(monkeypatch):
    monkeypatch.setattr("sayso.pipeline.Reader", StandInReader)
    monkeypatch.setattr("sayso.cli.read.ensure_place_table", lambda: None)


def call(*arguments, stdin=None):
    from sayso.cli.main import sayso

    return CliRunner().invoke(sayso, list(map(str, arguments)), input=stdin, catch_exceptions=False)


@pytest.fixture
def run(stand_in):
    """Runs `sayso` with arguments, in this process, with the stand-in for the pipeline."""
    return call


@pytest.fixture
def run_for_real():
    """Runs `sayso` with arguments, in this process."""
    return call
