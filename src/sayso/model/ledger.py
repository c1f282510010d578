"""What only a ledger holds: copies, carried reviews, sources as registered, tombstones, failures of stored documents."""

from dataclasses import dataclass

from sayso.model.ids import content_id
from sayso.model.words import CarryOutcome, CopyKind, Judgement, SourceKind


@dataclass(frozen=True, slots=True)
class Copy:
    """A judgement that a document reprints another one's words: their voices then count once."""

    document: str
    original: str  # the earliest known document with these words
    kind: CopyKind
    contained: float  # share of the shorter text's word runs that stand in the other, 0..1
    by: str  # "sayso copies 1", or a person
    reason: str = ""

    def __post_init__(self) -> None:
        if self.document == self.original:
            raise ValueError("a document is no copy of itself")
        if not 0 <= self.contained <= 1:
            raise ValueError(f"contained {self.contained!r} is outside 0..1")

    @property
    def id(self) -> str:
        """The content-hash id."""
        return content_id("cpy", self.document, self.original, self.kind, self.by)


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of a person's review when its document was read anew: kept, moved to another claim, or back in the queue."""

    review: str
    reading: str  # the new reading's id
    outcome: CarryOutcome
    record: str | None  # the claim of the new reading that it now speaks of; None in a conflict without one
    reason: str = ""

    @property
    def id(self) -> str:
        """The content-hash id."""
        return content_id("car", self.review, self.reading, self.outcome, self.record)


@dataclass(frozen=True, slots=True)
class Paired:
    """Two accounts of one incident as linking compared them, each by one of its claims: kept so that what was decided can be explained."""

    first: str
    second: str
    chance: float
    judgement: Judgement
    features: tuple[tuple[str, float, float], ...] = ()  # those that could be told: name, value from 0 to 1, what it added to the odds


@dataclass(frozen=True, slots=True)
class RegisteredSource:
    """What is known of a source, who set it and why: a later record of the same name replaces what an earlier one says."""

    name: str
    kind: SourceKind = SourceKind.UNKNOWN
    side: str | None = None
    country: str | None = None  # ISO 3166 alpha-2
    aliases: tuple[str, ...] = ()
    agency: str | None = None  # whose wire it reprints, or the party that owns it: voices of one agency count once
    set_by: str = ""
    reason: str = ""
    at: str | None = None

    @property
    def id(self) -> str:
        """The content-hash id."""
        return content_id("rso", self.name, self.kind, self.side, self.country, sorted(self.aliases), self.agency, self.set_by, self.reason, self.at)


@dataclass(frozen=True, slots=True)
class Tombstone:
    """A document whose words were taken out of the ledger: what remains is that they were there, who took them out, and why."""

    document: str
    by: str
    reason: str
    at: str
    blanked: tuple[str, ...] = ()  # ids of the records whose bodies were taken out; filled in by the ledger

    def __post_init__(self) -> None:
        if not self.reason:
            raise ValueError("a takedown needs a reason")

    @property
    def id(self) -> str:
        """The content-hash id."""
        return content_id("tmb", self.document, self.by, self.reason, self.at, sorted(self.blanked))
