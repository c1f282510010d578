"""Metadata of a report checked, and put together with the text to a Document."""

import re
from collections.abc import Mapping
from datetime import datetime

from sayso.errors import InputError
from sayso.intake.language import language_of
from sayso.intake.settings import IntakeSettings
from sayso.model import Document, Source
from sayso.model.words import SourceKind

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

    Fields: id, title, published, url, language, name, kind, side, country (the last four of its source), raw_sha256.
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
        raw_sha256=fields.get("raw_sha256"),
    )
    return document, notes
