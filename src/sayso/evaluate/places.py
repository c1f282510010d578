"""How well places are found and located: corpora in the forms of GeoVirus and LGL, and lists of names with coordinates."""

import csv
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import Any, Literal

from sayso.errors import InputError
from sayso.extract.places import find_places, places_at
from sayso.gazetteers.places import PlaceLookup, places
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


def score_places(path: Path, form: Form, gazetteer: PlaceLookup | None = None) -> dict[str, Any]:
    """The scores as plain values: with the gold names given, and from raw text."""
    table = gazetteer or places()
    articles = read_articles(path, form)
    given, misses = _given(articles, table)
    return {"format": form, "articles": len(articles), "given": given, "raw": _raw(articles, table), "misses": [_as_json(miss) for miss in misses[:200]]}


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


def score_toponyms(path: Path, gazetteer: PlaceLookup | None = None) -> dict[str, Any]:
    """For a list of names with spellings and coordinates (label, country, lat, lon, within_km, spellings): the share located, by kind and spelling."""
    table = gazetteer or places()
    tally: dict[str, list[bool]] = {"places": [], "regions": [], "spellings": [], "first": []}
    missed: list[str] = []
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            within, point = float(row["within_km"]), (float(row["lat"]), float(row["lon"]))
            hits = [any(distance_km(point, (one.lat, one.lon)) <= within for one in table.lookup(name)) for name in row["spellings"].split("|")]
            first = next((found[0] for name in row["spellings"].split("|") if (found := table.lookup(name))), None)
            tally["regions" if within > 50 else "places"].append(any(hits))
            tally["spellings"].extend(hits)
            tally["first"].append(first is not None and distance_km(point, (first.lat, first.lon)) <= within)
            missed.extend(name for name, hit in zip(row["spellings"].split("|"), hits, strict=True) if not hit)
    shares = {key: {"right": sum(hits), "of": len(hits), "share": round(mean(hits), 4) if hits else None} for key, hits in tally.items()}
    return shares | {"missed_spellings": missed}


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


def _given(articles: Sequence[GoldArticle], table: PlaceLookup) -> tuple[dict[str, Any], list[Miss]]:
    distances: list[float] = []
    unanswered = 0
    misses: list[Miss] = []
    for article in articles:
        found = places_at(article.text, [(gold.start, gold.end) for gold in article.places], table)
        answers = resolve_places(article.text, found, table)
        for gold, answer in zip(sorted(article.places, key=lambda one: (one.start, one.end)), answers, strict=True):
            if gold.point is None:
                continue
            km = _distance(gold.point, answer)
            unanswered += km is None
            distances.append(_LOST_KM if km is None else km)
            if km is None or km > WITHIN_KM:
                misses.append(Miss(gold.name, gold.point, answer.reason, distances[-1]))
    answered = [km for km in distances if km < _LOST_KM]
    return {
        "names": len(distances),
        "unanswered": unanswered,
        "acc161": _round(sum(km <= WITHIN_KM for km in distances), len(distances)),
        "acc161_of_answered": _round(sum(km <= WITHIN_KM for km in answered), len(answered)),
        "mean_km": round(mean(answered), 1) if answered else None,
        "mean_km_over_all": round(mean(distances), 1) if distances else None,
    }, misses


def _raw(articles: Sequence[GoldArticle], table: PlaceLookup) -> dict[str, Any]:
    """Recognition of the names in the text, and location of those that were recognised."""
    right = given = wanted = near = located = 0
    for article in articles:
        found = find_places(article.text, table, named=True)
        answers = resolve_places(article.text, found, table)
        gold = {(one.start, one.end): one for one in article.places}
        given, wanted = given + len(found), wanted + len(gold)
        for place, answer in zip(found, answers, strict=True):
            match = next((one for (start, end), one in gold.items() if start < place.end and place.start < end), None)
            if match is None:
                continue
            del gold[match.start, match.end]
            right += 1
            if match.point is not None:
                located += 1
                near += (km := _distance(match.point, answer)) is not None and km <= WITHIN_KM
    precision, recall = _round(right, given), _round(right, wanted)
    f1 = round(2 * precision * recall / (precision + recall), 4) if precision and recall else 0.0
    return {"precision": precision, "recall": recall, "f1": f1, "acc161_of_recognised": _round(near, located)}


def _distance(point: tuple[float, float], answer: PlaceAnswer) -> float | None:
    target = answer.target
    if target is None or target.lat is None or target.lon is None:
        return None
    return distance_km(point, (target.lat, target.lon))


def _round(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def _as_json(miss: Miss) -> dict[str, Any]:
    return {"name": miss.name, "lat": miss.point[0], "lon": miss.point[1], "answer": miss.answer, "km": round(miss.km)}
