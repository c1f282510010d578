"""Query, Page, FoundClaim, IncidentSummary: what is asked of a ledger's claims, and what is answered."""

from dataclasses import dataclass

DEFAULT_LIMIT = 50
MOST = 10_000  # rows of one page


@dataclass(frozen=True, slots=True)
class Query:
    """What claims have to meet: every field that is given. Words and names are data, never query syntax; case and accents do not matter.

    A name matches where its words stand in the resolved name or in the words of the text. Days are ISO dates; a claim is looked for under the days
    that it tells of, and where it tells none under the day on which its report was published.
    """

    words: str | None = None  # all of them, in the claim's sentence, its report's title, or the resolved names
    actor: str | None = None
    place: str | None = None
    country: str | None = None  # ISO 3166 alpha-2
    since: str | None = None
    until: str | None = None
    type: str | None = None
    voice: str | None = None
    side: str | None = None  # that the source or a voice speaks for
    source: str | None = None
    status: str | None = None  # unreviewed, accepted, rejected, amended, conflict
    modality: str | None = None
    incident: int | None = None
    document: str | None = None
    superseded: bool = False  # also claims of reports that a newer version replaces
    limit: int = DEFAULT_LIMIT
    after: int | None = None  # the `next` of the page before

    def __post_init__(self) -> None:
        if not 1 <= self.limit <= MOST:
            raise ValueError(f"limit {self.limit!r} is outside 1..{MOST}")


@dataclass(frozen=True, slots=True)
class FoundFigure:
    """A number of people harmed, as a claim's report tells it."""

    measure: str
    low: int | None
    high: int | None
    status: str = "unknown"  # of those counted: civilian, combatant, contested, unknown
    modality: str = "actual"


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """A claim of a current reading, as a table shows it."""

    number: int  # of the claim in this ledger; it never changes
    id: str
    document: str
    source: str
    title: str | None
    published: str | None
    type: str
    mode: str | None
    modality: str
    voices: tuple[str, ...]  # from the outlet inward
    actor: tuple[str, ...]  # resolved names, else as written
    recipient: tuple[str, ...]
    place: str | None
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    date_from: str | None
    date_to: str | None
    figures: tuple[FoundFigure, ...]
    status: str
    incident: int | None
    quote: str  # the trigger's sentence, or what stands around it
    superseded: bool = False
    kinds: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())  # of each actor and each recipient


@dataclass(frozen=True, slots=True)
class Page:
    """Some claims, those entered last first; `next` goes into `Query.after` for more, None where there are no more."""

    rows: tuple[FoundClaim, ...]
    next: int | None


@dataclass(frozen=True, slots=True)
class IncidentSummary:
    """What an incident's claims tell, side by side. Its number is the smallest number among its claims."""

    number: int
    claims: int
    documents: int
    types: tuple[str, ...]  # the commonest first
    places: tuple[str, ...]  # the commonest first
    country: str | None
    date_from: str | None  # the first day that a claim tells of
    date_to: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IncidentPage:
    """Some incidents, the highest number first; `next` goes into `Query.after` for more, None where there are no more."""

    rows: tuple[IncidentSummary, ...]
    next: int | None


@dataclass(frozen=True, slots=True)
class ListedDocument:
    """A report as a list shows it."""

    seq: int  # its entry
    id: str
    source: str
    title: str | None
    published: str | None
    superseded: bool
    claims: int  # of its current reading


@dataclass(frozen=True, slots=True)
class QueueQuery:
    """Which of the claims that wait for review: every field that is given, as in `Query`."""

    words: str | None = None
    actor: str | None = None
    place: str | None = None
    country: str | None = None
    since: str | None = None
    until: str | None = None
    type: str | None = None
    voice: str | None = None
    source: str | None = None
    modality: str | None = None
    document: str | None = None
    person: str | None = None  # whose queue: without the claims that this person left for later
    skipped: tuple[int, ...] = ()  # numbers of claims that are left for later
    limit: int = DEFAULT_LIMIT
    after: tuple[bool, float, int] | None = None  # the `next` of the page before

    def __post_init__(self) -> None:
        if not 1 <= self.limit <= MOST or len(self.skipped) > MOST:
            raise ValueError(f"limit {self.limit!r} is outside 1..{MOST}, or more than {MOST} are skipped")


@dataclass(frozen=True, slots=True)
class Queued:
    """A claim that waits for review."""

    claim: FoundClaim
    urgency: float  # how unsure the reader is, from 0 to 1
    disputed: bool  # somebody denies it, or another claim of its incident


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Some claims of the queue in its order; `next` goes into `QueueQuery.after` for more, None where there are no more."""

    rows: tuple[Queued, ...]
    next: tuple[bool, float, int] | None
