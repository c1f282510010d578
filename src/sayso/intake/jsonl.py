"""JSON lines: one report a line. Each line stands or fails alone."""

import json
from collections.abc import Iterator
from typing import Protocol

from sayso.errors import InputError
from sayso.intake.decoding import check_text
from sayso.intake.metadata import make_document
from sayso.intake.settings import IntakeSettings, Taken
from sayso.intake.text import too_large
from sayso.model import Failure, sha256_bytes

_STRINGS = ("id", "title", "published", "url", "language")
_NO_TEXT = '"text" is missing: a report is {"id", "title", "text", "published", "url", "language", "source"}'
_SOURCE = ("name", "kind", "side", "country")


class Lines(Protocol):
    """What lines are read from: an open binary file, or anything with its `readline`."""

    def readline(self, size: int, /) -> bytes:
        """The next line, or its first `size` bytes."""


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
            yield take_line(line.rstrip(b"\r\n"), where, settings)


def take_line(line: bytes, where: str, settings: IntakeSettings) -> Taken:
    """The report in one line, or a Failure that says why there is none."""
    given_id = None
    try:
        record = _object(line)
        given_id = _given_id(record)
        fields, unknown = _fields(record)
        text = record.get("text")
        if not isinstance(text, str):
            raise InputError(_NO_TEXT if text is None else f'"text" is {_kind(text)}, not a string')
        check_text(text)
        document, notes = make_document(text, {**fields, "raw_sha256": sha256_bytes(line)}, settings)
    except InputError as wrong:
        return Taken(Failure(where, type(wrong).__name__, str(wrong), given_id))
    if unknown:
        notes = (f"{', '.join(map(repr, unknown))} not known in a report and left out", *notes)
    return Taken(document, notes)


def looks_like_lines(start: bytes) -> bool:
    """Whether the beginning of a stream is a line of JSON lines: an object with a text."""
    line = start.removeprefix(b"\xef\xbb\xbf").lstrip().split(b"\n", 1)[0]
    return line.startswith(b"{") and b'"text"' in line


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
