"""Where and when of a row: of what its claims tell, the finest and the most told; where they tell nothing, what the incident or the report tells."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sayso.export.private import names_somebody
from sayso.export.sharing import SharedPlace
from sayso.export.subject import Coarsen, Subject
from sayso.link.told import Told
from sayso.link.voices_apart import is_told_as_done
from sayso.model import Event, Interval, PlaceTarget
from sayso.model.words import MentionKind, PlacePrecision, TimeBasis, TimePrecision

AS_TOLD = "as told"
CODED_DAYS = "days as coded"
ON_NO_MAP = "place as written: on no map"
OF_THE_INCIDENT = "as told in another claim of the incident"
PUBLICATION_DAY = "publication day"
UNDATED = "undated"
_FINENESS = {name: rank for rank, name in enumerate(PlacePrecision)}
_PARTICLES = frozenset(("of", "al", "el", "de", "da", "do", "du", "la", "le", "les", "bin", "ben", "abu", "sur", "au", "and"))
_OPEN = 1_000_000  # days: an interval without an end is less sharp than any other
_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class Dated:
    """When, and by which rule that is known."""

    interval: Interval | None
    rule: str


def most_told_place(subject: Subject, told: Sequence[Told]) -> tuple[PlaceTarget | None, str]:
    """The most told of the finest places of a row's claims, else of its incident's; None where nobody tells one that was found."""
    for claims, rule in ((told, AS_TOLD), (_others(subject, told), OF_THE_INCIDENT)):
        found = [(target, one) for one in claims for span in one.claim.roles.place if (target := subject.lookup(one).place(span)) is not None]
        if found:
            finest = min(_FINENESS[target.precision] for target, _ in found)
            as_fine = [pair for pair in found if _FINENESS[pair[0].precision] == finest]
            chosen, rivals = _most_told(as_fine, lambda one: (one.id or "", one.name, one.admin1 or ""))
            return chosen, _of_several(rule, rivals, "places")
    return None, AS_TOLD


def place_on_no_map(subject: Subject, told: Sequence[Told], level: Coarsen) -> SharedPlace | None:
    """The place that the claims name and the gazetteer does not know, in their words, in the country that the report speaks of; None where they name none."""
    if level in (Coarsen.ADMIN1, Coarsen.WITHHOLD):
        return None
    for one in told:
        lookup = subject.lookup(one)
        for span in one.claim.roles.place:
            name = " ".join(word for word in span.quote.split() if word[:1].isupper() or word.casefold() in _PARTICLES)
            if any(word[:1].isupper() for word in name.split()) and not names_somebody(lookup, span.start, span.end):
                return SharedPlace(name.strip(" .,"), _country(subject, one), None, None, None, None)
    return None


def _country(subject: Subject, told: Told) -> str | None:
    """The country that most places of a report are in, else that of the listed actors of the claim if it is one."""
    lookup = subject.lookup(told)
    counted = Counter(
        target.country for one in lookup.reading.mentions if one.kind is MentionKind.PLACE and (target := lookup.place(one.span)) is not None and target.country
    )  # fmt: skip
    if counted:
        return min(counted, key=lambda country: (-counted[country], country))
    spans = (*told.claim.roles.actor, *told.claim.roles.recipient)
    countries = {actor.country for span in spans if (actor := lookup.actor(span)) is not None and actor.country}
    return countries.pop() if len(countries) == 1 else lookup.reading.document.source.country


def dated(subject: Subject, event: Event | None, told: Sequence[Told]) -> Dated:
    """The days of a row as coded; else the most told of the sharpest intervals; else the day on which it was first published."""
    intervals = _intervals(subject, told)
    if event is not None and (days := event.days) is not None:
        return Dated(_coded(days, [one for one, _ in intervals]), CODED_DAYS if not _tells(days, [one for one, _ in intervals]) else AS_TOLD)
    for found, rule in ((intervals, AS_TOLD), (_intervals(subject, _others(subject, told)), OF_THE_INCIDENT)):
        if found:
            sharpest = min(width(one) for one, _ in found)
            chosen, rivals = _most_told([pair for pair in found if width(pair[0]) == sharpest], lambda one: (one.start or "", one.end or ""))
            return Dated(chosen, _of_several(rule, rivals, "times"))
    published = min((day for one in told if (day := _day(one.report.published)) is not None), default=None)
    if published is None:
        return Dated(None, UNDATED)
    return Dated(Interval(published, published, TimePrecision.DAY, TimeBasis.PUBLICATION), PUBLICATION_DAY)


def width(interval: Interval) -> int:
    """How many days an interval spans; very many where it is open."""
    if interval.start is None or interval.end is None:
        return _OPEN
    return (date.fromisoformat(interval.end) - date.fromisoformat(interval.start)).days + 1


def _others(subject: Subject, told: Sequence[Told]) -> list[Told]:
    """The other claims of the incident that tell of it as done."""
    own = {one.claim.id for one in told}
    return [one for one in subject.told if one.claim.id not in own and is_told_as_done(one) and not one.claim.historical]


def _intervals(subject: Subject, told: Iterable[Told]) -> list[tuple[Interval, Told]]:
    found = []
    for one in told:
        interval = subject.lookup(one).interval(one.claim.roles.time) if one.claim.roles.time else None
        if interval is not None and (interval.start or interval.end):
            found.append((interval, one))
    return found


def _coded(days: tuple[str, str], told: Sequence[Interval]) -> Interval:
    """The coded days; how closely they are told is known from the interval that says the same."""
    same = next((one for one in told if (one.start, one.end) == days), None)
    if same is not None:
        return same
    basis = TimeBasis.INFERRED if told else TimeBasis.PUBLICATION
    return Interval(*days, TimePrecision.DAY if days[0] == days[1] else TimePrecision.WEEK, basis)


def _tells(days: tuple[str, str], told: Sequence[Interval]) -> bool:
    return any((one.start, one.end) == days for one in told)


def _most_told(found: Sequence[tuple[_Found, Told]], key: Callable[[_Found], tuple[str, ...]]) -> tuple[_Found, int]:
    """What most reports tell, reprints counted once, of several the first in order; and how many different ones are told."""
    reports: dict[tuple[str, ...], set[str]] = {}
    for what, one in found:
        reports.setdefault(key(what), set()).add(one.report.copy_group)
    best = min(reports, key=lambda name: (-len(reports[name]), name))
    return next(what for what, _ in found if key(what) == best), len(reports)


def _of_several(rule: str, rivals: int, what: str) -> str:
    """The rule, with how many others were told."""
    if rivals == 1:
        return rule
    most = f"the most told of {rivals} {what}"
    return most if rule == AS_TOLD else f"{most}, {rule}"


def _day(published: str | None) -> str | None:
    """The day of a publication time; None where it is none."""
    try:
        return date.fromisoformat((published or "")[:10]).isoformat()
    except ValueError:
        return None
