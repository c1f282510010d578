"""Where a command's output goes: standard output, or a file that is whole or not there."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click


@contextmanager
def open_output(path: str | None) -> Iterator[TextIO]:
    """The stream to write to. A file appears under its name only when all was written; a failure leaves what was there before."""
    if path is None or path == "-":
        yield sys.stdout
        sys.stdout.flush()
        return
    target = Path(path)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(prefix=f".{target.name}.", dir=target.parent)
    except OSError as wrong:
        raise click.BadParameter(f"cannot write {path!r}: {wrong.strerror}", param_hint="--output") from wrong
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            yield stream
        os.chmod(beside, _permissions(target))
        os.replace(beside, target)
    except BaseException:  # also Ctrl-C: no half-written file stays behind
        Path(beside).unlink(missing_ok=True)
        raise


def _permissions(target: Path) -> int:
    """Those of the file replaced, else what the process's umask allows (mkstemp's are for the owner alone)."""
    if target.exists():
        return target.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
