"""`sayso gazetteer build`: the place table, built by command or at first use."""

from collections.abc import Callable
from pathlib import Path

Progress = Callable[[str, int, int], None]


def build(progress: Progress | None = None, rebuild: bool = True) -> Path:
    """The path of the place table, built anew, or with `rebuild=False` only where it is missing.

    `progress` is told what is being done, how many steps are done, and how many there are.
    """
    from sayso.gazetteers.places_cache import ready_table

    return ready_table(progress, rebuild)
