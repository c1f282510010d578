"""Progress of long work: a line on a terminal's standard error, and nothing in a pipe."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")


def watched(items: Iterable[T], done: str) -> Iterator[T]:
    """The items, counted on standard error while they come if that is a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    with Progress(
        SpinnerColumn(), TextColumn(f"{{task.completed}} {done}"), TimeElapsedColumn(), console=Console(stderr=True), transient=True
    ) as progress:  # fmt: skip
        task = progress.add_task(done, total=None)
        for item in items:
            progress.advance(task)
            yield item


@contextmanager
def stages() -> Iterator[Callable[[str, int], None]]:
    """What is told which stage work has come to and how far: shown on standard error if that is a terminal."""
    if not sys.stderr.isatty():
        yield _unseen
        return
    from rich.console import Console

    console = Console(stderr=True)
    with console.status("…") as status:
        yield lambda what, far: status.update(f"{what} {far:,}" if far else what)


def _unseen(_what: str, _far: int) -> None:
    """Nothing: nobody watches."""
