"""RowFacts: what a coded row tells, before any layout gives it columns: one place, one interval, two sides, weighed figures, and on whose say-so."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from sayso.export.row_actors import RowActor, RowSide, sides_of
from sayso.export.row_figures import with_sides
from sayso.export.row_voices import voice_told
from sayso.export.row_where_when import AS_TOLD, ON_NO_MAP, Dated, dated, most_told_place, place_on_no_map
from sayso.export.sharing import SharedPlace, level_of, shared_place
from sayso.export.subject import Coarsen, ExportSettings, Subject
from sayso.link.told import ReviewStatus, Told, name_key
from sayso.link.voices_apart import original_voice
from sayso.link.weigh import Weighed
from sayso.link.weigh_policies import Policy
from sayso.model import Event, Interval, Span, content_id
from sayso.model.words import VoiceKind

__all__ = ["RowActor", "RowFacts", "RowSide", "all_rows", "row_facts"]

# From the least reviewed to the most.
_REVIEWED = (ReviewStatus.REJECTED, ReviewStatus.UNREVIEWED, ReviewStatus.PENDING, ReviewStatus.AMENDED, ReviewStatus.ACCEPTED)


@dataclass(frozen=True, slots=True)
class RowFacts:
    """One coded row."""

    id: str  # of the event: the same for the same claims, book and fields
    subject: Subject
    event: Event
    told: tuple[Told, ...]
    place: SharedPlace
    interval: Interval | None  # the most told of the sharpest; None where nobody tells a day and no report has a publication day
    dated_by: str  # the rule: "as told", "publication day", "the most told of 2 times", …
    first: RowSide
    second: RowSide
    weighed: Weighed
    policy: Policy  # by which its figures are weighed
    status: ReviewStatus  # the least reviewed of its claims'
    sources: tuple[str, ...]  # outlets, in the order of publication
    voices: tuple[str, ...]  # original voices, whom the reports credit; private persons as roles
    quotes: tuple[Span, ...]  # the sentences, one a claim, that it rests on
    rules: tuple[str, ...]  # how place and day were derived where they are not simply told: "date: publication day", …


def row_facts(subject: Subject, event: Event, settings: ExportSettings) -> RowFacts:
    """What one coded row of an incident tells."""
    told = with_sides(subject, subject.told_of(event))
    if not told:
        raise ValueError(f"the row {event.id} rests on no claim of its incident")
    when: Dated = dated(subject, event, told)
    level, reason = level_of(subject, told, when.interval, settings)
    place, placed_by = _where(subject, told, level, reason)
    first, second = sides_of(subject, event, told, settings)
    rules = [f"{what}: {rule}" for what, rule in (("place", placed_by), ("date", when.rule)) if rule != AS_TOLD]
    if place.level is not Coarsen.NONE:
        rules.append(f"place: {place.level.value}, {place.reason}")
    return RowFacts(
        id=_id(subject, event),
        subject=subject,
        event=event,
        told=told,
        place=place,
        interval=when.interval,
        dated_by=when.rule,
        first=first,
        second=second,
        weighed=subject.weighed(told, settings.policy),
        policy=settings.policy,
        status=min((one.status for one in told), key=_REVIEWED.index),
        sources=_sources(told),
        voices=_voices(subject, told, place, settings),
        quotes=_quotes(subject, told),
        rules=tuple(rules),
    )


def _where(subject: Subject, told: Sequence[Told], level: Coarsen, reason: str) -> tuple[SharedPlace, str]:
    """The place of a row, and the rule by which it is known."""
    target, rule = most_told_place(subject, told)
    if target is None and (written := place_on_no_map(subject, told, level)) is not None:
        return written, ON_NO_MAP
    return shared_place(target, level, reason), rule


def all_rows(subjects: Iterable[Subject], settings: ExportSettings) -> Iterator[RowFacts]:
    """The rows of incidents, one after the other."""
    for subject in subjects:
        for event in subject.events:
            yield row_facts(subject, event, settings)


def _id(subject: Subject, event: Event) -> str:
    """The event's id; with its days where several rows, one a day, rest on the same claims."""
    alike = sum(one.id == event.id for one in subject.events)
    return event.id if alike < 2 else content_id("evt", event.id, event.days)


def by_publication(told: Iterable[Told]) -> list[Told]:
    """The claims in the order in which their reports were published; undated reports last, those of one report in the order of the text."""
    return sorted(told, key=lambda one: (one.report.published is None, one.report.published or "", one.report.document, one.claim.trigger.start))


def _sources(told: Sequence[Told]) -> tuple[str, ...]:
    return tuple({one.report.outlet.key: one.report.outlet.name for one in reversed(by_publication(told))}.values())[::-1]


def _voices(subject: Subject, told: Sequence[Told], place: SharedPlace, settings: ExportSettings) -> tuple[str, ...]:
    """Whom the reports credit; nobody where an outlet speaks for itself."""
    found: dict[str, str] = {}
    for one in by_publication(told):
        if original_voice(one.claim.voices).kind is not VoiceKind.OUTLET:
            name = voice_told(subject.lookup(one), one.claim.voices, one.report, place, settings)
            found.setdefault(name_key(name), name)
    return tuple(found.values())


def _quotes(subject: Subject, told: Sequence[Told]) -> tuple[Span, ...]:
    """The sentences that tell it, in the order of publication, each once: a reprint adds none."""
    found: dict[str, Span] = {}
    for one in by_publication(told):
        span = subject.lookup(one).sentence(one.claim.trigger)
        found.setdefault(" ".join(span.quote.split()), span)
    return tuple(found.values())
