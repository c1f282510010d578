"""`sayso verify`: whether a ledger is as it was entered."""

import re

import click

from sayso.cli.store_option import echo_json, json_option, opened, store_option

UNSOUND = 1


@click.command()
@click.option("--head", metavar="HASH", help="A head that was printed earlier and kept elsewhere: does it lie on this ledger's chain?")
@store_option
@json_option
def verify(head: str | None, store: str, as_json: bool) -> None:
    """Check that nothing in the ledger was changed, taken out, put in or moved since it was entered.

    Every record, every raw file, the chain over them and the tables made from them are looked at. Only a head kept elsewhere shows that somebody wrote the
    whole chain anew: `sayso add` prints it. The exit code is 1 where something is wrong.
    """
    head = _hash_of(head) if head is not None else None
    with opened(store, create=False) as ledger:
        found = ledger.verify(head)
    if as_json:
        echo_json({"sound": found.sound, "entries": found.entries, "head": found.head.hash, "seq": found.head.seq, "problems": list(found.problems)})
    else:
        for problem in found.problems:
            click.echo(problem)
        where = f", and the head {head} lies on its chain" if head and found.sound else ""
        click.echo(f"{'Sound' if found.sound else 'NOT SOUND'}: {found.entries:,} entries{where}. Head {found.head.hash}")
        if not found.sound:
            click.echo("Next: keep this file as it is for whoever looks into it, and restore the last backup that verifies (`sayso restore`).")
    if not found.sound:
        raise SystemExit(UNSOUND)


def _hash_of(head: str) -> str:
    """The hash of a head as it was printed, with its number or without: a slip of the hand is no tampering."""
    told = head.split()
    found = told[-1].lower() if told and all(one.isdigit() for one in told[:-1]) else ""
    if not re.fullmatch("[0-9a-f]{64}", found):
        raise click.BadParameter(f"{head!r} is no head: it is 64 digits from 0 to f, as `sayso add` printed it", param_hint="--head")
    return found
