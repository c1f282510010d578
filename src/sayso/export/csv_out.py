"""CSV as spreadsheets and statistics programs take it: UTF-8, RFC 4180 quoting, LF line ends, and no cell that a spreadsheet would run."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import BinaryIO

from sayso.export.wording import visible

Cell = str | int | float | None
_STARTS = re.compile(r"'*[=+\-@\t\r]")
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def guarded(text: str) -> str:
    """The text with an apostrophe before it where a spreadsheet would take it for a formula; plain numbers stay (OWASP, CSV injection)."""
    return f"'{text}" if _STARTS.match(text) and not _NUMBER.fullmatch(text) else text


def unguarded(text: str) -> str:
    """The text as it was before `guarded`."""
    return text[1:] if _GUARDED.match(text) else text


def write_csv(out: BinaryIO, columns: Sequence[str], rows: Iterable[Mapping[str, Cell]]) -> int:
    """The number of rows written under a header, in the order of `columns`; a column that a row lacks is empty, one that it has too many is an error."""
    text = io.TextIOWrapper(out, encoding="utf-8", newline="", write_through=True)
    try:
        writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
        writer.writeheader()
        count = 0
        for row in rows:
            writer.writerow({name: _cell(value) for name, value in row.items()})
            count += 1
    finally:
        text.detach()  # the stream is the caller's: it stays open
    return count


def _cell(value: Cell) -> str:
    """The value as a cell holds it: one line, nothing that steers a terminal, nothing that a spreadsheet runs."""
    if value is None:
        return ""
    return guarded(visible(value)) if isinstance(value, str) else str(value)
