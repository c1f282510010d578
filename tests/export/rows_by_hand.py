"""Incidents built by hand for the tests of coded rows. Everything in them is invented."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from sayso.export.lookup import Lookup
from sayso.export.subject import Coarsen, ExportSettings, MadeBy, Subject
from sayso.link.told import told_of
from sayso.link.weigh_policies import load_policy
from sayso.model import (
    Act,
    ActorTarget,
    Claim,
    Document,
    Event,
    Figure,
    Interval,
    Mention,
    Participant,
    PlaceTarget,
    Reading,
    Resolution,
    Responsibility,
    Roles,
    Side,
    Source,
    Span,
    Voice,
)
from sayso.model.words import (
    ActorKind,
    Measure,
    MentionKind,
    Modality,
    PlacePrecision,
    ResponsibilityStatus,
    SourceKind,
    TimePrecision,
    VictimStatus,
    VoiceKind,
)

FRONT = ActorTarget("front", "Alpha Front", ActorKind.REBEL_GROUP, "SD")
ARMY = ActorTarget("SD.military", "Military Forces of Sudan", ActorKind.STATE_FORCE, "SD")
PEOPLE = ActorTarget(None, "Civilians (Sudan)", ActorKind.CIVILIANS, "SD")
DORVO = PlaceTarget("Dorvo", 15.4, 36.1, PlacePrecision.SETTLEMENT, "1001", "SD", "Kassala")
FRIDAY = Interval("2024-05-03", "2024-05-03", TimePrecision.DAY)
TEXT = 'Fighters of the Front attacked people in Dorvo on Friday, killing n0 and n1 and n2 and n3, "the Relief Office" said. Tovik Marel mourned.'
ATTACK = (
    ("disorder_type", "Political violence"),
    ("event_type", "Violence against civilians"),
    ("sub_event_type", "Attack"),
    ("civilian_targeting", "Civilian targeting"),
)


@dataclass(frozen=True)
class Told:
    """One report of one claim, to be joined with others of the same happening."""

    actor: ActorTarget | None = FRONT
    recipient: ActorTarget | None = PEOPLE
    place: PlaceTarget | None = DORVO
    when: Interval | None = FRIDAY
    figures: Sequence[Figure] = ()
    outlet: str = "Delta News"
    kind: SourceKind = SourceKind.PRESS
    country: str | None = "SD"
    published: str | None = "2024-05-04"
    voice: Voice | None = None
    text: str = TEXT
    act: Act = field(default_factory=lambda: Act("ASSAULT", "firearms"))
    modality: Modality = Modality.ACTUAL
    historical: bool = False
    status: VictimStatus = VictimStatus.UNKNOWN
    blame: ResponsibilityStatus = ResponsibilityStatus.UNKNOWN


def killed(low: int | None, high: int | None, status: VictimStatus = VictimStatus.UNKNOWN, **more: object) -> Figure:
    """A figure of killed people, to be given its place by `incident`."""
    point = low if low == high else None
    span = Span("?", 0, 2, "n0")
    return replace(Figure(span, Measure.KILLED, low, high, (Voice("?", VoiceKind.OUTLET),), point, status=status), **more)  # type: ignore[arg-type]


def incident(*told: Told, number: int | None = None, events: Sequence[dict] | None = None) -> Subject:
    """The incident that these reports tell of; by default with one row that rests on all of them. `events` gives for each row its fields, days, claims."""
    readings = [_reading(one, at) for at, one in enumerate(told)]
    claims = [reading.claims[0].id for reading in readings]
    whole = tuple(one for reading in readings for one in told_of(reading, [reading.claims[0].id], {}, {}))
    lookups = {reading.document.id: Lookup(reading) for reading in readings}
    rows = [_event(claims, **one) for one in ([{}] if events is None else events)]
    return Subject(number, whole, lookups, tuple(rows))


def settings(policy: str = "conservative", coarsen: Coarsen = Coarsen.NONE, names: bool = False) -> ExportSettings:
    return ExportSettings(MadeBy("0", "2024-06-20T06:00:00Z"), load_policy(policy), None, coarsen, names)


def _event(claims: Sequence[str], fields=ATTACK, days=None, rests_on=None, labels=("Rebel group", "Civilians"), book="acled") -> Event:
    mine = [claims[at] for at in rests_on] if rests_on is not None else list(claims)
    sides = tuple(Side(label, tuple(Participant(claim, role, 0) for claim in mine)) for label, role in zip(labels, ("actor", "recipient"), strict=False))
    return Event(book, "sha256:book", "inc_1", tuple(sorted(mine)), tuple(fields), "armed men attacked people", "1", sides, days)


def _reading(told: Told, at: int) -> Reading:
    source = Source(told.outlet, told.kind, None, told.country)
    document = Document(told.text, source, f"r{at}", f"Report {at}", told.published, f"https://example.invalid/{at}", "en")

    def of(words: str) -> Span:
        start = document.text.index(words)
        return document.span(start, start + len(words))

    voices = (Voice(told.outlet, VoiceKind.OUTLET), *((replace(told.voice, span=of(told.voice.name)),) if told.voice else ()))
    spans = {"actor": of("Fighters of the Front"), "recipient": of("people"), "place": of("Dorvo"), "time": of("Friday")}
    roles = Roles(
        (spans["actor"],) if told.actor else (), (spans["recipient"],) if told.recipient else (), (), (spans["place"],) if told.place else (),
        spans["time"] if told.when else None,
    )  # fmt: skip
    claim = Claim(
        of("attacked"), told.act, voices, told.modality, roles=roles, responsibility=Responsibility(told.blame, voices), victim_status=told.status,
        historical=told.historical,
    )  # fmt: skip
    figures = [replace(one, span=of(f"n{number}"), voices=voices, claim=claim.id) for number, one in enumerate(told.figures)]
    targets = ((MentionKind.ACTOR, "actor", told.actor), (MentionKind.ACTOR, "recipient", told.recipient), (MentionKind.PLACE, "place", told.place),
               (MentionKind.TIME, "time", told.when))  # fmt: skip
    known = [(Mention(kind, spans[name]), target) for kind, name, target in targets if target is not None]
    resolutions = tuple(Resolution(mention.id, target, 1.0, "by hand", "test") for mention, target in known)
    return Reading(document, tuple(mention for mention, _ in known), (claim,), tuple(figures), resolutions=resolutions)
