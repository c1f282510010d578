"""The records of a CSV file, one after the other: a broken one is told and loses none of those behind it, and the file is never held whole.

A quote that nobody closes swallows all lines up to the next quote. Such a record comes out too long, unfinished or of another width: then its first line
is told as broken, and reading goes on with the line behind it.
"""

import codecs
import csv
import io
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from sayso.errors import InputError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

LARGEST_CELL = 1_000_000  # code points
LARGEST_FILE = 4_000_000_000  # bytes
_LARGEST_LINE = 4 * LARGEST_CELL  # code points
_MOST_LINES = 10_000  # of one record
_MOST_AGAIN = 2_000  # records of several lines that are read again line by line: each may cost a megabyte of reading
_SHOWN = 60  # code points of a value in a message
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ARCHIVE = b"PK\x03\x04"  # a workbook of a spreadsheet is one, too


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that could not be taken, or a cell that is no such value."""

    line: int
    column: str
    value: str
    what: str  # with what to do about it

    def __str__(self) -> str:
        where = f"line {self.line}" + (f", column {self.column}" if self.column else "")
        return f"{where}: {self.what}" + (f" ({self.value[:_SHOWN]!r})" if self.value else "")


@dataclass(frozen=True, slots=True)
class Record:
    """The cells of one record and the number of its first line."""

    line: int
    cells: tuple[str, ...]


def text_of(stream: BinaryIO) -> io.TextIOWrapper:
    """The words of a file, decoded while they are read: UTF-8, and what is none of it as Windows-1252: both are in use. InputError where it is no text."""
    raw = io.BufferedReader(_Capped(stream), 1 << 16)
    start = raw.peek(4)[:4]
    if start.startswith(_ARCHIVE):
        raise InputError("the file is a workbook or an archive: save the table as CSV (UTF-8), or unpack it first")
    if start.startswith(_UTF16):
        raise InputError("the file is in UTF-16: save it as CSV in UTF-8")
    return io.TextIOWrapper(raw, encoding="utf-8", errors=_ELSE_WINDOWS, newline="")


class Records:
    """Iterates over the records of a text; `width`, once it is set, is the number of cells that each has to have."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self._lines: deque[str] = deque()  # read before, to be read again
        self._number = 0  # of the last line that was read
        self._taken: list[str] = []  # lines of the record that is being read
        self._again = 0
        self._ended = False
        self._delimiter = ","
        self._reader = csv.reader(_Feed(self), delimiter=",")
        self.width: int | None = None
        self.mark = False  # whether there is a byte order mark
        self.newline = "\n"

    def first_line(self) -> str:
        """The first line with words, without its byte order mark, which stays to be read; empty where there is none."""
        while (line := self._next()) is not None:
            if self._number == 1 and line.startswith("\ufeff"):
                self.mark, line = True, line[1:]
            if line.strip():
                self._back([line])
                self.newline = "\r\n" if line.endswith("\r\n") else "\n"
                return line
        return ""

    def part_by(self, delimiter: str) -> None:
        """Nothing; cells are parted by `delimiter` from here on."""
        self._delimiter = delimiter
        self._reader = csv.reader(_Feed(self), delimiter=delimiter)

    def __iter__(self) -> Iterator[Record | BadRow]:
        while (line := self._next()) is not None:
            if self._size_passed() and not line.endswith(("\n", "\r")):
                break  # cut off in the middle
            if line.strip():
                yield self._record(line)
        if self._size_passed():
            yield BadRow(self._number, "", "", f"the file has more than {LARGEST_FILE:,} bytes, and what is behind them was not read: split it")

    def take_line(self) -> str | None:
        """The next line of the record that is being read; None at the end of the file, or where the record is longer than any sound one."""
        if len(self._taken) >= _MOST_LINES:
            return None
        line = self._next()
        if line is None:
            self._ended = True
        else:
            self._taken.append(line)
        return line

    def _record(self, line: str) -> Record | BadRow:
        number, self._taken, self._ended = self._number, [], False
        if len(line) > _LARGEST_LINE:
            return BadRow(number, "", line, f"a line of more than {_LARGEST_LINE:,} letters: check the line ends and quotes of the file")
        if '"' not in line and len(line) <= LARGEST_CELL:
            return self._fitting(number, line.rstrip("\r\n").split(self._delimiter))
        self._lines.appendleft(line)
        self._number -= 1
        before = csv.field_size_limit(LARGEST_CELL)
        try:
            cells = next(self._reader)
        except csv.Error as wrong:
            return self._broken(number, f"{wrong}: a quote that nobody closes, or a cell of more than {LARGEST_CELL:,} letters")
        finally:
            csv.field_size_limit(before)
        if self._ended or len(self._taken) >= _MOST_LINES:
            return self._broken(number, "a quote opens that nobody closes: close it, or double it within a cell")
        return self._fitting(number, cells)

    def _fitting(self, number: int, cells: list[str]) -> Record | BadRow:
        if self.width is None or len(cells) == self.width:
            return Record(number, tuple(cells))
        what = f"{len(cells)} cells where the header has {self.width}: quotes that do not match, or a delimiter within a value"
        return self._broken(number, what, cells[0]) if len(self._taken) > 1 else BadRow(number, "", cells[0], what)

    def _broken(self, number: int, what: str, value: str = "") -> BadRow:
        """What is wrong with the first line of a record; the lines behind it are read again."""
        taken, self._taken = self._taken, []
        if len(taken) > 1 and self._again < _MOST_AGAIN:
            self._again += 1
            self._back(taken[1:])
        elif len(taken) > 1:
            what += f"; so are {_MOST_AGAIN:,} before it: the lines behind it, up to line {number + len(taken) - 1}, were not read again"
        return BadRow(number, "", value or (taken[0].strip()[:_SHOWN] if taken else ""), what)

    def _next(self) -> str | None:
        if self._lines:
            line = self._lines.popleft()
        else:
            line = self._text.readline(_LARGEST_LINE + 1)
            rest = line
            while len(rest) > _LARGEST_LINE and not rest.endswith(("\n", "\r")):  # the rest of a line without an end is passed over
                rest = self._text.readline(_LARGEST_LINE + 1)
        self._number += bool(line)
        return line or None

    def _back(self, lines: list[str]) -> None:
        self._lines.extendleft(reversed(lines))
        self._number -= len(lines)

    def _size_passed(self) -> bool:
        raw = self._text.buffer
        return isinstance(raw, io.BufferedReader) and isinstance(raw.raw, _Capped) and raw.raw.passed


class _Feed:
    """Lines for `csv.reader`, which reads as many as a record has: an iterator that goes on after an error, as a generator does not."""

    def __init__(self, records: Records) -> None:
        self._records = records

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        line = self._records.take_line()
        if line is None:
            raise StopIteration
        return line


class _Capped(io.RawIOBase):
    """The bytes of a stream up to the largest size; `passed` where there are more. The stream is the caller's, and stays open."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._left = LARGEST_FILE
        self.passed = False

    def readable(self) -> bool:
        """True: there is nothing else to do with it."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """The number of bytes that were read into `buffer`."""
        view = memoryview(buffer)
        data = self._stream.read(min(len(view), self._left + 1))
        if len(data) > self._left:
            self.passed, data = True, data[: self._left]
        self._left -= len(data)
        view[: len(data)] = data
        return len(data)


def _windows(wrong: UnicodeError) -> tuple[str, int]:
    """What bytes that are no UTF-8 are in Windows-1252; the five that are nothing there stay what they are in Latin-1."""
    if not isinstance(wrong, UnicodeDecodeError):
        raise wrong
    part = wrong.object[wrong.start : wrong.end]
    return "".join(bytes((byte,)).decode("cp1252", "ignore") or chr(byte) for byte in part), wrong.end


_ELSE_WINDOWS = "sayso-else-windows"
codecs.register_error(_ELSE_WINDOWS, _windows)
