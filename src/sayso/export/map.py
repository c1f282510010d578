"""A small map of a reading's located claims as inline SVG, drawn from local data: points, towns around them, a grid. No border is drawn."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from math import cos, floor, log10, radians

from sayso.export.lookup import Lookup
from sayso.export.marked import shown
from sayso.export.wording import country_name, visible
from sayso.gazetteers.places_around import Extent, Town, TownsWithin
from sayso.model import PlaceTarget
from sayso.model.words import PlacePrecision

_WIDTH, _HEIGHT = 640, 270
_PAD = 40
_LEAST_SPAN = 1.6  # degrees of latitude that a map shows at least
_APART = 12.0  # degrees from any other point: a place further off stands beside the map, not on it
_KM_A_DEGREE = 111.2
_TOWNS, _NAMED_TOWNS = 260, 7
_SIZES = {"name": (9.8, 18.0), "faint": (6.4, 13.0)}  # of a letter and a line; names as large as on a phone
_EXACT = frozenset((PlacePrecision.SITE, PlacePrecision.SETTLEMENT))
_SPOTS = frozenset((*_EXACT, PlacePrecision.NEAR))
_RADII = {PlacePrecision.ADMIN2: 15, PlacePrecision.ADMIN1: 24, PlacePrecision.REGION: 24, PlacePrecision.SEA: 24, PlacePrecision.COUNTRY: 34}
_NOTHING = 1e-9
Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Spot:
    """One located place and the claims that are told of it."""

    target: PlaceTarget
    lat: float
    lon: float
    claims: tuple[str, ...]

    @property
    def words(self) -> str:
        """Its name, with "near" where it is only near."""
        return f"near {self.target.name}" if self.target.precision is PlacePrecision.NEAR else self.target.name

    @property
    def radius(self) -> float:
        """Of its circle: more claims, a larger dot; a wider area, a wider ring."""
        precision = self.target.precision
        return min(11.0, 5.5 + len(self.claims) ** 0.5) if precision in _SPOTS else float(_RADII[precision])


def claims_map(lookup: Lookup, towns: TownsWithin | None, prefix: str) -> str:
    """The map with its caption; empty where no claim's place is located."""
    spots = _spots(lookup)
    if not spots:
        return ""
    shown_spots, beside = _framed(spots)
    sheet = _Sheet(shown_spots)
    around = towns(sheet.extent, _TOWNS) if towns else ()
    drawing = f"{_grid(sheet)}{_around(sheet, around)}{''.join(_mark(sheet, spot) for spot in shown_spots)}{_labels(sheet, shown_spots, around)}{_scale(sheet)}"
    title, names = f"{prefix}-map", ", ".join(spot.words for spot in shown_spots)
    svg = (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-labelledby="{title}" class="sheet">'
        f'<title id="{title}">Where the claims are told to have happened: {_plain(names)}</title>{drawing}</svg>'
    )
    caption = _caption(shown_spots, beside, bool(around)) + f" {escape('; '.join(lookup.credits))}."
    return f'<details class="map" open><summary>Where</summary><figure>{svg}<figcaption>{caption}</figcaption></figure></details>'


def _spots(lookup: Lookup) -> list[Spot]:
    """The located places of claims, each once, the most told first."""
    claims: dict[tuple[float, float, str], list[str]] = {}
    targets: dict[tuple[float, float, str], PlaceTarget] = {}
    for claim in lookup.reading.claims:
        for span in claim.roles.place:
            target = lookup.place(span)
            if target is not None and target.lat is not None and target.lon is not None:
                key = (target.lat, target.lon, target.name)
                targets[key] = target
                if lookup.claims[claim.id] not in claims.setdefault(key, []):
                    claims[key].append(lookup.claims[claim.id])
    spots = [Spot(targets[key], key[0], key[1], tuple(told)) for key, told in claims.items()]
    return sorted(spots, key=lambda spot: (-len(spot.claims), spot.target.precision is PlacePrecision.COUNTRY, spot.words))


def _framed(spots: Sequence[Spot]) -> tuple[list[Spot], list[Spot]]:
    """The spots of the map, and those that stand beside it: far from the group that most claims are told of, or whole countries among finer places."""
    fine = [spot for spot in spots if spot.target.precision is not PlacePrecision.COUNTRY] or list(spots)
    groups: list[list[Spot]] = []
    for spot in fine:
        near = [group for group in groups if any(_degrees(spot, other) <= _APART for other in group)]
        groups = [group for group in groups if group not in near] + [[spot, *(other for group in near for other in group)]]
    chosen = max(groups, key=lambda group: (sum(len(spot.claims) for spot in group), len(group)))
    kept = [spot for spot in spots if spot in chosen]
    return kept, [spot for spot in spots if spot not in chosen]


def _degrees(one: Spot, other: Spot) -> float:
    east = min(abs(one.lon - other.lon), 360 - abs(one.lon - other.lon)) * cos(radians((one.lat + other.lat) / 2))
    return max(abs(one.lat - other.lat), east)


class _Sheet:
    """The map's frame: degrees to points of the drawing, true in the middle latitude."""

    def __init__(self, spots: Sequence[Spot]) -> None:
        lats, lons = [spot.lat for spot in spots], [spot.lon for spot in spots]
        self.middle = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
        self._narrow = max(0.2, cos(radians(self.middle[0])))
        inner_wide, inner_high = _WIDTH - 2 * _PAD, _HEIGHT - 2 * _PAD
        span = max(_LEAST_SPAN, max(lats) - min(lats), (max(lons) - min(lons)) * self._narrow * inner_high / inner_wide)
        self.scale = inner_high / span  # points a degree of latitude

    @property
    def extent(self) -> Extent:
        """South, west, north, east."""
        high, wide = _HEIGHT / 2 / self.scale, _WIDTH / 2 / self.scale / self._narrow
        lat, lon = self.middle
        return max(-90.0, lat - high), lon - wide, min(90.0, lat + high), lon + wide

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        """Where a point stands in the drawing."""
        return round(_WIDTH / 2 + (lon - self.middle[1]) * self._narrow * self.scale, 1), round(_HEIGHT / 2 - (lat - self.middle[0]) * self.scale, 1)


def _grid(sheet: _Sheet) -> str:
    """Lines of latitude and longitude at round degrees, with their numbers."""
    south, west, north, east = sheet.extent
    step = _round_step((north - south) / 3)
    parts = []
    for index in range(floor(south / step) + 1, floor(north / step) + 1):
        y = sheet.at(index * step, west)[1]
        parts.append(f'<path class="grid" d="M0 {y}H{_WIDTH}"/><text class="degree" x="6" y="{y - 4}">{_degree(index * step, "NS")}</text>')
    step = _round_step((east - west) / 4)
    for index in range(floor(west / step) + 1, floor(east / step) + 1):
        x = sheet.at(south, index * step)[0]
        told = _degree((index * step + 180) % 360 - 180, "EW")
        parts.append(f'<path class="grid" d="M{x} 0V{_HEIGHT}"/><text class="degree" x="{x + 4}" y="{_HEIGHT - 6}">{told}</text>')
    return "".join(parts)


def _round_step(degrees: float) -> float:
    """The next smaller of 1, 2, 5 times a power of ten."""
    power = 10.0 ** floor(log10(degrees))
    return max(factor * power for factor in (1, 2, 5) if factor * power <= degrees * 1.0001)


def _degree(value: float, signs: str) -> str:
    return f"{abs(value):g}° {signs[0] if value > 0 else signs[1]}" if abs(value) > _NOTHING else "0°"


def _around(sheet: _Sheet, towns: Sequence[Town]) -> str:
    """The towns round about as faint dots: they show where land and people are, and take no side."""
    dots = ((sheet.at(town.lat, town.lon), town) for town in towns)
    return "".join(f'<circle class="town" cx="{x}" cy="{y}" r="{1.1 + min(1.9, log10(town.population + 10) / 4):.1f}"/>' for (x, y), town in dots)


def _mark(sheet: _Sheet, spot: Spot) -> str:
    x, y = sheet.at(spot.lat, spot.lon)
    claims, precision = " ".join(spot.claims), spot.target.precision
    kind = "exact" if precision in _EXACT else "near" if precision is PlacePrecision.NEAR else "area"
    told = f"{spot.words} ({precision.value}): {', '.join(spot.claims)}"
    return f'<circle class="spot {kind}" data-claims="{claims}" cx="{x}" cy="{y}" r="{spot.radius:.1f}"><title>{_plain(told)}</title></circle>'


def _plain(words: str) -> str:
    """The words for a drawing, where no element may stand: characters that steer are written as escapes."""
    return escape(visible(words))


def _labels(sheet: _Sheet, spots: Sequence[Spot], towns: Sequence[Town]) -> str:
    """Names beside their points, the claims' places first, each where it hides no other; a town's only where there is room."""
    boxes: list[Box] = [(_WIDTH - 100, 0, _WIDTH, 38), (0, 0, 42, _HEIGHT)]  # where the scale and the degrees stand
    for spot in spots:
        x, y = sheet.at(spot.lat, spot.lon)
        reach = spot.radius if spot.target.precision in _SPOTS else spot.radius / 1.5
        boxes.append((x - reach, y - reach, x + reach, y + reach))
    first = {spot.words: spot for spot in reversed(spots)}  # a town and its district of one name need one label
    parts = [_label((*sheet.at(spot.lat, spot.lon), spot.radius), words, boxes, "name", True) for words, spot in reversed(first.items())]
    told = {spot.target.name for spot in spots}
    named = [town for town in towns if town.name not in told][: _NAMED_TOWNS * 2]
    placed = 0
    for town in named:
        label = _label((*sheet.at(town.lat, town.lon), 3.0), town.name, boxes, "faint", False)
        placed += bool(label)
        parts.append(label)
        if placed == _NAMED_TOWNS:
            break
    return "".join(parts)


def _label(point: tuple[float, float, float], words: str, boxes: list[Box], kind: str, needed: bool) -> str:
    """The words beside a point of some radius, where they hide nothing; nothing where they would and are not needed."""
    x, y, radius = point
    away = radius + 5
    letter, line = _SIZES[kind]
    wide = len(words) * letter
    low = y + line * 0.3
    below, above = y + away + line * 0.8, y - away
    places = [("start", x + away, low), ("end", x - away, low), ("middle", x, above), ("middle", x, below), ("start", x + 5, below), ("end", x - 5, above)]
    boxed = [(place, _box(place, wide, line)) for place in places]
    inside = [(place, box) for place, box in boxed if box[0] > 0 and box[2] < _WIDTH and box[1] > 0 and box[3] < _HEIGHT - 12]
    free = [(place, box) for place, box in inside if not _hides(box, boxes)]
    if not free and not needed:
        return ""
    (anchor, left, base), box = (free or inside or boxed)[0]
    boxes.append(box)
    return f'<text class="{kind}" text-anchor="{anchor}" x="{left:.1f}" y="{base:.1f}">{_plain(words)}</text>'


def _box(place: tuple[str, float, float], wide: float, line: float) -> Box:
    left = place[1] - {"start": 0.0, "middle": wide / 2, "end": wide}[place[0]]
    return left - 2, place[2] - line + 2, left + wide + 2, place[2] + 4


def _hides(one: Box, others: Iterable[Box]) -> bool:
    return any(one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3] for other in others)


def _scale(sheet: _Sheet) -> str:
    """A bar of a round number of kilometres."""
    km = _round_step(120 / sheet.scale * _KM_A_DEGREE)
    long = km / _KM_A_DEGREE * sheet.scale
    right, base = _WIDTH - 14, 20
    return (
        f'<path class="scale" d="M{right - long:.1f} {base - 5}V{base}H{right}V{base - 5}"/>'
        f'<text class="degree" text-anchor="end" x="{right}" y="{base + 13}">{km:g} km</text>'
    )


def _caption(spots: Sequence[Spot], beside: Sequence[Spot], towns: bool) -> str:
    kinds = Counter("spot" if spot.target.precision in _SPOTS else "area" for spot in spots)
    said = []
    if beside:
        names = ", ".join(f"<bdi>{shown(_in_country(spot))}</bdi> ({', '.join(spot.claims)})" for spot in beside)
        said.append(f"Not on the map: {names}.")
    if kinds["area"]:
        said.append("A ring stands round the middle of a wider area: where in it, nobody says.")
    said.append(f"Places as named in the report{'; small dots are towns' if towns else ''}. No borders are drawn.")
    return " ".join(said)


def _in_country(spot: Spot) -> str:
    country = country_name(spot.target.country)
    return f"{spot.words}, {country}" if country and country != spot.target.name else spot.words
