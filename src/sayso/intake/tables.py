"""Tables (CSV, TSV): one report a row. Each row stands or falls alone, and its raw bytes are its own lines."""

import codecs
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from sayso.errors import EmptyReport, InputError, NotText, TooLarge
from sayso.intake.mapping import columns_of, fields_of
from sayso.intake.metadata import OWN, document_from, failed
from sayso.intake.settings import Extracted, IntakeSettings, Taken, What
from sayso.model import Piece

_DELIMITERS = ",\t;|"
_MOST_LINES, _MOST_OPEN = 5_000, 100  # lines of one row; rows that never end after which a table is given up
_WIDE = 4  # times the limit that a table in UTF-16 may have: it is read at once


@dataclass(frozen=True, slots=True)
class _Row:
    """One row: the line it begins on, its bytes and its text without the newline, or what is wrong with it."""

    line: int
    raw: bytes
    text: str
    wrong: InputError | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Header:
    """The columns' names, which is which field, and what parts them."""

    names: tuple[str, ...]
    columns: dict[str, str]
    delimiter: str


def take_table(stream: BinaryIO, what: What, settings: IntakeSettings) -> Iterator[Taken]:
    """One Taken a row below the header; InputError where there is no header or no column with text."""
    start = stream.read(4)
    stream.seek(-len(start), 1)
    wide = next((name for mark, name in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")) if start.startswith(mark)), None)
    lines = _wide_lines(stream, wide, settings.limit) if wide else _lines(stream, settings.limit)
    first = next(lines, None)
    if first is None or not first.text.strip():
        raise EmptyReport("the table holds no row: nothing to read")
    if first.wrong:
        raise first.wrong
    delimiter = _delimiter(first.text, what)
    names = tuple(name.strip() for name in _cells(first.text, delimiter))
    columns, notes = columns_of(names, settings.mapping)
    header = _Header(names, columns, delimiter)
    for row in _rows(lines, delimiter, settings.limit):
        yield _taken(row, header, notes, what, settings)


def _taken(row: _Row, header: _Header, notes: tuple[str, ...], what: What, settings: IntakeSettings) -> Taken:
    where = What(f"{what.name}:{row.line}", url=None, retrieved=what.retrieved)
    try:
        if row.wrong:
            raise row.wrong
        cells = _cells(row.text, header.delimiter)
        if len(cells) > len(header.names):
            raise InputError(f"the row has {len(cells)} cells and the header {len(header.names)}: a quote or {header.delimiter!r} too many")
        short = (f"the row has {len(cells)} cells and the header {len(header.names)}: the last were taken as empty",) if len(cells) < len(header.names) else ()
        text, fields, more = fields_of(dict(zip(header.names, cells, strict=False)), header.columns)
        if not text.strip():
            raise EmptyReport(f"column {header.columns['text']!r} is empty: nothing to read")
        piece = Piece(0, len(text), f"line {row.line}, column {header.columns['text']}")
        media_type = "text/tab-separated-values" if header.delimiter == "\t" else "text/csv"
        extracted = Extracted(text, "tables", OWN, media_type, (piece,), fields, (*notes, *row.notes, *short, *more))
        return document_from(row.raw, extracted, where, settings)
    except InputError as wrong:
        return failed(wrong, where)


def _rows(lines: Iterator[_Row], delimiter: str, limit: int) -> Iterator[_Row]:
    """Lines put together to rows: a quoted cell may go over several."""
    waiting: deque[_Row] = deque()
    endless = 0
    while True:
        first = waiting.popleft() if waiting else next(lines, None)
        if first is None:
            return
        if first.wrong or not first.text.strip():
            if first.wrong:
                yield first
            continue
        parts, size, is_open = [first], len(first.raw), _open_after(first.text, delimiter, False)
        while is_open and len(parts) < _MOST_LINES and size <= limit:
            line = waiting.popleft() if waiting else next(lines, None)
            if line is None:
                break
            parts.append(line)
            size += len(line.raw)
            is_open = _open_after(line.text, delimiter, True)
        if is_open:
            waiting.extendleft(reversed(parts[1:]))
            endless += 1
            yield _Row(first.line, first.raw, first.text, InputError("a quoted cell that begins here never ends: close its quote, or double the quotes in it"))
            if endless >= _MOST_OPEN:
                yield _Row(first.line, b"", "", InputError(f"{endless} quoted cells never end: the rest of the table was left"))
                return
        else:
            yield _joined(parts)


def _joined(parts: list[_Row]) -> _Row:
    wrong = next((part.wrong for part in parts if part.wrong), None)
    notes = tuple(dict.fromkeys(note for part in parts for note in part.notes))
    raw, text = b"".join(part.raw for part in parts), "".join(part.text for part in parts)
    end = len(text) - len(text.rstrip("\r\n"))
    each = 2 if b"\0" in parts[0].raw else 1
    return _Row(parts[0].line, raw[: len(raw) - end * each], text.rstrip("\r\n"), wrong, notes)


def _lines(stream: BinaryIO, limit: int) -> Iterator[_Row]:
    number = 0
    while raw := stream.readline(limit + 2):
        number += 1
        if len(raw.rstrip(b"\r\n")) > limit:
            while raw and not raw.endswith(b"\n"):
                raw = stream.readline(1 << 20)
            yield _Row(number, b"", "?", TooLarge(f"larger than {limit:,} bytes: split it into its reports, or raise --limit"))
        else:
            yield _decoded(number, raw)


def _decoded(number: int, raw: bytes) -> _Row:
    if b"\0" in raw:
        return _Row(number, raw, "?", NotText("NUL byte: binary data, or UTF-16 without a byte-order mark; save the table as UTF-8"))
    body = raw.removeprefix(codecs.BOM_UTF8) if number == 1 else raw
    try:
        return _Row(number, raw, body.decode("utf-8"))
    except UnicodeDecodeError as wrong:
        note = f"not UTF-8 (byte {wrong.start} of its line): read as Windows-1252; save it as UTF-8 if letters look wrong"
        return _Row(number, raw, body.decode("cp1252", "replace"), notes=(note,))


def _wide_lines(stream: BinaryIO, encoding: str, limit: int) -> Iterator[_Row]:
    raw = stream.read(_WIDE * limit + 1)
    if len(raw) > _WIDE * limit:
        raise TooLarge(f"a table in UTF-16 larger than {_WIDE * limit:,} bytes: save it as UTF-8")
    try:
        text = raw[2:].decode(encoding)
    except UnicodeDecodeError as wrong:
        raise NotText(f"marked as {encoding}, but {wrong.reason} at byte {wrong.start}: save it as UTF-8") from wrong
    for number, line in enumerate(re.findall(r"[^\n]*\n|[^\n]+", text), start=1):
        yield _Row(number, line.encode(encoding), line)  # the very bytes: UTF-16 is written in one way


def _delimiter(header: str, what: What) -> str:
    if what.name.lower().endswith((".tsv", ".tab")) and "\t" in header:
        return "\t"
    bare = re.sub(r'"[^"]*"', "", header)
    return max(_DELIMITERS, key=bare.count)


def _open_after(line: str, delimiter: str, is_open: bool) -> bool:
    """Whether a quoted cell is still open at the end of a line."""
    at, begins = 0, not is_open
    while True:
        if is_open:
            at = line.find('"', at)
            if at < 0:
                return True
            if line.startswith('""', at):
                at += 2
                continue
            is_open, begins, at = False, False, at + 1
        elif begins and line.startswith('"', at):
            is_open, at = True, at + 1
        else:
            at = line.find(delimiter, at)
            if at < 0:
                return False
            begins, at = True, at + 1


def _cells(text: str, delimiter: str) -> list[str]:
    """The cells of a row; InputError where quotes do not fit."""
    cells: list[str] = []
    at = 0
    cell = re.compile(rf'"([^"]*(?:""[^"]*)*)"[ \t]*(?:{re.escape(delimiter)}|\Z)' if delimiter != "\t" else r'"([^"]*(?:""[^"]*)*)"(?:\t|\Z)')
    text = text.rstrip("\r\n")
    while True:
        if text.startswith('"', at):
            found = cell.match(text, at)
            if not found:
                raise InputError(f"the quotes of cell {len(cells) + 1} do not fit: double the quotes in it")
            cells.append(found[1].replace('""', '"'))
            ended, at = found[0].endswith(delimiter), found.end()
        else:
            end = text.find(delimiter, at)
            cells.append(text[at : end if end >= 0 else len(text)])
            ended, at = end >= 0, end + 1
        if not ended:
            return cells
