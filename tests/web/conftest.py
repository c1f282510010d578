"""A workbench over an invented ledger, asked without a network."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sayso.store.ledger import Ledger, open_ledger
from sayso.web.app import create_app
from sayso.web.settings import WebSettings


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """A new ledger."""
    with open_ledger(str(tmp_path / "desk.sqlite")) as made:
        yield made


@pytest.fixture
def client(ledger: Ledger) -> Iterator[TestClient]:
    """The workbench of a laptop: one person, no log-in."""
    app = create_app(ledger, WebSettings(ledger.where, hosts=("testserver",), by="Coder One"))
    with TestClient(app) as made:
        yield made
