"""`sayso export`: a ledger's incidents and claims as files that the field's tools take."""

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.export_options import EXPORTS, export_settings, refuse_terminal, row_book, sharing_options, tell_left_out
from sayso.cli.find import filters, query_of
from sayso.cli.progress import watched
from sayso.cli.store_option import opened, store_option

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sayso.codebooks.rows import RowBook
    from sayso.desk.exporting import Coding
    from sayso.export.subject import Subject


@click.command()
@click.option("--format", "format_name", type=click.Choice(EXPORTS), required=True, help="The layout to write.")
@click.option("-o", "--output", metavar="FILE", help="Write to FILE, which is replaced only when all is written.  [default: standard output]")
@click.option("--codebook", metavar="NAME", help="The codebook of rows, by name or path, for formats that take any.  [default: the format's]")
@sharing_options
@store_option
@filters
def export(format_name: str, output: str | None, codebook: str | None, **options: Any) -> None:
    """Write the ledger's incidents and claims that meet the filters as a file.

    An incident is written where one of its claims meets them; with --status, told by claims of that status alone. Rejected claims give no row.
    --type takes a type of act, such as ASSAULT, or for rows a type of their codebook, such as "Air/drone strike".
    """
    from sayso.export.formats import exporter

    made = exporter(format_name)
    book = row_book(made, codebook)
    refuse_terminal(made, output)
    with opened(options["store"]) as ledger:
        from sayso.cli.output import open_output
        from sayso.desk.exporting import Subjects

        head = ledger.head()
        left_out: Counter[str] = Counter()
        settings = export_settings(made, book, options, lambda reason: left_out.update((reason,)), f"{head.seq} {head.hash}")
        coding = _coding(book, options)
        subjects = Subjects(ledger, query_of(options), coding)
        with open_output(output) as stream:
            written = made.write(_seen(subjects), stream.buffer, settings)
    what = f"{written:,} {'row' if written == 1 else 'rows'} of {subjects.seen:,} {'incident' if subjects.seen == 1 else 'incidents'}"
    click.echo(f"{what} in the layout {made.name!r}{f', coded by {book.name} {book.version} ({book.digest})' if book else ''}", err=True)
    tell_left_out(left_out)
    click.echo(f"Head of the ledger: {head.seq} {head.hash}", err=True)


def _seen(subjects: "Iterable[Subject]") -> "Iterable[Subject]":
    return watched(subjects, "incidents")


def _coding(book: "RowBook | None", options: dict[str, Any]) -> "Coding | None":
    """By what rows are coded; a type of the book that was asked for is taken out of the options, so that it filters rows and not claims."""
    if book is None:
        return None
    from sayso.cli.place_table import ensure_place_table
    from sayso.codebooks.codebook import PLOVER_MODES
    from sayso.desk.exporting import Coding
    from sayso.pipeline import Coder, ReadConfig

    asked: str | None = options["act"]
    named = {name.casefold(): name for found in book.types for name in (found.name, found.event_type)}
    kind = named.get(asked.casefold()) if asked else None
    if kind is not None:
        options["act"] = None
    elif asked and asked.upper() not in PLOVER_MODES:
        raise click.BadParameter(f"{asked!r} is no type of {book.name}: use {', '.join(named.values())}, or a type of act", param_hint="--type")
    ensure_place_table()
    return Coding(Coder(ReadConfig()), book, kind)
