"""Metadata of a report checked, and put together with the text to a Document."""

import re
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from importlib.metadata import version
from typing import Any
from urllib.parse import urlsplit

from sayso import __version__
from sayso.errors import InputError, TooLarge
from sayso.intake.decoding import check_text
from sayso.intake.language import language_of
from sayso.intake.settings import Extracted, IntakeSettings, Taken, What
from sayso.model import Document, Extraction, Failure, Piece, Source, sha256_bytes
from sayso.model.words import SourceKind

OWN = f"sayso {__version__}"  # Extraction.version where no library did the work
_DATE = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?")
_SOURCE_KEYS = ("name", "kind", "side", "country")


def published_date(value: str) -> str:
    """The date or time as given; InputError unless it is one of ISO 8601 that exists."""
    value = value.strip()
    if _DATE.fullmatch(value):
        try:
            datetime.fromisoformat(value)
        except ValueError:
            pass
        else:
            return value
    raise InputError(f"published {value!r} is no date: write it as 2024-05-04 or 2024-05-04T16:30:00Z")


def source_kind(value: str) -> SourceKind:
    """The kind of source; InputError lists the known ones."""
    try:
        return SourceKind(value.strip().lower())
    except ValueError:
        raise InputError(f"source kind {value!r} is not known: use one of {', '.join(SourceKind)}") from None


def make_document(text: str, fields: Mapping[str, str], settings: IntakeSettings) -> tuple[Document, tuple[str, ...]]:
    """The Document of a checked text with its own fields, or the settings where it has none, and notes.

    Fields: id, title, published, url, language, name, kind, side, country (the last four of its source), retrieved, raw_sha256.
    """
    language, notes = language_of(text, fields.get("language") or settings.language)
    published = fields.get("published") or settings.published
    own_source = any(fields.get(key) for key in _SOURCE_KEYS)
    kind = source_kind(fields["kind"]) if fields.get("kind") else SourceKind.UNKNOWN
    source = Source(
        name=fields.get("name") or settings.source or "unknown",
        kind=kind if own_source and fields.get("kind") else settings.source_kind,
        side=fields.get("side") or settings.side,
        country=fields.get("country") or None,
    )
    document = Document(
        text=text,
        source=source,
        given_id=fields.get("id") or None,
        title=fields.get("title") or None,
        published=published_date(published) if published else None,
        url=fields.get("url") or None,
        language=language,
        retrieved=fields.get("retrieved") or None,
        raw_sha256=fields.get("raw_sha256"),
    )
    return document, notes


def document_from(raw: bytes, extracted: Extracted, what: What, settings: IntakeSettings) -> Taken:
    """The Taken of one report with its raw bytes and Extraction; InputError where its text or its fields are none.

    What the input is known by from outside (`what`) fills what the report does not tell itself; a fetched page's own canonical
    address counts only on the host that it came from, so that no page passes for another outlet's.
    """
    check_text(extracted.text)
    fields = {key: value for key, value in extracted.fields.items() if value}
    fields["url"] = _address(fields.get("url"), what.url)
    fields["raw_sha256"] = sha256_bytes(raw)
    fields.setdefault("id", what.given_id or "")
    fields.setdefault("retrieved", what.retrieved or "")
    host = host_of(fields["url"])
    if not fields.get("name") and not settings.source and host:
        fields["name"] = host
    document, notes = make_document(extracted.text, fields, settings)
    extraction = Extraction(document.id, extracted.extractor, extracted.version, extracted.media_type, fields["raw_sha256"], extracted.pieces)
    return Taken(document, (*extracted.notes, *notes), raw, extraction)


def extracted_of(result: Mapping[str, Any], extractor: str, version: str, media_type: str) -> Extracted:
    """The Extracted in what a child process gave: text, pieces, fields, notes."""
    pieces = tuple(Piece(start, end, name) for start, end, name in result["pieces"])
    return Extracted(result["text"], extractor, version, media_type, pieces, result["fields"], tuple(result["notes"]))


def failed(wrong: InputError, what: What, given_id: str | None = None) -> Taken:
    """The Taken of a report that cannot be read, by its error."""
    return Taken(Failure(what.name, type(wrong).__name__, str(wrong), given_id or what.given_id))


@cache  # asked once a report, and looked up on the disk
def library(name: str) -> str:
    """A library's name and installed version, as an Extraction tells it."""
    return f"{name} {version(name)}"


def check_size(raw: bytes, settings: IntakeSettings) -> None:
    """Nothing; TooLarge where a report has more bytes than the limit."""
    if len(raw) > settings.limit:
        raise TooLarge(f"larger than {settings.limit:,} bytes: split it into its reports, or raise --limit")


def host_of(url: str | None) -> str | None:
    """The host of an http address without `www.`; None where there is none."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return parts.hostname.removeprefix("www.") if parts.scheme in ("http", "https") and parts.hostname else None


def _address(told: str | None, fetched: str | None) -> str:
    if fetched is None:
        return told or ""
    return told if told and host_of(told) == host_of(fetched) and host_of(told) else fetched
