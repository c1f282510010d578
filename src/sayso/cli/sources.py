"""`sayso sources`: the registry of sources, and what each tells."""

from pathlib import Path

import click
from click.core import ParameterSource

from sayso.cli.json_output import print_json
from sayso.cli.review import login
from sayso.cli.store_option import json_option, opened, store_option

_LARGEST = 50_000_000  # bytes of a table of sources


@click.group(invoke_without_command=True)
@store_option
@json_option
@click.pass_context
def sources(context: click.Context, store: str, as_json: bool) -> None:
    """Sources: who they are, and what each tells that others do not. Without a subcommand: `sayso sources list`."""
    if context.invoked_subcommand is None:
        _list(store, as_json)
    elif any(context.get_parameter_source(name) is ParameterSource.COMMANDLINE for name in ("store", "as_json")):
        name = context.invoked_subcommand
        raise click.UsageError(f"options stand after the subcommand: `sayso sources {name} --store WHERE`")


@sources.command("list")
@store_option
@json_option
def list_sources(store: str, as_json: bool) -> None:
    """List sources by name: kind, side, country, who set them and why; reports, claims, incidents, how often it stands alone; its loaded words by class."""
    _list(store, as_json)


def _list(store: str, as_json: bool) -> None:
    from sayso.desk.sources import source_rows

    with opened(store) as ledger:
        rows = source_rows(ledger)
    if as_json:
        print_json(rows)
        return
    from sayso.cli.ledger_table import console, sources_table

    console().print(sources_table(rows))


@sources.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False))
@click.option("--by", metavar="NAME", callback=login, help="Who sets them.  [default: the user logged in]")
@store_option
@json_option
def import_sources(file: str, by: str, store: str, as_json: bool) -> None:
    """Enter sources from a CSV with a head row, or from JSON lines: name, kind, side, country, aliases (split at ";"), agency, reason.

    All rows are entered or none. A later entry of a name stands in place of the earlier; reports that are there already keep what they were read with.
    """
    from sayso.desk.registry import read_sources
    from sayso.desk.reviewing import Person
    from sayso.errors import InputError
    from sayso.store.batch import Batch
    from sayso.store.ledger import now

    with Path(file).open("rb") as stream:
        raw = stream.read(_LARGEST + 1)
    if len(raw) > _LARGEST:
        raise InputError(f"{file}: larger than {_LARGEST:,} bytes: split it")
    found = read_sources(raw, Path(file).name, Person(by).name, now())
    with opened(store, create=True) as ledger:
        head = ledger.append(Batch(sources=found)).head
    if as_json:
        print_json({"sources": found, "head": head})
        return
    from sayso.export.wording import many

    click.echo(f"{many(len(found), 'source')} entered.")
    click.echo(f"Head of the ledger: {head.seq} {head.hash}")
