"""Options that several commands share: what holds for reports that do not tell it themselves, and what they are read with."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from sayso.intake.settings import IntakeSettings
    from sayso.pipeline import ReadConfig

_KINDS = ("agency", "press", "state", "party", "ngo", "igo", "social", "academic", "unknown")
_F = TypeVar("_F", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Books:
    """The codebooks asked for: one that acts are told by, and those that incidents are coded into rows by; () for the usual ones."""

    acts: str | None = None
    rows: tuple[str, ...] = ()


def _check_codebooks(_context: click.Context, _option: click.Parameter, values: tuple[str, ...]) -> Books:
    """The books by their kinds; BadParameter where one cannot be read. The built-in ones are known by name, so that a plain run reads none twice."""
    from sayso.codebooks.checking import load_book
    from sayso.codebooks.row_book import RowBook
    from sayso.errors import DataError

    acts: list[str] = []
    rows: list[str] = []
    for value in values:
        try:
            (rows if isinstance(load_book(value), RowBook) else acts).append(value)
        except DataError as wrong:
            raise click.BadParameter(str(wrong)) from wrong
    if len(acts) > 1:
        raise click.BadParameter(f"{acts[0]!r} and {acts[1]!r} are both of kind 'acts': reports are read with one")
    return Books(acts[0] if acts else None, tuple(rows))


def _check_published(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    from sayso.errors import InputError
    from sayso.intake.metadata import published_date

    try:
        return published_date(value) if value else None
    except InputError as wrong:
        raise click.BadParameter(str(wrong)) from wrong


def _check_language(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    from sayso.intake.language import packs

    if value and value.split("-")[0].lower() not in packs():
        raise click.BadParameter(f"there is no language pack for {value!r}; there are packs for {', '.join(packs())}")
    return value


def _check_mapping(_context: click.Context, _option: click.Parameter, value: str | None) -> tuple[tuple[str, str], ...]:
    from sayso.errors import InputError
    from sayso.intake.mapping import parse_mapping

    try:
        return parse_mapping(value) if value else ()
    except InputError as wrong:
        raise click.BadParameter(str(wrong)) from wrong


_INTAKE = (
    click.option("--published", metavar="DATE", callback=_check_published, help="Publication date of reports that tell none (2024-05-04, or with a time)."),
    click.option("--source", metavar="NAME", help="Source of reports that tell none: outlet, ministry, channel."),
    click.option("--source-kind", type=click.Choice(_KINDS), default="unknown", show_default=True, help="Kind of that source."),
    click.option("--side", metavar="NAME", help="The side of the conflict that the source speaks for."),
    click.option("--language", metavar="CODE", callback=_check_language, help="Language of reports that tell none.  [default: found out]"),
    click.option("--map", "mapping", metavar="FIELD=COLUMN,…", callback=_check_mapping, help="Which column of a table is what: text=body,title=head."),
    click.option("--limit", metavar="BYTES", type=click.IntRange(min=1), default=20_000_000, show_default=True, help="The largest report that is taken."),
    click.option("--max-pages", metavar="N", type=click.IntRange(min=1), default=300, show_default=True, help="The longest PDF that is taken."),
)
_READING = (
    click.option(
        "--codebook",
        metavar="BOOK",
        multiple=True,
        callback=_check_codebooks,
        help="A codebook by name or path, again for more: of acts, to read with; of rows, to code by.  [default: plover, acled]",
    ),
    click.option("--parser", metavar="NAME", help="An installed spaCy pipeline to parse with, in place of the small one that comes with sayso."),
)


def intake_options(command: _F) -> _F:
    """The command with the options of intake; `intake_settings` takes them."""
    for option in reversed(_INTAKE):
        command = option(command)
    return command


def reading_options(command: _F) -> _F:
    """The command with the options of reading; `read_config` takes them."""
    for option in reversed(_READING):
        command = option(command)
    return command


def intake_settings(options: dict[str, Any]) -> "IntakeSettings":
    """The settings that the options give."""
    from sayso.intake.settings import Caps, IntakeSettings
    from sayso.model.words import SourceKind

    return IntakeSettings(
        published=options["published"],
        source=options["source"],
        source_kind=SourceKind(options["source_kind"]),
        side=options["side"],
        language=options["language"],
        limit=options["limit"],
        caps=Caps(pages=options["max_pages"]),
        mapping=options["mapping"],
    )


def read_config(options: dict[str, Any]) -> "ReadConfig":
    """What reading depends on, as the options say."""
    from sayso.pipeline import ReadConfig

    books: Books = options["codebook"]
    usual = ReadConfig()
    return ReadConfig(codebook=books.acts or usual.codebook, parser=options["parser"], events=books.rows or usual.events)
