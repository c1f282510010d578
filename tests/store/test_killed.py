"""Killed at random moments, a ledger opens, verifies, and the rerun ends as an undisturbed run does. Two writers lose nothing. All texts are invented."""

import os
import random
import signal
import time
import warnings
from collections.abc import Callable

import pytest
from sqlalchemy import text
from tests.store.made import SECOND, read, with_raw

from sayso.model import Review
from sayso.model.words import Verdict
from sayso.store import opening
from sayso.store.batch import Batch
from sayso.store.ledger import open_ledger

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="child processes are forked: importing anew for each takes a second")
_LAST = 40
_KILLS = 20


def forked(work: Callable[[], None]) -> int:
    """The process that does it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of forking beside threads: the child touches none
        child = os.fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    return child


def batches(first: int, last: int) -> list[Batch]:
    """Documents with raw bytes and readings, a review of each, and every third one read a second time."""
    found = []
    for number in range(first, last + 1):
        made, raw = with_raw(number)
        reading = read(made)
        found.append(Batch(documents=(made,), raws=(raw,), readings=(reading,)))
        found.append(Batch(reviews=(Review(reading.claims[0].id, Verdict.ACCEPT, "ada", f"day {number}"),)))
        if number % 3 == 0:
            found.append(Batch(readings=(read(made, SECOND, {"shelled": "ASSAULT"}),)))
    return found


def write(where: str, first: int, last: int) -> None:
    with open_ledger(where, clock=lambda: "2024-05-06T00:00:00Z") as ledger:
        for batch in batches(first, last):
            ledger.append(batch)


def content(where: str) -> set[tuple[str, str, str]]:
    engine = opening.connect(where, create=False)
    with opening.reading(engine, where) as connection:
        found = {(row.kind, row.id, row.body_sha256) for row in connection.execute(text("SELECT kind, id, body_sha256 FROM entries"))}
    engine.dispose()
    return found


def test_killed_at_twenty_moments(store: str, new_store: Callable[[str], str]) -> None:
    undisturbed = new_store("postgresql" if opening.is_server(store) else "sqlite")
    write(undisturbed, 1, _LAST)
    chance = random.Random(5)
    seen, killed = [], 0
    for _ in range(_KILLS):
        process = forked(lambda: write(store, 1, _LAST))
        time.sleep(chance.uniform(0.0, 0.12))
        os.kill(process, signal.SIGKILL)
        killed += os.WIFSIGNALED(os.waitpid(process, 0)[1])
        with open_ledger(store) as ledger:
            assert ledger.verify().problems == ()
            seen.append(ledger.head().seq)
    assert killed > _KILLS // 4
    assert seen == sorted(seen)  # nothing that was there is lost
    write(store, 1, _LAST)
    assert content(store) == content(undisturbed)
    with open_ledger(store) as ledger, open_ledger(undisturbed) as other:
        assert ledger.verify().problems == ()
        assert ledger.counts() == other.counts()


@pytest.mark.parametrize("there", [True, False])
def test_two_writers_at_once_lose_nothing(store: str, there: bool) -> None:
    if there:
        open_ledger(store).close()  # else both make it
    processes = [forked(lambda: write(store, 1, 12)), forked(lambda: write(store, 8, 20))]
    assert [os.waitpid(process, 0)[1] for process in processes] == [0, 0]
    with open_ledger(store) as ledger:
        assert ledger.verify().problems == ()
        assert ledger.counts()["document"] == 20
        assert len(list(ledger.readings())) == 20
