"""Rows of others, and of ours written before: read by column name, every cell kept as it is, and written again without loss.

Taken (design: `standards.md` 1.1, 2.1, 6): a byte order mark; commas, semicolons or tabs; columns in any order, further ones, GED 19.1's; a line of HXL
hashtags under the header; GED Candidate files that lack a header. A row that cannot be taken is told with line and reason, and the others are read.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import chain
from typing import BinaryIO

from sayso.errors import InputError
from sayso.export.columns import GED_COLUMNS
from sayso.export.csv_out import unguarded
from sayso.export.csv_records import BadRow, Record, Records, text_of
from sayso.export.imported_dates import day_of, whole

MOST_ROWS = 5_000_000
MOST_BAD = 10_000  # rows that are listed; behind them they are counted
_DELIMITERS = ",;\t"
_SHOWN = 60  # code points of a value in a message
# How our files tell that they are ours (`acled.NOT_ACLED`, `ucdp.NOT_UCDP`, `rows`): only in these is an apostrophe before "=" a guard of ours.
_OURS = {"notes": "coded by sayso", "code_status": "coded by sayso", "made_by": "sayso "}


class Layout(StrEnum):
    """Whose layout a file is in."""

    ACLED = "acled"
    UCDP = "ucdp"
    ROWS = "rows"
    CLAIMS = "claims"


# Columns that no file of a layout lacks: what it is recognised by.
_TOLD_BY = {
    Layout.ACLED: ("event_id_cnty", "event_date", "sub_event_type"),
    Layout.UCDP: ("type_of_violence", "date_start", "best"),
    Layout.ROWS: ("event_id", "codebook_digest", "date_from"),
    Layout.CLAIMS: ("claim_id", "canonical_id", "prop", "quote_sha256"),
}


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the rows of a file."""

    layout: Layout
    columns: tuple[str, ...]  # as the file has them, in its order
    tags: tuple[str, ...] = ()  # of HXL, a cell a column; () where there is no such line
    mark: bool = False  # a byte order mark
    delimiter: str = ","
    newline: str = "\n"
    told: bool = True  # whether the file has a line of column names
    places: Mapping[str, int] = field(default_factory=dict, compare=False)  # by `folded_column`

    def lacks(self, column: str) -> bool:
        """Whether the file has no such column."""
        return column not in self.places


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """One row, its cells as the file has them."""

    head: Head
    line: int
    cells: tuple[str, ...]

    def get(self, column: str) -> str:
        """The cell of a column without the space around it, and without the guard of our exporters; "" where the file has no such column."""
        at = self.head.places.get(column)
        cell = self.cells[at].strip() if at is not None else ""
        return unguarded(cell) if cell[:1] == "'" and self.is_ours() else cell

    def is_ours(self) -> bool:
        """Whether an exporter of sayso wrote the row."""
        return self.head.layout is Layout.CLAIMS or any(
            (at := self.head.places.get(column)) is not None and mark in self.cells[at] for column, mark in _OURS.items()
        )

    @property
    def values(self) -> tuple[tuple[str, str], ...]:
        """Every column with its cell as the file has it."""
        return tuple(zip(self.head.columns, self.cells, strict=True))


@dataclass(slots=True)
class Imported:
    """The rows of one file: iterating reads them, and leaves in `bad` what could not be taken."""

    head: Head
    _records: Iterator[Record | BadRow]
    notes: tuple[str, ...] = ()
    bad: list[BadRow] = field(default_factory=list)  # the first of them
    n_bad: int = 0
    n_empty: int = 0  # rows without a word in any cell: passed over

    def __iter__(self) -> Iterator[ImportedRow]:
        for number, one in enumerate(self._records):
            if number >= MOST_ROWS:
                self.add_bad(BadRow(one.line, "", "", f"there are more than {MOST_ROWS:,} rows, and those from here on were not read: split the file"))
                return
            if isinstance(one, BadRow):
                self.add_bad(one)
            elif any(one.cells):
                yield ImportedRow(self.head, one.line, one.cells)
            else:
                self.n_empty += 1

    def add_bad(self, row: BadRow) -> None:
        """Nothing; one more row that could not be taken."""
        self.n_bad += 1
        if len(self.bad) < MOST_BAD:
            self.bad.append(row)


def read_rows(stream: BinaryIO, layout: Layout | None = None) -> Imported:
    """The rows of a file, read as they are asked for; InputError where it is in no layout that is known (or not in that `layout`)."""
    records = Records(text_of(stream))
    sample = records.first_line()
    if not sample:
        raise InputError("the file is empty: give an ACLED or UCDP GED file with rows")
    delimiter = _delimiter(sample)
    records.part_by(delimiter)
    lines = iter(records)
    first = next(lines)
    if isinstance(first, BadRow):
        raise InputError(f"the first line cannot be read: {first}")
    head, notes = _head(first, layout)
    records.width = len(head.columns)
    head = replace(head, mark=records.mark, delimiter=delimiter, newline=records.newline)
    if not head.told:
        return Imported(head, chain((first,), lines), notes)
    following = next(lines, None)
    if isinstance(following, Record) and _is_tags(following.cells):
        return Imported(replace(head, tags=following.cells), lines, notes)
    return Imported(head, chain(() if following is None else (following,), lines), notes)


def folded_column(name: str) -> str:
    """A column's name in small letters, with underscores for what stands between its words: "Event Date" is event_date."""
    return "_".join(name.strip().casefold().replace("-", " ").replace("_", " ").split())


def _delimiter(line: str) -> str:
    """What parts the cells of a first line: what makes a layout's columns of it, else what makes most cells. A header has none of them within a name."""
    return max(_DELIMITERS, key=lambda one: (_found(line.replace('"', "").split(one)) is not None, line.count(one)))


def _found(cells: Sequence[str]) -> Layout | None:
    names = {folded_column(name) for name in cells}
    return next((one for one in Layout if names.issuperset(_TOLD_BY[one])), None)


def _head(first: Record, layout: Layout | None) -> tuple[Head, tuple[str, ...]]:
    """What stands above the rows, and notes on it."""
    names = [folded_column(name) for name in first.cells]
    found = _found(first.cells)
    if found is None and layout in (None, Layout.UCDP) and _is_ged_row(first.cells):
        head = Head(Layout.UCDP, GED_COLUMNS, told=False, places={name: at for at, name in enumerate(GED_COLUMNS)})
        return head, ("no line of column names: taken for the 49 columns of GED in their order",)
    if found is None or (layout is not None and found is not layout):
        wanted = layout or max(Layout, key=lambda one: sum(name in names for name in _TOLD_BY[one]))
        missing = next((name for name in _TOLD_BY[wanted] if name not in names), _TOLD_BY[wanted][0])
        shown = first.cells[0][:_SHOWN] if first.cells else ""
        raise InputError(f"the file is in no layout that is known here: the column {missing!r} of {wanted.value} is missing; its first is {shown!r}")
    twice = next((name for number, name in enumerate(names) if name and name in names[:number]), None)
    if twice is not None:
        raise InputError(f"line {first.line}: the column {twice!r} is there twice: remove one")
    return Head(found, first.cells, places={name: at for at, name in enumerate(names) if name}), ()


def _is_ged_row(cells: Sequence[str]) -> bool:
    """Whether a first line is a row of GED and no header: 49 cells, with a number, a type of violence and days where GED has them."""
    if len(cells) != len(GED_COLUMNS):
        return False
    row = dict(zip(GED_COLUMNS, cells, strict=True))
    return whole(row["id"]) is not None and whole(row["type_of_violence"]) in (1, 2, 3) and day_of(row["date_start"]) is not None


def _is_tags(cells: Sequence[str]) -> bool:
    """Whether a record is a line of HXL hashtags: every cell is empty or begins with #, and one does."""
    told = [cell.strip() for cell in cells if cell.strip()]
    return bool(told) and all(cell.startswith("#") for cell in told)


def write_rows(rows: Iterable[ImportedRow], out: BinaryIO, head: Head) -> int:
    """The number of rows written, in the columns and order of their file, its hashtags and byte order mark too: read again they are the same.

    Cells are not guarded against spreadsheets here: they are others' words, and stay as they are.
    """
    out.write(b"\xef\xbb\xbf" if head.mark else b"")
    for cells in (head.columns if head.told else (), head.tags):
        if cells:
            out.write(_line(cells, head))
    count = 0
    for row in rows:
        out.write(_line(row.cells, head))
        count += 1
    return count


def _line(cells: Sequence[str], head: Head) -> bytes:
    """A record as a line. Quoted is what has to be (RFC 4180): `csv.writer` leaves a lone carriage return bare before Python 3.13."""
    steering = (head.delimiter, '"', "\n", "\r")
    parts = ['"' + cell.replace('"', '""') + '"' if any(sign in cell for sign in steering) else cell for cell in cells]
    return (head.delimiter.join(parts) + head.newline).encode("utf-8")
