"""`sayso migrate`: a ledger of an older sayso to the newest schema."""

import click

from sayso.cli.store_option import echo_json, json_option, store_option

OLDER = 1


@click.command()
@click.option("--check", is_flag=True, help="Change nothing: say what would be done. The exit code is 1 where something would.")
@store_option
@json_option
def migrate(check: bool, store: str, as_json: bool) -> None:
    """Take a ledger that an older sayso made to the schema of this one. Other commands do it by themselves when they open one.

    It is done in one transaction: interrupted, the ledger is as it was.
    """
    from sayso.store.ledger import migrate_ledger, schema_of

    found = schema_of(store) if check else migrate_ledger(store)
    if as_json:
        echo_json({"found": found.found, "newest": found.newest, "current": found.current})
    elif found.current:
        click.echo(f"The ledger has the newest schema, {found.newest}.")
    else:
        click.echo(f"The ledger {'has' if check else 'had'} schema {found.found}; {'the newest is' if check else 'now it has'} {found.newest}.")
    if check and not found.current:
        raise SystemExit(OLDER)
