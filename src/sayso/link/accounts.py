"""Accounts: what one report tells of one happening, with what comparing it with other reports needs, and no words that could name a private person."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sayso.link.distinctive import CueWords, Hours, cue_words, hashed, hours_told, lines_of, names_of, words_of
from sayso.link.gathering import Near, Part, ReadWords, gathered
from sayso.model import ActorTarget, Claim, Figure, Interval, PlaceTarget, Reading, Span, content_id
from sayso.model.words import (
    ActorKind,
    Change,
    Measure,
    MentionKind,
    Modality,
    PlacePrecision,
    Scope,
    TimePrecision,
    VictimStatus,
    VoiceKind,
)

INCIDENT_TYPES = ("ASSAULT", "COERCE", "PROTEST", "MOBILIZE")  # acts that happen at a place and time; words, plans and treaties link nothing
SPOKEN_TYPES = ("ACCUSE", "REJECT", "THREATEN", "RETREAT", "SANCTION", "SUPPORT", "AID", "COOPERATE")  # in which a report may speak of a happening
_TOLD = (Modality.ACTUAL, Modality.DENIED)  # what is planned or feared is no happening; who denies one speaks of it
_MOST_WORDS = 400  # of one account: a report of a hundred pages weighs no more than a long one
_MOST_PLACES = 12
_FINENESS = {name: rank for rank, name in enumerate(PlacePrecision)}
_SHARPNESS = {name: rank for rank, name in enumerate(TimePrecision)}


@dataclass(frozen=True, slots=True)
class Where:
    """A place of an account; `told` is whether it is told of the act itself or only stands beside it."""

    name: str
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    precision: PlacePrecision
    told: bool = True


@dataclass(frozen=True, slots=True)
class When:
    """Days of an account, as ISO dates; `told` is whether they are told of the act itself or only stand beside it."""

    start: str | None
    end: str | None
    precision: TimePrecision
    told: bool = True


@dataclass(frozen=True, slots=True)
class Party:
    """Who acts or is acted upon: a listed actor's id and kind, and the common nouns that describe it. No private person's name."""

    id: str | None
    kind: ActorKind
    country: str | None
    nouns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """A figure of an account, as far as comparing needs it."""

    measure: Measure
    low: int | None
    high: int | None
    status: VictimStatus
    scope: Scope
    change: Change
    denied: bool = False
    part: bool = False  # "including 34 women": counts some of a whole that is told too


@dataclass(frozen=True, slots=True)
class Account:
    """What one report tells of one happening. `parts` are incidents of its reading that nothing sets apart; the first is the fullest."""

    parts: tuple[tuple[str, ...], ...]
    document: str
    source: str
    published: str | None
    acts: tuple[tuple[str, str | None], ...]  # type and mode, the most told first
    modalities: tuple[Modality, ...]
    places: tuple[Where, ...]  # told of the act before those that stand beside it, then the finest first
    days: tuple[When, ...]  # likewise, then the most told first
    hours: tuple[Hours, ...]
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    instruments: tuple[str, ...]
    figures: tuple[Count, ...]
    voices: tuple[VoiceKind, ...]
    historical: bool
    chief: bool  # what the report is mainly about
    apart: bool  # told as a second, another, a later one
    words: tuple[int, ...] = ()  # hashes of the words near it
    names: tuple[int, ...] = ()  # hashes of what may be names there, as spellings share them, and of numbers
    scene: tuple[int, ...] = ()  # of the names in the words for its place, found on the map or not
    lines: tuple[int, ...] = ()  # of its sentences: what stands word for word in reports of other weeks is set matter
    title: tuple[int, ...] = ()  # of the words of the report's title, where it is chief
    _id: str = field(default="", init=False, repr=False, compare=False)

    @property
    def claims(self) -> tuple[str, ...]:
        """The ids of its claims, the fullest part's first."""
        return tuple(name for part in self.parts for name in part)

    @property
    def id(self) -> str:
        """The content-hash id over its claims."""
        if not self._id:
            object.__setattr__(self, "_id", content_id("acc", sorted(self.claims)))
        return self._id

    @property
    def type(self) -> str:
        """The type of act that it tells most."""
        return self.acts[0][0]

    @property
    def spoken(self) -> bool:
        """Whether it only speaks of a happening: it is compared with accounts that tell one, never with another of its kind."""
        return self.type not in INCIDENT_TYPES


def accounts_of(reading: Reading) -> tuple[Account, ...]:
    """The accounts of one report in the order of the text; () where it tells of no happening."""
    claims = {claim.id: claim for claim in reading.claims}
    words = ReadWords.of(reading)
    cues = cue_words()
    parts = []
    for incident in reading.incidents:
        told = [claims[name] for name in incident.claims if name in claims]
        told = [one for one in told if one.act.type in INCIDENT_TYPES and one.modality in _TOLD]
        if told:
            parts.append(words.part(told, cues))
    spoken = () if parts else _spoken_of(reading)
    if spoken:
        parts.append(words.part(spoken, cues))
    groups = gathered(parts)
    chief = _chief(groups, words)
    return tuple(_account(group, words, cues, number == chief) for number, group in enumerate(groups))


def _spoken_of(reading: Reading) -> tuple[Claim, ...]:
    """The claims of a report that tells of no happening itself but may speak of one: it claims responsibility, condemns, denies, or tells of the release."""
    return tuple(claim for claim in reading.claims if claim.act.type in SPOKEN_TYPES and claim.modality in _TOLD)


def _chief(groups: Sequence[Sequence[Part]], words: ReadWords) -> int | None:
    """The number of the group that the report is mainly about: violence before arrests, news before history, much told before little, first before last."""

    def weight(number: int) -> tuple[float, int]:
        told = [claim for part in groups[number] for claim in part.claims]
        news = sum(not claim.historical for claim in told)
        harm = any(words.figures.get(claim.id) for claim in told)
        early = min(claim.trigger.start for claim in told)
        value = (1 if news else 0.1) * (2 if groups[number][0].type == "ASSAULT" else 1) * (1 + harm) * (len(told) + 1)
        return value / (1 + early / 600), -number

    return max(range(len(groups)), key=weight, default=None)


def _account(group: Sequence[Part], words: ReadWords, cues: CueWords, chief: bool) -> Account:
    ordered = sorted(group, key=lambda part: (-part.fullness, part.start))
    told = [claim for part in ordered for claim in part.claims]
    document = words.reading.document
    acts = Counter((claim.act.type, claim.act.mode) for claim in told)
    near = words.near(told, whole=chief)
    return Account(
        parts=tuple(tuple(claim.id for claim in part.claims) for part in ordered),
        document=document.id,
        source=document.source.name,
        published=document.published[:10] if document.published else None,
        acts=tuple(act for act, _ in sorted(acts.items(), key=lambda item: (-item[1], item[0][0], item[0][1] or ""))),
        modalities=tuple(sorted({claim.modality for claim in told})),
        places=_places(told, near, words),
        days=_days(told, near, words),
        hours=hours_told(near.text, cues),
        actors=_parties((span for claim in told for span in claim.roles.actor), words, cues),
        recipients=_parties((span for claim in told for span in claim.roles.recipient), words, cues),
        instruments=tuple(sorted({noun for claim in told for span in claim.roles.instrument for noun in words.nouns(span, cues)})),
        figures=tuple(dict.fromkeys(_count(one) for claim in told for one in words.figures.get(claim.id, ()))),
        voices=tuple(sorted({voice.kind for claim in told for voice in claim.voices})),
        historical=all(claim.historical for claim in told),
        chief=chief,
        apart=ordered[0].apart,
        words=_hashes(words_of(near.text, cues.empty)),
        names=_hashes(names_of("\n".join((document.title or "" if chief else "", near.text, *(span.quote for span in near.places))), cues.empty)),
        scene=_hashes(name for claim in told for span in claim.roles.place for name in names_of(span.quote, cues.empty)),
        lines=_hashes(lines_of(near.text)),
        title=_hashes(words_of(document.title or "", cues.empty)) if chief else (),
    )


def _hashes(words: Iterable[str]) -> tuple[int, ...]:
    return tuple(sorted({hashed(word) for word in words}))[:_MOST_WORDS]


def _places(told: Iterable[Claim], near: Near, words: ReadWords) -> tuple[Where, ...]:
    own = [target for claim in told for span in claim.roles.place if (target := words.target(MentionKind.PLACE, span, PlaceTarget)) is not None]
    beside = [target for span in near.places if (target := words.target(MentionKind.PLACE, span, PlaceTarget)) is not None]
    found: dict[tuple[str, str | None], Where] = {}
    for told_of_it, targets in ((True, own), (False, beside)):
        counted = Counter((one.name, one.country) for one in targets)
        order = {key: number for number, key in enumerate(counted)}
        for one in sorted(targets, key=lambda one: (_FINENESS[one.precision], -counted[one.name, one.country], order[one.name, one.country])):
            found.setdefault((one.name, one.country), Where(one.name, one.country, one.admin1, one.lat, one.lon, one.precision, told_of_it))
    return tuple(found.values())[:_MOST_PLACES]


def _days(told: Iterable[Claim], near: Near, words: ReadWords) -> tuple[When, ...]:
    own = [target for claim in told if claim.roles.time and (target := words.target(MentionKind.TIME, claim.roles.time, Interval)) is not None]
    beside = [target for span in near.times if (target := words.target(MentionKind.TIME, span, Interval)) is not None]
    found: dict[tuple[str | None, str | None], When] = {}
    for told_of_it, intervals in ((True, own), (False, beside)):
        counted = Counter((one.start, one.end) for one in intervals if one.start or one.end)
        known = {(one.start, one.end): one for one in reversed(intervals) if one.start or one.end}
        order = {key: number for number, key in enumerate(counted)}
        for key, _ in sorted(counted.items(), key=lambda item: (_SHARPNESS[known[item[0]].precision] > 1, -item[1], order[item[0]])):
            found.setdefault(key, When(*key, known[key].precision, told_of_it))
    return tuple(found.values())[:_MOST_PLACES]


def _parties(spans: Iterable[Span], words: ReadWords, cues: CueWords) -> tuple[Party, ...]:
    found = []
    for span in spans:
        target = words.target(MentionKind.ACTOR, span, ActorTarget)
        nouns = words.nouns(span, cues)
        if target is not None:
            found.append(Party(target.id, target.kind, target.country, nouns))
        elif nouns:
            found.append(Party(None, ActorKind.UNKNOWN, None, nouns))
    return tuple(dict.fromkeys(found))


def _count(figure: Figure) -> Count:
    denied = figure.modality is Modality.DENIED
    return Count(figure.measure, figure.low, figure.high, figure.status, figure.scope, figure.change, denied, figure.part_of is not None)
