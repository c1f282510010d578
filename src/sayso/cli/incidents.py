"""`sayso link`, `sayso incidents`, `sayso incident`: reports of one happening, side by side."""

from typing import TYPE_CHECKING, Any

import click

from sayso.cli.find import NUMBER, filters, paging, query_of, show_page
from sayso.cli.json_output import print_json
from sayso.cli.progress import stages
from sayso.cli.store_option import json_option, opened, store_option

if TYPE_CHECKING:
    from sayso.link.weigh_policies import Policy


def _policy(_context: click.Context, _option: click.Parameter, value: str) -> "Policy":
    from sayso.errors import DataError
    from sayso.link.weigh_policies import load_policy

    try:
        return load_policy(value)
    except DataError as wrong:
        raise click.BadParameter(str(wrong)) from wrong


@click.command()
@store_option
@json_option
def link(store: str, as_json: bool) -> None:
    """Find copies and incidents in all that the ledger holds. Run again it gives the same; people's judgements (`sayso judge`) are kept to."""
    from sayso.desk.linking import link_all
    from sayso.export.wording import many, visible

    with opened(store) as ledger, stages() as told:
        run = link_all(ledger, told)
    if as_json:
        print_json(run)
        return
    gone = f", {run.withdrawn_copies:,} taken back" if run.withdrawn_copies else ""
    found = f"{many(run.incidents, 'incident')}, {run.several:,} told by several reports."
    click.echo(f"{many(run.accounts, 'account')} in {many(run.documents, 'report')}: {found}")
    copies = f"{run.copies:,} copies ({run.new_copies:,} new{gone})"
    click.echo(f"{copies}; {run.same:,} pairs taken for one happening, {run.unsure:,} unsure, {run.judged:,} judged.")
    for note in run.notes:
        click.echo(f"Note: {note}")
    for one in run.contradictions:
        click.echo(visible(f"Cannot be followed: {one.by} judged {one.first} and {one.second} the same, but other judgements keep them apart"))
    click.echo(f"Head of the ledger: {run.head.seq} {run.head.hash}")


@click.command()
@click.argument("words", nargs=-1, metavar="[WORDS…]")
@store_option
@filters
@paging
@json_option
def incidents(words: tuple[str, ...], **options: Any) -> None:
    """List incidents of which a claim meets the words and filters."""
    with opened(options["store"]) as ledger:
        page = ledger.incidents(query_of(options, " ".join(words) or None))
    if options["as_json"]:
        print_json(page)
        return
    from sayso.cli.ledger_table import incidents_table

    show_page(page, incidents_table, "No incident meets this: `sayso link` finds those of reports added since.")


@click.command()
@click.argument("number", type=NUMBER)
@store_option
@click.option(
    "--policy",
    metavar="NAME",
    default="range",
    show_default=True,
    callback=_policy,
    help="How figures are weighed: conservative, range, graded, or your own file.",
)
@click.option("--explain", is_flag=True, help="Also why these claims belong together, and what speaks against.")
@json_option
def incident(number: int, store: str, policy: "Policy", explain: bool, as_json: bool) -> None:
    """Show one incident: its claims side by side, its figures weighed, who is said to have done it. NUMBER is the incident's, or one of its claims'."""
    from sayso.desk.incident import incident_view

    with opened(store) as ledger:
        view = incident_view(ledger, number, policy)
    if as_json:
        print_json(view)
        return
    from sayso.cli.ledger_table import claims_table, console, explained_table, quotes_table
    from sayso.cli.weighed_table import weighed_table
    from sayso.export.wording import many

    screen = console()
    click.echo(f"Incident {view.number}: {many(len(view.claims), 'claim')} in {many(len({claim.document for claim in view.claims}), 'report')}")
    screen.print(claims_table(view.claims), "", quotes_table(view.claims), "", weighed_table(view.weighed, explain))
    for copy, original in view.copies:
        click.echo(f"{copy} reprints {original}: their voices count once")
    if explain:
        first: dict[str, str] = {}
        for claim in view.claims:
            first.setdefault(claim.document, f"claim {claim.number}")
        screen.print("", explained_table(view.explained, first))
