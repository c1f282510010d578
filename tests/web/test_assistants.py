"""Tools for assistants, asked by a client of the protocol's own library. Reports are invented."""

import json

import anyio
import pytest

from sayso.desk.adding import add
from sayso.desk.linking import link_all
from sayso.intake.settings import Taken
from sayso.model import Document, Source
from sayso.web.assistants import assistants_server

mcp = pytest.importorskip("mcp")
TEXT = "Rebel shelling killed three civilians in Kassala on 3 May 2024, Oren Taliv, a teacher, said. The rebels denied it."


def ask(server, name: str, **given):
    async def asked():
        async with mcp.Client(server) as client:
            return await client.call_tool(name, given)

    return anyio.run(asked)


@pytest.fixture
def server(ledger, one_reader):
    told = Document(TEXT, Source("Delta Wire"), published="2024-05-04", language="en")
    for _ in add([Taken(told)], ledger, one_reader):
        pass
    link_all(ledger)
    return assistants_server(ledger, one_reader)


def test_tools_only_read_and_tell_whose_word_it_is(server, ledger):
    before = ledger.head()

    async def listed():
        async with mcp.Client(server) as client:
            return (await client.list_tools()).tools

    tools = anyio.run(listed)
    assert {one.name for one in tools} == {"read_text", "find_claims", "find_incidents", "incident"}
    assert all(one.annotations.read_only_hint for one in tools)
    found = json.loads(ask(server, "find_claims", place="kassala", country="sd").content[0].text)
    assert {one["modality"] for one in found["claims"]} == {"actual", "denied"}
    assert "Taliv" not in str(found)
    assert "quote" not in str(found)
    (incident, *_) = json.loads(ask(server, "find_incidents", place="Kassala").content[0].text)["incidents"]
    one = json.loads(ask(server, "incident", number=incident["id"]).content[0].text)
    assert {account["voices"][-1] for account in one["accounts"]} >= {"a teacher", "The rebels"}
    assert one["place"]["lat"] != round(one["place"]["lat"], 1)  # the middle of a cell, and not the town
    assert ledger.head() == before


def test_a_text_is_read_and_not_stored(server, ledger):
    told = json.loads(ask(server, "read_text", text="Gunmen abducted two nurses in Goma on Friday, police said.", published="2024-05-18").content[0].text)
    assert any("police" in str(one["voices"]) and "two nurses" in str(one) for one in told["claims"])
    assert ledger.counts()["document"] == 1


def test_what_cannot_be_answered_is_said(server):
    assert ask(server, "incident", number=10**9).is_error
    assert ask(server, "read_text", text=" ").is_error
