"""A text file as one report, with optional front matter."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from sayso.errors import InputError
from sayso.intake.decoding import check_text, text_of
from sayso.intake.metadata import OWN, check_size, document_from, failed
from sayso.intake.settings import Extracted, IntakeSettings, Taken, What
from sayso.model import Failure, Piece

_FRONT = re.compile(r"---[ \t]*\n((?:[^\n]*\n)*?)---[ \t]*(?:\n+|$)")
_LINE = re.compile(r"([A-Za-z][\w -]*):[ \t]*(.*)")
_KEYS = {
    "id": "id", "title": "title", "published": "published", "date": "published", "url": "url", "language": "language",
    "source": "name", "source_kind": "kind", "side": "side", "country": "country",
}  # fmt: skip


def take_plain(stream: BinaryIO, what: What, settings: IntakeSettings) -> Iterator[Taken]:
    """The one report that a text file is."""
    raw = stream.read(settings.limit + 1)
    check_size(raw, settings)
    yield document_from(raw, extracted_text(raw), what, settings)


def take_text(raw: bytes, what: str, given_id: str | None, settings: IntakeSettings) -> Taken:
    """The report in the bytes of a file, or a Failure that says why there is none."""
    known = What(what, given_id)
    try:
        check_size(raw, settings)
        return document_from(raw, extracted_text(raw), known, settings)
    except InputError as wrong:
        return failed(wrong, known)


def extracted_text(raw: bytes) -> Extracted:
    """The text below the front matter, and what that tells; its one piece names the lines of the file that it stands on."""
    text, notes = text_of(raw)
    fields, body, more = front_matter(text)
    check_text(body)
    first = text.count("\n", 0, len(text) - len(body)) + 1
    last = first + body.rstrip("\n").count("\n")
    return Extracted(body, "text", OWN, "text/plain", (Piece(0, len(body), f"lines {first}-{last}"),), fields, (*notes, *more))


def front_matter(text: str) -> tuple[dict[str, str], str, tuple[str, ...]]:
    """Fields told between two `---` lines at the top, the text below them, and notes.

    Only lines `key: value` count as front matter, and only if one key is known: a report may begin with a rule of dashes.
    """
    block = _FRONT.match(text)
    if not block:
        return {}, text, ()
    pairs = []
    for line in filter(str.strip, block[1].splitlines()):
        pair = _LINE.fullmatch(line.strip())
        if not pair:
            return {}, text, ()
        pairs.append((pair[1].strip().lower().replace(" ", "_").replace("-", "_"), pair[2].strip().strip("\"'")))
    if not any(key in _KEYS for key, _ in pairs):
        return {}, text, ()
    fields = {_KEYS[key]: value for key, value in pairs if key in _KEYS and value}
    unknown = [key for key, _ in pairs if key not in _KEYS]
    notes = (f"front matter: {', '.join(map(repr, unknown))} not known and left out; known are {', '.join(_KEYS)}",) if unknown else ()
    return fields, text[block.end() :], notes


def too_large(what: str, limit: int, given_id: str | None = None) -> Failure:
    """The Failure of a report above the limit."""
    return Failure(what, "TooLarge", f"larger than {limit:,} bytes: split it into its reports, or raise --limit", given_id)
