"""The options that every command over a ledger takes: which ledger, and JSON."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from sayso.store.ledger import Ledger

DEFAULT = "sayso.sqlite"
Command = TypeVar("Command", bound=Callable[..., Any])


def store_option(command: Command) -> Command:
    """The command with `--store WHERE`, handed on as `store`."""
    return click.option(
        "--store",
        envvar="SAYSO_STORE",
        default=DEFAULT,
        show_default=True,
        show_envvar=True,
        metavar="WHERE",
        help="The ledger: a file, or postgresql://user@host/database.",
    )(command)


def json_option(command: Command) -> Command:
    """The command with `--json`, handed on as `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help="Write JSON for programs.")(command)


def opened(where: str, create: bool = False) -> "Ledger":
    """The ledger of a command, to be used in a `with`; the store is imported here, at the first need."""
    from sayso.store.ledger import open_ledger

    return open_ledger(where, create=create)


def echo_json(value: object) -> None:
    """One JSON value on standard output."""
    import json

    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
