"""Exports of Telegram Desktop (result.json): the posts of public channels and groups. Chats between persons are refused, and no sender's name is kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from sayso.errors import EmptyReport, InputError, TooLarge
from sayso.intake.dates import iso_date, iso_seconds
from sayso.intake.json_cursor import Cursor, cursor_of, text_at
from sayso.intake.metadata import OWN, document_from, failed
from sayso.intake.settings import Extracted, IntakeSettings, Taken, What
from sayso.model import Piece

_PUBLIC = ("public_channel", "public_supergroup", "public_group")
_LISTS = ("chats", "left_chats")
_PRIVATE = "personal data that sayso does not read: only public channels and groups are taken"


@dataclass(frozen=True, slots=True)
class _Chat:
    """What a chat tells about itself before its messages."""

    name: str
    kind: str
    id: str

    @property
    def is_channel(self) -> bool:
        """Whether only its owner posts there."""
        return self.kind.endswith("_channel")


def take_telegram(stream: BinaryIO, what: What, settings: IntakeSettings) -> Iterator[Taken]:
    """One Taken a message with text, of one chat or of a whole account's public chats; InputError where the export is of a private chat."""
    cursor = cursor_of(stream, settings.limit)
    told: dict[str, Any] = {}
    for key in cursor.members():
        if key in _LISTS and cursor.is_object():
            yield from _chats(cursor, what, settings)
        elif key == "messages" and cursor.is_list():
            yield from _messages(cursor, _checked(told), what, settings)
        elif key in ("name", "type", "id"):
            told[key] = cursor.value()[0]


def take_html_export(_stream: BinaryIO, _what: What, _settings: IntakeSettings) -> Iterator[Taken]:
    """Never a Taken: an export as HTML does not tell whether the chat is public."""
    raise InputError("an export of Telegram as HTML does not tell whether the chat is public: export it as JSON (machine-readable) and add result.json")


def _chats(cursor: Cursor, what: What, settings: IntakeSettings) -> Iterator[Taken]:
    for key in cursor.members():
        if key != "list" or not cursor.is_list():
            continue
        for number in cursor.elements():
            if cursor.is_object():
                told: dict[str, Any] = {}
                for inner in cursor.members():
                    if inner == "messages" and cursor.is_list():
                        yield from _public_only(cursor, told, What(f"{what.name}:chat {number}", retrieved=what.retrieved), settings)
                    elif inner in ("name", "type", "id"):
                        told[inner] = cursor.value()[0]


def _public_only(cursor: Cursor, told: dict[str, Any], what: What, settings: IntakeSettings) -> Iterator[Taken]:
    """The messages of a chat of a whole account's export; one Failure, without a name, for a private one."""
    try:
        chat = _checked(told)
    except InputError as wrong:
        yield failed(wrong, what)
        return
    yield from _messages(cursor, chat, what, settings)


def _checked(told: dict[str, Any]) -> _Chat:
    """The chat; InputError unless it is public."""
    kind = text_at(told, "type")
    if kind not in _PUBLIC:
        raise InputError(f"a chat of type {kind[:40] or 'unknown'!r} holds {_PRIVATE}")
    return _Chat(text_at(told, "name").strip() or "unknown", kind, text_at(told, "id"))


def _messages(cursor: Cursor, chat: _Chat, what: What, settings: IntakeSettings) -> Iterator[Taken]:
    for _ in cursor.elements():
        if not cursor.is_object():
            continue
        message, written = cursor.value()
        text = _text(message.get("text"))
        if message.get("type") == "message" and text.strip():  # no service message, no picture without a word
            yield _taken(message, text, written, chat, (what, settings))


def _taken(message: dict[str, Any], text: str, written: str, chat: _Chat, rest: tuple[What, IntakeSettings]) -> Taken:
    what, settings = rest
    number = text_at(message, "id")
    where = What(f"{what.name}:message {number or '?'}", retrieved=what.retrieved)
    personal = not chat.is_channel or bool(message.get("author")) or text_at(message, "from_id").startswith("user") or _from_person(message)
    given_id = f"{chat.id}/{number}" if chat.id and number else ""
    try:
        if len(written) > settings.limit:
            raise TooLarge(f"larger than {settings.limit:,} bytes: raise --limit")
        if "\0" in text:
            raise EmptyReport("the message holds a NUL: nothing to read")
        fields = {"id": given_id, "name": settings.source or chat.name, "kind": "social", "published": _published(message)}
        # A message of a person holds its sender's name: only its text is kept, byte for byte.
        raw = (_own_text(written) if personal else written).encode("utf-8", "replace")
        piece = Piece(0, len(text), f"message {number}")
        extracted = Extracted(text, "telegram", OWN, "application/json", (piece,), fields, _notes(message, chat, personal))
        return document_from(raw, extracted, where, settings)
    except InputError as wrong:
        return failed(wrong, where, given_id or None)


def _own_text(written: str) -> str:
    """The JSON value of the message's text, as it stands in the export."""
    cursor = Cursor(written)
    found = ""
    for key in cursor.members():
        value = cursor.value()[1]
        found = value if key == "text" else found
    return found


def _text(told: Any) -> str:
    """The text of a message: a string, or a list of strings and of parts with a type; half characters are replaced."""
    parts = told if isinstance(told, list) else [told]
    texts = (part if isinstance(part, str) else part.get("text") if isinstance(part, dict) else None for part in parts)
    whole = "".join(text for text in texts if isinstance(text, str))
    return whole.replace("\r\n", "\n").replace("\r", "\n").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _published(message: dict[str, Any]) -> str:
    return iso_seconds(text_at(message, "date_unixtime")) or iso_date(text_at(message, "date")) or ""


def _from_person(message: dict[str, Any]) -> bool:
    return text_at(message, "forwarded_from_id").startswith("user")


def _notes(message: dict[str, Any], chat: _Chat, personal: bool) -> tuple[str, ...]:
    notes = []
    edited = iso_seconds(text_at(message, "edited_unixtime")) or text_at(message, "edited")[:40]
    if edited:
        notes.append(f"edited {edited}: the text is that of the last version, the date that of the first")
    if forwarded := text_at(message, "forwarded_from")[:200]:
        known = text_at(message, "forwarded_from_id").startswith("channel") or (chat.is_channel and not _from_person(message))
        notes.append(f"forwarded from {forwarded!r}" if known else "forwarded from a sender whose name is not kept, as it may be a person's")
    if message.get("reply_to_message_id"):
        notes.append(f"a reply to message {text_at(message, 'reply_to_message_id')}")
    if personal:
        notes.append("of the export only the message's text was kept, without its sender")
    return tuple(notes)
