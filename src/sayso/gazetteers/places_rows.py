"""The rows of the place data files, read strictly: countries, first- and second-level units, and the hand-written supplement."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sayso.errors import DataError

FOLDER = Path(__file__).parent / "data" / "places"
LEVELS = ("country", "admin1", "admin2", "settlement", "site", "region", "sea")
_GENERATED = ("admin1.csv", "admin2.csv", "countries.csv", "abbreviations.csv")


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One place of a data file; `admin1` is a code ("IQ.15") or a name."""

    name: str
    country: str | None
    admin1: str | None
    lat: float
    lon: float
    level: str
    kind: str
    names: tuple[str, ...] = ()
    code: str | None = None


def countries(folder: Path = FOLDER) -> Iterator[SourceRow]:
    """The countries, with spellings in other languages."""
    for row in _rows(folder / "countries.csv", ("code", "name", "lat", "lon", "names")):
        yield SourceRow(row["name"], row["code"], None, float(row["lat"]), float(row["lon"]), "country", "country", _split(row["names"]), row["code"])


def first_level(folder: Path = FOLDER) -> Iterator[SourceRow]:
    """The units below countries, with the abbreviations that newspapers use."""
    short = {row["admin1"]: _split(row["names"]) for row in _rows(folder / "abbreviations.csv", ("admin1", "names"))}
    for row in _rows(folder / "admin1.csv", ("code", "country", "level", "name", "lat", "lon", "names")):
        names = _split(row["names"]) + short.get(row["code"], ())
        code = row["code"] or None
        yield SourceRow(row["name"], row["country"], code, float(row["lat"]), float(row["lon"]), row["level"], "unit", names, code)


def second_level(folder: Path = FOLDER) -> Iterator[SourceRow]:
    """The units below those: counties, districts."""
    for row in _rows(folder / "admin2.csv", ("admin1", "name", "lat", "lon")):
        yield SourceRow(row["name"], row["admin1"][:2], row["admin1"], float(row["lat"]), float(row["lon"]), "admin2", "unit")


def supplement(folder: Path = FOLDER) -> Iterator[SourceRow]:
    """The hand-written places: regions, camps, bases, crossings, seas, villages that the towns' list lacks."""
    for path in sorted(folder.glob("*.csv")):
        if path.name in _GENERATED:
            continue
        for number, row in enumerate(_rows(path, ("name", "country", "admin1", "level", "kind", "lat", "lon", "names")), 2):
            try:
                yield _supplement_row(row)
            except ValueError as wrong:
                raise DataError(f"{path.name}:{number}: {row['name']!r}: {wrong}") from wrong


def digest(folder: Path = FOLDER) -> str:
    """The digest over all data files: another one makes another table."""
    return sha256(b"\0".join(path.name.encode() + b"\0" + path.read_bytes() for path in sorted(folder.glob("*.csv")))).hexdigest()


def _supplement_row(row: dict[str, str]) -> SourceRow:
    if row["level"] not in LEVELS:
        raise ValueError(f"level {row['level']!r} is none of {', '.join(LEVELS)}")
    lat, lon = float(row["lat"]), float(row["lon"])
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        raise ValueError(f"{lat}, {lon} is no point on Earth")
    country = row["country"] or None
    if country and not (len(country) == 2 and country.isupper()):
        raise ValueError(f"country {country!r} is no ISO 3166 alpha-2 code")
    return SourceRow(row["name"], country, row["admin1"] or None, lat, lon, row["level"], row["kind"], _split(row["names"]))


def _rows(path: Path, header: tuple[str, ...]) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        reader = csv.reader(stream)
        first = tuple(next(reader, ()))
        if first != header:
            raise DataError(f"{path.name}:1: columns {first!r}; needs {header!r}")
        for number, values in enumerate(reader, 2):
            if not values:
                continue
            if len(values) != len(header):
                raise DataError(f"{path.name}:{number}: {len(values)} columns in {values[:2]!r}; needs {len(header)}")
            yield dict(zip(header, values, strict=True))


def _split(names: str) -> tuple[str, ...]:
    return tuple(name for part in names.split("|") if (name := part.strip()))
