"""Posts of public channels are taken; persons' chats and persons' names are not. All chats are invented."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.takers import SETTINGS, taken_by

from sayso.intake.settings import IntakeSettings, What
from sayso.intake.telegram import take_html_export, take_telegram
from sayso.model import Document, Failure
from sayso.model.words import SourceKind

TEXT = "The army said on Tuesday that nine people had been killed in the town."
POST = {
    "id": 7,
    "type": "message",
    "date": "2024-05-04T13:00:00",
    "date_unixtime": "1714816800",
    "from": "Invented Channel",
    "from_id": "channel11",
    "text": TEXT,
}
WHAT = What("result.json")


def take(value, settings=SETTINGS):
    raw = value if isinstance(value, bytes) else json.dumps(value, indent=1, ensure_ascii=False).encode()
    return taken_by(take_telegram, raw, WHAT, settings)


def chat(*messages, kind="public_channel", **more):
    return {"name": "Invented Channel", "type": kind, "id": 11, "messages": list(messages), **more}


def test_a_post_is_a_document_with_its_own_bytes():
    service = {"id": 1, "type": "service", "action": "create_channel", "text": "", "date": "2024-05-04T13:00:00"}
    picture = {**POST, "id": 2, "text": "", "photo": "photos/1.jpg"}
    value = chat(service, picture, POST)
    (one,) = take(value)
    assert (one.item.text, one.item.published, one.item.given_id) == (TEXT, "2024-05-04T10:00:00Z", "11/7")
    assert (one.item.source.name, one.item.source.kind) == ("Invented Channel", SourceKind.SOCIAL)
    assert json.loads(one.raw) == POST
    assert one.raw in json.dumps(value, indent=1).encode()
    assert one.extraction.piece_at(0).name == "message 7"
    assert one.notes == ()


def test_parts_are_joined_and_edits_and_forwards_noted():
    parts = [
        "The army said ",
        {"type": "bold", "text": "on Tuesday"},
        {"type": "link", "text": " that nine people had been killed in the town."},
        5,
        {"type": "x"},
    ]
    changed = {
        **POST,
        "text": parts,
        "edited": "2024-05-04T14:00:00",
        "edited_unixtime": "1714820400",
        "forwarded_from": "Other Channel",
        "reply_to_message_id": 3,
    }
    (one,) = take(chat(changed))
    assert one.item.text == TEXT
    assert one.item.published == "2024-05-04T10:00:00Z"
    assert [note.split(":")[0] for note in one.notes] == ["edited 2024-05-04T11", "forwarded from 'Other Channel'", "a reply to message 3"]


def test_no_name_of_a_person_is_kept():
    person = "Invented Personname"
    sent = {**POST, "from": person, "from_id": "user5", "forwarded_from": person, "forwarded_from_id": "user6"}
    signed = {**POST, "author": person}
    found = take(chat(sent, kind="public_supergroup")) + take(chat(sent, signed))
    assert len(found) == 3
    for one in found:
        assert one.item.text == TEXT
        assert person not in repr(one)
        assert one.raw == json.dumps(TEXT).encode()
        assert any("without its sender" in note for note in one.notes)


@pytest.mark.parametrize("kind", ["personal_chat", "private_group", "private_supergroup", "private_channel", "saved_messages", "bot_chat", "verify_codes", ""])
def test_private_chats_are_refused(kind):
    (one,) = take(chat(POST, kind=kind))
    assert isinstance(one.item, Failure)
    assert "only public channels and groups" in one.item.reason
    assert "Invented Channel" not in one.item.reason


def test_a_chat_whose_type_comes_late_is_refused():
    value = {"messages": [POST], "type": "public_channel"}
    assert "unknown" in take(value)[0].item.reason


def test_of_a_whole_account_only_public_chats_are_taken():
    account = {
        "about": "invented",
        "personal_information": {"first_name": "Invented", "phone_number": "+00"},
        "contacts": {"list": [{"first_name": "Invented"}]},
        "chats": {"about": "x", "list": [chat(POST, kind="personal_chat"), chat(POST), 7]},
        "left_chats": {"list": [chat({**POST, "id": 8})]},
    }
    found = take(account)
    assert [one.item.given_id for one in found] == [None, "11/7", "11/8"]
    assert found[0].item.what == "result.json:chat 1"


def test_each_message_stands_alone():
    found = take(
        chat(5, {**POST, "text": "Армия заявила во вторник, что в городе погибли девять человек."}, {**POST, "text": "x" * 900}, {**POST, "id": None}),
        IntakeSettings(limit=800),
    )
    assert [one.item.kind for one in found[:2]] == ["NoLanguagePack", "TooLarge"]
    assert found[2].item.text == TEXT
    assert found[2].item.given_id is None


def test_a_cut_export_gives_what_it_holds():
    raw = json.dumps(chat(POST, POST)).encode()
    found = take(raw[:-60])
    assert found[0].item.text == TEXT
    assert isinstance(found[1].item, Failure)


@pytest.mark.parametrize("raw", [b"", b"[]", b"{}", b'{"type": "public_channel", "messages": 5}', b"[" * 100_000, b'{"a":' * 100_000, b"\xff\xfe{}"])
def test_what_is_no_export_gives_no_document(raw):
    assert all(isinstance(one.item, Failure) for one in take(raw))


def test_an_export_as_html_is_known_and_refused_with_what_to_do():
    (one,) = taken_by(take_html_export, b"<html>", What("messages.html"))
    assert "export it as JSON" in one.item.reason


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "type", "text", "date", "from_id", "edited", "list"]), inner, max_size=4)
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(
    st.one_of(
        st.binary(max_size=100),
        json_values.map(lambda value: json.dumps(chat({**POST, **(value if isinstance(value, dict) else {"text": value})}, value)).encode()),
    )
)
def test_any_bytes_are_taken_or_refused(raw):
    for one in take(raw):
        assert isinstance(one.item, Document | Failure)
