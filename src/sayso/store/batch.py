"""Batch, Appended, Head, Failed, Verification: what goes into a ledger, and what it answers."""

from dataclasses import dataclass, field

from sayso.model import (
    Assignment,
    Carried,
    Coding,
    Copy,
    Document,
    Extraction,
    Failure,
    HandedIn,
    Link,
    Origin,
    Reading,
    RegisteredSource,
    Review,
    Skipped,
    content_id,
)

GENESIS = "0" * 64  # what the first entry names as the one before it


@dataclass(frozen=True, slots=True)
class Batch:
    """Records that go into a ledger together: all of them or none. What the ledger knows by id already is left out."""

    documents: tuple[Document, ...] = ()
    extractions: tuple[Extraction, ...] = ()
    raws: tuple[bytes, ...] = ()  # unaltered bytes that documents or extractions name by their sha256
    readings: tuple[Reading, ...] = ()
    failures: tuple[tuple[str, Failure], ...] = ()  # (document id, why it gave no reading)
    reviews: tuple[Review, ...] = ()
    carried: tuple[Carried, ...] = ()
    links: tuple[Link, ...] = ()
    copies: tuple[Copy, ...] = ()
    sources: tuple[RegisteredSource, ...] = ()
    origin: Origin = field(default_factory=Origin)  # of the failures: what tried to read these documents
    assignments: tuple[Assignment, ...] = ()
    codings: tuple[Coding, ...] = ()
    handed_in: tuple[HandedIn, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    # What the writer knew, None for nothing: (record, last decision about it), (document, current reading), or ("claim claim", last link of the two).
    expects: tuple[tuple[str, str | None], ...] = ()
    deed: tuple[str, str] | None = None  # whose, and its key: where it was entered before, nothing is


@dataclass(frozen=True, slots=True)
class Head:
    """The last entry of the chain: number and hash. Kept elsewhere, it shows any later change of what stands before it."""

    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Appended:
    """What an append did: ids entered now, ids that were there already, and the head after it."""

    new: tuple[str, ...]
    known: tuple[str, ...]
    head: Head


@dataclass(frozen=True, slots=True)
class Failed:
    """A document of the ledger that gave no reading: what tried, and why it failed."""

    document: str
    failure: Failure
    origin: Origin = field(default_factory=Origin)

    @property
    def id(self) -> str:
        """The content-hash id: this document, tried by this engine, failed so."""
        made, why = self.origin, self.failure
        return content_id("fai", self.document, made.engine, made.version, made.codebook, made.language, why.kind, why.reason)


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether a ledger is as it was written; each problem names the entry and what is wrong with it."""

    sound: bool
    problems: tuple[str, ...]
    head: Head
    entries: int
