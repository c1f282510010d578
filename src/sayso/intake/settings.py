"""IntakeSettings, What, Extracted and Taken: what a user says about all reports of a run, what one input is, and what intake made of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sayso.model import Document, Extraction, Failure, Piece
from sayso.model.words import SourceKind

DEFAULT_LIMIT = 20_000_000  # bytes of one report


@dataclass(frozen=True, slots=True)
class Caps:
    """How much one input may cost. What goes beyond is refused with the reason and the name of the cap."""

    pages: int = 300  # of a PDF
    members: int = 10_000  # of an archive, attachments of a message
    unpacked: int = 2_000_000_000  # bytes that come out of one archive
    ratio: int = 200  # bytes out for a byte in: text packs to a twentieth at most, bombs to a thousandth
    nested: int = 1  # archives in an archive, messages in a message
    elements: int = 200_000  # of an HTML page
    element_depth: int = 250  # browsers stop at 512, articles stay below 60
    seconds: int = 30  # for one report in the child process
    memory: int = 1_500_000_000  # bytes of address space of the child process


@dataclass(frozen=True, slots=True)
class IntakeSettings:
    """What holds for every report that does not tell it itself, and the largest report that is taken."""

    published: str | None = None
    source: str | None = None
    source_kind: SourceKind = SourceKind.UNKNOWN
    side: str | None = None
    language: str | None = None
    limit: int = DEFAULT_LIMIT
    caps: Caps = field(default_factory=Caps)
    mapping: tuple[tuple[str, str], ...] = ()  # (field, column) of tables and JSON lines: `mapping.parse_mapping`


@dataclass(frozen=True, slots=True)
class What:
    """What an input is, before it is opened: its name in messages, and what is known from outside of it."""

    name: str  # "folder/x.pdf", "folder/a.zip!x.pdf", a URL: for messages, and its ending may tell the format
    given_id: str | None = None
    url: str | None = None
    retrieved: str | None = None  # ISO 8601
    media_type: str | None = None  # as a server, a feed or a message told it
    depth: int = 0  # archives and messages around it


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a taker got out of the bytes of one report; `metadata.document_from` makes a Taken of it."""

    text: str
    extractor: str  # the file of `intake`
    version: str  # "trafilatura 2.3.1"; `metadata.OWN` where it is our own code
    media_type: str
    pieces: tuple[Piece, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)  # as `metadata.make_document` takes them
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Taken:
    """One input: a Document or the Failure that it became, and what its reader should know about how it was read."""

    item: Document | Failure
    notes: tuple[str, ...] = ()
    raw: bytes | None = None  # the unaltered bytes that the document's raw_sha256 is of
    extraction: Extraction | None = None
