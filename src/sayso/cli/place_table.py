"""The place table made ready before it is needed: with a bar on a terminal, with one line elsewhere."""

import sys
from pathlib import Path

import click

from sayso.errors import MissingPart

_WHY = "Building the place table (GeoNames, CC BY 4.0): once, for about a minute."


def ensure_place_table(rebuild: bool = False) -> tuple[Path, bool]:
    """The path of the table, and whether it was built now; MissingPart where it cannot be."""
    from sayso.gazetteers.places_cache import table_path

    path = table_path()
    if path.exists() and not rebuild:
        return path, False
    try:
        return (_with_bar() if sys.stderr.isatty() else _with_line()), True
    except OSError as wrong:
        raise MissingPart(f"the place table cannot be written to {path.parent} ({wrong.strerror}): set SAYSO_CACHE to a folder that can be written") from wrong


def _with_line() -> Path:
    from sayso.gazetteers.places_cache import ready_table

    click.echo(_WHY, err=True)
    return ready_table(rebuild=True)


def _with_bar() -> Path:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    from sayso.gazetteers.places_cache import ready_table

    click.echo(_WHY, err=True)
    columns = (TextColumn("{task.description:16}"), BarColumn(), TextColumn("{task.percentage:>3.0f} %"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading towns", total=None)

        def show(what: str, done: int, total: int) -> None:
            bar.update(task, description=what, completed=done, total=total if total > 1 else None)

        return ready_table(show, rebuild=True)
