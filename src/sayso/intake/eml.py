"""E-mail messages and mailboxes: the message's text as one report, and each attached report of a known format as one of its own.

No person's address or name goes into a field: the source is the domain that the message came from, or none where that sells mailboxes to anyone.
The message is taken apart in the capped child process.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from typing import Any, BinaryIO

from sayso.errors import EmptyReport, InputError, Refused, TooLarge
from sayso.intake.capped import run_capped
from sayso.intake.dates import iso_date
from sayso.intake.formats import HEAD, known_formats, shows_itself, take, told_formats
from sayso.intake.fragment import joined, paragraphs_of
from sayso.intake.metadata import OWN, check_size, document_from, failed
from sayso.intake.settings import Extracted, IntakeSettings, Taken, What
from sayso.model import Piece

MEDIA_TYPE = "message/rfc822"
_PERSONAL = frozenset(
    "gmail googlemail outlook hotmail live yahoo ymail icloud me aol gmx mail proton protonmail pm zoho yandex fastmail tutanota web qq 163 126".split()  # noqa: SIM905
)
_FAULTS = (ValueError, KeyError, IndexError, TypeError, AttributeError, LookupError, AssertionError)
_SPACE = re.compile(r"[ \t]+$", re.MULTILINE)


def take_eml(stream: BinaryIO, what: What, settings: IntakeSettings) -> Iterator[Taken]:
    """The report of one message, then those attached to it."""
    yield from _take_message(stream.read(settings.limit + 1), what, settings)


def take_mbox(stream: BinaryIO, what: What, settings: IntakeSettings) -> Iterator[Taken]:
    """The reports of the messages of a mailbox; a message that is broken loses no other."""
    for number, raw in enumerate(_messages(stream, settings.limit), 1):
        one = replace(what, name=f"{what.name}:{number}", given_id=f"{what.given_id or what.name}:{number}")
        try:
            yield from _take_message(raw, one, settings)
        except InputError as wrong:
            yield failed(wrong, one)


def _messages(stream: BinaryIO, limit: int) -> Iterator[bytes]:
    """The bytes of each message between the `From ` lines; of one above the limit, just so many that it is seen to be too large."""
    parts: list[bytes] = []
    size, blank = 0, True
    while line := stream.readline(1 << 16):
        if blank and line.startswith(b"From "):
            if parts:
                yield b"".join(parts)
            parts, size = [], 0
        elif size <= limit:
            parts.append(line)
            size += len(line)
        blank = not line.strip()
    if parts:
        yield b"".join(parts)


def _take_message(raw: bytes, what: What, settings: IntakeSettings) -> Iterator[Taken]:
    check_size(raw, settings)
    if what.depth > settings.caps.nested:
        raise Refused(f"archives or messages inside each other more than {settings.caps.nested + 1} deep: save the inner ones (cap `nested`)")
    message = run_capped("sayso.intake.eml:take_apart", raw, {"parts": settings.caps.members}, settings.caps)
    fields, notes = _fields(message)
    attached = [part for part in message["attached"] if _is_report(part)]
    left = [f"{part['name'] or 'unnamed'} ({part['type']})" for part in message["attached"] if not _is_report(part)]
    if left:
        notes += (f"attached and not read: {', '.join(left[:10])}",)
    try:
        yield _body(raw, message, Extracted("", "eml", OWN, MEDIA_TYPE, (), fields, notes), replace(what, url=None), settings)
    except EmptyReport as wrong:
        if not attached:
            raise
        if message["text"].strip() or message["html"]:
            yield failed(wrong, what)
    except InputError as wrong:
        yield failed(wrong, what)
    inherited = replace(settings, published=settings.published or fields.get("published"), source=settings.source or fields.get("name"))
    for number, part in enumerate(attached, 1):
        name = f"{what.name}!{part['name'] or f'attachment {number}'}"
        inside = What(name, f"{what.given_id or what.name}!{part['name'] or number}", None, what.retrieved, part["type"], what.depth + 1)
        yield from take(BytesIO(part["raw"]), inside, inherited)


def _body(raw: bytes, message: Mapping[str, Any], extracted: Extracted, what: What, settings: IntakeSettings) -> Taken:
    text = message["text"]
    if text.strip():
        return document_from(raw, replace(extracted, text=text, pieces=(Piece(0, len(text), "text/plain part"),)), what, settings)
    if not message["html"]:
        raise EmptyReport("the message holds no text: nothing to read")
    told = {"url": None, "charset": "utf-8", "elements": settings.caps.elements, "depth": settings.caps.element_depth}
    result = run_capped("sayso.intake.eml:paragraphs", message["html"].encode("utf-8", "replace"), told, settings.caps)
    pieces = tuple(Piece(start, end, name) for start, end, name in result["pieces"])
    return document_from(raw, replace(extracted, text=result["text"], pieces=pieces), what, settings)


def paragraphs(raw: bytes, told: Mapping[str, Any]) -> dict[str, Any]:
    """Text and pieces of a message's HTML, all of it: a message has no menus around an article. For the child process."""
    from sayso.intake.html import check_nesting

    page = raw.decode("utf-8", "replace")
    check_nesting(page, told["elements"], told["depth"])
    text, pieces = joined(paragraphs_of(page), "text/html part, paragraph ")
    if not text:
        raise EmptyReport("the message holds no text: nothing to read")
    return {"text": text, "pieces": [(piece.start, piece.end, piece.name) for piece in pieces]}


def _fields(message: Mapping[str, Any]) -> tuple[dict[str, str], tuple[str, ...]]:
    fields, notes = {"title": message["subject"]}, []
    if message["date"]:
        published = iso_date(message["date"])
        fields["published"] = published or ""
        notes.append(f"published {published} by the message's Date" if published else f"Date {message['date'][:60]!r} is no date: left out")
    domain = message["domain"]
    personal = any(part in _PERSONAL for part in domain.split(".")[:-1])
    if domain and not personal:
        fields["name"] = domain
        notes.append("source is the domain of the sender; no name or address of a person is kept in the record")
    elif domain:
        notes.append("sent from a personal mailbox, which is kept in no field: give the source with --source")
    return {key: value for key, value in fields.items() if value}, tuple(notes)


def _is_report(part: Mapping[str, Any]) -> bool:
    """Whether an attachment is a file of a known format: by its name or its beginning; a picture or a calendar is not."""
    head = part["raw"][:HEAD]
    return bool(head) and (shows_itself(head) or any(one in known_formats() for one in told_formats(What(part["name"], media_type=part["type"]))))


def take_apart(raw: bytes, told: Mapping[str, Any]) -> dict[str, Any]:
    """Subject, date, domain of the sender, text, HTML and attachments of a message. For the child process."""
    from email import message_from_bytes, policy

    message = message_from_bytes(raw, policy=policy.default)
    text: list[str] = []
    html: list[str] = []
    attached: list[dict[str, Any]] = []
    waiting: list[Any] = [message]
    count = 0
    while waiting:
        part = waiting.pop()
        count += 1
        if count > told["parts"]:
            raise TooLarge(f"more than {told['parts']:,} parts in one message: save its report and give that (cap `members`)")
        kind, name = part.get_content_type(), _safely(part.get_filename) or ""
        if part.get_content_type() == "message/rfc822" and part is not message:
            attached.append({"name": name or "message.eml", "type": kind, "raw": _inner(part)})
        elif part.is_multipart():
            waiting.extend(reversed(part.get_payload()))
        elif kind in ("text/plain", "text/html") and not name and _safely(part.get_content_disposition) != "attachment":
            (text if kind == "text/plain" else html).append(_content(part))
        else:
            attached.append({"name": name.replace("\0", "").strip()[:200], "type": kind, "raw": _decoded(part)})
    sender = _safely(lambda: str(message["from"] or "")) or ""
    addresses = re.findall(r"@([A-Za-z0-9.-]+\.[A-Za-z0-9-]+)", sender)
    return {
        "subject": " ".join((_safely(lambda: str(message["subject"] or "")) or "").replace("\0", "").encode("utf-8", "replace").decode().split())[:500],
        "date": _safely(lambda: str(message["date"] or "")) or "",
        "domain": addresses[-1].lower() if addresses else "",
        "text": "\n\n".join(filter(str.strip, text)),
        "html": "\n".join(filter(str.strip, html)),
        "attached": attached,
    }


def _content(part: Any) -> str:
    content = _safely(part.get_content)
    if not isinstance(content, str):
        content = _decoded(part).decode("utf-8", "replace")
    content = content.encode("utf-8", "replace").decode().replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")
    if _safely(lambda: part.get_param("format")) == "flowed":
        content = re.sub(r"(?<!^--)(?<!\n--) \n(?!>)", " ", content)
    return _SPACE.sub("", content).strip("\n")


def _decoded(part: Any) -> bytes:
    """The bytes of a part without its transfer encoding."""
    found = _safely(lambda: part.get_payload(decode=True))
    return found if isinstance(found, bytes) else b""


def _inner(part: Any) -> bytes:
    """The bytes of a message in a message."""
    inner = part.get_payload()
    return (_safely(inner[0].as_bytes) if isinstance(inner, list) and inner else None) or _decoded(part)


def _safely(get: Any) -> Any:
    """What a part tells; None where its headers are so broken that the standard library fails at them."""
    try:
        return get()
    except _FAULTS:
        return None
