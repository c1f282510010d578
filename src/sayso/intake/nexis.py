"""Exports of Nexis, as text or RTF: Nexis Uni ("End of Document") and LexisNexis ("1 of 250 DOCUMENTS")."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from sayso.errors import EmptyReport, InputError
from sayso.intake import signs
from sayso.intake.articles import Archive, Article, paragraphs, take_archive
from sayso.intake.dates import iso_date
from sayso.intake.settings import IntakeSettings, Taken, What

_END = re.compile(r"[ \t]*End of Document[ \t]*$", re.MULTILINE)
_COUNT = re.compile(r"[ \t\x0c]*\d[\d,]* of \d[\d,]* DOCUMENTS?[ \t]*$", re.MULTILINE)
_FIELDS = (
    "AUTHOR", "BYLINE", "BODY", "CATEGORY", "CITY", "CLASSIFICATION", "COMPANY", "COUNTRY", "CORRECTION", "DATELINE", "DOCUMENT-TYPE",
    "FULL TEXT", "GEOGRAPHIC",
    "GRAPHIC",
    "HEADLINE", "HIGHLIGHT", "INDUSTRY", "ISSN", "JOURNAL-CODE", "LANGUAGE", "LENGTH", "LOAD-DATE", "NOTES", "ORGANIZATION", "PERSON", "PUB-TYPE",
    "PUBLICATION-TYPE", "SECTION", "SERIES", "STATE", "SUBJECT", "TICKER", "TYPE", "URL",
)  # fmt: skip
_FIELD = re.compile(rf"[ \t]*({'|'.join(_FIELDS)}):[ \t]*(.*)$", re.IGNORECASE)
_BODY = re.compile(r"[ \t]*Body[ \t]*$")
_AFTER = re.compile(r"[ \t]*(?:Graphic|Classification|Notes|Correction)[ \t]*$")
_AFTER_FIELDS = (
    "LOAD-DATE", "LANGUAGE", "PUBLICATION-TYPE", "PUB-TYPE", "SUBJECT", "GRAPHIC", "JOURNAL-CODE", "CLASSIFICATION", "DOCUMENT-TYPE",
    "PERSON", "GEOGRAPHIC", "INDUSTRY", "COMPANY", "TICKER", "ORGANIZATION", "CITY", "COUNTRY", "STATE", "NOTES", "URL",
)  # fmt: skip
_COPYRIGHT = re.compile(r"[ \t]*(?:copyright|\(c\)|©|all rights reserved)", re.IGNORECASE)
_LANGUAGES = {"english": "en", "french": "fr", "german": "de", "spanish": "es", "arabic": "ar", "russian": "ru", "portuguese": "pt", "turkish": "tr"}


def take_nexis(stream: BinaryIO, what: What, settings: IntakeSettings) -> Iterator[Taken]:
    """One Taken an article."""
    start = stream.tell()
    old = is_old(signs.as_utf8(stream.read(8_192)).decode("utf-8", "replace"))
    stream.seek(start)
    yield from take_archive(stream, OLD if old else UNI, what, settings)


def looks_like_nexis(text: str) -> bool:
    """Whether the beginning of a text is that of an export of Nexis: its count of documents, or its fields above a line "Body"."""
    lines = text.splitlines()[:200]
    fields = {found[1].upper() for line in lines if (found := _FIELD.match(line))}
    if is_old(text):
        return bool(fields & {"LENGTH", "BYLINE", "SECTION", "LOAD-DATE"})
    return "LENGTH" in fields and (any(_BODY.match(line) for line in lines) or bool(_END.search(text)))


def is_old(text: str) -> bool:
    """Whether an export counts its documents, as LexisNexis did before Nexis Uni."""
    return bool(_COUNT.search(text))


def uni_article(text: str) -> Article:
    """The article in its part of an export of Nexis Uni: headline, source, date, copyright, fields, a line "Body", text."""
    lines = _END.sub("", text).strip("\n\x0c ").split("\n")
    body = next((number for number, line in enumerate(lines) if _BODY.match(line)), None)
    if body is None:
        raise InputError('no line "Body": no article of Nexis, or its list of contents')
    head = [line.strip() for line in lines[:body] if line.strip()]
    dated = next((number for number, line in enumerate(head[:12]) if number and not _FIELD.match(line) and iso_date(line)), None)
    fields = {found[1].upper(): found[2] for line in lines if (found := _FIELD.match(line))}
    text_lines = []
    for line in lines[body + 1 :]:
        found = _FIELD.match(line)
        if _AFTER.match(line) or (found and found[1].upper() in _AFTER_FIELDS):
            break
        text_lines.append(line)
    source = head[dated - 1] if dated else ""
    title = " ".join(head[: dated - 1]) if dated and dated > 1 else (head[0] if head else "")
    return _article(paragraphs(text_lines), (title, head[dated] if dated else "", source), fields)


def old_article(text: str) -> Article:
    """The article in its part of an export of LexisNexis: count, source, date, edition, headline, fields in capitals, text, fields, copyright."""
    lines = text.strip("\n\x0c ").split("\n")[1:]
    first = next((number for number, line in enumerate(lines) if (found := _FIELD.match(line)) and found[1].isupper()), None)
    if first is None:
        raise InputError("none of the fields of an article (LENGTH, BYLINE, SECTION): no article of LexisNexis")
    blocks = [" ".join(block.split()) for block in re.split(r"\n[ \t]*\n", "\n".join(lines[:first])) if block.strip()]
    blocks = [block for block in blocks if not _COPYRIGHT.match(block)]
    dated = next((number for number, block in enumerate(blocks) if number and iso_date(block)), None)
    fields: dict[str, str] = {}
    text_lines: list[str] = []
    last, after = "", False
    for line in lines[first:]:
        found = _FIELD.match(line)
        if found and found[1].isupper():
            last = found[1]
            fields[last] = found[2].strip()
            after = after or bool(any(map(str.strip, text_lines)) and last in _AFTER_FIELDS)
        elif not line.strip():
            last = ""
            text_lines.append("")
        elif last and last not in ("BODY", "FULL TEXT"):
            fields[last] += " " + line.strip()
        elif not after and not (_COPYRIGHT.match(line) and line.startswith("     ")):
            text_lines.append(line)
    title = fields.get("HEADLINE") or (blocks[-1] if dated is not None and len(blocks) > dated + 1 else "")
    body = "\n".join(filter(None, (fields.get("BODY", ""), fields.get("FULL TEXT", ""), paragraphs(text_lines))))
    return _article(body, (title, blocks[dated] if dated is not None else "", blocks[dated - 1] if dated else ""), fields)


def _article(body: str, told: tuple[str, str, str], fields: dict[str, str]) -> Article:
    """The article without its author: a byline is a private name, and the voice is the source's."""
    title, date, source = told
    if not body.strip():
        raise EmptyReport("the article has a headline and no text" if title else "the article has no text: nothing to read")
    published = iso_date(date) or ""
    notes = []
    if not published:
        notes.append("no date of publication was found" + (f"; Nexis loaded it on {loaded}" if (loaded := iso_date(fields.get("LOAD-DATE", ""))) else ""))
    if dateline := fields.get("DATELINE", "").strip():
        notes.append(f"dateline {dateline[:120]!r}")
    language = fields.get("LANGUAGE", "").split(";")[0].strip().lower()
    told_fields = {"title": title, "published": published, "name": source, "language": _LANGUAGES.get(language, "")}
    return Article(body, told_fields, tuple(notes))


UNI = Archive("nexis", _END, True, uni_article)
OLD = Archive("nexis", _COUNT, False, old_article)
