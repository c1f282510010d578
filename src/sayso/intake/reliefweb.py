"""Answers of the ReliefWeb API (v1, v2): a list of reports or one, each with its own bytes."""

from collections.abc import Iterator
from typing import Any, BinaryIO

from sayso.errors import EmptyReport, InputError, TooLarge
from sayso.intake.dates import iso_date
from sayso.intake.fragment import joined, paragraphs_of
from sayso.intake.json_cursor import cursor_of, text_at
from sayso.intake.metadata import OWN, document_from, failed
from sayso.intake.settings import Extracted, IntakeSettings, Taken, What

# Types of organisations as ReliefWeb lists them.
_KINDS = {
    "academic and research institution": "academic",
    "government": "state",
    "international organization": "igo",
    "media": "press",
    "non-governmental organization": "ngo",
    "red cross/red crescent movement": "ngo",
}


def take_reliefweb(stream: BinaryIO, what: What, settings: IntakeSettings) -> Iterator[Taken]:
    """One Taken a report of an answer; InputError where it holds none."""
    cursor = cursor_of(stream, settings.limit)
    for key in cursor.members():
        if key == "data" and cursor.is_list():
            for number in cursor.elements():
                item, written = cursor.value()
                yield _taken(item, written, What(f"{what.name}:[{number}]", retrieved=what.retrieved), settings)
        elif key == "error":
            raise InputError(f"an answer that tells of an error: {text_at(cursor.value()[0], 'message')[:200]!r}")


def _taken(item: Any, written: str, where: What, settings: IntakeSettings) -> Taken:
    given_id = text_at(item, "id")
    try:
        told = item.get("fields") if isinstance(item, dict) else None
        if not isinstance(told, dict):
            raise InputError("the item has no fields: ask the API for them (profile=full)")
        if len(written) > settings.limit:
            raise TooLarge(f"larger than {settings.limit:,} bytes: raise --limit")
        html = text_at(told, "body-html")
        text, pieces = joined(paragraphs_of(html or text_at(told, "body")), f"{'body-html' if html else 'body'}/p")
        if not text:
            raise EmptyReport("the report has no body: ask the API for fields body or body-html, or fetch its page or file")
        fields, notes = _fields(told, given_id)
        extracted = Extracted(text, "reliefweb", OWN, "application/json", pieces, {**fields, "name": settings.source or fields["name"]}, notes)
        return document_from(written.encode("utf-8", "replace"), extracted, where, settings)
    except InputError as wrong:
        return failed(wrong, where, given_id or None)


def _fields(told: dict[str, Any], given_id: str) -> tuple[dict[str, str], tuple[str, ...]]:
    names = [name for number in range(20) if (name := text_at(told, "source", number, "name") or text_at(told, "source", number, "shortname"))]
    url = text_at(told, "url_alias") or text_at(told, "url")
    fields = {
        "id": given_id,
        "title": text_at(told, "title"),
        "published": next((date for key in ("original", "created", "changed") if (date := iso_date(text_at(told, "date", key)))), ""),
        "url": url if url.startswith(("http://", "https://")) else "",
        "name": names[0] if names else "",
        "kind": _KINDS.get(text_at(told, "source", 0, "type", "name").lower(), "") if names else "",
        "language": text_at(told, "language", 0, "code"),
    }
    notes = [f"published together with {', '.join(names[1:])}"] if len(names) > 1 else []
    if about := text_at(told, "primary_country", "iso3") or text_at(told, "primary_country", "name"):
        notes.append(f"ReliefWeb files it under {about.upper() if len(about) == 3 else about}")
    if origin := text_at(told, "origin"):
        notes.append(f"first published at {origin[:300]}")
    return fields, tuple(notes)
