"""`sayso find`: claims of the ledger by words, actor, place, day, type, voice, source and status."""

from typing import TYPE_CHECKING, Any

import click

from sayso.cli.json_output import print_json
from sayso.cli.store_option import json_option, opened, store_option

if TYPE_CHECKING:
    from collections.abc import Callable

    from rich.table import Table

    from sayso.store.query import IncidentPage, Page, Query

_STATUSES = ("unreviewed", "accepted", "rejected", "amended", "conflict")
_MODALITIES = ("actual", "denied", "hypothetical", "planned")


def _day(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    from datetime import date

    if value is None:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise click.BadParameter(f"{value!r} is no day: write it as 2024-05-04") from None


def _country(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    from sayso.gazetteers.country_codes import alpha_2

    if value is None:
        return None
    code = alpha_2(value)
    if code is None:
        raise click.BadParameter(f"{value!r} is no code of ISO 3166: write SD or SDN for Sudan")
    return code


_FILTERS = (
    click.option("--actor", metavar="NAME", help="Who is said to have done it, or to have suffered it."),
    click.option("--place", metavar="NAME", help="Where it is said to have happened."),
    click.option("--country", metavar="CODE", callback=_country, help="The country of the place, in two letters or three."),
    click.option("--since", metavar="DATE", callback=_day, help="Not before this day."),
    click.option("--until", metavar="DATE", callback=_day, help="Not after this day."),
    click.option("--type", "act", metavar="TYPE", help="The type of the act, such as ASSAULT."),
    click.option("--voice", metavar="NAME", help="A voice of the chain."),
    click.option("--source", metavar="NAME", help="The source of the report."),
    click.option("--status", type=click.Choice(_STATUSES), help="What reviewers made of it."),
    click.option("--modality", type=click.Choice(_MODALITIES), help="Whether it is told as done."),
    click.option("--superseded", is_flag=True, help="Also claims of reports that a newer version replaces."),
)
NUMBER = click.IntRange(1, 2**62)  # of a claim or an incident: what both stores can look for
_PAGING = (
    click.option("--limit", metavar="N", type=click.IntRange(1, 10_000), default=50, show_default=True, help="The most rows to show."),
    click.option("--after", metavar="N", type=NUMBER, help="Go on after this number: the last of the page before."),
)


def filters(command: Any) -> Any:
    """The command with the options that choose claims; `query_of` takes them."""
    for option in reversed(_FILTERS):
        command = option(command)
    return command


def paging(command: Any) -> Any:
    """The command with the options that choose a page of the answer; `query_of` takes them."""
    for option in reversed(_PAGING):
        command = option(command)
    return command


def query_of(options: dict[str, Any], words: str | None = None) -> "Query":
    """The query that the options give."""
    from sayso.store.query import Query

    same = ("actor", "place", "since", "until", "voice", "source", "status", "modality", "superseded")
    given = {name: options[name] for name in (*same, *(name for name in ("limit", "after") if name in options))}
    country, act = options["country"], options["act"]
    if given["since"] and given["until"] and given["since"] > given["until"]:
        raise click.BadParameter(f"{given['since']} is after --until {given['until']}: no day is between them", param_hint="--since")
    return Query(words=words, country=country.upper() if country else None, type=_act(act) if act else None, **given)


def _act(told: str) -> str:
    """The type of act of that name; BadParameter where there is none, for nothing would ever meet it."""
    from sayso.codebooks.codebook import PLOVER_MODES

    if told.upper() not in PLOVER_MODES:
        raise click.BadParameter(f"{told!r} is no type of act: use {', '.join(PLOVER_MODES)}", param_hint="--type")
    return told.upper()


@click.command()
@click.argument("words", nargs=-1, metavar="[WORDS…]")
@store_option
@filters
@paging
@json_option
def find(words: tuple[str, ...], **options: Any) -> None:
    """Find claims: all WORDS in the claim's sentence, its report's title or its names, and every filter given. The newest entry comes first.

    The number in the first column is the claim's: it never changes, and `sayso review` and `sayso judge` take it.
    """
    with opened(options["store"]) as ledger:
        page = ledger.find(query_of(options, " ".join(words) or None))
    if options["as_json"]:
        print_json(page)
        return
    from sayso.cli.ledger_table import claims_table

    show_page(page, claims_table, "No claim meets this.")


def show_page(page: "Page | IncidentPage", table: "Callable[[Any], Table]", nothing: str) -> None:
    """Nothing; the page is on the console as a table, and how to see more."""
    from sayso.cli.ledger_table import console

    if not page.rows:
        click.echo(nothing)
        return
    console().print(table(page.rows))
    if page.next is not None:
        click.echo(f"There are more: --after {page.next}")
