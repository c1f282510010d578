"""`sayso serve` and `sayso people`: the workbench in the browser, and who may work at it."""

from typing import TYPE_CHECKING

import click

from sayso.cli.json_output import print_json
from sayso.cli.store_option import json_option, opened, store_option

if TYPE_CHECKING:
    from sayso.store.people import Account

_ROLES = click.Choice(("viewer", "coder", "adjudicator", "owner"))


@click.command()
@store_option
@click.option("--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="Where to listen; anywhere but this machine itself needs --auth.")
@click.option("--port", type=click.IntRange(0, 65535), default=8400, show_default=True, help="The port; 0 for any that is free.")
@click.option("--auth", is_flag=True, help="People log in (see `sayso people`); without it one person works here, who may do everything.")
@click.option("--by", metavar="NAME", default="desk", show_default=True, help="That one person's name, which stands at each decision.")
@click.option("--host-name", "names", multiple=True, metavar="NAME", help="A name under which people reach it, again for more, besides this machine's own.")
@click.option("--https", is_flag=True, help="People reach it by https, through a proxy: cookies are sent no other way.")
def serve(store: str, host: str, port: int, auth: bool, by: str, names: tuple[str, ...], https: bool) -> None:
    """Open the workbench over the ledger, in the browser. Nothing but the browser's own requests is listened to, and no other host is ever asked."""
    import uvicorn

    from sayso.cli.place_table import ensure_place_table
    from sayso.web.app import create_app
    from sayso.web.settings import LOOPBACK, WebSettings

    if host not in LOOPBACK and not auth:
        raise click.UsageError(f"at {host!r} others could reach it: give --auth, or leave --host out")
    ensure_place_table()
    with opened(store, create=True) as ledger:
        if auth and not any(one.active for one in ledger.people.all()):
            raise click.UsageError("nobody could log in yet: make an owner first, `sayso people add NAME --role owner`")
        settings = WebSettings(ledger.where, auth=auth, by=by, hosts=(*LOOPBACK, *(name.lower() for name in names)), https=https)
        server = uvicorn.Server(uvicorn.Config(create_app(ledger, settings), host=host, port=port, log_level="warning", server_header=False, ws="none"))
        sockets = [server.config.bind_socket()]
        at = sockets[0].getsockname()[1]
        click.echo(f"The workbench: http://{f'[{host}]' if ':' in host else host}:{at}/   (Ctrl-C ends it)")
        server.run(sockets)


@click.group()
def people() -> None:
    """List, add and change the people who may log in to the workbench."""


@people.command("list")
@store_option
@json_option
def list_people(store: str, as_json: bool) -> None:
    """List all accounts."""
    with opened(store) as ledger:
        known = ledger.people.all()
    if as_json:
        print_json([_told(one) for one in known])
        return
    for one in known:
        click.echo(f"{one.name:24} {one.role.value:12} {'active' if one.active else 'inactive'}")
    if not known:
        click.echo("Nobody yet: `sayso people add NAME --role owner` makes the first.")


@people.command("add")
@click.argument("name")
@click.option("--role", type=_ROLES, required=True, help="viewer reads, coder reviews, adjudicator assigns and decides, owner does everything.")
@click.password_option(help="The password; asked for when not given.", envvar="SAYSO_PASSWORD")
@store_option
def add_one(name: str, role: str, password: str, store: str) -> None:
    """Add a person."""
    from sayso.desk.people import add_person
    from sayso.model.words import Role

    with opened(store, create=True) as ledger:
        made = add_person(ledger, name, Role(role), password)
    click.echo(f"{made.name} may log in as {made.role.value}.")


@people.command("change")
@click.argument("name")
@click.option("--role", type=_ROLES, help="A new role.")
@click.option("--password", is_flag=True, help="Ask for a new password.")
@click.option("--active/--inactive", default=None, help="Whether the person may log in.")
@store_option
def change_one(name: str, role: str | None, password: bool, active: bool | None, store: str) -> None:
    """Change a person's role or password, or let them log in no more. Their sessions and tokens end."""
    from sayso.desk.people import change_person
    from sayso.model.words import Role

    if role is None and not password and active is None:
        raise click.UsageError("name what to change: --role, --password, --active or --inactive")
    words = click.prompt("New password", hide_input=True, confirmation_prompt=True) if password else None
    with opened(store) as ledger:
        made = change_person(ledger, name, Role(role) if role else None, words, active)
    click.echo(f"{made.name}: {made.role.value}, {'active' if made.active else 'inactive'}.")


def _told(one: "Account") -> dict[str, object]:
    return {"name": one.name, "role": one.role.value, "made": one.made, "active": one.active}


@click.command()
@store_option
def mcp(store: str) -> None:
    """Serve reading, searching and incidents to an assistant over standard input and output (Model Context Protocol). The tools only read."""
    from sayso.errors import MissingPart
    from sayso.pipeline import Reader

    try:
        from sayso.web.assistants import assistants_server

        with opened(store) as ledger:
            assistants_server(ledger, Reader()).run("stdio")
    except ModuleNotFoundError as wrong:
        raise MissingPart("tools for assistants need mcp: pip install 'sayso[mcp]'") from wrong
