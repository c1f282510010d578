"""Rows of others, and of ours written before: ACLED and UCDP GED files read by column name, every cell kept as it is, and written again without loss.

Taken (design: `standards.md` 1.1, 2.1, 6): a byte order mark; commas, semicolons or tabs; columns in any order, further ones, GED 19.1's; a line of HXL
hashtags under the header; GED Candidate files that lack a header. A row that cannot be taken is told with line and reason, and the others are read.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import chain
from typing import BinaryIO

from sayso.errors import InputError
from sayso.export.columns import GED_COLUMNS

LARGEST_CELL = 1_000_000  # code points
MOST_ROWS = 5_000_000
LARGEST_FILE = 4_000_000_000  # bytes
_DELIMITERS = ",;\t"
_SHOWN = 60  # code points of a value in a message


class Layout(StrEnum):
    """Whose layout a file is in."""

    ACLED = "acled"
    UCDP = "ucdp"
    ROWS = "rows"


# Columns that no file of a layout lacks: what it is recognised by.
_TOLD_BY = {
    Layout.ACLED: ("event_id_cnty", "event_date", "sub_event_type"),
    Layout.UCDP: ("type_of_violence", "date_start", "best"),
    Layout.ROWS: ("event_id", "codebook_digest", "date_from"),
}


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that could not be taken, or a cell that is no such value."""

    line: int
    column: str
    value: str
    what: str

    def __str__(self) -> str:
        where = f"line {self.line}" + (f", column {self.column}" if self.column else "")
        return f"{where}: {self.what}" + (f" ({self.value[:_SHOWN]!r})" if self.value else "")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the rows of a file."""

    layout: Layout
    columns: tuple[str, ...]  # as the file has them, in its order
    tags: tuple[str, ...] = ()  # of HXL, a cell a column; () where there is no such line
    mark: bool = False  # a byte order mark
    delimiter: str = ","
    told: bool = True  # whether the file has a line of column names
    places: Mapping[str, int] = field(default_factory=dict, compare=False)  # by name in small letters


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """One row, its cells as the file has them."""

    head: Head
    line: int
    cells: tuple[str, ...]

    def get(self, column: str) -> str:
        """The cell of a column without the space around it; "" where the file has no such column."""
        at = self.head.places.get(column)
        return self.cells[at].strip() if at is not None else ""


@dataclass(slots=True)
class Imported:
    """The rows of one file: iterating reads them, and leaves in `bad` what could not be taken."""

    head: Head
    _lines: Iterator[tuple[int, list[str]]]
    notes: tuple[str, ...] = ()
    bad: list[BadRow] = field(default_factory=list)

    def __iter__(self) -> Iterator[ImportedRow]:
        width = len(self.head.columns)
        for number, (line, cells) in enumerate(self._lines):
            if number >= MOST_ROWS:
                self.bad.append(BadRow(line, "", "", f"there are more than {MOST_ROWS:,} rows: split the file"))
                return
            if not any(cells):
                continue
            if len(cells) != width:
                what = f"{len(cells)} cells where the header has {width}: quotes that do not match, or a delimiter within a value"
                self.bad.append(BadRow(line, "", cells[0] if cells else "", what))
                continue
            yield ImportedRow(self.head, line, tuple(cells))


def read_rows(stream: BinaryIO, layout: Layout | None = None) -> Imported:
    """The rows of a file, read as they are asked for; InputError where it is in no layout that is known (or not in that `layout`)."""
    text = _text(stream)
    mark = text.read(1) == "\ufeff"
    if not mark:
        text.seek(0)
    sample = text.readline(LARGEST_CELL)
    delimiter = max(_DELIMITERS, key=sample.count)
    text.seek(0)
    if mark:
        text.read(1)
    lines = _records(text, delimiter)
    first = next(lines, None)
    if first is None:
        raise InputError("the file is empty: give an ACLED or UCDP GED file with rows")
    head, notes, back = _head(first, (mark, delimiter), layout)
    following = back or next(lines, None)
    if head.told and following is not None and _is_tags(following[1]):
        head, following = replace(head, tags=tuple(following[1])), None
    return Imported(head, chain([following] if following else (), lines), notes)


def _text(stream: BinaryIO) -> io.TextIOWrapper:
    """The words of a file in UTF-8, or in Windows-1252 where it is none: both are in use. The file is small enough to be looked through for that."""
    raw = stream.read(LARGEST_FILE + 1)
    if len(raw) > LARGEST_FILE:
        raise InputError(f"the file has more than {LARGEST_FILE:,} bytes: split it")
    try:
        raw.decode("utf-8")
        encoding = "utf-8"
    except UnicodeDecodeError:
        encoding = "cp1252"
    return io.TextIOWrapper(io.BytesIO(raw), encoding=encoding, errors="replace", newline="")


def _records(text: io.TextIOWrapper, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The records of a CSV file, each with the number of its first line."""
    before = csv.field_size_limit(LARGEST_CELL)
    reader = csv.reader(text, delimiter=delimiter)
    try:
        while True:
            line = reader.line_num + 1
            csv.field_size_limit(LARGEST_CELL)
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as wrong:
                raise InputError(f"line {line}: {wrong}: the file is no sound CSV from there on") from wrong
            yield line, cells
    finally:
        csv.field_size_limit(before)


def _head(first: tuple[int, list[str]], read: tuple[bool, str], layout: Layout | None) -> tuple[Head, tuple[str, ...], tuple[int, list[str]] | None]:
    """What stands above the rows, notes on it, and the first record where it is a row already."""
    line, cells = first
    mark, delimiter = read
    names = [name.strip().casefold() for name in cells]
    found = next((one for one in Layout if all(name in names for name in _TOLD_BY[one])), None)
    if found is None and len(cells) == len(GED_COLUMNS) and cells[0].strip().replace(".", "", 1).isdigit() and layout in (None, Layout.UCDP):
        columns = GED_COLUMNS
        head = Head(Layout.UCDP, columns, (), mark, delimiter, told=False, places={name: at for at, name in enumerate(columns)})
        return head, ("no line of column names: taken for the 49 columns of GED in their order",), (line, cells)
    if found is None or (layout is not None and found is not layout):
        wanted = layout or Layout.ACLED
        missing = next((name for name in _TOLD_BY[wanted] if name not in names), _TOLD_BY[wanted][0])
        shown = cells[0][:_SHOWN] if cells else ""
        raise InputError(f"the file is in no layout that is known here: the column {missing!r} of {wanted.value} is missing; its first is {shown!r}")
    twice = next((name for number, name in enumerate(names) if name and name in names[:number]), None)
    if twice is not None:
        raise InputError(f"line {line}: the column {twice!r} is there twice: remove one")
    return Head(found, tuple(cells), (), mark, delimiter, told=True, places={name: at for at, name in enumerate(names)}), (), None


def _is_tags(cells: Sequence[str]) -> bool:
    """Whether a record is a line of HXL hashtags: every cell is empty or begins with #, and one does."""
    told = [cell.strip() for cell in cells if cell.strip()]
    return bool(told) and all(cell.startswith("#") for cell in told)


def write_rows(rows: Sequence[ImportedRow], out: BinaryIO, head: Head) -> int:
    """The number of rows written, in the columns and order of their file, its hashtags and byte order mark too: read again they are the same."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    try:
        text.write("\ufeff" if head.mark else "")
        writer = csv.writer(text, delimiter=head.delimiter, lineterminator="\n")
        if head.told:
            writer.writerow(head.columns)
        if head.tags:
            writer.writerow(head.tags)
        for row in rows:
            writer.writerow(row.cells)
    finally:
        text.detach()
    return len(rows)
