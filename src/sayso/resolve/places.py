"""Places judged: which of the gazetteer's candidates a name stands for, how closely the words locate it, and why."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import exp, log10

from sayso.gazetteers.places import PlaceLookup, PlaceRow
from sayso.gazetteers.places_geometry import distance_km, middle, moved, part_of_extent
from sayso.gazetteers.places_keys import exact_key
from sayso.gazetteers.places_mentions import FoundPlace
from sayso.model.resolution import Candidate, PlaceTarget, Resolution
from sayso.model.words import PlacePrecision

_CAPITALISED = re.compile(r"\b[A-Z][a-z]{3,}(?:[ -][A-Z][a-z]{3,})?")
METHOD = "gazetteer, ranked by context"
_PRIORS = {"country": 8.3, "admin1": 6.2, "sea": 5.0, "region": 5.0, "site": 4.0, "admin2": 3.2}
_COUNTRY, _NEAR, _HELD, _NOT_HELD, _LEVEL, _SOURCE, _LOOSE, _SOUND, _NAMED_SO = 3.5, 4.0, 7.0, -1.5, 2.5, 1.2, -0.6, -2.0, 1.3
_FAR_KM = 120.0  # how quickly other places of the text lose their pull
_SAME_KM = 60.0  # candidates this close are one answer
_SMALL = 20_000
_TOWN, _CITY = 3_000, 100_000
_CITY_KM = 300.0
_EPONYM = 2.5
_NONE, _LITTLE, _MUCH = 0.02, 0.05, 0.3  # shares of the votes
_FAR_OFF_KM = 300.0
_ELSEWHERE = -1.5
_SHARP = 0.9  # how sharply differences in points tell answers apart
_BETWEEN_KM = 600.0
_PRECISIONS = {
    "country": PlacePrecision.COUNTRY,
    "admin1": PlacePrecision.ADMIN1,
    "admin2": PlacePrecision.ADMIN2,
    "settlement": PlacePrecision.SETTLEMENT,
    "site": PlacePrecision.SITE,
    "region": PlacePrecision.REGION,
    "sea": PlacePrecision.SEA,
}
_BY_HOLDER = 0.3  # the score of a name placed by what holds it
_DOUBT = 0.5  # votes for none of the countries: few votes do not make a text be about one
_LEVEL_NAMES = {
    "country": "a country",
    "admin1": "a first-level unit",
    "admin2": "a district",
    "settlement": "a town",
    "site": "a site",
    "region": "a region",
    "sea": "a sea, lake or river",
}
_AROUND = frozenset(("near", "along", "between"))


@dataclass(frozen=True, slots=True)
class Anchor:
    """Another place of the text, and how sure it is."""

    name: str
    lat: float
    lon: float
    weight: float


@dataclass(frozen=True, slots=True)
class PlaceContext:
    """What the text and its source say of where things are; everything may be empty."""

    votes: Mapping[str, Mapping[str, float]] = field(default_factory=dict)  # ISO code to votes, by folded name of who casts them; "" for adjectives
    anchors: tuple[Anchor, ...] = ()
    source_country: str | None = None
    holders: Mapping[str, tuple[PlaceRow, ...]] = field(default_factory=dict)  # by folded name: what the text says holds it, anywhere in the text
    partners: Mapping[str, PlaceRow] = field(default_factory=dict)  # by name: the place meant by it, for "between A and B"

    def shares(self, name: str = "") -> dict[str, float]:
        """The share of the votes that each country has, 0..1, without what the name itself would cast for its own answer."""
        own = exact_key(name)
        votes: dict[str, float] = {}
        for caster, cast in self.votes.items():
            if caster != own or not own:
                for country, weight in cast.items():
                    votes[country] = votes.get(country, 0.0) + weight
        total = sum(votes.values())
        return {country: weight / (total + _DOUBT) for country, weight in votes.items()}


@dataclass(frozen=True, slots=True)
class PlaceAnswer:
    """Where a name is judged to be: target None is a refusal to guess, with the reason."""

    target: PlaceTarget | None
    score: float
    reason: str
    method: str = METHOD
    candidates: tuple[Candidate, ...] = ()
    row: PlaceRow | None = None

    def of(self, mention: str) -> Resolution:
        """The answer as the record about a mention."""
        return Resolution(mention, self.target, self.score, self.reason, self.method, self.candidates)


@dataclass(frozen=True, slots=True)
class _Scored:
    row: PlaceRow
    points: float
    reasons: tuple[str, ...]


def resolve_places(text: str, found: Sequence[FoundPlace], gazetteer: PlaceLookup, source_country: str | None = None) -> tuple[PlaceAnswer, ...]:
    """One answer a found place, all judged together: sure ones first lend their country and position to the others."""
    context = place_context(text, found, gazetteer, source_country)
    return tuple(resolve_place(place, context) for place in found)


def place_context(text: str, found: Sequence[FoundPlace], gazetteer: PlaceLookup, source_country: str | None = None) -> PlaceContext:
    """What the whole text says: votes of countries, of adjectives and of places that can only be in one, and the places around."""
    holders = _holders(found, gazetteer)
    adjectives = _adjective_votes(text, found, gazetteer)
    by_name = {exact_key(place.name): place for place in found if place.rows}
    context = PlaceContext(_votes(found, adjectives, {}), (), source_country, holders)
    for _ in range(2):
        ranked = {key: _ranked(place, context) for key, place in by_name.items()}
        best = {key: (scored[0].row, _sureness(scored)) for key, scored in ranked.items() if scored}
        anchors = tuple(Anchor(by_name[key].name, row.lat, row.lon, sure) for key, (row, sure) in best.items() if row.level != "country")
        context = PlaceContext(_votes(found, adjectives, best), anchors, source_country, holders, {by_name[key].name: row for key, (row, _) in best.items()})
    return context


def resolve_place(found: FoundPlace, context: PlaceContext) -> PlaceAnswer:
    """The best candidate for one found place, or a refusal; with all candidates that were weighed."""
    ranked = _ranked(found, context)
    if not ranked:
        return _held_by(found, context)
    best = ranked[0]
    score = _sureness(ranked)
    candidates = tuple(Candidate(_target(found, one.row, None), round(_share(one, ranked), 3), "; ".join(one.reasons)) for one in ranked[:6])
    if (why := _hopeless(found, best, context)) is not None:
        return PlaceAnswer(None, 0.0, why, METHOD, candidates)
    target = _target(found, best.row, context.partners.get(found.partner or ""))
    reason = f"{found.name!r}: {_called(best.row)}, of {_count(ranked)}; {'; '.join(best.reasons)}"
    return PlaceAnswer(target, round(score, 3), reason, METHOD, candidates, best.row)


def _ranked(found: FoundPlace, context: PlaceContext) -> list[_Scored]:
    holders = context.holders.get(exact_key(found.name), ())
    shares = context.shares(found.name)
    rows = [row for row in found.rows if row.kind != "people" or found.rows[0] is row]
    rows = [row for row in rows if row.match != "sound" or _expected(row, shares, holders, context)]
    scored = [_eponym(_scored(found, row, context, (holders, shares)), found, rows) for row in rows]
    return sorted(scored, key=lambda one: -one.points)


def _expected(row: PlaceRow, shares: Mapping[str, float], holders: tuple[PlaceRow, ...], context: PlaceContext) -> bool:
    """Whether anything in the text or its source points at the country of a place that only sounds alike."""
    told = shares.get(row.country or "", 0.0) >= _LITTLE or row.country == context.source_country
    return told or not shares or any(holder.country == row.country for holder in holders)


def _eponym(one: _Scored, found: FoundPlace, rows: Sequence[PlaceRow]) -> _Scored:
    """The candidate, less likely if it is a unit around a town of the same name and no word says "province" or "across"."""
    row = one.row
    if row.level not in ("admin1", "admin2") or found.level in ("admin1", "admin2", "region") or found.part:
        return one
    towns = [other for other in rows if other.level == "settlement" and other.country == row.country and other.match == "exact" and other.population >= _TOWN]
    if row.level == "admin1":
        # A big city may be a unit of its own beside the region that bears its name.
        around = [town for town in towns if town.admin1 == row.admin1 or (town.population >= _CITY and _km(town, row) < _CITY_KM)]
    else:
        around = [town for town in towns if _km(town, row) < _SAME_KM]
    return _Scored(row, one.points - _EPONYM, one.reasons) if around else one


def _scored(found: FoundPlace, row: PlaceRow, context: PlaceContext, told: tuple[tuple[PlaceRow, ...], Mapping[str, float]]) -> _Scored:
    """One candidate's points, each addition with its reason; `told` is what holds it and the shares of the countries."""
    holders, shares = told
    points = _PRIORS.get(row.level, log10(row.population + 10))
    reasons = [f"a town of {row.population:,}" if row.level == "settlement" and row.population else f"{_an(row.level)}"]
    share = shares.get(row.country or "", 0.0)
    if share > 0 and row.country:
        points += _COUNTRY * share
        if share > 0.2:
            reasons.append(f"the text is about {row.country} ({share:.0%})")
    if row.country and row.level != "country" and share < _LITTLE:
        points += _ELSEWHERE * max(shares.values(), default=0.0)
    if row.level == "country":
        points += _NEAR * share
    elif (pull := _pull(found, row, context.anchors)) is not None:
        points += _NEAR * pull[0]
        if pull[0] > 0.3:
            reasons.append(f"{pull[1]} is {pull[2]:.0f} km away")
    if holders and row.level != "country":
        held = [holder for holder in holders if _holds(holder, row)]
        points += _HELD if held else _NOT_HELD
        reasons.extend([f"the text says it is in {held[0].name}"] if held else [])
    if found.level is not None:
        points += _LEVEL if _fits(found.level, row) else -_LEVEL / 2
        reasons.extend([f"the text calls it {_an(found.level)}"] if _fits(found.level, row) else [])
    if context.source_country and row.country == context.source_country:
        points += _SOURCE
        reasons.append("the source's country")
    if row.match != "exact":
        points += _SOUND if row.match == "sound" else _LOOSE
        reasons.append("found by another spelling")
    elif exact_key(row.name) == exact_key(found.name):
        points += _NAMED_SO
    return _Scored(row, points, tuple(reasons))


def _pull(found: FoundPlace, row: PlaceRow, anchors: tuple[Anchor, ...]) -> tuple[float, str, float] | None:
    """How strongly other places of the text draw this candidate: the pull, the nearest's name and its distance."""
    total, nearest = 0.0, ("", float("inf"))
    own, point = exact_key(found.name), (row.lat, row.lon)
    for anchor in anchors:
        if exact_key(anchor.name) == own:
            continue
        km = distance_km(point, (anchor.lat, anchor.lon))
        total += anchor.weight * exp(-km / _FAR_KM)
        if km < nearest[1]:
            nearest = (anchor.name, km)
    return (total / (0.6 + total), *nearest) if total else None


def _holds(holder: PlaceRow, row: PlaceRow) -> bool:
    if holder.id == row.id or holder.country != row.country:
        return holder.level in ("region", "sea") and holder.country is None and _km(holder, row) < 600
    if holder.level == "country":
        return row.level != "country"
    if holder.level == "admin1":
        return row.level not in ("country", "admin1") and (holder.admin1 or holder.name) == row.admin1
    reach = {"admin2": 120, "settlement": 60, "site": 40, "region": 350, "sea": 300}[holder.level]
    return row.level not in ("country", "admin1") and _km(holder, row) < reach


def _km(one: PlaceRow, other: PlaceRow) -> float:
    return distance_km((one.lat, one.lon), (other.lat, other.lon))


def _fits(level: str, row: PlaceRow) -> bool:
    if level == "settlement":
        return row.level in ("settlement", "site")
    if level in ("admin1", "region"):
        return row.level in ("admin1", "region") or (level == "region" and row.kind != "town" and row.level != "country")
    return row.level == level


def _sureness(ranked: Sequence[_Scored]) -> float:
    """How sure the best candidate is, 0..1: its share against candidates elsewhere."""
    best = ranked[0]
    rivals = [one for one in ranked[1:] if _km(best.row, one.row) > _SAME_KM]
    share = 1 / (1 + sum(exp((one.points - best.points) * _SHARP) for one in rivals))
    known = min(1.0, 0.45 + best.points / 12)
    return max(0.0, min(0.99, share * known))


def _share(one: _Scored, ranked: Sequence[_Scored]) -> float:
    total = sum(exp((other.points - ranked[0].points) * _SHARP) for other in ranked)
    return exp((one.points - ranked[0].points) * _SHARP) / total


def _hopeless(found: FoundPlace, best: _Scored, context: PlaceContext) -> str | None:
    """Why no answer is better than the best one; None where it can stand."""
    row = best.row
    if row.level not in ("settlement", "site", "admin2") or row.population >= _SMALL:
        return None
    holders = context.holders.get(exact_key(found.name), ())
    if holders and not any(_holds(holder, row) for holder in holders) and row.country not in {holder.country for holder in holders}:
        return f"the only places called {found.name!r} are not in {holders[0].name}, where the text puts it"
    shares = context.shares(found.name)
    if row.match == "exact" and len(found.name.split()) > 1:
        return None  # a longer name is seldom another place's
    elsewhere = max(shares.values(), default=0.0) >= _MUCH and shares.get(row.country or "", 0.0) < _NONE and row.country not in (None, context.source_country)
    if elsewhere and not holders and not found.dateline:
        near = _pull(found, row, context.anchors)
        if near is None or near[2] > _FAR_OFF_KM:
            return f"the only places called {found.name!r} are small and in {row.country}, of which the text says nothing"
    return None


def _held_by(found: FoundPlace, context: PlaceContext) -> PlaceAnswer:
    """The answer for a name that the gazetteer lacks: the smallest place that the text says holds it, or none."""
    order = ("settlement", "admin2", "admin1", "region", "country")
    holders = sorted((one for one in context.holders.get(exact_key(found.name), ()) if one.level in order), key=lambda one: order.index(one.level))
    if not holders:
        return PlaceAnswer(None, 0.0, f"the gazetteer knows no place called {found.name!r}")
    row = holders[0]
    precision = PlacePrecision.NEAR if row.level == "settlement" else _PRECISIONS[row.level]
    target = PlaceTarget(found.name, row.lat, row.lon, precision, None, row.country, row.admin1)
    reason = f"the gazetteer knows no place called {found.name!r}; the text puts it in {row.name}, whose point is given"
    return PlaceAnswer(target, _BY_HOLDER, reason, "point of what holds it", (), row)


def _target(found: FoundPlace, row: PlaceRow, partner: PlaceRow | None) -> PlaceTarget:
    """The place as the words locate it: a point shifted for "northern" and "between", and the precision that this leaves."""
    lat, lon, precision = row.lat, row.lon, _PRECISIONS[row.level]
    small = row.level in ("settlement", "site")
    if found.level == "site" and row.level == "settlement":
        precision = PlacePrecision.SETTLEMENT
    if partner is not None and _km(row, partner) < _BETWEEN_KM:
        lat, lon = middle((row.lat, row.lon), (partner.lat, partner.lon))
        precision = PlacePrecision.NEAR if _km(row, partner) <= 50 else PlacePrecision.REGION
    elif found.part and row.extent and row.level in ("country", "admin1") and (point := part_of_extent(row.extent, found.part)) is not None:
        (lat, lon), precision = point, PlacePrecision.REGION
    elif small and found.offset is not None:
        km, direction = found.offset
        if direction:
            lat, lon = moved((row.lat, row.lon), direction, km)
        precision = PlacePrecision.NEAR if km <= 25 else PlacePrecision.REGION
    elif found.spatial in _AROUND or (found.spatial or "").endswith(" of"):
        precision = PlacePrecision.NEAR if small else (PlacePrecision.REGION if row.level in ("country", "admin1", "region") else precision)
    return PlaceTarget(row.name, round(lat, 4), round(lon, 4), precision, row.ref, row.country, row.admin1)


def _holders(found: Iterable[FoundPlace], gazetteer: PlaceLookup) -> dict[str, tuple[PlaceRow, ...]]:
    """By folded name, the places that the text says hold it."""
    held: dict[str, list[PlaceRow]] = {}
    for place in found:
        for name in place.containers:
            rows = [row for row in gazetteer.lookup(name) if row.level in ("country", "admin1", "admin2", "region") or row.population > _SMALL]
            held.setdefault(exact_key(place.name), []).extend(rows[:4])
    return {key: tuple(dict.fromkeys(rows)) for key, rows in held.items()}


def _votes(found: Sequence[FoundPlace], adjectives: Mapping[str, float], settled: Mapping[str, tuple[PlaceRow, float]]) -> dict[str, dict[str, float]]:
    """The votes that each name casts: names of countries, and places that are surely in one."""
    cast: dict[str, dict[str, float]] = {"": dict(adjectives)}
    for place in found:
        key = exact_key(place.name)
        if key in settled:
            row, sure = settled[key]
            weight = (1.0 if row.level == "country" else 0.8) * sure
        elif place.rows and len({row.country for row in place.rows}) == 1:
            row, weight = place.rows[0], 0.7
        else:
            continue
        if row.country:
            mine = cast.setdefault(key, {})
            mine[row.country] = mine.get(row.country, 0.0) + weight
    return cast


def _adjective_votes(text: str, found: Sequence[FoundPlace], gazetteer: PlaceLookup) -> dict[str, float]:
    """Half a vote for each adjective, people or name of a country that stands in no found place."""
    votes: dict[str, float] = {}
    taken = sorted((place.start, place.end) for place in found)
    at = 0
    for match in _CAPITALISED.finditer(text):
        while at < len(taken) and taken[at][1] <= match.start():
            at += 1
        if at < len(taken) and taken[at][0] < match.end():
            continue
        rows = gazetteer.lookup(match[0])
        if rows and rows[0].level == "country" and rows[0].match == "exact" and rows[0].country:
            votes[rows[0].country] = votes.get(rows[0].country, 0.0) + 0.5
    return votes


def _called(row: PlaceRow) -> str:
    return ", ".join(dict.fromkeys(part for part in (row.name, row.admin1, row.country) if part))


def _an(level: str) -> str:
    return _LEVEL_NAMES[level]


def _count(ranked: Sequence[_Scored]) -> str:
    return "one candidate" if len(ranked) == 1 else f"{len(ranked)} candidates"
