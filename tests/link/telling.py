"""Invented reports, one claim each, built record by record: what weighing is tested on."""

from dataclasses import dataclass, replace

from sayso.link.told import Told, sources_by_name, told_of
from sayso.model import (
    Act,
    ActorTarget,
    Claim,
    Document,
    Figure,
    Mention,
    Reading,
    RegisteredSource,
    Resolution,
    Responsibility,
    Review,
    Roles,
    Source,
    Voice,
)
from sayso.model.words import (
    ActorKind,
    Change,
    Measure,
    MentionKind,
    Modality,
    ResponsibilityStatus,
    Scope,
    SourceKind,
    Stance,
    VictimStatus,
    VoiceKind,
    VoiceRelation,
)

ARMY = ActorTarget("a1", "Military Forces of Norland", ActorKind.STATE_FORCE, "XN")
FRONT = ActorTarget("a2", "Eastern Front", ActorKind.REBEL_GROUP, "XN")
GUARD = ActorTarget("a3", "River Guard", ActorKind.REBEL_GROUP, "XN")


@dataclass(frozen=True)
class Number:
    """A figure's words and fields."""

    words: str
    low: int | None
    high: int | None = None
    point: int | None = None
    term: str | None = None
    group: str | None = None
    status: VictimStatus = VictimStatus.UNKNOWN
    measure: Measure = Measure.KILLED
    scope: Scope = Scope.ACT
    change: Change = Change.TOTAL
    since: str | None = None
    modality: Modality = Modality.ACTUAL
    part: bool = False  # of the first figure
    side: str | None = None


def exactly(number: int, **fields: object) -> Number:
    return Number(f"{number} people", number, number, number, **fields)


def at_least(number: int, **fields: object) -> Number:
    return Number(f"at least {number} people", number, None, number, **fields)


@dataclass(frozen=True)
class Telling:
    """One claim of one report; `tell` makes it a Told."""

    numbers: tuple[Number, ...] = ()
    voice: str | None = "residents"  # None is the outlet's own word
    kind: VoiceKind = VoiceKind.WITNESS
    stance: Stance = Stance.SAID
    relation: VoiceRelation = VoiceRelation.UNKNOWN
    side: str | None = None
    between: str | None = None  # an agency that the outlet quotes
    outlet: str = "Delta News (invented)"
    outlet_side: str | None = None
    published: str | None = "2024-05-04"
    given: str = "1"
    modality: Modality = Modality.ACTUAL
    actor: ActorTarget | None = None
    recipient: ActorTarget | None = None
    victims: VictimStatus = VictimStatus.UNKNOWN
    blame: ResponsibilityStatus = ResponsibilityStatus.STATED
    copy_of: str | None = None  # id of the original document
    sources: tuple[RegisteredSource, ...] = ()
    reviews: tuple[tuple[str, str, str], ...] = ()  # verdict, reviewer, time: of the claim

    def document(self) -> Document:
        names = [one.name for one in (self.actor, self.recipient) if one]
        words = [self.voice or "", self.between or "", "killed", *(number.words for number in self.numbers), *names]
        return Document(" | ".join(words) + " (invented)", Source(self.outlet, SourceKind.PRESS, self.outlet_side), self.given, published=self.published)

    def reading(self) -> Reading:
        document = self.document()
        # Each part of the text stands between bars, so no words are found inside others.
        padded = f" | {document.text}"

        def span(words: str):
            start = padded.index(f" | {words}")
            return document.span(start, start + len(words))

        voices = [Voice(self.outlet, VoiceKind.OUTLET, side=self.outlet_side)]
        if self.between:
            voices.append(Voice(self.between, VoiceKind.AGENCY, span=span(self.between)))
        if self.voice:
            voices.append(Voice(self.voice, self.kind, self.stance, span(self.voice), side=self.side, relation=self.relation))
        roles = Roles(*((span(one.name),) if one else () for one in (self.actor, self.recipient)))
        claim = Claim(
            span("killed"),
            Act("ASSAULT"),
            tuple(voices),
            self.modality,
            roles=roles,
            responsibility=Responsibility(self.blame, tuple(voices)),
            victim_status=self.victims,
        )
        figures: list[Figure] = []
        for number in self.numbers:
            figures.append(
                Figure(
                    span(number.words),
                    number.measure,
                    number.low,
                    number.high,
                    tuple(voices),
                    number.point,
                    term=number.term,
                    group=number.group,
                    status=number.status,
                    side=number.side,
                    scope=number.scope,
                    change=number.change,
                    since=number.since,
                    part_of=figures[0].id if number.part else None,
                    modality=number.modality,
                    claim=claim.id,
                )
            )
        mentions = [(Mention(MentionKind.ACTOR, span(one.name)), one) for one in (self.actor, self.recipient) if one]
        resolutions = tuple(Resolution(mention.id, target, 1.0, "named", "test") for mention, target in mentions)
        return Reading(document, tuple(mention for mention, _ in mentions), (claim,), tuple(figures), resolutions=resolutions)


def tell(telling: Telling | None = None, **fields: object) -> Told:
    """The one claim of an invented report as weighing sees it."""
    telling = replace(telling, **fields) if telling else Telling(**fields)
    reading = telling.reading()
    claim = reading.claims[0].id
    copies = {reading.document.id: telling.copy_of} if telling.copy_of else {}
    reviews = [Review(claim, verdict, who, at, "seen") for verdict, who, at in telling.reviews]
    return told_of(reading, [claim], copies, sources_by_name(telling.sources), reviews)[0]


def reading_with_voices(*voices: tuple[str, VoiceKind], text: str = "") -> Reading:
    """An invented report of one act, told by its outlet and by those voices."""
    document = Document(f"{' | '.join(name for name, _ in voices)} | killed | {text}", Source("Delta News", SourceKind.PRESS), language="en")
    found = [Voice("Delta News", VoiceKind.OUTLET)]
    for name, kind in voices:
        start = document.text.index(name)
        found.append(Voice(name, kind, span=document.span(start, start + len(name))))
    start = document.text.index("| killed |") + 2
    return Reading(document, (), (Claim(document.span(start, start + 6), Act("ASSAULT"), tuple(found)),))
