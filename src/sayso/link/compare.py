"""Comparing two accounts: named features, each with a docstring that is its explanation to people.

A feature gives a value from 0 (speaks against one happening) to 1 (speaks for it), or None where it cannot be told: unknown is not 0.
Figures and blame are features, never filters: sides disagree about the same strike by an order of magnitude, and about who did it.
"""

import math
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from sayso.gazetteers.places_geometry import distance_km
from sayso.link.accounts import Account, Count, Party, Where
from sayso.link.distinctive import Rarity, background
from sayso.model.words import Change, Measure, PlacePrecision, Scope, TimePrecision, VictimStatus

Feature = Callable[["Compared", "Compared"], float | None]

_DAY_SHARP = (TimePrecision.PART_OF_DAY, TimePrecision.DAY)
_FINE = (PlacePrecision.SITE, PlacePrecision.SETTLEMENT, PlacePrecision.NEAR)
# How far a place may lie from the point that stands for it, in kilometres.
_BLUR = {PlacePrecision.SITE: 1.0, PlacePrecision.SETTLEMENT: 5.0, PlacePrecision.NEAR: 20.0, PlacePrecision.ADMIN2: 40.0}
_BEFORE_PRINT = 2  # days before publication in which an undated happening is taken to lie
_LONG_AFTER = 400  # days after which two reports' dates tell no more
_LONG_UNDATED = 60  # days after which an undated report speaks of something else, as far as time tells
_LATER_PRINT = 14  # days after which a line that stands again is no wire copy of news
_SAME_MINUTES = 5
_SAME_HOUR = 75  # minutes between two clocks that may tell of one happening
_OTHER_HOUR = 180
_HALF = 0.1  # the cosine of words that is neither for nor against
_TELLING = 5.0  # weight of a name that surely tells one place from others
_UNKNOWN_SOURCE = "unknown"
_PEOPLE_CLASSES = (VictimStatus.CIVILIAN, VictimStatus.COMBATANT)
_MODES_ALIKE = (
    frozenset(("aerial", "drone", "heavy-weapons", "explosives", "destroy")),
    frozenset(("explosives", "suicide-attack", "firearms", "targeted")),
    frozenset(("firearms", "primitive", "beat", "targeted", "abduct", "destroy")),
    frozenset(("demo", "riot", "crowd-control", "vandalize", "obstruct", "strike")),
    frozenset(("seize", "restrict", "arrest", "curfew", "withhold")),
)


@dataclass(frozen=True, slots=True)
class Frequencies:
    """How rare words and names are among the reports that are compared, and in reports in general."""

    words: Rarity
    names: Rarity

    @classmethod
    def of(cls, accounts: Iterable[Account]) -> "Frequencies":
        """The frequencies over the reports of these accounts, each report once, and the background."""
        words: dict[str, set[int]] = {}
        names: dict[str, set[int]] = {}
        for one in accounts:
            words.setdefault(one.document, set()).update(one.words, one.title)
            names.setdefault(one.document, set()).update(one.names)
        known = background()
        return cls(known.words.with_texts(words.values()), known.names.with_texts(names.values()))


@dataclass(frozen=True, slots=True)
class Compared:
    """An account made ready for comparing: what each comparison needs is computed once."""

    account: Account
    published: int | None
    days: tuple[tuple[int, int], ...]  # told as single days or parts of one, the surest first
    spread: tuple[int, int] | None  # the days on which it may have been, told or inferred from publication
    dated: bool  # the spread is told, not inferred
    points: tuple[tuple[float, float, float], ...]  # latitude, longitude, blur
    fine: frozenset[str]
    countries: frozenset[str]
    regions: frozenset[tuple[str | None, str]]
    modes: frozenset[str]
    words: MappingProxyType[int, float]
    names: MappingProxyType[int, float]
    scene: MappingProxyType[int, float]
    title: MappingProxyType[int, float]
    lines: frozenset[int]
    lengths: tuple[float, float, float, float]


def ready(account: Account, rare: Frequencies) -> Compared:
    """The account ready for comparing."""
    told = [place for place in account.places if place.told] or list(account.places)
    vectors = [
        MappingProxyType({word: weight for word in hashes if (weight := rarity.weight(word)) > 0})
        for hashes, rarity in ((account.words, rare.words), (account.names, rare.names), (account.scene, rare.names), (account.title, rare.words))
    ]
    published = _ordinal(account.published)
    return Compared(
        account=account,
        published=published,
        days=tuple(_sharp_days(account)),
        spread=_spread(account, published),
        dated=any(when.start and when.end for when in account.days),
        points=tuple((place.lat, place.lon, _BLUR[place.precision]) for place in told if _located(place) and place.lat is not None and place.lon is not None),
        fine=frozenset(place.name for place in told if place.precision in _FINE),
        countries=frozenset(place.country for place in told if place.country),
        regions=frozenset((place.country, place.admin1) for place in told if place.admin1),
        modes=frozenset(mode for kind, mode in account.acts if mode and kind == account.type and not account.spoken),
        words=vectors[0],
        names=vectors[1],
        scene=vectors[2],
        title=vectors[3],
        lines=frozenset(account.lines),
        lengths=(_length(vectors[0]), _length(vectors[1]), _length(vectors[2]), _length(vectors[3])),
    )


def _ordinal(day: str | None) -> int | None:
    try:
        return date.fromisoformat(day[:10]).toordinal() if day else None
    except ValueError:
        return None


def _sharp_days(account: Account) -> Iterable[tuple[int, int]]:
    for when in sorted(account.days, key=lambda one: not one.told):
        start, end = _ordinal(when.start), _ordinal(when.end)
        if when.precision in _DAY_SHARP and start is not None and end is not None and end - start <= 1:
            yield start, end


def _spread(account: Account, published: int | None) -> tuple[int, int] | None:
    """The days of the first told time with both ends; without one, the days before publication; for history without a date nothing."""
    for when in account.days:
        start, end = _ordinal(when.start), _ordinal(when.end)
        if start is not None and end is not None:
            return start, end
    return (published - _BEFORE_PRINT, published) if published is not None and not account.historical else None


def _located(place: Where) -> bool:
    return place.precision in _BLUR


def _length(vector: MappingProxyType[int, float]) -> float:
    return math.sqrt(sum(weight * weight for weight in vector.values()))


# --- the features ---


def same_day(one: Compared, other: Compared) -> float | None:
    """Both reports date it to the day: on the same day (1), on days that touch (½), or on others (0)."""
    if not one.days or not other.days:
        return None
    if any(_gap(day, another) == 0 for day in one.days[:4] for another in other.days[:4]):
        return 1.0
    return 0.5 if _gap(one.days[0], other.days[0]) == 1 else 0.0


def days_apart(one: Compared, other: Compared) -> float | None:
    """Both tell when it was, to the day or more roughly: how few days lie between."""
    if one.spread is None or other.spread is None or not one.dated or not other.dated:
        return None
    gap = _gap(one.spread, other.spread)
    wide = max(one.spread[1] - one.spread[0], other.spread[1] - other.spread[0])
    return 1 / (1 + gap) if gap else 1.0 if wide <= _BEFORE_PRINT else 0.5


def undated_close(one: Compared, other: Compared) -> float | None:
    """One of them tells no day and is taken to speak of what had just happened when it was published: how near that is to the other."""
    if one.spread is None or other.spread is None or (one.dated and other.dated):
        return None
    return max(0.0, 1 - math.log1p(_gap(one.spread, other.spread)) / math.log1p(_LONG_UNDATED))


def published_close(one: Compared, other: Compared) -> float | None:
    """How soon after each other the two reports were published."""
    if one.published is None or other.published is None:
        return None
    gap = abs(one.published - other.published)
    return max(0.0, 1 - math.log1p(gap) / math.log1p(_LONG_AFTER))


def same_hour(one: Compared, other: Compared) -> float | None:
    """Both tell the hour of the day: the same by the clock (1), hours that may be one (½ to ¾), or different ones (0)."""
    pairs = [(a, b) for a in one.account.hours for b in other.account.hours]
    if not pairs:
        return None
    least = min(max(0, a.low - b.high, b.low - a.high) for a, b in pairs)
    clocks = [abs(a.low - b.low) for a, b in pairs if a.clock and b.clock]
    if clocks:
        least = min(clocks)
        return 1.0 if least <= _SAME_MINUTES else 0.75 if least <= _SAME_HOUR else 0.3 if least <= _OTHER_HOUR else 0.0
    return 0.6 if least == 0 else 0.2


def distance(one: Compared, other: Compared) -> float | None:
    """How near the nearest of their places lie, given how closely each is known: together (1) to more than 100 km apart (0)."""
    gaps = [max(0.0, distance_km((a[0], a[1]), (b[0], b[1])) - a[2] - b[2]) for a in one.points[:4] for b in other.points[:4] if abs(a[0] - b[0]) < 3]
    if not gaps:
        return 0.0 if one.points and other.points else None
    return max(0.0, 1 - min(gaps) / 100)


def same_place(one: Compared, other: Compared) -> float | None:
    """Both name a town, village or site: a common one (1) or none in common (0)."""
    if not one.fine or not other.fine:
        return None
    return 1.0 if one.fine & other.fine else 0.0


def same_region(one: Compared, other: Compared) -> float | None:
    """The same region of a country (1), the same country (½), or different countries (0)."""
    if not one.countries or not other.countries:
        return None
    if not one.countries & other.countries:
        return 0.0
    if not one.regions or not other.regions:
        return 0.5
    return 1.0 if one.regions & other.regions else 0.25


def same_scene(one: Compared, other: Compared) -> float | None:
    """Whether the name of the scene in one report stands in the other, however it is spelt and whether or not it is on the map: 1, or 0 where none does."""
    if not one.scene and not other.scene:
        return None
    shared = {*(name for name in one.scene if name in other.names), *(name for name in other.scene if name in one.names)}
    if shared:
        weight = sum(one.names.get(name, 0.0) + other.names.get(name, 0.0) for name in shared) / 2
        return 0.5 + 0.5 * min(1.0, weight / _TELLING)
    return 0.0 if one.scene and other.scene else 0.3


def day_and_scene(one: Compared, other: Compared) -> float | None:
    """On the same day and at a scene of the same name (1); on the same day, but at scenes of different names (0). Otherwise nothing is said."""
    day, scene = same_day(one, other), same_scene(one, other)
    if day != 1.0 or scene is None:
        return None
    return scene if scene >= 0.5 or (one.scene and other.scene) else None


def same_type(one: Compared, other: Compared) -> float | None:
    """Both tell mainly of the same type of act: an attack, an arrest, a protest, a deployment."""
    if one.account.spoken or other.account.spoken:
        return None
    if one.account.type == other.account.type:
        return 1.0
    return 0.5 if {kind for kind, _ in one.account.acts} & {kind for kind, _ in other.account.acts} else 0.0


def same_means(one: Compared, other: Compared) -> float | None:
    """How it was done: the same way (1), ways that are told of one act (½: a bombing and a shelling), or others (0)."""
    if not one.modes or not other.modes:
        return None
    if one.modes & other.modes:
        return 1.0
    return 0.5 if any(one.modes & alike and other.modes & alike for alike in _MODES_ALIKE) else 0.0


def actors_alike(one: Compared, other: Compared) -> float | None:
    """Who is said to have done it: the same (1), of a kind (½), or others (0). Sides blame each other for one act, so this says little."""
    return _alike(one.account.actors, other.account.actors)


def parties_alike(one: Compared, other: Compared) -> float | None:
    """Whether the two sides of it are the same whoever did what: a listed actor of one report takes part in the other, as doer or as victim."""
    mine = {party.id for party in (*one.account.actors, *one.account.recipients) if party.id}
    theirs = {party.id for party in (*other.account.actors, *other.account.recipients) if party.id}
    return None if not mine or not theirs else 1.0 if mine & theirs else 0.0


def victims_alike(one: Compared, other: Compared) -> float | None:
    """Who or what is said to have been harmed: described by the same words (1), of a kind (½), or otherwise (0)."""
    return _alike(one.account.recipients, other.account.recipients)


def killed_alike(one: Compared, other: Compared) -> float | None:
    """How well the numbers of killed go together. A toll that grows with later reports is normal; "no civilian" speaks of civilians only."""
    return _figures(one, other, Measure.KILLED)


def injured_alike(one: Compared, other: Compared) -> float | None:
    """How well the numbers of injured go together."""
    return _figures(one, other, Measure.INJURED)


def others_alike(one: Compared, other: Compared) -> float | None:
    """How well the numbers of detained, abducted, missing and displaced go together, and of casualties where dead and injured are not told apart."""
    found = [_figures(one, other, measure) for measure in (Measure.DETAINED, Measure.ABDUCTED, Measure.MISSING, Measure.DISPLACED, Measure.CASUALTIES)]
    known = [value for value in found if value is not None]
    return max(known) if known else None


def words_shared(one: Compared, other: Compared) -> float | None:
    """How much of what they tell is told in the same words, rare words counting more. One source's set words for many happenings say nothing."""
    return _of_sources(one, other, _cosine(one.words, other.words, one.lengths[0] * other.lengths[0])) if one.words and other.words else None


def names_shared(one: Compared, other: Compared) -> float | None:
    """How many rare names and numbers stand in both, however they are spelt; the names themselves are not kept."""
    return _of_sources(one, other, _cosine(one.names, other.names, one.lengths[1] * other.lengths[1])) if one.names and other.names else None


def rare_shared(one: Compared, other: Compared) -> float | None:
    """How much the rarest of the shared names and numbers tell by themselves."""
    if not one.names or not other.names:
        return None
    small, large = sorted((one.names, other.names), key=len)
    weight = sum(value for word, value in small.items() if value > 3 and word in large)
    return _of_sources(one, other, 1 - math.exp(-weight / 20))


def titles_shared(one: Compared, other: Compared) -> float | None:
    """How alike the two headlines are, where both are headlines of it."""
    return _of_sources(one, other, _cosine(one.title, other.title, one.lengths[3] * other.lengths[3])) if one.title and other.title else None


def copied(one: Compared, other: Compared) -> float | None:
    """One tells nearly everything in the other's very words (1): a copy, or a later version. Otherwise nothing is said."""
    small, large = sorted((one.words, other.words), key=len)
    if len(small) < 15:
        return None
    return 1.0 if sum(word in large for word in small) >= 0.85 * len(small) else None


def both_chief(one: Compared, other: Compared) -> float | None:
    """It is what both reports are mainly about (1), one (½), or neither (0)."""
    return (one.account.chief + other.account.chief) / 2


def told_apart(one: Compared, other: Compared) -> float | None:
    """One of them tells it as another, a second, a later one (0). Otherwise nothing is said."""
    return 0.0 if one.account.apart != other.account.apart else None


def history_and_news(one: Compared, other: Compared) -> float | None:
    """One tells it as history, the other as news (0). Otherwise nothing is said."""
    return 0.0 if one.account.historical != other.account.historical else None


FEATURES: tuple[Feature, ...] = (
    same_day, days_apart, undated_close, published_close, same_hour, distance, same_place, same_region, same_scene, day_and_scene, same_type,
    same_means, actors_alike, parties_alike, victims_alike, killed_alike, injured_alike, others_alike, words_shared, names_shared, rare_shared,
    titles_shared, copied, both_chief, told_apart, history_and_news,
)  # fmt: skip
NAMES = tuple(feature.__name__ for feature in FEATURES)


def compare(one: Compared, other: Compared) -> tuple[float | None, ...]:
    """The values of all features, in the order of `FEATURES`."""
    return tuple(feature(one, other) for feature in FEATURES)


def _gap(one: tuple[int, int], other: tuple[int, int]) -> int:
    return max(0, one[0] - other[1], other[0] - one[1])


def _cosine(one: MappingProxyType[int, float], other: MappingProxyType[int, float], lengths: float) -> float:
    """How alike two weighed sets of words are: ½ at a cosine that reports of one happening by different hands often have."""
    small, large = (one, other) if len(one) <= len(other) else (other, one)
    cosine = sum(weight * weight for word, weight in small.items() if word in large) / lengths if lengths else 0.0
    return cosine / (cosine + _HALF)


def _of_sources(one: Compared, other: Compared, value: float) -> float:
    """The likeness of words: of one source, or where the same line stands in reports of other weeks, no more than neither for nor against."""
    if one.account.source == other.account.source and one.account.source != _UNKNOWN_SOURCE:
        return min(value, 0.5)
    late = one.published is not None and other.published is not None and abs(one.published - other.published) > _LATER_PRINT
    return min(value, 0.5) if late and not one.lines.isdisjoint(other.lines) else value


def _alike(mine: Sequence[Party], theirs: Sequence[Party]) -> float | None:
    if not mine or not theirs:
        return None
    if _common((party.id for party in mine), (party.id for party in theirs)):
        return 1.0
    nouns = [{noun for party in side for noun in party.nouns} for side in (mine, theirs)]
    if nouns[0] & nouns[1]:
        return 1.0
    kinds = [{party.kind for party in side} - {"unknown"} for side in (mine, theirs)]
    if kinds[0] and kinds[1]:
        return 0.5 if kinds[0] & kinds[1] else 0.0
    return 0.0 if nouns[0] and nouns[1] else None


def _common(mine: Iterable[str | None], theirs: Iterable[str | None]) -> bool:
    return bool({name for name in mine if name} & {name for name in theirs if name})


def _figures(one: Compared, other: Compared, measure: Measure) -> float | None:
    """The best agreement of a figure of one with a figure of the other, as far as they speak of the same people."""
    best: float | None = None
    for mine in _counts(one.account.figures, measure):
        for theirs in _counts(other.account.figures, measure):
            value = _agreement(mine, theirs, _later(one, other))
            if value is not None and (best is None or value > best):
                best = value
    return best


def _counts(figures: Collection[Count], measure: Measure) -> list[Count]:
    kept = [one for one in figures if one.measure is measure and one.scope is Scope.ACT and one.change is Change.TOTAL]
    whole = [one for one in kept if not one.part]
    return (whole or kept)[:6]


def _later(one: Compared, other: Compared) -> int:
    """-1 where the first was published before the second, 1 where after, 0 where it cannot be told."""
    if one.published is None or other.published is None:
        return 0
    return (one.published > other.published) - (one.published < other.published)


def _agreement(mine: Count, theirs: Count, later: int) -> float | None:
    if {mine.status, theirs.status} == set(_PEOPLE_CLASSES):
        return None  # of other people
    if mine.denied or theirs.denied or (mine.low is mine.high is None) or (theirs.low is theirs.high is None):
        return None  # who denies a number gives none, and unknown is no number
    low, high = max(mine.low or 0, theirs.low or 0), min(mine.high if mine.high is not None else math.inf, theirs.high if theirs.high is not None else math.inf)
    zero = mine.high == 0 or theirs.high == 0
    if zero and (mine.high != theirs.high) and VictimStatus.CIVILIAN in (mine.status, theirs.status) and mine.status is not theirs.status:
        return None  # "no civilian" is not "nobody"
    if low <= high:
        exact = mine.low == theirs.low and mine.high == theirs.high and (mine.low or 0) > 1
        return 1.0 if exact else 0.75
    first, second = _middle(mine), _middle(theirs)
    apart = abs(math.log((first + 1) / (second + 1)))
    grows = (later > 0 and first > second) or (later < 0 and second > first)
    return max(0.0, (0.7 if grows else 0.6) - apart / 2)


def _middle(count: Count) -> float:
    ends = [end for end in (count.low, count.high) if end is not None]
    return sum(ends) / len(ends) if ends else 0.0
