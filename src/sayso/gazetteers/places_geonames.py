"""The dumps of GeoNames read as new places: 19 columns divided by tabs, with the lists of units and of other names beside them."""

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from sayso.errors import InputError
from sayso.gazetteers.places_new import NewPlace, Skips
from sayso.gazetteers.places_open import Opened, lines_of, opened

CREDIT = "GeoNames (CC BY 4.0)"
DUMP = re.compile(r"(?:[A-Z]{2}|allCountries|cities\d+|no-country)\.(?:txt|zip)")
UNITS = ("admin1CodesASCII", "admin2Codes")
OTHER_NAMES = "alternateNamesV2"
Progress = Callable[[str, int, int], None]
_COLUMNS, _UNIT_COLUMNS, _NAME_COLUMNS = 19, 4, 4
_LONGEST_NAME = 200
_EVERY = 20_000
_TOWN = 500
_NO_LANGUAGES = frozenset(("link", "post", "iata", "icao", "faac", "tcid", "unlc", "wkdt", "phon", "abbr"))  # codes and addresses
_A = {"ADM1": ("admin1", "unit"), "TERR": ("region", "territory"), "ZN": ("region", "zone"), "ZNB": ("region", "buffer zone"), "ADMD": ("admin2", "unit")}
_A |= dict.fromkeys(("ADM2", "ADM3", "ADM4", "ADM5", "PRSH"), ("admin2", "unit"))
_P_SITES = {"PPLX": "neighbourhood", "PPLH": None, "PPLCH": None}  # historical places are no longer there
_SITE_CODES = {
    "base": ("AIRB", "FT", "INSM", "MILB", "NVB", "SCHM"),
    "airport": ("AIRF", "AIRH", "AIRP", "AIRQ", "AIRS"),
    "bridge": ("BDG", "BDGQ"),
    "camp": ("CMP", "CMPRF"),
    "castle": ("CSTL",),
    "crossing": ("CSTM", "FY", "GATE", "PSTB", "PSTC", "PSTP"),
    "dam": ("DAM",),
    "hospital": ("HSP", "HSPC"),
    "mine": ("MN",),
    "oil and gas": ("GASF", "OILF", "OILR"),
    "pass": ("PASS",),
    "port": ("PRT",),
    "power station": ("PS", "PSH", "PSN"),
    "prison": ("PRN",),
    "square": ("SQR",),
    "university": ("UNIV",),
}
_SITES = {code: kind for kind, codes in _SITE_CODES.items() for code in codes}
# Streams, hills and small lakes are left out: nothing tells how large they are, and they would stand before towns of their name.
_LANDS = {
    "RGN": "region", "RGNE": "region", "TRB": "region", "PEN": "peninsula", "ISL": "island", "ISLS": "islands",
    "MTS": "mountains", "DSRT": "desert", "PLAT": "plateau",
}  # fmt: skip
_WATERS = {"OCN": "sea", "SEA": "sea", "GULF": "gulf", "STRT": "strait"}
_OTHER_KIND = "of a kind that reports seldom name"


class GeonamesDump:
    """The dumps at a path, and the lists beside them."""

    def __init__(self, path: Path, admin1: Mapping[str, str], skips: Skips) -> None:
        self._path = path
        self._units = dict(admin1)  # by code ("IQ.15"): the name that the built table writes
        self._skips = skips

    def places(self, progress: Progress) -> Iterator[NewPlace]:
        """The places of all dumps in turn; InputError where no line of a dump can be read."""
        for code, name, _ascii, _geonames in self._lists(UNITS[0]):
            self._units.setdefault(code, name)
        for path, name in _dumps(self._path):
            with opened(path) as place:
                yield from self._dump(place, name, progress)

    def other_names(self, progress: Progress) -> Iterator[tuple[str, str]]:
        """GeoNames ids and further names of theirs, from the lists beside the dumps."""
        for unit in UNITS:
            for _code, name, plain, identity in self._lists(unit):
                yield identity, name
                yield identity, plain
        for path, name in _beside(self._path, OTHER_NAMES):
            with opened(path) as place:
                size = place.size(name) or 1
                for number, read, line in lines_of(place, name, self._skips.wrong):
                    if number % _EVERY == 0:
                        progress("other names", read, size)
                    told = line.split("\t")
                    if len(told) < _NAME_COLUMNS or not told[1].isdecimal():
                        self._skips.wrong(f"{_short(name)}:{number}", f"{len(told)} columns, or no id; needs {_NAME_COLUMNS} or more")
                    elif told[2] not in _NO_LANGUAGES and "1" not in told[6:7] and 0 < len(told[3]) <= _LONGEST_NAME:
                        yield told[1], told[3]

    def _lists(self, stem: str) -> Iterator[tuple[str, str, str, str]]:
        for path, name in _beside(self._path, stem):
            with opened(path) as place:
                for number, _read, line in lines_of(place, name, self._skips.wrong):
                    told = line.split("\t")
                    if len(told) != _UNIT_COLUMNS or not told[3].isdecimal():
                        self._skips.wrong(f"{_short(name)}:{number}", f"{len(told)} columns, or no id; needs {_UNIT_COLUMNS}")
                    else:
                        yield told[0], told[1], told[2], told[3]

    def _dump(self, place: Opened, name: str, progress: Progress) -> Iterator[NewPlace]:
        size, right, before = place.size(name) or 1, 0, self._skips.broken
        for number, read, line in lines_of(place, name, self._skips.wrong):
            if number % _EVERY == 1:
                progress("reading places", read, size)
            if not line or line.startswith("#"):
                continue
            try:
                found = self._place(line.split("\t"))
            except ValueError as wrong:
                self._skips.wrong(f"{_short(name)}:{number}", str(wrong))
                continue
            right += 1
            if found is None:
                self._skips.passed[_OTHER_KIND] += 1
            else:
                yield found
        progress("reading places", size, size)
        if not right:
            why = f"; {self._skips.first[-1]}" if self._skips.broken > before and self._skips.first else ""
            raise InputError(f"{_short(name)}: no line of it is one of a GeoNames dump, which has {_COLUMNS} columns divided by tabs{why}")

    def _place(self, told: list[str]) -> NewPlace | None:
        """The place of a line, or None where its kind is of no use; ValueError says what is wrong."""
        if len(told) != _COLUMNS:
            raise ValueError(f"{len(told)} columns; needs {_COLUMNS}")
        identity, name, plain, others, group, code, country = *told[:4], told[6], told[7], told[8]
        if not identity.isdecimal() or not identity.isascii():
            raise ValueError(f"the id {identity[:20]!r} is no number")
        if not 0 < len(name.strip()) <= _LONGEST_NAME:
            raise ValueError("the name is empty or too long")
        lat, lon = point_of(told[4], told[5])
        if country and not (len(country) == len("XX") and country.isascii() and country.isupper()):
            raise ValueError(f"country {country[:20]!r} is no ISO 3166 alpha-2 code")
        people = int(told[14] or 0)
        if people < 0:
            raise ValueError(f"population {people} is below 0")
        if (sort := _sort(group, code, people)) is None:
            return None
        unit = f"{country}.{told[10]}"
        own = country if sort[0] == "country" else unit if sort[0] == "admin1" else None
        names = tuple(dict.fromkeys(one for one in (plain, *others.split(",")) if one and one != name))
        return NewPlace(identity, name, country or None, self._units.get(unit), lat, lon, *sort, people, names, code == "PPLC", identity, own)


def point_of(lat: str, lon: str) -> tuple[float, float]:
    """The point that two figures tell; ValueError where it is none on Earth."""
    north, east = float(lat), float(lon)
    if not (-90 <= north <= 90 and -180 <= east <= 180):
        raise ValueError(f"{lat[:20]}, {lon[:20]} is no point on Earth")
    return north, east


def is_dump(path: Path) -> bool:
    """Whether a folder holds a dump, or a file may be one."""
    return any(True for _ in _dumps(path))


def _sort(group: str, code: str, people: int) -> tuple[str, str] | None:
    """The level and kind of a feature class and code; None where it is of no use."""
    if group == "P":
        kind = _P_SITES.get(code, "town" if people >= _TOWN else "village")
        return None if kind is None else ("site" if code in _P_SITES else "settlement", kind)
    if group == "A":
        return ("country", "country") if code in ("PCL", "PCLD", "PCLF", "PCLI", "PCLIX", "PCLS") else _A.get(code)
    if group in ("S", "L", "T") and code in _SITES:
        return "site", _SITES[code]
    if group in ("L", "T") and (land := _LANDS.get(code)):
        return "region", land
    return ("sea", _WATERS[code]) if group == "H" and code in _WATERS else None


def _dumps(path: Path) -> Iterator[tuple[Path, str]]:
    """The folders or zips that dumps are in, each with the dump's name; a dump that is there packed and unpacked counts once."""
    if path.is_file():
        yield from _members(path)
        return
    found = sorted((one for one in path.iterdir() if DUMP.fullmatch(one.name)), key=lambda one: (one.stem, one.suffix))
    for one in {dump.stem: dump for dump in reversed(found)}.values():
        yield from _members(one)


def _members(path: Path) -> Iterator[tuple[Path, str]]:
    if path.suffix.lower() != ".zip":
        yield path.parent, path.name
        return
    with opened(path) as place:
        texts = [name for name in place.names() if name.endswith((".txt", ".tsv")) and "readme" not in name.lower() and not _is_list(_short(name))]
    dumps = [name for name in texts if DUMP.fullmatch(_short(name))] or texts[:1]
    yield from ((path, name) for name in dumps)


def _is_list(name: str) -> bool:
    return name.split(".")[0] in (*UNITS, OTHER_NAMES)


def _beside(path: Path, stem: str) -> Iterator[tuple[Path, str]]:
    """The list of this name: within the zip, else beside the dump, unpacked or packed."""
    if path.is_file() and path.suffix.lower() == ".zip":
        with opened(path) as place:
            within = [name for name in place.names() if _short(name) == f"{stem}.txt"]
        if within:
            yield path, within[0]
            return
    folder = path.parent if path.is_file() else path
    if (folder / f"{stem}.txt").is_file():
        yield folder, f"{stem}.txt"
    elif (packed := folder / f"{stem}.zip").is_file():
        with opened(packed) as place:
            yield from ((packed, name) for name in place.names() if _short(name) == f"{stem}.txt")


def _short(name: str) -> str:
    return name.rsplit("/", 1)[-1]
