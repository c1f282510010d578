"""A stand-in for the pipeline: the rim is tested without a parser, on readings built by hand."""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import pytest
from click.testing import CliRunner
from tests.desk.conftest import replayed
from tests.desk.scripted import Scripted
from tests.store.made import document as made_by_hand

from sayso.model import Act, Claim, Document, Failure, Reading, Voice
from sayso.model.words import VoiceKind

__all__ = ["replayed"]
STEERING = "\x1b[31mDelta\x9b2J \u202enews\x07"


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


class Sayso:
    """Runs the whole program in this process over one ledger: what `main` makes of errors is part of what a user sees."""

    def __init__(self, capfd, monkeypatch):
        self._capfd, self._monkeypatch = capfd, monkeypatch

    def __call__(self, *arguments, code=0):
        """What stands on standard output; the exit code must be this one."""
        return self.told(*arguments, code=code)[0]

    def told(self, *arguments, code=0):
        """What stands on standard output, and on standard error."""
        import sys

        from sayso.cli.main import main

        self._monkeypatch.setattr(sys, "argv", ["sayso", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = self._capfd.readouterr()
        assert (ended.value.code or 0) == code, (out, err)
        return out, err

    def json(self, *arguments, code=0):
        """The JSON value on standard output."""
        import json

        return json.loads(self(*arguments, "--json", code=code))


@pytest.fixture
def sayso(capfd, monkeypatch):
    return Sayso(capfd, monkeypatch)


@pytest.fixture(scope="session")
def filled(replayed, tmp_path_factory):
    """A ledger with all invented reports, linked."""
    from tests.desk.invented import REPORTS

    from sayso.desk.adding import add
    from sayso.desk.linking import link_all
    from sayso.intake.settings import Taken
    from sayso.store.ledger import open_ledger

    path = tmp_path_factory.mktemp("filled") / "ledger.sqlite"
    with open_ledger(str(path)) as ledger:
        assert {step.became.value for step in add([Taken(one) for one in REPORTS.values()], ledger, replayed)} == {"added"}
        link_all(ledger)
    return path


@pytest.fixture
def store(filled, tmp_path, monkeypatch):
    """A copy of the filled ledger, which commands take by SAYSO_STORE."""
    path = tmp_path / "ledger.sqlite"
    shutil.copy(filled, path)
    monkeypatch.setenv("SAYSO_STORE", str(path))
    return path


@pytest.fixture
def hostile(tmp_path, monkeypatch):
    """A ledger whose names and words would steer a terminal; commands take it by SAYSO_STORE."""
    from sayso.desk.adding import add
    from sayso.intake.settings import Taken
    from sayso.model import RegisteredSource, Source
    from sayso.store.batch import Batch
    from sayso.store.ledger import open_ledger

    path = tmp_path / "hostile.sqlite"
    made = replace(made_by_hand(1), source=Source(STEERING), title=STEERING)
    with open_ledger(str(path)) as ledger:
        list(add([Taken(made), Taken(replace(made, given_id=STEERING, url=None))], ledger, Scripted()))
        ledger.append(Batch(sources=(RegisteredSource("Registered" + STEERING, side=STEERING, set_by=STEERING, reason=STEERING),)))
    monkeypatch.setenv("SAYSO_STORE", str(path))
    return path


def harmless(text):
    """Whether nothing in a text steers a terminal."""
    return not any(one in text for one in "\x1b\x9b\u202e\x07")
