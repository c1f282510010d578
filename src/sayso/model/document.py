"""Source, Document, Span, Mention: who published what, and the only way to point at its words."""

from dataclasses import dataclass, field

from sayso.model.ids import content_id, sha256_text
from sayso.model.words import MentionKind, SourceKind

DOCUMENT_PREFIX = "doc"  # of its id


@dataclass(frozen=True, slots=True)
class Source:
    """Who publishes: outlet, agency, ministry, armed group's channel, NGO."""

    name: str
    kind: SourceKind = SourceKind.UNKNOWN
    side: str | None = None
    country: str | None = None
    aliases: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The content-hash id: name, kind, side and country."""
        return content_id("src", self.name, self.kind, self.side, self.country)


@dataclass(frozen=True, slots=True)
class Document:
    """One report: immutable text and metadata. A new version is a new Document that supersedes the old."""

    text: str
    source: Source = field(default_factory=lambda: Source("unknown"))
    given_id: str | None = None
    title: str | None = None
    published: str | None = None  # ISO 8601 date or time, as given; None is unknown, never today
    url: str | None = None
    language: str | None = None
    retrieved: str | None = None
    raw_sha256: str | None = None
    supersedes: str | None = None
    _id: str = field(default="", init=False, repr=False, compare=False)

    @property
    def text_sha256(self) -> str:
        """The digest of the text."""
        return sha256_text(self.text)

    @property
    def id(self) -> str:
        """The content-hash id over source, url or given id, publication date and text."""
        if not self._id:
            # Every span names it: hashed once.
            object.__setattr__(self, "_id", content_id(DOCUMENT_PREFIX, self.source.name, self.url or self.given_id, self.published, self.text_sha256))
        return self._id

    def span(self, start: int, end: int) -> "Span":
        """The span [start, end) with its quote; ValueError outside the text."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"span [{start}, {end}) is empty or outside a text of {len(self.text)} code points")
        return Span(self.id, start, end, self.text[start:end])


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open [start, end) in code points of a Document's text, with the words found there."""

    document: str
    start: int
    end: int
    quote: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"span [{self.start}, {self.end}) must be non-empty and not negative")
        if len(self.quote) != self.end - self.start:
            raise ValueError(f"quote of {len(self.quote)} code points in a span of {self.end - self.start}")

    def holds(self, document: Document) -> bool:
        """Whether the words are still there; if not, the record is orphaned and is never re-anchored silently."""
        return self.document == document.id and document.text[self.start : self.end] == self.quote

    def overlaps(self, other: "Span") -> bool:
        """Whether both cover a common code point of the same document."""
        return self.document == other.document and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Mention:
    """A span read as something. Holds no resolution: a better gazetteer changes no mention."""

    kind: MentionKind
    span: Span
    _id: str = field(default="", init=False, repr=False, compare=False)

    @property
    def as_written(self) -> str:
        """The words, verbatim, loaded ones and all."""
        return self.span.quote

    @property
    def id(self) -> str:
        """The content-hash id."""
        if not self._id:
            object.__setattr__(self, "_id", content_id("men", self.kind, self.span.document, self.span.start, self.span.end))
        return self._id
