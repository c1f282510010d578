"""No request that the API's own schema allows, nor one near to it, makes the server fail. Found by schemathesis."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings

from sayso.desk.adding import add
from sayso.desk.linking import link_all
from sayso.desk.people import add_person, make_token
from sayso.intake.settings import Taken
from sayso.model import Document, Source
from sayso.model.words import Role
from sayso.pipeline import Reader
from sayso.store.ledger import open_ledger
from sayso.web.app import create_app
from sayso.web.settings import WebSettings

schemathesis = pytest.importorskip("schemathesis")
_FEW = settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
_SENT = ("method", "url", "params", "json", "data", "files", "headers")


@pytest.fixture(scope="module")
def web_schema(tmp_path_factory: pytest.TempPathFactory, one_reader: Reader) -> Iterator[tuple[Any, TestClient]]:
    """The schema of a team's workbench over a small ledger, asked by its owner."""
    path = tmp_path_factory.mktemp("desk") / "desk.sqlite"
    with open_ledger(str(path)) as ledger:
        text = "Rebel shelling killed three civilians in Kassala on 3 May 2024, the army said."
        told = Document(text, Source("Delta Wire"), published="2024-05-04", language="en")
        for _ in add([Taken(told)], ledger, one_reader):
            pass
        link_all(ledger)
        add_person(ledger, "owner", Role.OWNER, "long enough words")
        app = create_app(ledger, WebSettings(ledger.where, auth=True, hosts=("testserver", "localhost", "127.0.0.1"), writes=10**6), one_reader)
        with TestClient(app, raise_server_exceptions=False) as client:
            client.headers["authorization"] = f"Bearer {make_token(ledger, 'owner', 'schema')}"
            yield schemathesis.openapi.from_asgi("/api/openapi.json", app), client


def test_nothing_that_the_schema_allows_fails_the_server(web_schema):
    schema, client = web_schema
    asked = 0

    def check(case):
        nonlocal asked
        asked += 1
        told = case.as_transport_kwargs(base_url="http://testserver")
        answered = client.request(**{name: told[name] for name in _SENT if told.get(name) is not None})
        assert answered.status_code < 500, f"{case.method} {case.path}: {answered.text[:300]}"

    for found in schema.get_all_operations():
        operation = found.ok()
        given(case=operation.as_strategy())(_FEW(lambda case: check(case)))()  # noqa: PLW0108 settings stick to the function that they are put on
    assert asked > 200
