"""The options of commands that write an export format, and what they ask for."""

import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from sayso.codebooks.rows import RowBook
    from sayso.desk.exporting import Coding
    from sayso.export.formats import Exporter
    from sayso.export.subject import ExportSettings

# As `sayso.export.formats` has them, which is not imported for a list of names; a test holds the two together.
EXPORTS = ("acled", "ucdp", "plover", "rows", "claims", "geojson", "hxl", "annotations", "prov", "ftm", "parquet")
_COARSEN = ("auto", "none", "10km", "admin1", "withhold")
_F = TypeVar("_F", bound=Callable[..., Any])

_SHARING = (
    click.option(
        "--coarsen",
        type=click.Choice(_COARSEN),
        default="auto",
        show_default=True,
        help="How closely exports tell where. auto: ten kilometres for acts of the last 30 days at hospitals, shelters, camps and homes.",
    ),
    click.option("--names", is_flag=True, help="Exports may name victims and private persons as reports name them."),
    click.option("--policy", metavar="NAME", help="How an export's figures are weighed.  [default: the format's]"),
)


@dataclass(frozen=True, slots=True)
class Export:
    """An export format with what its rows are coded by, and what holds for it."""

    made: "Exporter"
    coding: "Coding | None"
    settings: "ExportSettings"


def sharing_options(command: _F) -> _F:
    """The command with the options of what an export shows; `export_settings` takes them."""
    for option in reversed(_SHARING):
        command = option(command)
    return command


def row_book(format_: "Exporter", asked: str | None) -> "RowBook | None":
    """The codebook that an export's rows are coded by; None where the format tells claims. BadParameter where another one cannot be asked for."""
    from sayso.codebooks.rows import load_row_book
    from sayso.errors import DataError

    if asked is not None and not format_.any_book:
        held = f"holds rows of the codebook {format_.book!r} alone" if format_.book else "tells claims, and codes nothing"
        raise click.BadParameter(f"the format {format_.name!r} {held}: leave --codebook out, or use --format rows", param_hint="--codebook")
    name = asked or format_.book
    try:
        return load_row_book(name) if name else None
    except DataError as wrong:
        raise click.BadParameter(str(wrong), param_hint="--codebook") from wrong


def export_settings(
    format_: "Exporter", book: "RowBook | None", options: dict[str, Any], left_out: Callable[[str], None], head: str | None = None
) -> "ExportSettings":
    """What holds for the export that the options ask for; `left_out` is told why a row is not written."""
    from sayso import __version__
    from sayso.errors import DataError
    from sayso.export.subject import BookLabel, Coarsen, ExportSettings, MadeBy
    from sayso.link.weigh_policies import load_policy

    another = book is not None and book.name != format_.book  # a book that was asked for says how its figures are weighed
    try:
        policy = load_policy(options["policy"] or (book.weigh if another and book else "") or format_.policy)
    except DataError as wrong:
        raise click.BadParameter(str(wrong), param_hint="--policy") from wrong
    return ExportSettings(
        made=MadeBy(__version__, datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), head),
        policy=policy,
        book=BookLabel(book.name, book.title, book.version, book.digest) if book else None,
        coarsen=Coarsen(options["coarsen"]),
        names=options["names"],
        left_out=left_out,
    )


def tell_left_out(left_out: Counter[str]) -> None:
    """Nothing; on standard error stands how many rows the layout could not hold, and why."""
    from sayso.export.wording import many

    for reason, number in left_out.most_common():
        click.echo(f"{many(number, 'row')} left out: {reason}", err=True)


def refuse_terminal(made: "Exporter", output: str | None) -> None:
    """Nothing; UsageError where a format of bytes would go to a terminal."""
    if made.name == "parquet" and output in (None, "-") and sys.stdout.isatty():
        raise click.UsageError("a Parquet file is no text for a terminal: name a file with --output")
