"""Places from elsewhere added beside the built table: dumps of GeoNames, and admin folders of Who's On First."""

import zipfile
from dataclasses import dataclass
from pathlib import Path

from sayso.errors import InputError
from sayso.gazetteers import places_geonames, places_wof
from sayso.gazetteers.places import places
from sayso.gazetteers.places_cache import Progress, imported_path, ready_table
from sayso.gazetteers.places_geonames import GeonamesDump, is_dump
from sayso.gazetteers.places_keys import exact_key, plain_name
from sayso.gazetteers.places_merge import drafted
from sayso.gazetteers.places_new import Skips
from sayso.gazetteers.places_open import opened
from sayso.gazetteers.places_rows import countries, first_level
from sayso.gazetteers.places_wof import WofFolder, is_wof


@dataclass(frozen=True, slots=True)
class ImportResult:
    """How many places are new, how many lines or files gave none, and why, in plain words."""

    added: int
    skipped: int
    reasons: tuple[str, ...]


def import_places(path: Path, progress: Progress | None = None) -> ImportResult:
    """What came of adding the places at `path`: a GeoNames dump or a Who's On First folder, also zipped.

    They are kept beside the built table, whole or not at all, and stay when that is built anew. InputError where `path` is neither of the two.
    """
    show = progress or _silent
    form = _form(path)
    base = ready_table(show)
    skips = Skips()
    with drafted(imported_path(), base) as merge:
        if form == "wof":
            units, codes = _units(), frozenset(row.code for row in countries() if row.code)
            with opened(path) as place:
                merge.add_all(WofFolder(place, units, codes, skips).places(show), places_wof.CREDIT, skips)
        else:
            dump = GeonamesDump(path, {row.code: row.name for row in first_level() if row.code}, skips)
            merge.add_all(dump.places(show), places_geonames.CREDIT, skips)
            merge.add_names(dump.other_names(show))
        show("writing keys", 0, 1)
        added = merge.added
    places.cache_clear()  # a table opened before knows nothing of them
    return ImportResult(added, skips.count(), skips.reasons())


def _form(path: Path) -> str:
    """What lies at the path: "wof" or "geonames"."""
    if not path.exists():
        raise InputError(f"{path}: is not there")
    if path.is_dir() or zipfile.is_zipfile(path):
        with opened(path) as place:
            if is_wof(place):
                return "wof"
    elif path.suffix.lower() == ".zip":
        raise InputError(f"{path}: is no zip, or a broken one")
    if is_dump(path):
        return "geonames"
    raise InputError(f"{path}: holds neither a GeoNames dump (PS.txt, allCountries.zip …) nor places of Who's On First (data/…/1234567.geojson)")


def _units() -> dict[tuple[str, str], str]:
    """The names of first-level units as the built table writes them, by country and the key of any of their names."""
    found: dict[tuple[str, str], str] = {}
    for row in first_level():
        for name in (row.name, *row.names, plain_name(row.name)):
            found.setdefault((row.country or "", exact_key(name)), row.name)
    return found


def _silent(_what: str, _done: int, _total: int) -> None:
    """Nothing: nobody watches."""
