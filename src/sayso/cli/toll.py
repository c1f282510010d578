"""`sayso toll`: how each voice's count of the harmed went over time."""

from typing import Any

import click

from sayso.cli.find import filters, query_of
from sayso.cli.json_output import print_json
from sayso.cli.output import open_output
from sayso.cli.store_option import json_option, opened, store_option

_MEASURES = ("killed", "injured", "missing", "detained", "abducted", "displaced", "casualties")


@click.command()
@click.argument("words", nargs=-1, metavar="[WORDS…]")
@store_option
@filters
@click.option("--measure", type=click.Choice(_MEASURES), default="killed", show_default=True, help="What is counted.")
@click.option("--plot", metavar="FILE", help="Write the totals as an SVG to FILE.")
@json_option
def toll(words: tuple[str, ...], **options: Any) -> None:
    """Show tolls over time, voice by voice, of the claims that meet the words and filters; --since is the first day on which something was said.

    Totals and figures of single acts are kept apart, and voices are never added up.
    """
    from datetime import date

    from sayso.desk.tolls import toll_of
    from sayso.model.words import Measure

    query = query_of({**options, "since": None}, " ".join(words) or None)
    with opened(options["store"]) as ledger:
        found = toll_of(ledger, query, date.fromisoformat(options["since"]) if options["since"] else None, Measure(options["measure"]))
    from sayso.cli.toll_plot import toll_svg, toll_text

    if options["plot"]:
        with open_output(options["plot"]) as stream:
            stream.write(toll_svg(found))
    if options["as_json"]:
        print_json(found)
        return
    from sayso.cli.ledger_table import console
    from sayso.cli.weighed_table import toll_table

    console().print(toll_table(found))
    click.echo(toll_text(found))
