"""CodingFacts: what coding is told of one claim. Kinds, places as home or abroad, common nouns and days; no field can hold a name."""

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.model.words import ActorKind, Certainty, Modality, VictimStatus

_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Part:
    """One of those who are told in a role: beside the kind and home of the same place in the facts, what tells it from the others."""

    number: int  # its place among the spans of the role
    words: frozenset[str] = _NOTHING  # its own common nouns
    mark: int | None = None  # who has the same mark is the same actor; says nothing of who that is
    owner: ActorKind | None = None  # of a thing, whose it is
    told: bool = True  # False for a pronoun that was not resolved: it tells of nobody


@dataclass(frozen=True, slots=True)
class CodingFacts:
    """What coding is told of one claim: kinds and common nouns (lemmas in lower case, each of its own role), never names."""

    claim: str
    type: str
    mode: str | None = None
    modality: Modality = Modality.ACTUAL
    certainty: Certainty = Certainty.CERTAIN
    actor_kinds: tuple[ActorKind, ...] = ()  # `unknown` for each that was not resolved
    recipient_kinds: tuple[ActorKind, ...] = ()
    actor_words: frozenset[str] = _NOTHING
    recipient_words: frozenset[str] = _NOTHING
    instrument_words: frozenset[str] = _NOTHING
    trigger_words: frozenset[str] = _NOTHING
    context_words: frozenset[str] = _NOTHING  # of the whole sentence
    victim_status: VictimStatus = VictimStatus.UNKNOWN
    country_home: bool | None = None  # the actor's country is the place's
    harm: bool = False  # somebody was killed or injured by it
    company: frozenset[str] = _NOTHING  # TYPE or TYPE/mode of the other actual acts of the sentence and the incident
    nearby: frozenset[str] = _NOTHING  # the same for the paragraph
    killed: bool = False  # somebody was killed by it
    actor_homes: tuple[bool | None, ...] = ()  # by kind: whether its country is the place's; empty where none is known
    recipient_homes: tuple[bool | None, ...] = ()
    actor_parts: tuple[Part, ...] = ()  # by kind; empty where each is told by the words of the role alone
    recipient_parts: tuple[Part, ...] = ()
    day_from: str | None = None  # ISO dates of the first and the last day; None where it is not told
    day_to: str | None = None
    report: int = 0  # claims of one report have the same number; it says nothing of whose it is
    place: int | None = None  # claims told of one place have the same number; None where none is told closely enough to be another
    answered: bool = False  # the sentence tells the same act the other way round: those acted on did it to those who act

    @property
    def act(self) -> str:
        """The act as other claims see it in their company."""
        return f"{self.type}/{self.mode}" if self.mode else self.type

    @property
    def means(self) -> frozenset[str]:
        """The words that tell how it was done."""
        return self.actor_words | self.instrument_words | self.trigger_words

    @property
    def days(self) -> tuple[str, str] | None:
        """The first and the last day; None where one of them is not told."""
        return (self.day_from, self.day_to) if self.day_from and self.day_to else None

    def parts(self, role: str) -> Iterator[tuple[Part, ActorKind, bool | None]]:
        """Those told in a role, each with its kind and whether it is at home."""
        acts = role == "actor"
        kinds, homes, parts = (
            (self.actor_kinds, self.actor_homes, self.actor_parts) if acts else (self.recipient_kinds, self.recipient_homes, self.recipient_parts)
        )
        for at, kind in enumerate(kinds):
            part = parts[at] if parts else Part(at, self.actor_words if acts else self.recipient_words)
            yield part, kind, homes[at] if homes else None
