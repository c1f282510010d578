"""A desk killed by SIGKILL while it adds and links: the ledger opens and verifies, and the rerun ends as an undisturbed run does."""

import os
import pickle
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from tests.desk.desk_run import run, with_raw
from tests.desk.invented import many
from tests.desk.scripted import Replayed, state

from sayso.model import Document, Reading
from sayso.pipeline import Reader
from sayso.store.ledger import open_ledger

_ROOT = Path(__file__).parents[2]
_LIVES, _KILLS = 2, 10
_SHARE = 2  # of an undisturbed run's time within which each is killed: what the killed ones stored adds up
Told = tuple[list[Document], Replayed]


@pytest.fixture(scope="module")
def told(reader: Reader) -> Told:
    """Sixty reports and what the real reader reads in them."""
    documents = [with_raw(one) for one in many(60)]
    readings = {}
    for reading in reader.read(documents):
        assert isinstance(reading, Reading)
        readings[reading.document.id] = reading
    return documents, Replayed(readings, reader.origin)


class Desk:
    """The process whose children are killed."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline().strip()

    def start(self, where: str) -> int:
        """The id of a child that has begun."""
        assert self._process.stdin is not None
        self._process.stdin.write(where + "\n")
        self._process.stdin.flush()
        return int(self.line())


@pytest.fixture(scope="module")
def desk(told: Told, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    path = tmp_path_factory.mktemp("told") / "told.pickle"
    path.write_bytes(pickle.dumps(told))
    command = [sys.executable, "-m", "tests.desk.desk_run", str(path)]
    with subprocess.Popen(command, cwd=_ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        made = Desk(process)
        assert made.line() == "ready"
        yield made


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_killed_at_twenty_moments(new_store: Callable[[str], str], desk: Desk, told: Told, kind: str) -> None:
    for _ in range(2):  # the first one on a server takes longer than any after it
        undisturbed = new_store(kind)
        began = time.monotonic()
        desk.start(undisturbed)
        assert desk.line() == "0"
        lasted = time.monotonic() - began
    with open_ledger(undisturbed) as ledger:
        wanted, last = state(ledger), ledger.head().seq
        assert ledger.counts()["incidents"] > 2  # else the fold would have nothing to get wrong
        assert ledger.counts()["copy"] > 0
        assert ledger.counts()["superseded"] > 0
    chance = random.Random(5)
    killed, seen = 0, set()
    for _ in range(_LIVES):
        where = new_store(kind)
        entries = 0
        for _ in range(_KILLS):
            child = desk.start(where)
            time.sleep(chance.uniform(0, lasted / _SHARE))
            with suppress(ProcessLookupError):  # it may have ended by itself
                os.kill(child, signal.SIGKILL)
            killed += desk.line() == str(int(signal.SIGKILL))
            with open_ledger(where) as ledger:
                assert ledger.verify().problems == ()
                assert ledger.head().seq >= entries  # nothing that was there is lost
                entries = ledger.head().seq
                seen.add(entries)
        run(where, told)
        with open_ledger(where) as ledger:
            assert ledger.verify().problems == ()
            assert state(ledger) == wanted
    assert killed >= _LIVES * _KILLS // 2  # the others ended before: their machine was quicker than in the undisturbed run
    assert any(0 < one < last for one in seen)
