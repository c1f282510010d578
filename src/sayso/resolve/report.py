"""A report's mentions resolved: actors, places and times, each a record of its own, and what the claims need of them."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sayso.gazetteers.actors import ActorList
from sayso.gazetteers.name_finder import FoundName
from sayso.gazetteers.places import PlaceLookup
from sayso.gazetteers.places_mentions import FoundPlace
from sayso.languages.times import TimeExpression
from sayso.model import ActorTarget, Claim, Document, Figure, Interval, Mention, PlaceTarget, Reading, Resolution
from sayso.model.words import MentionKind
from sayso.resolve.actors import actor_context
from sayso.resolve.mentions import resolve_actors
from sayso.resolve.places import resolve_places
from sayso.resolve.times import resolve_times
from sayso.resolve.voices import Relations

Place = tuple[int, int]  # [start, end) in the document


@dataclass(frozen=True, slots=True)
class ResolvedReport:
    """Resolutions, and the targets of actors, places and times by where they stand."""

    resolutions: tuple[Resolution, ...]
    actors: Mapping[Place, ActorTarget | None]
    places: Mapping[Place, PlaceTarget]
    times: Mapping[Place, Interval]
    claims: tuple[Claim, ...]
    figures: tuple[Figure, ...]

    @classmethod
    def of(cls, reading: Reading) -> "ResolvedReport":
        """What a stored reading holds of it: of several judgements of a mention the surest."""
        surest: dict[str, Resolution] = {}
        for one in reading.resolutions:
            if one.mention not in surest or one.score > surest[one.mention].score:
                surest[one.mention] = one
        actors: dict[Place, ActorTarget | None] = {}
        places: dict[Place, PlaceTarget] = {}
        times: dict[Place, Interval] = {}
        for mention in reading.mentions:
            at, found = (mention.span.start, mention.span.end), surest.get(mention.id)
            target = found.target if found is not None else None
            if mention.kind is MentionKind.ACTOR and found is not None:
                actors[at] = target if isinstance(target, ActorTarget) else None
            elif isinstance(target, PlaceTarget):
                places[at] = target
            elif isinstance(target, Interval):
                times[at] = target
        return cls(reading.resolutions, actors, places, times, reading.claims, reading.figures)

    def country(self, claim: Claim) -> str | None:
        """The country of a claim's first located place."""
        located = (self.places.get((span.start, span.end)) for span in claim.roles.place)
        return next((target.country for target in located if target is not None and target.country), None)

    def where(self) -> dict[str, str]:
        """By claim id, a key of the place that it is told of; claims without a located place closer than a country have none."""
        found = {}
        for claim in self.claims:
            targets = [self.places.get((span.start, span.end)) for span in claim.roles.place]
            keys = sorted(f"{target.name} {target.country}" for target in targets if target is not None and target.precision != "country")
            if keys:
                found[claim.id] = keys[0]
        return found

    def when(self) -> dict[str, str]:
        """By claim id, a key of its interval."""
        found = {}
        for claim in self.claims:
            span = claim.roles.time
            interval = self.times.get((span.start, span.end)) if span else None
            if interval is not None and interval.start:
                found[claim.id] = f"{interval.start} {interval.end}"
        return found


@dataclass(frozen=True, slots=True)
class Resolver:
    """Resolves what was found in reports; keeps the lists it looks up."""

    actors: ActorList
    table: PlaceLookup

    def resolve(
        self, document: Document, mentions: Sequence[Mention], told: tuple[Sequence[Claim], Sequence[Figure]], found: "FoundMentions"
    ) -> ResolvedReport:
        """Everything resolved; claims and figures come back with their voices related to the act and with dates for "since"."""
        claims, figures = told
        known = {(mention.span.start, mention.span.end, mention.kind): mention.id for mention in mentions}
        place_records, places = self._places(document, found.places, known)
        time_records, times = _times(document, found.times, known)
        countries = [target.country for target in places.values() if target.country]
        actors = resolve_actors(document, mentions, claims, (found.names, countries), self.actors)
        related = Relations(actor_context(document, found.names, countries), self.actors, actors.targets)
        new_claims = related.claims(claims)
        new_figures = [_dated(figure, found.times, times) for figure in related.figures(figures, new_claims)]
        return ResolvedReport((*actors.resolutions, *place_records, *time_records), actors.targets, places, times, tuple(new_claims), tuple(new_figures))

    def _places(
        self, document: Document, found: Sequence[FoundPlace], known: Mapping[tuple[int, int, MentionKind], str]
    ) -> tuple[list[Resolution], dict[Place, PlaceTarget]]:
        records, targets = [], {}
        answers = resolve_places(document.text, found, self.table, document.source.country)
        for place, answer in zip(found, answers, strict=True):
            mention = known.get((place.start, place.end, MentionKind.PLACE))
            if mention is not None:
                records.append(answer.of(mention))
            if answer.target is not None:
                targets[place.start, place.end] = answer.target
        return records, targets


@dataclass(frozen=True, slots=True)
class FoundMentions:
    """The names, places and times that were found in a text, as the resolver takes them."""

    names: Sequence[FoundName]
    places: Sequence[FoundPlace]
    times: Sequence[TimeExpression]


def _times(
    document: Document, found: Sequence[TimeExpression], known: Mapping[tuple[int, int, MentionKind], str]
) -> tuple[list[Resolution], dict[Place, Interval]]:
    records, targets = [], {}
    for one in resolve_times(found, published_day(document)):
        at = (one.expression.start, one.expression.end)
        mention = known.get((*at, MentionKind.TIME))
        if mention is not None:
            records.append(one.record(mention))
        if one.interval is not None:
            targets[at] = one.interval
    return records, targets


def _dated(figure: Figure, found: Sequence[TimeExpression], times: Mapping[Place, Interval]) -> Figure:
    """The figure with the date that its "since …" words mean, as ISO; unresolved words stay as they are written."""
    if figure.since is None:
        return figure
    first = bisect_right(found, figure.span.start - _SINCE_REACH, key=lambda one: one.start)
    last = bisect_left(found, figure.span.start + _SINCE_REACH, key=lambda one: one.start)
    near = [one for one in found[first:last] if (one.quote in figure.since or figure.since in one.quote)]
    interval = next((times[one.start, one.end] for one in near if (one.start, one.end) in times), None)
    return replace(figure, since=interval.start) if interval is not None and interval.start else figure


_SINCE_REACH = 400  # code points from a figure in which its "since" stands


def published_day(document: Document) -> date | None:
    """The publication day, or None where it is not told."""
    try:
        return date.fromisoformat((document.published or "")[:10])
    except ValueError:
        return None
