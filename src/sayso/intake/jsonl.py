"""JSON lines: one report a line, or one JSON file that is a report or a list of them. Each line and each entry stands or fails alone."""

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO, Protocol

from sayso.errors import InputError
from sayso.intake.decoding import check_text
from sayso.intake.mapping import as_report
from sayso.intake.metadata import OWN, check_size, document_from, failed
from sayso.intake.settings import Extracted, IntakeSettings, Taken, What
from sayso.intake.signs import jsonl as jsonl_sign
from sayso.intake.text import too_large
from sayso.model import Document, Piece

_STRINGS = ("id", "title", "published", "url", "language")
_NO_TEXT = '"text" is missing: a report is {"id", "title", "text", "published", "url", "language", "source"}'
_SOURCE = ("name", "kind", "side", "country")


class Lines(Protocol):
    """What lines are read from: an open binary file, or anything with its `readline`."""

    def readline(self, size: int, /) -> bytes:
        """The next line, or its first `size` bytes."""


def take_jsonl(stream: BinaryIO, what: What, settings: IntakeSettings) -> Iterator[Taken]:
    """One Taken a report of a file of JSON lines; a file that is one JSON value is a report or a list of them."""
    start = stream.tell()
    head = stream.read(4_096).removeprefix(b"\xef\xbb\xbf").lstrip()
    stream.seek(start)
    if head.startswith(b"["):
        yield from _take_list(stream.read(settings.limit + 1), what, settings)
    elif head.startswith(b"{") and not jsonl_sign(head) and what.name.lower().endswith(".json"):
        raw = stream.read(settings.limit + 1)
        check_size(raw, settings)
        yield take_line(raw, what.name, settings)
    else:
        for taken in take_lines(stream, what.name, settings):
            if isinstance(taken.item, Document) and what.retrieved:
                taken = replace(taken, item=replace(taken.item, retrieved=what.retrieved))
            yield taken


def take_lines(stream: Lines, what: str, settings: IntakeSettings) -> Iterator[Taken]:
    """One Taken for every line that is not blank, in order; `what:line` names a line that fails."""
    number = 0
    while line := stream.readline(settings.limit + 2):
        number += 1
        where = f"{what}:{number}"
        if len(line.rstrip(b"\r\n")) > settings.limit:
            _skip_rest(stream, line)
            yield Taken(too_large(where, settings.limit))
        elif line.strip(b" \t\r\n\xef\xbb\xbf"):
            yield take_line(line.rstrip(b"\r\n"), where, settings, f"line {number}")


def take_line(line: bytes, where: str, settings: IntakeSettings, piece: str = "line 1") -> Taken:
    """The report in one line, or a Failure that says why there is none; the piece of its text is the line."""
    given_id = None
    try:
        record, mapped = as_report(_object(line), settings.mapping)
        given_id = _given_id(record)
        fields, unknown = _fields(record)
        text = record.get("text")
        if not isinstance(text, str):
            raise InputError(_NO_TEXT if text is None else f'"text" is {_kind(text)}, not a string')
        check_text(text)
        left = (f"{', '.join(map(repr, unknown))} not known in a report and left out",) if unknown else ()
        notes = (*mapped, *left)
        extracted = Extracted(text, "jsonl", OWN, "application/json", (Piece(0, len(text), piece),), fields, notes)
        return document_from(line, extracted, What(where), settings)
    except InputError as wrong:
        return failed(wrong, What(where), given_id)


def looks_like_lines(start: bytes) -> bool:
    """Whether the beginning of a stream is a line of JSON lines: an object with a text."""
    return jsonl_sign(start)


def _take_list(raw: bytes, what: What, settings: IntakeSettings) -> Iterator[Taken]:
    """One Taken an entry of a JSON list, whose raw bytes are those of the entry alone."""
    check_size(raw, settings)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise InputError(f"not UTF-8 ({wrong.reason} at byte {wrong.start}): JSON is always UTF-8") from wrong
    decoder, at, number = json.JSONDecoder(), text.index("[") + 1, 0
    while True:
        at = _after_space(text, at)
        if text.startswith("]", at):
            return
        number += 1
        try:
            end = decoder.raw_decode(text, at)[1]
        except (RecursionError, ValueError) as wrong:
            raise InputError(f"no JSON from entry {number} of the list on: {wrong}") from wrong
        yield take_line(text[at:end].encode(), f"{what.name}:[{number}]", settings, f"entry {number}")
        at = _after_space(text, end)
        if text.startswith(",", at):
            at += 1
        elif not text.startswith("]", at):
            raise InputError(f"no JSON after entry {number} of the list: the file was cut, or a comma is missing")


def _after_space(text: str, at: int) -> int:
    while text[at : at + 1] in (" ", "\t", "\r", "\n"):
        at += 1
    return at


def _object(line: bytes) -> dict[str, object]:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as wrong:
        raise InputError(f"not UTF-8 ({wrong.reason} at byte {wrong.start} of the line): JSON lines are always UTF-8") from wrong
    except json.JSONDecodeError as wrong:
        raise InputError(f"no JSON: {wrong.msg} at column {wrong.colno}; one report is one line") from wrong
    except (RecursionError, ValueError) as wrong:
        raise InputError(f"no JSON that can be read: {wrong}") from wrong
    if not isinstance(record, dict):
        raise InputError(f"the line is {_kind(record)}, not an object with a text")
    return record


def _given_id(record: dict[str, object]) -> str | None:
    value = record.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else None


def _fields(record: dict[str, object]) -> tuple[dict[str, str], tuple[str, ...]]:
    fields = {key: _string(record, key) for key in _STRINGS if key != "id"}
    fields["id"] = _given_id(record) or ""
    if not fields["id"] and record.get("id") not in (None, ""):
        raise InputError(f'"id" is {_kind(record["id"])}, not a string')
    unknown = [key for key in record if key not in (*_STRINGS, "text", "source")]
    source = record.get("source")
    if isinstance(source, str):
        fields["name"] = source
    elif isinstance(source, dict):
        fields.update({key: _string(source, key, "source.") for key in _SOURCE})
        unknown += [f"source.{key}" for key in source if key not in _SOURCE]
    elif source is not None:
        raise InputError(f'"source" is {_kind(source)}, not an object with name, kind, side, country')
    return fields, tuple(unknown)


def _string(record: dict[str, object], key: str, where: str = "") -> str:
    value = record.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise InputError(f'"{where}{key}" is {_kind(value)}, not a string')
    if "\0" in value or any("\ud800" <= character <= "\udfff" for character in value):
        raise InputError(f'"{where}{key}" holds a NUL or half of a surrogate pair: export it again as UTF-8')
    return value


def _kind(value: object) -> str:
    names = {bool: "true or false", int: "a number", float: "a number", str: "a string", list: "a list", dict: "an object", type(None): "null"}
    return names[type(value)]


def _skip_rest(stream: Lines, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(1 << 20)
