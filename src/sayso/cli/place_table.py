"""The place table made ready before it is needed: with a bar on a terminal, with one line elsewhere."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.errors import MissingPart

if TYPE_CHECKING:
    from sayso.gazetteers.places_cache import Progress

_WHY = "Building the place table (GeoNames, CC BY 4.0): once, for about a minute."


def ensure_place_table(rebuild: bool = False) -> tuple[Path, bool]:
    """The path of the table, and whether it was built now; MissingPart where it cannot be."""
    from sayso.gazetteers.places_cache import ready_table, table_path

    path = table_path()
    if path.exists() and not rebuild:
        return path, False
    click.echo(_WHY, err=True)
    try:
        with shown_on_bar() as progress:
            return ready_table(progress, rebuild=True), True
    except OSError as wrong:
        raise MissingPart(f"the place table cannot be written to {path.parent} ({wrong.strerror}): set SAYSO_CACHE to a folder that can be written") from wrong


@contextmanager
def shown_on_bar() -> Iterator["Progress | None"]:
    """What to tell progress to: a bar on a terminal; None elsewhere."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as Bar

    columns = (TextColumn("{task.description:16}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"), TimeElapsedColumn())
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading towns", total=None)

        def show(what: str, done: int, total: int) -> None:
            bar.update(task, description=what, completed=done, total=total if total > 1 else None)

        yield show
