"""Link, Incident, Event: claims of one happening, and the rows coded from them."""

from dataclasses import dataclass

from sayso.model.document import DOCUMENT_PREFIX
from sayso.model.ids import content_id
from sayso.model.words import Judgement


@dataclass(frozen=True, slots=True)
class Link:
    """A reversible judgement on two claims, whether they tell of one happening, or on two documents, whether they are one report: by whom, why, when."""

    first: str
    second: str
    judgement: Judgement
    by: str
    reason: str
    score: float = 1.0
    at: str | None = None
    key: str = ""  # of the deed that it is a part of

    def __post_init__(self) -> None:
        if self.first == self.second:
            raise ValueError("a link joins two different claims")

    @property
    def of_documents(self) -> bool:
        """Whether it is a judgement on documents, not on claims."""
        return self.first.startswith(f"{DOCUMENT_PREFIX}_")

    @property
    def id(self) -> str:
        """The content-hash id; the order of the two claims does not matter."""
        return content_id("lnk", sorted((self.first, self.second)), self.judgement, self.by, self.at)


@dataclass(frozen=True, slots=True)
class Incident:
    """What happened, as told: a view folded from linked claims. Disagreement stands side by side."""

    claims: tuple[str, ...]

    def __post_init__(self) -> None:
        if not self.claims:
            raise ValueError("an incident is told by at least one claim")

    @property
    def id(self) -> str:
        """The content-hash id over its claims."""
        return content_id("inc", sorted(self.claims))


_ROLES = ("actor", "recipient")


@dataclass(frozen=True, slots=True)
class Participant:
    """Who took part, by where it is told: the words at that place among those of a role of a claim. Holds no name."""

    claim: str
    role: str  # actor or recipient
    number: int  # its place among the role's spans, from 0

    def __post_init__(self) -> None:
        if self.role not in _ROLES:
            raise ValueError(f"role {self.role!r} of a participant is none of {', '.join(_ROLES)}")
        if self.number < 0:
            raise ValueError(f"number {self.number!r} of a participant is negative")


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a row: its label in the codebook's words, and who is on it, the leading one first. Nobody where only the label is known."""

    label: str
    participants: tuple[Participant, ...] = ()


@dataclass(frozen=True, slots=True)
class Event:
    """An incident coded by one codebook: what becomes a row."""

    codebook: str
    digest: str
    incident: str
    claims: tuple[str, ...]
    fields: tuple[tuple[str, str], ...]
    reason: str
    version: str = ""  # of the codebook
    sides: tuple[Side, ...] = ()  # the first and, unless the row is one-sided, the second
    days: tuple[str, str] | None = None  # ISO dates of the first and the last day; None where no claim tells them

    def __post_init__(self) -> None:
        if len(self.sides) > 2:
            raise ValueError(f"a row has at most two sides, not {len(self.sides)}")
        if self.days is not None and self.days[0] > self.days[1]:
            raise ValueError(f"a row's first day {self.days[0]} is after its last {self.days[1]}")

    @property
    def id(self) -> str:
        """The content-hash id: which claims, coded by what, as what. Version, sides and days follow from these, so that ids of older rows stay."""
        return content_id("evt", self.codebook, self.digest, sorted(self.claims), self.fields)

    def get(self, name: str) -> str | None:
        """The value of one coded field, or None."""
        return dict(self.fields).get(name)
