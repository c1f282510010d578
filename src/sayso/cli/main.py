"""The entry point `sayso`: commands, version, exit codes."""

import sys

import click

from sayso import __version__
from sayso.cli.actors import actors
from sayso.cli.add import add, reread
from sayso.cli.backup import backup, restore
from sayso.cli.codebook import codebook
from sayso.cli.compare import compare, validate
from sayso.cli.diff import diff
from sayso.cli.doctor import doctor
from sayso.cli.double import adjudicate, agreement, assign, assigned, code
from sayso.cli.evaluate import evaluate
from sayso.cli.export import export
from sayso.cli.find import find
from sayso.cli.gazetteer import gazetteer
from sayso.cli.incidents import incident, incidents, link
from sayso.cli.migrate import migrate
from sayso.cli.queue import queue
from sayso.cli.read import read
from sayso.cli.review import judge, review
from sayso.cli.serve import mcp, people, serve
from sayso.cli.sources import sources
from sayso.cli.takedown import takedown
from sayso.cli.toll import toll
from sayso.cli.verify import verify
from sayso.cli.watch import watch
from sayso.errors import InputError, LedgerError, SaysoError

INPUT_FAILED, CANNOT_RUN = 1, 3


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="sayso")
def sayso() -> None:
    """Read reports of conflict and unrest into claims: who says that who did what to whom, where and when.

    Exit codes: 0 all was read; 1 some inputs failed; 2 the command was not understood; 3 sayso itself cannot run (see `sayso doctor`).
    """


_COMMANDS = (
    read, add, reread, watch, find, link, incidents, incident, toll, sources,
    queue, review, judge, assign, assigned, code, adjudicate, agreement,
    diff, export, compare, validate, codebook, serve, people, mcp,
    verify, backup, restore, takedown, migrate, actors, gazetteer, evaluate, doctor,
)  # fmt: skip
for _command in _COMMANDS:
    sayso.add_command(_command)


def main() -> None:
    """The process's exit code is the command's; an error of sayso's own is one line, not a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")  # a terminal without UTF-8 shows an escape, not a crash
    try:
        sayso()
    except InputError as wrong:  # a file that is not what the command takes: nothing is wrong with sayso
        click.echo(f"sayso: {wrong}", err=True)
        raise SystemExit(INPUT_FAILED) from wrong
    except LedgerError as wrong:  # says itself what to do next
        click.echo(f"sayso: {wrong}", err=True)
        raise SystemExit(CANNOT_RUN) from wrong
    except SaysoError as wrong:
        click.echo(f"sayso: {wrong}\nRun `sayso doctor` to see what is installed and what is missing.", err=True)
        raise SystemExit(CANNOT_RUN) from wrong
