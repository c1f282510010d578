"""Who's On First admin folders read as new places: one GeoJSON file a place, with names by language."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Any

from sayso.gazetteers.places_geonames import Progress, point_of
from sayso.gazetteers.places_keys import exact_key, plain_name
from sayso.gazetteers.places_new import NewPlace, Skips
from sayso.gazetteers.places_open import Opened

CREDIT = "Who's On First (CC BY, several sources: https://whosonfirst.org/docs/licenses)"
_LARGEST = 64_000_000  # bytes a file: the outline of a large country
_EVERY = 500
_LONGEST_NAME = 200
_FILE = re.compile(r"(?:.*/)?(\d+)\.geojson")  # not 101-alt-….geojson: other outlines of the same place
_NAMES = re.compile(r"name:[a-z]{3}(?:_[a-z]+)*_x_(?:preferred|variant|unknown|historical|short)")
_ENGLISH = "name:eng_x_preferred"
_SORTS = {
    "country": ("country", "country"), "dependency": ("country", "country"), "disputed": ("region", "disputed area"), "macroregion": ("region", "region"),
    "region": ("admin1", "unit"), "macrocounty": ("admin2", "unit"), "county": ("admin2", "unit"), "localadmin": ("admin2", "unit"),
    "locality": ("settlement", "town"), "borough": ("site", "neighbourhood"), "macrohood": ("site", "neighbourhood"), "microhood": ("site", "neighbourhood"),
    "neighbourhood": ("site", "neighbourhood"), "campus": ("site", "campus"), "marinearea": ("sea", "sea"), "ocean": ("sea", "sea"),
}  # fmt: skip
_NO_DATE = frozenset(("", "u", "uuuu", "..", "open"))
_TOWN = 500


class WofFolder:
    """The places of one folder or zip; `units` are the names of first-level units as the built table writes them, by country and key."""

    def __init__(self, place: Opened, units: Mapping[tuple[str, str], str], countries: frozenset[str], skips: Skips) -> None:
        self._place = place
        self._given = units
        self._countries = countries
        self._skips = skips
        self._root = ""
        self._regions: dict[int, str | None] = {}

    def places(self, progress: Progress) -> Iterator[NewPlace]:
        """The places that are there today; the others are counted."""
        names = [name for name in self._place.names() if _FILE.fullmatch(name)]
        for done, name in enumerate(names):
            if done % _EVERY == 0:
                progress("reading places", done, len(names))
            self._root = _root(name)
            try:
                found = self._read(name)
            except (ValueError, TypeError, RecursionError) as wrong:
                self._skips.wrong(f"{PurePosixPath(name).name}:{getattr(wrong, 'lineno', 1)}", _said(wrong))
                continue
            if found is not None:
                yield found
        progress("reading places", len(names), len(names))

    def _read(self, name: str) -> NewPlace | None:
        told = self._properties(name)
        sort = _SORTS.get(str(told.get("wof:placetype")))
        why = _passed(told) or (None if sort else "of a kind that reports seldom name")
        if why or sort is None:
            self._skips.passed[str(why)] += 1
            return None
        identity = int(told["wof:id"])
        names = [other for key, value in told.items() if _NAMES.fullmatch(key) for other in _strings(value)]
        label = next(iter(_strings(told.get(_ENGLISH))), None) or next(iter(_strings(told.get("wof:name"))), "")
        if not label:
            raise ValueError("has no name")
        lat, lon = _point(told)
        country = str(told.get("wof:country") or told.get("iso:country") or "").upper()
        people = next((int(value) for key in ("wof:population", "gn:population", "gn:pop") if isinstance(value := told.get(key), int | float) and value > 0), 0)
        known = country if country in self._countries else None  # disputed areas have codes of Who's On First's own
        admin1 = self._admin1(told, known, identity)
        if sort[0] == "settlement" and people < _TOWN:
            sort = ("settlement", "village")
        others = tuple(dict.fromkeys(one for one in (*_strings(told.get("wof:name")), *names) if one != label))
        geonames = str(_table(told.get("wof:concordances")).get("gn:id") or "")
        own = known if sort[0] == "country" else None
        return NewPlace(f"wof:{identity}", label, known, admin1, lat, lon, *sort, people, others, False, geonames if geonames.isdecimal() else None, own)

    def _admin1(self, told: Mapping[str, Any], country: str | None, identity: int) -> str | None:
        """The name of the first-level unit that holds the place, as the built table writes it where it knows it."""
        if told.get("wof:placetype") == "region":
            self._regions[identity] = next(iter(_strings(told.get(_ENGLISH)) or _strings(told.get("wof:name"))), None)
        hierarchy = told.get("wof:hierarchy")
        line = _table(hierarchy[0]) if isinstance(hierarchy, list) and hierarchy else {}
        number = line.get("region_id")
        if not isinstance(number, int) or number <= 0:
            return None
        if number not in self._regions:
            self._regions[number] = self._region(number)
        name = self._regions[number]
        if name is None or country is None:
            return name
        return self._given.get((country, exact_key(name))) or self._given.get((country, exact_key(plain_name(name)))) or name

    def _region(self, number: int) -> str | None:
        """The name in the region's own file, which stands where its number tells: 85632505 in 856/325/05."""
        digits = str(number)
        path = "/".join((*(digits[at : at + 3] for at in range(0, len(digits), 3)), f"{digits}.geojson"))
        try:
            told = self._properties(f"{self._root}{path}")
        except (ValueError, TypeError, KeyError, FileNotFoundError):
            return None
        return next(iter(_strings(told.get(_ENGLISH)) or _strings(told.get("wof:name"))), None)

    def _properties(self, name: str) -> dict[str, Any]:
        size = self._place.size(name)
        if size is None:
            raise ValueError("is not there")
        if size > _LARGEST:
            raise ValueError(f"is larger than {_LARGEST:,} bytes")
        with self._place.open(name) as stream:
            told = json.loads(stream.read(_LARGEST + 1))
        if not isinstance(told, dict) or not isinstance(properties := told.get("properties"), dict):
            raise ValueError("is no GeoJSON feature with properties")
        if not isinstance(properties.get("wof:id"), int):
            raise ValueError("has no wof:id")
        return properties


def is_wof(place: Opened) -> bool:
    """Whether the folder or zip holds places of Who's On First."""
    return any(_FILE.fullmatch(name) for name in place.names())


def _root(name: str) -> str:
    """What stands before the folders made of the number's digits."""
    parts = name.split("/")[:-1]
    while parts and parts[-1].isdecimal():
        parts.pop()
    return "".join(f"{part}/" for part in parts)


def _passed(told: Mapping[str, Any]) -> str | None:
    """Why a record is not a place of today; None where it is."""
    if str(told.get("edtf:deprecated") or "") not in _NO_DATE:
        return "deprecated"
    if told.get("wof:superseded_by"):
        return "superseded by another record"
    if str(told.get("mz:is_current")) == "0" or str(told.get("edtf:cessation") or "") not in _NO_DATE:
        return "not there any more"
    return None


def _point(told: Mapping[str, Any]) -> tuple[float, float]:
    for space in ("lbl", "reversegeo", "geom"):
        lat, lon = told.get(f"{space}:latitude"), told.get(f"{space}:longitude")
        if lat is not None and lon is not None and (lat, lon) != (0, 0):
            return point_of(str(lat), str(lon))
    raise ValueError("has no point")


def _strings(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [name for one in values if isinstance(one, str) and 0 < len(name := one.strip()) <= _LONGEST_NAME]


def _table(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _said(wrong: Exception) -> str:
    return f"is no JSON: {wrong}" if isinstance(wrong, json.JSONDecodeError | UnicodeDecodeError | RecursionError) else str(wrong)
