"""`sayso queue`: the claims that wait for review."""

from typing import Any

import click

from sayso.cli.find import filters, query_of
from sayso.cli.json_output import print_json
from sayso.cli.review import BY
from sayso.cli.store_option import json_option, opened, store_option


def _after(_context: click.Context, _option: click.Parameter, value: str | None) -> "tuple[bool, float, int] | None":
    """The place in the queue that a page before told."""
    if value is None:
        return None
    disputed, _, rest = value.partition(":")
    urgency, _, number = rest.partition(":")
    try:
        return disputed == "1", float(urgency), int(number)
    except ValueError:
        raise click.BadParameter(f"{value!r} is no place in the queue: take what the page before told") from None


@click.command()
@click.argument("words", nargs=-1, metavar="[WORDS…]")
@filters
@click.option("--limit", metavar="N", type=click.IntRange(1, 10_000), default=20, show_default=True, help="The most rows to show; 1 is the next claim.")
@click.option("--after", metavar="PLACE", callback=_after, help="Go on after this place: what the page before told.")
@BY
@store_option
@json_option
def queue(words: tuple[str, ...], **options: Any) -> None:
    """List the claims that wait for review: the disputed first, then those that the reader is least sure of. The filters are those of `sayso find`.

    Claims that you left for later (`sayso review NUMBER skip`) are left out, and those that are being coded twice (`sayso assign`).
    """
    from sayso.cli.ledger_table import claims_table, console
    from sayso.desk.queueing import queue as waiting
    from sayso.desk.reviewing import Person
    from sayso.store.query import QueueQuery

    if options["status"] or options["superseded"]:
        raise click.UsageError("what waits is unreviewed, and of the newest version of its report: leave --status and --superseded out")
    asked = query_of({**options, "limit": 1, "after": None}, " ".join(words) or None)
    same = ("words", "actor", "place", "country", "since", "until", "type", "voice", "source", "modality")
    given = {name: getattr(asked, name) for name in same}
    with opened(options["store"]) as ledger:
        page = waiting(ledger, QueueQuery(**given, limit=options["limit"], after=options["after"]), Person(options["by"]))
        total = ledger.waiting()
    if options["as_json"]:
        print_json({"rows": page.rows, "next": page.next, "waiting": total})
        return
    if not page.rows:
        click.echo("No claim waits.")
        return
    console().print(claims_table(tuple(one.claim for one in page.rows)))
    click.echo(f"{total} claims wait in all." if total != 1 else "1 claim waits in all.")
    if page.next is not None:
        click.echo(f"There are more: --after {int(page.next[0])}:{page.next[1]}:{page.next[2]}")
