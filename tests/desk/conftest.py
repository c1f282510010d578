"""Ledgers of both kinds for the desk's tests, and readings that the real reader made once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.desk.invented import REPORTS
from tests.desk.scripted import Replayed
from tests.store.conftest import kept_stores, new_store, server, store

from sayso.cli.place_table import ensure_place_table
from sayso.model import Reading
from sayso.pipeline import Reader
from sayso.store.ledger import Ledger, open_ledger

__all__ = ["kept_stores", "new_store", "server", "store"]


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(str(tmp_path / "ledger.sqlite")) as opened:
        yield opened


@pytest.fixture(scope="session")
def replayed(reader: Reader) -> Replayed:
    """All invented reports as the real reader reads them."""
    ensure_place_table()
    found = {}
    for reading in reader.read(REPORTS.values()):
        assert isinstance(reading, Reading), reading
        found[reading.document.id] = reading
    return Replayed(found, reader.origin)
