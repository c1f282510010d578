"""An add that the disk or a person breaks off: a clear error, what was stored is there and verifies, and the next run completes it."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event
from tests.desk.scripted import Scripted, state, taken

from sayso.desk.adding import Step, add
from sayso.errors import Unwritable
from sayso.intake.settings import Taken
from sayso.store import opening
from sayso.store.ledger import open_ledger

_COUNT = 60


def inputs() -> list[Taken]:
    return [taken(number) for number in range(1, _COUNT + 1)]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    with open_ledger(str(tmp_path_factory.mktemp("whole") / "l.sqlite")) as ledger:
        list(add(inputs(), ledger, Scripted()))
        return state(ledger)


def complete(where: str, stored: int) -> dict[str, object]:
    """The state after another run; before it, what was told as stored is there and sound."""
    with open_ledger(where) as ledger:
        assert ledger.verify().problems == ()
        assert ledger.counts()["document"] == stored
        steps = list(add(inputs(), ledger, Scripted()))
        assert [step.became.value for step in steps] == ["known"] * stored + ["added"] * (_COUNT - stored)
        assert ledger.verify().problems == ()
        return state(ledger)


def test_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, undisturbed: dict[str, object]) -> None:
    where = str(tmp_path / "l.sqlite")
    open_ledger(where).close()
    settle = opening._settle

    def small(connection: sqlite3.Connection, writable: bool) -> None:
        settle(connection, writable)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 60}")

    told: list[Step] = []
    with monkeypatch.context() as patched:
        patched.setattr(opening, "_settle", small)
        with open_ledger(where) as ledger, pytest.raises(Unwritable, match=r"full.*make room and run the command again"):
            told.extend(add(inputs(), ledger, Scripted()))
    assert 0 < len(told) < _COUNT
    assert complete(where, len(told)) == undisturbed


def test_read_only_in_the_middle(tmp_path: Path, undisturbed: dict[str, object]) -> None:
    where = str(tmp_path / "l.sqlite")
    locked = False

    def given() -> Iterator[Taken]:
        nonlocal locked
        for number, one in enumerate(inputs()):
            locked = locked or number == 40
            yield one

    told: list[Step] = []
    with open_ledger(where) as ledger:

        @event.listens_for(ledger._engine, "begin")
        def _begin(connection: object) -> None:
            if locked:
                connection.exec_driver_sql("PRAGMA query_only = ON")  # type: ignore[attr-defined]

        with pytest.raises(Unwritable, match="read-only: give write permission"):
            told.extend(add(given(), ledger, Scripted()))
    assert len(told) == 32
    assert complete(where, 32) == undisturbed


def test_broken_off_by_a_person(tmp_path: Path, undisturbed: dict[str, object]) -> None:
    where = str(tmp_path / "l.sqlite")

    def given() -> Iterator[Taken]:
        yield from inputs()[:20]
        raise KeyboardInterrupt

    with open_ledger(where) as ledger, pytest.raises(KeyboardInterrupt):
        list(add(given(), ledger, Scripted()))
    assert complete(where, 16) == undisturbed
