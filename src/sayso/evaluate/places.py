"""How well places are found and located: corpora in the forms of GeoVirus and LGL, and lists of names with coordinates."""

import csv
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from sayso.errors import InputError
from sayso.evaluate.scoring import Measure, Scored, Tally, count, f1, precision, recall, share
from sayso.extract.places import find_places, places_at
from sayso.gazetteers.places import PlaceLookup, PlaceRow, places
from sayso.gazetteers.places_geometry import distance_km
from sayso.resolve.places import PlaceAnswer, resolve_places

Form = Literal["geovirus", "lgl"]
WITHIN_KM = 161.0
_LOST_KM = 20_038.0  # half the way round the Earth: the distance of a place that was not located
_SETS = {"geovirus": ("location", "name"), "lgl": ("toponym", "phrase")}


@dataclass(frozen=True, slots=True)
class GoldPlace:
    """A place name of a corpus; point is None where the corpus gives none."""

    start: int
    end: int
    name: str
    point: tuple[float, float] | None


@dataclass(frozen=True, slots=True)
class GoldArticle:
    """One text with its place names."""

    text: str
    places: tuple[GoldPlace, ...]


@dataclass(frozen=True, slots=True)
class Miss:
    """A gold name that was not located within the distance, and what was answered."""

    name: str
    point: tuple[float, float]
    answer: str
    km: float


def score_places(path: Path, form: Form, gazetteer: PlaceLookup | None = None) -> Scored:
    """With the gold names given, and from raw text; beside it the most populous place of each name, told without a look at the text."""
    table = gazetteer or places()
    articles = read_articles(path, form)
    misses: list[Miss] = []
    ours = [_given(article, table, misses) + _raw(article, table) for article in articles]
    simple = [_most_populous(article, table) for article in articles]
    measures: dict[str, Measure] = {
        "given acc161": share("given near", "given names"),
        "given acc161 of answered": share("given near", "given answered"),
        "given mean km of answered": share("given km answered", "given answered"),
        "given mean km": share("given km", "given names"),
        "raw precision": precision("raw"),
        "raw recall": recall("raw"),
        "raw f1": f1("raw"),
        "raw acc161 of recognised": share("raw near", "raw located"),
    }
    return Scored(ours, measures, {"most populous of that name": simple}, {"misses": [_as_json(miss) for miss in misses[:200]]})


def read_articles(path: Path, form: Form) -> tuple[GoldArticle, ...]:
    """The articles of a corpus file; InputError where it is none."""
    if form not in _SETS:
        raise InputError(f"format {form!r} is none of {', '.join(_SETS)}")
    try:
        root = ElementTree.parse(path).getroot()  # noqa: S314 - a local corpus that the user names
    except (ElementTree.ParseError, OSError) as wrong:
        raise InputError(f"{path}: cannot be read as XML: {wrong}") from wrong
    articles = tuple(_article(node, form) for node in root.iter("article"))
    if not articles:
        raise InputError(f"{path}: holds no <article>: is it in the form of {form}?")
    return articles


def score_toponyms(path: Path, gazetteer: PlaceLookup | None = None) -> Scored:
    """For a list of names with spellings and coordinates (label, country, lat, lon, within_km, spellings): the share located, by kind and spelling.

    Beside it the most populous place of each spelling. A document is a row.
    """
    table = gazetteer or places()
    missed: list[str] = []
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    ours = [_toponym(row, table.lookup, missed) for row in rows]
    simple = [_toponym(row, lambda name: _biggest(name, table), []) for row in rows]
    measures = {kind: share(f"{kind} right", f"{kind} of") for kind in ("places", "regions", "spellings", "first")}
    return Scored(ours, measures, {"most populous of that name": simple}, {"missed spellings": missed})


def _toponym(row: Mapping[str, str], lookup: Callable[[str], Sequence[PlaceRow]], missed: list[str]) -> Tally:
    """The counts of one row; the spellings that were not located are added to `missed`."""
    within, point = float(row["within_km"]), (float(row["lat"]), float(row["lon"]))
    spellings = row["spellings"].split("|")
    hits = [any(distance_km(point, (one.lat, one.lon)) <= within for one in lookup(name)) for name in spellings]
    first = next((found[0] for name in spellings if (found := lookup(name))), None)
    missed.extend(name for name, hit in zip(spellings, hits, strict=True) if not hit)
    kind = "regions" if within > 50 else "places"
    near = first is not None and distance_km(point, (first.lat, first.lon)) <= within
    return Tally({f"{kind} right": any(hits), f"{kind} of": 1, "spellings right": sum(hits), "spellings of": len(hits), "first right": near, "first of": 1})


def _biggest(name: str, table: PlaceLookup) -> tuple[PlaceRow, ...]:
    """The most populous place of the name alone; empty where there is none."""
    rows = table.lookup(name)
    return (max(rows, key=lambda row: row.population),) if rows else ()


def _article(node: ElementTree.Element, form: Form) -> GoldArticle:
    text = node.findtext("text") or ""
    return GoldArticle(text, tuple(_gold(node, text, form)))


def _gold(node: ElementTree.Element, text: str, form: Form) -> Iterator[GoldPlace]:
    tag, label = _SETS[form]
    for one in node.iter(tag):
        name = one.findtext(label) or ""
        start = int(one.findtext("start") or 0) - (form == "geovirus")
        if text[start : start + len(name)] != name:  # some corpora count otherwise: the words decide
            nearby = [at for shift in range(-3, 4) if text[(at := start + shift) : at + len(name)] == name and at >= 0]
            start = nearby[0] if nearby else start
        lat, lon = (next((found for found in (one.findtext(f"gaztag/{key}"), one.findtext(key)) if found), None) for key in ("lat", "lon"))
        yield GoldPlace(start, start + len(name), name, (float(lat), float(lon)) if lat and lon else None)


def _given(article: GoldArticle, table: PlaceLookup, misses: list[Miss]) -> Tally:
    """The counts of one article with its names given; what was not located is added to `misses`."""
    tally = Tally()
    found = places_at(article.text, [(gold.start, gold.end) for gold in article.places], table)
    answers = resolve_places(article.text, found, table)
    for gold, answer in zip(sorted(article.places, key=lambda one: (one.start, one.end)), answers, strict=True):
        if gold.point is None:
            continue
        km = _distance(gold.point, answer)
        _located(tally, km)
        if km is None or km > WITHIN_KM:
            misses.append(Miss(gold.name, gold.point, answer.reason, _LOST_KM if km is None else km))
    return tally


def _most_populous(article: GoldArticle, table: PlaceLookup) -> Tally:
    """The counts of one article where each name given is the most populous place of that name; from raw text it says nothing."""
    tally = Tally()
    for gold in article.places:
        if gold.point is not None:
            row = next(iter(_biggest(gold.name, table)), None)
            _located(tally, None if row is None else distance_km(gold.point, (row.lat, row.lon)))
    return tally


def _located(tally: Tally, km: float | None) -> None:
    """Nothing; a name given is counted with its distance, None where it was not answered."""
    answered, far = km is not None, _LOST_KM if km is None else km
    tally.update({"given names": 1, "given near": answered and far <= WITHIN_KM, "given km": far})
    tally.update({"given answered": answered, "given km answered": far if answered else 0})


def _raw(article: GoldArticle, table: PlaceLookup) -> Tally:
    """Recognition of the names in the text of one article, and location of those that were recognised."""
    tally = Tally()
    found = find_places(article.text, table, named=True)
    gold = {(one.start, one.end): one for one in article.places}
    count(tally, "raw", 0, len(found), len(gold))
    for place, answer in zip(found, resolve_places(article.text, found, table), strict=True):
        match = next((one for (start, end), one in gold.items() if start < place.end and place.start < end), None)
        if match is None:
            continue
        del gold[match.start, match.end]
        tally["raw hit"] += 1
        if match.point is not None:
            km = _distance(match.point, answer)
            tally.update({"raw located": 1, "raw near": km is not None and km <= WITHIN_KM})
    return tally


def _distance(point: tuple[float, float], answer: PlaceAnswer) -> float | None:
    target = answer.target
    if target is None or target.lat is None or target.lon is None:
        return None
    return distance_km(point, (target.lat, target.lon))


def _as_json(miss: Miss) -> dict[str, Any]:
    return {"name": miss.name, "lat": miss.point[0], "lon": miss.point[1], "answer": miss.answer, "km": round(miss.km)}
