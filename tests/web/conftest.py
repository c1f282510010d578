"""A workbench over an invented ledger, asked without a network."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sayso.desk.people import add_person, make_token
from sayso.model.words import Role
from sayso.pipeline import Reader
from sayso.store.ledger import Ledger, open_ledger
from sayso.web.app import create_app
from sayso.web.settings import WebSettings

PASSWORD = "a long enough one"
TEXT = "Rebel shelling killed three civilians in Dorna on 3 May 2024, the army said. The rebels denied it."


@pytest.fixture(scope="session")
def one_reader() -> Reader:
    """The default engine, loaded once."""
    return Reader()


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """A new ledger."""
    with open_ledger(str(tmp_path / "desk.sqlite")) as made:
        yield made


@pytest.fixture
def client(ledger: Ledger, one_reader: Reader) -> Iterator[TestClient]:
    """The workbench of a laptop: one person, no log-in; changes carry the header that its pages would send."""
    app = create_app(ledger, WebSettings(ledger.where, hosts=("testserver",), by="Coder One"), one_reader)
    with TestClient(app) as made:
        made.headers["x-csrf-token"] = csrf_of(made)
        yield made


@pytest.fixture
def team(ledger: Ledger, one_reader: Reader) -> Iterator[TestClient]:
    """The workbench of a team: one person of each role, named for it."""
    for role in Role:
        add_person(ledger, role.value, role, PASSWORD)
    with TestClient(create_app(ledger, WebSettings(ledger.where, auth=True, hosts=("testserver",)), one_reader), follow_redirects=False) as made:
        yield made


@pytest.fixture
def token(ledger: Ledger, team: TestClient) -> Callable[[Role], dict[str, str]]:
    """The header by which a program asks in the name of the person of a role."""
    return lambda role: {"authorization": f"Bearer {make_token(ledger, role.value, 'test')}"}


def csrf_of(client: TestClient) -> str:
    """What the client's page tells to repeat with each change."""
    return client.get("/reports").text.split('name="csrf" content="')[1].split('"')[0]


def log_in(client: TestClient, name: str, password: str = PASSWORD) -> int:
    """The status of a log-in; the client keeps the cookie, and sends the header with each change."""
    status = client.post("/login", data={"name": name, "password": password}).status_code
    if status == 303:
        client.headers["x-csrf-token"] = csrf_of(client)
    return status
