"""`sayso read`: reports in; tables, JSON or a page out."""

import sys
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.export_options import EXPORTS, Export, export_settings, refuse_terminal, row_book, sharing_options, tell_left_out
from sayso.cli.intake_options import intake_options, intake_settings, read_config, reading_options
from sayso.cli.place_table import ensure_place_table

if TYPE_CHECKING:
    from sayso.intake.settings import IntakeSettings, Taken
    from sayso.model import Document, Failure, Reading
    from sayso.pipeline import ReadConfig

SOME_FAILED = 1
_SCREEN = ("table", "json", "jsonl", "html")
_FORMATS = (*_SCREEN, *EXPORTS)
_BY_SUFFIX = {".json": "json", ".jsonl": "jsonl", ".ndjson": "jsonl", ".html": "html", ".htm": "html", ".txt": "table"}


@dataclass(frozen=True, slots=True)
class _Output:
    """What is written where."""

    format: str
    path: str | None
    explain: bool
    least: float  # confidence under which nothing is shown
    export: "Export | None" = None  # where the format is one of the exports


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATHS...")
@click.option("--format", "format_name", type=click.Choice(_FORMATS), help="How to write readings.  [default: by the ending of --output, else table]")
@click.option("-o", "--output", metavar="FILE", help="Write to FILE, which is replaced only when all is written.")
@intake_options
@reading_options
@sharing_options
@click.option(
    "--min-confidence", "least", metavar="P", type=click.FloatRange(0, 1), default=0.0, help="Leave out what is less sure than this, and say how much."
)
@click.option("--explain", is_flag=True, help="In tables: why each claim was coded so, with its words.")
def read(paths: tuple[str, ...], **options: Any) -> None:
    """Read reports into claims, with who says so.

    PATHS are files, folders (searched for reports of all known formats) or - for standard input.
    What cannot be read is listed on standard error with the reason, and the rest is read.
    """
    path, config = options["output"], read_config(options)
    name = options["format_name"] or _BY_SUFFIX.get(Path(path or "").suffix.lower(), "table")
    export, left_out = None, Counter[str]()
    if name in EXPORTS:
        export = _exported(name, config, options, left_out)
        refuse_terminal(export.made, path)
        config = replace(config, events=())  # rows are coded from what a report tells of a happening in all its sentences
    failures, total = _run(paths, intake_settings(options), config, _Output(name, path, options["explain"], options["least"], export))
    tell_left_out(left_out)
    if failures:
        list_failures(failures, total)
        raise SystemExit(SOME_FAILED)


def _exported(name: str, config: "ReadConfig", options: dict[str, Any], left_out: Counter[str]) -> "Export":
    """An export format, by what its rows are coded, and what holds for it."""
    from sayso.desk.exporting import Coding
    from sayso.export.formats import exporter
    from sayso.pipeline import Coder

    made, rows = exporter(name), options["codebook"].rows
    if len(rows) > 1:
        raise click.BadParameter(f"the format {name!r} codes by one book: leave {rows[1]!r} out", param_hint="--codebook")
    book = row_book(made, rows[0] if rows else None)
    settings = export_settings(made, book, options, lambda reason: left_out.update((reason,)))
    return Export(made, Coding(Coder(config), book) if book else None, settings)


def _run(paths: tuple[str, ...], settings: "IntakeSettings", config: "ReadConfig", output: _Output) -> tuple[list["Failure"], int]:
    """The failures, and how many inputs there were; each result is written as soon as it is there."""
    from sayso.cli.output import open_output
    from sayso.cli.writers import ExportWriter, writer_of
    from sayso.export.surest import surest
    from sayso.intake.files import take_paths
    from sayso.model import Failure, Reading

    ensure_place_table()
    taken = take_paths(paths, settings, sys.stdin.buffer)
    failures, total = [], 0
    with open_output(output.path) as stream:
        writer = ExportWriter(stream, output.export) if output.export else writer_of(output.format, stream, output.explain)
        for result in _watched(_results(taken, config), quiet=output.path is None and sys.stdout.isatty()):
            total += 1
            if isinstance(result, Failure):
                stop_if_ours(result)
                failures.append(result)
            writer.add(surest(result, output.least) if isinstance(result, Reading) else result)
        writer.close()
    return failures, total


def stop_if_ours(failure: "Failure") -> None:
    """Nothing; raises what is wrong with sayso and not with the report: every other report would fail alike."""
    from sayso.errors import DataError, MissingPart

    for kind in (DataError, MissingPart):
        if failure.kind == kind.__name__:
            raise kind(failure.reason)


def _results(taken: Iterable["Taken"], config: "ReadConfig") -> Iterator["Reading | Failure"]:
    """One result an input, in order; what intake noted stands first among a reading's notes."""
    from sayso.model import Reading
    from sayso.pipeline import Reader

    noted: deque[tuple[str, ...]] = deque()

    def items() -> Iterator["Document | Failure"]:
        for one in taken:
            noted.append(one.notes)
            yield one.item

    for result in Reader(config).read(items()):
        notes = noted.popleft()
        if isinstance(result, Reading) and notes:
            yield replace(result, notes=tuple(dict.fromkeys((*notes, *result.notes))))
        else:
            yield result


def _watched(results: Iterable["Reading | Failure"], quiet: bool) -> Iterator["Reading | Failure"]:
    """The results, counted on standard error while they come if that is a terminal and the tables do not stand there."""
    if quiet or not sys.stderr.isatty():
        yield from results
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed} read"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("read", total=None)
        for result in results:
            progress.advance(task)
            yield result


def list_failures(failures: list["Failure"], total: int) -> None:
    """Nothing; what could not be read stands on standard error, each with its reason."""
    from sayso.export.wording import visible

    click.echo(f"{len(failures)} of {total} {'input' if total == 1 else 'inputs'} could not be read:", err=True)
    for failure in failures:
        named = f" (id {failure.given_id})" if failure.given_id and failure.given_id != Path(failure.what).name else ""
        click.echo("  " + visible(f"{failure.what}{named}: {failure.kind}: {failure.reason}"), err=True)
