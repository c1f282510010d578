"""Codes and names of countries in the field's layouts: ISO 3166 alpha-3 and numbers, regions and names as ACLED and UCDP write them.

Codes and region lists are facts of those layouts, for coding and export; they say nothing of whose a territory is.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sayso.errors import DataError

_FILE = Path(__file__).parent / "data" / "country_codes.csv"
_HEADER = ["code", "iso3", "number", "acled_region", "ucdp_region", "acled_name", "ucdp_name"]


@dataclass(frozen=True, slots=True)
class CountryCodes:
    """One country; an empty field is not known, an empty name is ours."""

    code: str  # ISO 3166 alpha-2
    iso3: str
    number: str  # ISO 3166 numeric without leading zeros; empty where there is none
    acled_region: str
    ucdp_region: str  # one of five
    acled_name: str
    ucdp_name: str


def country_codes(code: str | None) -> CountryCodes | None:
    """The codes of a country by its ISO 3166 alpha-2 code; None where it is none."""
    return _table().get(code) if code else None


@cache
def _table() -> dict[str, CountryCodes]:
    with _FILE.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    if rows[:1] != [_HEADER]:
        raise DataError(f"{_FILE.name}:1: columns {rows[:1]!r}; needs {_HEADER!r}")
    return {row[0]: CountryCodes(*row) for row in rows[1:]}


def all_countries() -> tuple[CountryCodes, ...]:
    """All countries, in the order of their codes."""
    return tuple(_table().values())


@cache
def country_numbers() -> frozenset[int]:
    """The ISO 3166 numbers of all countries that have one."""
    return frozenset(int(one.number) for one in _table().values() if one.number)


def alpha_2(code: str) -> str | None:
    """The two letters of a country by its two or three, in any case; None where it is none."""
    asked = code.strip().upper()
    if asked in _table():
        return asked
    return next((one.code for one in _table().values() if one.iso3 == asked), None)
