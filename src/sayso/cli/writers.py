"""One writer a format: takes results one by one and writes them as early as the format allows."""

import json
from typing import TYPE_CHECKING, Protocol, TextIO

from sayso.export.reading_json import failure_view, reading_view
from sayso.model import Failure, Reading

if TYPE_CHECKING:
    from rich.console import Console

    from sayso.cli.export_options import Export
    from sayso.export.subject import Subject

# Line ends of Unicode that JSON leaves as they are: escaped, for readers that split at them.
_LINE_ENDS = {ord(end): f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"}


class Writer(Protocol):
    """What takes the results of a run."""

    def add(self, result: Reading | Failure) -> None:
        """Nothing; the result is written, or kept until `close`."""

    def close(self) -> None:
        """Nothing; what the format needs at its end is written."""


class LinesWriter:
    """JSON lines: one line an input, in order, failures in their places."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def add(self, result: Reading | Failure) -> None:
        """Nothing; the line is written."""
        self._stream.write(json.dumps(view(result), ensure_ascii=False).translate(_LINE_ENDS) + "\n")

    def close(self) -> None:
        """Nothing: lines need no end."""


class JsonWriter:
    """One JSON array, indented."""

    def __init__(self, stream: TextIO) -> None:
        self._stream, self._before = stream, "[\n"

    def add(self, result: Reading | Failure) -> None:
        """Nothing; the object is written."""
        self._stream.write(self._before + json.dumps(view(result), ensure_ascii=False, indent=1))
        self._before = ",\n"

    def close(self) -> None:
        """Nothing; the array is closed."""
        self._stream.write("[]\n" if self._before == "[\n" else "\n]\n")


class PageWriter:
    """One HTML page of all results, written at the end."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._results: list[Reading | Failure] = []

    def add(self, result: Reading | Failure) -> None:
        """Nothing; the result is kept for the page."""
        self._results.append(result)

    def close(self) -> None:
        """Nothing; the page is written."""
        from sayso.export.page import reading_page
        from sayso.gazetteers.places_around import towns_of
        from sayso.gazetteers.places_cache import table_path

        located = any(isinstance(result, Reading) and result.resolutions for result in self._results)
        towns = towns_of(table_path()) if located and table_path().exists() else None
        self._stream.write(reading_page(self._results, towns))


def console_on(stream: TextIO) -> "Console":
    """A console for tables: in colour and at its width on a terminal, plain and 120 columns wide (or COLUMNS) elsewhere. Nothing told is markup."""
    import os

    from rich.console import Console

    width = None if stream.isatty() else int(os.environ.get("COLUMNS") or 120)
    return Console(file=stream, width=width, highlight=False, emoji=False, markup=False)


class TableWriter:
    """Tables on a console: in colour and at its width on a terminal, plain and 120 columns wide (or COLUMNS) elsewhere."""

    def __init__(self, stream: TextIO, explain: bool) -> None:
        self._console, self._explain = console_on(stream), explain
        self._credits: dict[str, None] = {}

    def add(self, result: Reading | Failure) -> None:
        """Nothing; the table is printed. Failures are listed on standard error by the command."""
        from sayso.cli.table import print_reading
        from sayso.export.lookup import Lookup

        if isinstance(result, Reading):
            lookup = Lookup(result)
            self._credits.update(dict.fromkeys(lookup.credits))
            print_reading(self._console, lookup, self._explain)

    def close(self) -> None:
        """Nothing; the credit of the place data stands at the end where a place was located."""
        if self._credits:
            self._console.print(f"Places: {'; '.join(self._credits)}", style="dim")


def writer_of(name: str, stream: TextIO, explain: bool) -> Writer:
    """The writer of a format."""
    if name == "table":
        return TableWriter(stream, explain)
    if name == "html":
        return PageWriter(stream)
    return JsonWriter(stream) if name == "json" else LinesWriter(stream)


def view(result: Reading | Failure) -> dict[str, object]:
    """The JSON view of a result."""
    return reading_view(result) if isinstance(result, Reading) else failure_view(result)


class ExportWriter:
    """An export format's file of what was read: each report's own incidents, coded where the format is."""

    def __init__(self, stream: TextIO, export: "Export") -> None:
        self._stream, self._export = stream, export
        self._subjects: list[Subject] = []

    def add(self, result: Reading | Failure) -> None:
        """Nothing; the incidents of a reading are kept until `close`. Failures are listed on standard error by the command."""
        from sayso.desk.exporting import read_subjects

        if isinstance(result, Reading):
            self._subjects += read_subjects(result, self._export.coding)

    def close(self) -> None:
        """Nothing; the file is written."""
        self._export.made.write(self._subjects, self._stream.buffer, self._export.settings)
