"""IntakeSettings and Taken: what a user says about all reports of a run, and what intake made of one input."""

from dataclasses import dataclass

from sayso.model import Document, Extraction, Failure
from sayso.model.words import SourceKind

DEFAULT_LIMIT = 20_000_000  # bytes of one report


@dataclass(frozen=True, slots=True)
class IntakeSettings:
    """What holds for every report that does not tell it itself, and the largest report that is taken."""

    published: str | None = None
    source: str | None = None
    source_kind: SourceKind = SourceKind.UNKNOWN
    side: str | None = None
    language: str | None = None
    limit: int = DEFAULT_LIMIT


@dataclass(frozen=True, slots=True)
class Taken:
    """One input: a Document or the Failure that it became, and what its reader should know about how it was read."""

    item: Document | Failure
    notes: tuple[str, ...] = ()
    raw: bytes | None = None  # the unaltered bytes that the document's raw_sha256 is of
    extraction: Extraction | None = None
