"""The contract of engines: a veiled report in, proposals out. Positions are half-open stretches of the veiled text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from sayso.model.words import (
    Certainty,
    Change,
    Measure,
    MentionKind,
    Modality,
    RelationKind,
    ResponsibilityStatus,
    Scope,
    Stance,
    VictimStatus,
    VoiceKind,
)

Signs = tuple[tuple[str, float], ...]  # what a confidence rests on: names with numbers from 0 to 1


class Stretch(NamedTuple):
    """[start, end) in code points of the veiled text."""

    start: int
    end: int

    def overlaps(self, other: tuple[int, int]) -> bool:
        """Whether both cover a common code point."""
        return self.start < other[1] and other[0] < self.end


LOOSE = "loose"  # the sort of a time that tells how long, or counts from what has no date: of an act that has no other


@dataclass(frozen=True, slots=True)
class Hint:
    """A mention that was found before the engine ran: a name, a place, a time expression."""

    kind: MentionKind
    at: Stretch
    sort: str = ""  # actors: kind of actor; places: the locative word, empty where none stands by; times: LOOSE where they have no dates


@dataclass(frozen=True, slots=True)
class VeiledReport:
    """What an engine sees of a report: its text without actors' names, and what was found in it."""

    text: str
    hints: tuple[Hint, ...] = ()
    title: str | None = None
    published: str | None = None
    asked: tuple[int, ...] = ()  # positions of which the pipeline wants to know whose words stand there


@dataclass(frozen=True, slots=True)
class VoiceProposal:
    """One link of a chain of voices inside the outlet; `at` is None where no speaker is told ("reportedly")."""

    at: Stretch | None
    cue: Stretch | None
    stance: Stance
    kind: VoiceKind


@dataclass(frozen=True, slots=True)
class ActProposal:
    """An act with the words of every part of it."""

    trigger: Stretch
    type: str
    mode: str | None = None
    modality: Modality = Modality.ACTUAL
    certainty: Certainty = Certainty.CERTAIN
    voices: tuple[VoiceProposal, ...] = ()
    actor: tuple[Stretch, ...] = ()
    recipient: tuple[Stretch, ...] = ()
    instrument: tuple[Stretch, ...] = ()
    place: tuple[Stretch, ...] = ()
    time: Stretch | None = None
    responsibility: ResponsibilityStatus = ResponsibilityStatus.UNKNOWN
    victim_status: VictimStatus = VictimStatus.UNKNOWN
    historical: bool = False
    confidence: float = 0.5
    reason: str = ""
    actor_unknown: str = ""  # why nobody is told as the actor; empty where somebody is
    signs: Signs = ()


@dataclass(frozen=True, slots=True)
class FigureProposal:
    """A number of people harmed; `act` is the number of the act in the proposals whose harm it counts."""

    at: Stretch
    measure: Measure
    low: int | None
    high: int | None
    point: int | None = None
    operator: str | None = None
    approximate: bool = False
    term: str | None = None
    group: Stretch | None = None  # the words for who was harmed
    status: VictimStatus = VictimStatus.UNKNOWN
    scope: Scope = Scope.ACT
    change: Change = Change.TOTAL
    since: Stretch | None = None
    part_of: int | None = None  # number of the whole in the proposals
    modality: Modality = Modality.ACTUAL
    voices: tuple[VoiceProposal, ...] = ()
    act: int | None = None
    confidence: float = 0.5
    signs: Signs = ()


@dataclass(frozen=True, slots=True)
class RelationProposal:
    """One act said to bear on another, by their numbers in the proposals, with the words that say so."""

    kind: RelationKind
    source: int
    target: int
    at: Stretch


@dataclass(frozen=True, slots=True)
class MembershipProposal:
    """A coalition and one member of it, with the words that say so."""

    coalition: Stretch
    member: Stretch
    at: Stretch


@dataclass(frozen=True, slots=True)
class Proposals:
    """Everything that an engine proposes about one report."""

    acts: tuple[ActProposal, ...] = ()
    figures: tuple[FigureProposal, ...] = ()
    relations: tuple[RelationProposal, ...] = ()
    memberships: tuple[MembershipProposal, ...] = ()
    wording: tuple[tuple[VoiceProposal, ...], ...] = ()  # for each position asked: the chain inside the outlet; empty is the outlet's own


class Engine(Protocol):
    """What every engine offers."""

    name: str
    version: str

    def propose(self, report: VeiledReport) -> Proposals:
        """What the report claims, as proposals that the pipeline grounds in the text."""
        ...

    def propose_all(self, reports: Sequence[VeiledReport]) -> Sequence[Proposals]:
        """What each of several reports claims, in order: the same as one by one."""
        ...
