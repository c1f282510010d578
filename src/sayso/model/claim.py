"""Voice, Claim, Figure and what hangs on them. The claim is the atom: it is never merged away."""

from dataclasses import dataclass, field, replace

from sayso.model.document import Span
from sayso.model.ids import content_id
from sayso.model.review import Origin
from sayso.model.words import (
    Certainty,
    Change,
    LoadedClass,
    Measure,
    Modality,
    RelationKind,
    ResponsibilityStatus,
    Scope,
    Stance,
    VictimStatus,
    VoiceKind,
    VoiceRelation,
)


@dataclass(frozen=True, slots=True)
class Voice:
    """One speaker of a claim; a chain of voices goes from the outlet inward."""

    name: str
    kind: VoiceKind
    stance: Stance = Stance.SAID
    span: Span | None = None  # None for the outlet, whose name stands in the metadata
    cue: Span | None = None
    side: str | None = None
    relation: VoiceRelation = VoiceRelation.UNKNOWN
    spoke: str | None = None  # ISO date on which it spoke, if told

    @property
    def key(self) -> tuple[object, ...]:
        """What tells this link of a chain from another, as JSON values: its words, not what they were judged to be."""
        return (self.name, self.stance, _at(self.span), _at(self.cue))


@dataclass(frozen=True, slots=True)
class Act:
    """An event type of the codebook and its mode."""

    type: str
    mode: str | None = None


@dataclass(frozen=True, slots=True)
class Responsibility:
    """How firmly somebody is said to have done it, and by whom."""

    status: ResponsibilityStatus = ResponsibilityStatus.UNKNOWN
    voices: tuple[Voice, ...] = ()
    reason: str = ""  # why it cannot be told who did it; empty where somebody is said to have


@dataclass(frozen=True, slots=True)
class Roles:
    """Who, to whom, with what, where and when: each with its own words."""

    actor: tuple[Span, ...] = ()
    recipient: tuple[Span, ...] = ()
    instrument: tuple[Span, ...] = ()
    place: tuple[Span, ...] = ()
    time: Span | None = None

    @property
    def key(self) -> list[object]:
        """The positions of all roles, as JSON values."""
        named = (self.actor, self.recipient, self.instrument, self.place, (self.time,) if self.time else ())
        return [[_at(span) for span in spans] for spans in named]


@dataclass(frozen=True, slots=True)
class Claim:
    """In this Document these Voices affirm or deny that this act happened, may happen or is planned."""

    trigger: Span
    act: Act
    voices: tuple[Voice, ...]
    modality: Modality = Modality.ACTUAL
    certainty: Certainty = Certainty.CERTAIN
    roles: Roles = field(default_factory=Roles)
    responsibility: Responsibility = field(default_factory=Responsibility)
    victim_status: VictimStatus = VictimStatus.UNKNOWN
    historical: bool = False  # background or history, told apart from the news
    confidence: float = 1.0
    reason: str = ""
    origin: Origin = field(default_factory=Origin)
    _id: str = field(default="", init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.voices:
            raise ValueError("a claim has at least one voice: the outlet's own")
        if not 0 <= self.confidence <= 1:
            raise ValueError(f"confidence {self.confidence!r} is outside 0..1")
        for span in (*self.roles.actor, *self.roles.recipient, *self.roles.instrument, *self.roles.place):
            if span.document != self.trigger.document:
                raise ValueError("all spans of a claim point into one document")

    @property
    def document(self) -> str:
        """The id of the Document that tells it."""
        return self.trigger.document

    @property
    def id(self) -> str:
        """The content-hash id: what is claimed, on which words, by whom; not how sure the engine was."""
        if not self._id:
            voices = [voice.key for voice in self.voices]
            act = (self.act.type, self.act.mode, self.modality, self.certainty)
            # Asked for many times, hashed once: the one write to a frozen record, of a value that follows from its fields.
            object.__setattr__(self, "_id", content_id("clm", self.document, _at(self.trigger), act, voices, self.roles.key))
        return self._id

    def with_voices(self, voices: tuple[Voice, ...], responsibility: Responsibility) -> "Claim":
        """The claim with its voices judged anew: the words of the voices are the same, so the id is."""
        made = Claim(
            self.trigger, self.act, voices, self.modality, self.certainty, self.roles, responsibility, self.victim_status, self.historical,
            self.confidence, self.reason, self.origin,
        )  # fmt: skip
        object.__setattr__(made, "_id", self.id)
        return made

    def amended(self, **fields: "Act | Modality | Certainty | VictimStatus | Roles") -> "Claim":
        """The claim as a reviewer says that it should have been read: it is the same record, so the id is. Its words and voices cannot be amended."""
        made = replace(self, **fields)  # type: ignore[arg-type]  # each field's type is checked where amendments are read
        object.__setattr__(made, "_id", self.id)
        return made


@dataclass(frozen=True, slots=True)
class Figure:
    """A number of people harmed as claimed: inclusive bounds; unknown is None, never 0."""

    span: Span
    measure: Measure
    low: int | None
    high: int | None
    voices: tuple[Voice, ...]
    point: int | None = None  # the number that the words name; None for "dozens"
    operator: str | None = None
    approximate: bool = False
    term: str | None = None
    group: str | None = None
    status: VictimStatus = VictimStatus.UNKNOWN
    side: str | None = None
    scope: Scope = Scope.ACT
    change: Change = Change.TOTAL
    since: str | None = None
    until: str | None = None
    part_of: str | None = None  # id of the whole that this is a part of; parts are never summed with it
    modality: Modality = Modality.ACTUAL
    claim: str | None = None  # id of the claim whose harm it counts
    confidence: float = 1.0
    origin: Origin = field(default_factory=Origin)
    _id: str = field(default="", init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for name, value in (("low", self.low), ("high", self.high), ("point", self.point)):
            if value is not None and value < 0:
                raise ValueError(f"{name} {value!r} of a figure is negative")
        if not 0 <= self.confidence <= 1:
            raise ValueError(f"confidence {self.confidence!r} of a figure is outside 0..1")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise ValueError(f"a figure's low {self.low!r} is above its high {self.high!r}")
        if not self.voices:
            raise ValueError("a figure has at least one voice: the outlet's own")

    @property
    def id(self) -> str:
        """The content-hash id."""
        if not self._id:
            voices = [voice.key for voice in self.voices]
            made = content_id("fig", self.span.document, _at(self.span), self.measure, self.low, self.high, self.modality, voices)
            object.__setattr__(self, "_id", made)
        return self._id

    def amended(self, **fields: int | str | Measure | VictimStatus | None) -> "Figure":
        """The figure as a reviewer says that it should have been read: it is the same record, so the id is. Its words and voices cannot be amended."""
        made = replace(self, **fields)  # type: ignore[arg-type]  # each field's type is checked where amendments are read
        object.__setattr__(made, "_id", self.id)
        return made


@dataclass(frozen=True, slots=True)
class Relation:
    """One claim said to bear on another, with the words that say so."""

    kind: RelationKind
    source: str
    target: str
    span: Span

    @property
    def id(self) -> str:
        """The content-hash id."""
        return content_id("rel", self.kind, self.source, self.target, _at(self.span))


@dataclass(frozen=True, slots=True)
class Membership:
    """Two mentions of which one is told to belong to the other."""

    coalition: str
    member: str
    span: Span

    @property
    def id(self) -> str:
        """The content-hash id."""
        return content_id("mbr", self.coalition, self.member, _at(self.span))


@dataclass(frozen=True, slots=True)
class LoadedWord:
    """Words that take a side, whose wording they are, and a neutral gloss. Flagged, never rewritten."""

    span: Span
    loaded_class: LoadedClass
    neutral: str
    voices: tuple[Voice, ...] = ()

    @property
    def id(self) -> str:
        """The content-hash id."""
        return content_id("ldd", self.span.document, _at(self.span), self.loaded_class)


@dataclass(frozen=True, slots=True)
class Refusal:
    """A proposal that became no record, and why."""

    what: str
    why: str
    origin: Origin = field(default_factory=Origin)

    @property
    def id(self) -> str:
        """The content-hash id."""
        return content_id("ref", self.what, self.why)


def _at(span: Span | None) -> list[int] | None:
    return [span.start, span.end] if span else None
