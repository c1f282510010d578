"""Gathering: incidents of one reading that nothing sets apart are one account: a report tells one in many sentences, few of which name place and day."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sayso.gazetteers.places_geometry import distance_km
from sayso.link.distinctive import CueWords
from sayso.model import ActorTarget, Claim, Figure, Interval, PlaceTarget, Reading, Span
from sayso.model.words import Measure, MentionKind, PlacePrecision, TimePrecision
from sayso.text.segmenting import sentences
from sayso.text.sentence import LineKind, Sentence

Target = TypeVar("Target", ActorTarget, PlaceTarget, Interval)

_NOUN = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_CLOSE_KM = 15.0  # places of one report nearer than that may be one scene
_SHARP = (TimePrecision.PART_OF_DAY, TimePrecision.DAY)
_FINE = (PlacePrecision.SITE, PlacePrecision.SETTLEMENT, PlacePrecision.NEAR)
_FROM_AFAR = frozenset(("aerial", "drone", "heavy-weapons", "explosives", "suicide-attack"))
_FROM_NEAR = frozenset(("firearms", "primitive", "beat"))
_SURE_PLACE = 0.7  # of a resolution: a village that is on no map is often taken for one elsewhere; its name is compared all the same
_REACH = 1  # sentences on either side that speak of an act
_SHORT = 14  # sentences of a report that is about one thing
_LONGEST = 24  # sentences of one account that are compared
_LINES = (LineKind.BULLET, LineKind.BULLETIN)


@dataclass(frozen=True, slots=True)
class Near:
    """The text near an account's acts, and the places and times named there."""

    text: str
    places: tuple[Span, ...]
    times: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """An incident of a reading, with what may set it apart from others of the same report."""

    claims: tuple[Claim, ...]
    type: str
    modes: frozenset[str]
    places: tuple[PlaceTarget, ...]
    days: tuple[Interval, ...]
    killed: frozenset[int]
    historical: bool
    apart: bool
    start: int
    sentence: int
    listed: bool  # stands in a list or bulletin, whose items tell of different things

    @property
    def fullness(self) -> int:
        """How much it tells."""
        return 2 * bool(self.places) + 2 * bool(self.days) + bool(self.killed) + len(self.claims)


@dataclass(frozen=True, slots=True)
class ReadWords:
    """A reading with its sentences, and its resolutions by where their words stand."""

    reading: Reading
    sentences: tuple[Sentence, ...]
    starts: tuple[int, ...]
    targets: Mapping[tuple[MentionKind, int, int], ActorTarget | PlaceTarget | Interval]
    figures: Mapping[str, tuple[Figure, ...]]  # by claim

    @classmethod
    def of(cls, reading: Reading) -> "ReadWords":
        """The words of a reading."""
        surest: dict[str, tuple[float, ActorTarget | PlaceTarget | Interval | None]] = {}
        for one in reading.resolutions:
            if one.mention not in surest or one.score > surest[one.mention][0]:
                surest[one.mention] = one.score, one.target
        targets = {}
        for mention in reading.mentions:
            score, target = surest.get(mention.id, (0.0, None))
            if target is not None and (score >= _SURE_PLACE or not isinstance(target, PlaceTarget)):
                targets[mention.kind, mention.span.start, mention.span.end] = target
        figures: dict[str, tuple[Figure, ...]] = {}
        for figure in reading.figures:
            if figure.claim is not None:
                figures[figure.claim] = (*figures.get(figure.claim, ()), figure)
        found = sentences(reading.document.text)
        return cls(reading, found, tuple(one.start for one in found), targets, figures)

    def target(self, kind: MentionKind, span: Span, of: type[Target]) -> Target | None:
        """What the words were judged to be."""
        found = self.targets.get((kind, span.start, span.end))
        return found if isinstance(found, of) else None

    def sentence(self, position: int) -> int:
        """The number of the sentence at or before a position."""
        return max(0, bisect_right(self.starts, position) - 1)

    def nouns(self, span: Span, cues: CueWords) -> tuple[str, ...]:
        """The words of a role that are written small and name nobody listed: "herders", "column". Words with a capital may be names and are left out."""
        found = (match.group() for match in _NOUN.finditer(span.quote))
        return tuple(sorted({word for word in found if word.islower() and len(word) > 2 and word not in cues.empty}))[:8]

    def near(self, claims: Sequence[Claim], whole: bool = False) -> Near:
        """The sentences of the claims with those beside them, and the places and times there; the words of a short report whole where that is asked."""
        numbers: dict[int, None] = {}
        for claim in claims:
            at = self.sentence(claim.trigger.start)
            for number in range(max(0, at - _REACH), min(len(self.sentences), at + _REACH + 1)):
                numbers.setdefault(number)
        kept = sorted(list(numbers)[:_LONGEST])
        if whole and len(self.sentences) <= _SHORT:
            kept = list(range(len(self.sentences)))
        text = self.reading.document.text
        lines = [text[self.sentences[number].start : self.sentences[number].end] for number in kept]  # without datelines, which name the publisher
        inside = [mention for mention in self.reading.mentions if self.sentence(mention.span.start) in numbers]
        places = tuple(mention.span for mention in inside if mention.kind is MentionKind.PLACE)
        times = tuple(mention.span for mention in inside if mention.kind is MentionKind.TIME)
        return Near("\n".join(lines), places, times)

    def part(self, told: Sequence[Claim], cues: CueWords) -> Part:
        """An incident of the reading as a part."""
        at = self.sentence(told[0].trigger.start)
        line = self.sentences[at] if self.sentences else None
        places = (self.target(MentionKind.PLACE, span, PlaceTarget) for claim in told for span in claim.roles.place)
        days = (self.target(MentionKind.TIME, claim.roles.time, Interval) for claim in told if claim.roles.time)
        figures = [one for claim in told for one in self.figures.get(claim.id, ())]
        return Part(
            claims=tuple(told),
            type=told[0].act.type,
            modes=frozenset(claim.act.mode for claim in told if claim.act.mode),
            places=tuple(one for one in places if one is not None),
            days=tuple(one for one in days if one is not None and one.start and one.end),
            killed=frozenset(one.point for one in figures if one.measure is Measure.KILLED and one.point and one.part_of is None),
            historical=all(claim.historical for claim in told),
            apart=line is not None and cues.apart.search(self.reading.document.text, line.start, line.end) is not None,
            start=min(claim.trigger.start for claim in told),
            sentence=at,
            listed=line is not None and line.kind in _LINES,
        )


def gathered(parts: Sequence[Part]) -> list[list[Part]]:
    """The parts of a report that tell of one happening, as far as nothing sets them apart; groups in the order of the text."""
    groups: list[list[Part]] = []
    for part in sorted(parts, key=lambda one: (one.start, one.claims[0].id)):
        fitting = [group for group in groups if _fits(part, group)]
        if fitting:
            _nearest(part, fitting).append(part)
        else:
            groups.append([part])
    return groups


def _nearest(part: Part, groups: Sequence[list[Part]]) -> list[Part]:
    """The group that shares a fine place with the part, else the one told last before it."""
    names = {place.name for place in part.places if place.precision in _FINE}
    return max(groups, key=lambda group: (any(place.name in names for one in group for place in one.places), max(one.sentence for one in group)))


def _fits(part: Part, group: Sequence[Part]) -> bool:
    """Whether nothing sets a part apart from the parts of a group."""
    first = group[0]
    if part.type != first.type or part.historical != first.historical:
        return False
    if part.listed and all(one.sentence != part.sentence for one in group) and not _same_scene(part, group):
        return False
    if part.apart and (part.places or part.days or part.killed) and not _same_scene(part, group):
        return False
    modes = frozenset(mode for one in group for mode in one.modes)
    if part.modes and modes and not part.modes & modes and _range_of(part.modes) != _range_of(modes):
        return False
    return _may_be_there(part, group) and _may_be_then(part, group)


def _same_scene(part: Part, group: Sequence[Part]) -> bool:
    return bool(part.places and part.days) and any(one.places and one.days for one in group) and _may_be_there(part, group) and _may_be_then(part, group)


def _range_of(modes: Iterable[str]) -> str:
    kept = set(modes)
    if kept <= _FROM_AFAR:
        return "afar"
    return "near" if kept <= _FROM_NEAR else " ".join(sorted(kept))


def _may_be_there(part: Part, group: Sequence[Part]) -> bool:
    """Whether one of the part's places may be one of the group's; also where either names none."""
    places = [place for one in group for place in one.places]
    if not part.places or not places:
        return True
    return any(may_be_one_place(one, other) for one in part.places for other in places)


def may_be_one_place(one: PlaceTarget, other: PlaceTarget) -> bool:
    """Whether two places may be one scene: the same, close, or one within the other."""
    if one.name == other.name and one.country == other.country:
        return True
    if one.country and other.country and one.country != other.country:
        return False
    if one.precision in _FINE and other.precision in _FINE:
        if None in (one.lat, one.lon, other.lat, other.lon):
            return False
        return distance_km((one.lat or 0, one.lon or 0), (other.lat or 0, other.lon or 0)) <= _CLOSE_KM
    return not (one.admin1 and other.admin1) or one.admin1 == other.admin1


def _may_be_then(part: Part, group: Sequence[Part]) -> bool:
    """Whether one of the part's days may be one of the group's; also where either names none."""
    days = [interval for one in group for interval in one.days]
    if not part.days or not days:
        return True
    return any((one.start or "") <= (other.end or "") and (other.start or "") <= (one.end or "") for one in part.days for other in days)
