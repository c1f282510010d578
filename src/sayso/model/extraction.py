"""Extraction: how a Document's text was got out of raw bytes, and which part of them each stretch of it comes from."""

from bisect import bisect_right
from dataclasses import dataclass

from sayso.model.ids import content_id


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch [start, end) of a document's text, in code points, and where in the raw bytes it stands: "page 3", "/html/body/p[4]"."""

    start: int
    end: int
    name: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"piece [{self.start}, {self.end}) must be non-empty and not negative")


@dataclass(frozen=True, slots=True)
class Extraction:
    """What took a document's text out of raw bytes: extractor, version, media type, and a map back to pages or elements."""

    document: str
    extractor: str  # "html", "pdf", "text", …: the file of `intake` that did it
    version: str  # of the library that did the work, "trafilatura 2.3.1", or of sayso
    media_type: str  # of the raw bytes
    raw_sha256: str | None = None
    pieces: tuple[Piece, ...] = ()  # in the order of the text, not overlapping; between them may be text that we put there

    def __post_init__(self) -> None:
        for one, other in zip(self.pieces, self.pieces[1:], strict=False):
            if other.start < one.end:
                raise ValueError(f"piece {other.name!r} begins at {other.start}, before {one.name!r} ends at {one.end}")

    @property
    def id(self) -> str:
        """The content-hash id."""
        pieces = [[piece.start, piece.end, piece.name] for piece in self.pieces]
        return content_id("ext", self.document, self.extractor, self.version, self.raw_sha256, pieces)

    def piece_at(self, offset: int) -> Piece | None:
        """The piece that holds the code point at `offset`; None where no raw part is known for it."""
        number = bisect_right(self.pieces, offset, key=lambda piece: piece.start) - 1
        return self.pieces[number] if number >= 0 and offset < self.pieces[number].end else None
