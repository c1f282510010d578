"""`sayso backup` and `sayso restore`: one portable file, into either kind of store."""

import os
import tempfile
from io import BufferedReader
from pathlib import Path

import click

from sayso.cli.store_option import echo_json, json_option, opened, store_option
from sayso.errors import InputError


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@store_option
@json_option
def backup(file: Path, store: str, as_json: bool) -> None:
    """Write the whole ledger, raw files and all, to FILE (gzip, one JSON value a line).

    FILE is replaced only when all is written. It can be restored into a file or into PostgreSQL, with the same hashes.
    """
    with opened(store, create=False) as ledger:
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            handle, beside = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)  # for its owner alone: reports may be confidential
        except OSError as wrong:
            raise click.BadParameter(f"cannot write {str(file)!r}: {wrong.strerror}", param_hint="FILE") from wrong
        try:
            with os.fdopen(handle, "wb") as stream:
                head = ledger.backup(stream)
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(beside, file)
        except OSError as wrong:
            raise click.ClickException(f"{str(file)!r} was not written: {wrong.strerror}; make room, or name another file") from wrong
        finally:
            Path(beside).unlink(missing_ok=True)
    size = file.stat().st_size
    if as_json:
        echo_json({"file": str(file), "bytes": size, "entries": head.seq, "head": head.hash})
    else:
        click.echo(f"{head.seq:,} entries, {size / 1e6:,.1f} MB: {file}. Head {head.hash}")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@store_option
@json_option
def restore(file: Path, store: str, as_json: bool) -> None:
    """Read a backup FILE into a new ledger. Each line is verified on its way in; a damaged file leaves nothing behind.

    A ledger that holds anything is not written over.
    """
    try:
        stream = file.open("rb")
    except OSError as wrong:
        raise click.BadParameter(f"cannot read {str(file)!r}: {wrong.strerror}", param_hint="FILE") from wrong
    with stream:
        _check(stream, file)  # before a ledger is made for it
        with opened(store, create=True) as ledger:
            head = ledger.restore(stream)
    if as_json:
        echo_json({"entries": head.seq, "head": head.hash})
    else:
        click.echo(f"{head.seq:,} entries are back. Head {head.hash}")


def _check(stream: BufferedReader, file: Path) -> None:
    """Nothing, where the file may be a backup; InputError where its first bytes are those of something else."""
    if stream.peek(2)[:2] != b"\x1f\x8b":
        raise InputError(f"{str(file)!r} is no backup of sayso: give a file that `sayso backup` wrote")
