"""`sayso diff`: what a new reading says differently from the one before."""

import click

from sayso.cli.json_output import print_json
from sayso.cli.store_option import json_option, opened, store_option


@click.command()
@click.argument("document", required=False)
@store_option
@json_option
def diff(document: str | None, store: str, as_json: bool) -> None:
    """Show how the last two readings of each document differ, or of one DOCUMENT (its id)."""
    from sayso.desk.diffing import diffs

    with opened(store) as ledger:
        found = [one for one in diffs(ledger, document) if as_json or document or not one.is_empty]
    if as_json:
        told = ({"document": one.document.id, "before": one.before.id, "now": one.now.id, "same": one.same} for one in found)
        print_json([{**about, "gone": one.gone, "new": one.new, "changed": one.changed} for about, one in zip(told, found, strict=True)])
        return
    from sayso.cli.ledger_table import console, diff_table

    for one in found:
        console().print(diff_table(one), "")
    if not found:
        click.echo("No document was read more than once with another outcome.")
