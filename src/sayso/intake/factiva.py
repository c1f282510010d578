"""Exports of Factiva, as text or RTF: with indexing (HD, WC, PD, SN, …, one code a field) or without (headline, words, date, source, …, body)."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from sayso.errors import EmptyReport, InputError
from sayso.intake.articles import Archive, Article, paragraphs, take_archive
from sayso.intake.dates import iso_date
from sayso.intake.settings import IntakeSettings, Taken, What

_END = re.compile(r"[ \t]*(?:Document|AN[ \t]+Document)[ \t]+([A-Z][A-Z0-9]{3,}[A-Za-z0-9]{10,40})[ \t]*$", re.MULTILINE)
_CODES = (
    "SE", "HD", "BY", "CR", "WC", "PD", "ET", "SN", "SC", "ED", "PG", "VOL", "LA", "CY", "LP", "TD",
    "CT", "RF", "CO", "IN", "NS", "RE", "IPC", "IPD", "PUB", "AN", "CLM", "ART", "CX", "DL",
)  # fmt: skip
_CODE = re.compile(rf"[ \t]*({'|'.join(_CODES)})(?:[ \t]+(.*)|[ \t]*)$")
_WORDS = re.compile(r"[ \t]*\d[\d,. ]*[ \t]+words[ \t]*$", re.IGNORECASE)
_DATE = re.compile(r"[ \t]*\d{1,2} [A-Z][a-z]+ \d{4}[ \t]*$")
_TIME = re.compile(r"[ \t]*\d{1,2}:\d\d(?: ?[AP]M)?[ \t]*$")
_BYLINE = re.compile(r"[ \t]*(?:By|BY)\b")
_SOURCE_CODE = re.compile(r"[ \t]*[A-Z0-9]{2,8}[ \t]*$")
_COPYRIGHT = re.compile(r"[ \t]*(?:\(c\)|©|copyright)", re.IGNORECASE)
_LANGUAGES = {"english": "en", "french": "fr", "german": "de", "spanish": "es", "arabic": "ar", "russian": "ru", "portuguese": "pt", "turkish": "tr"}
_HEAD = 12  # lines after the number of words in which the fields of an article stand


def take_factiva(stream: BinaryIO, what: What, settings: IntakeSettings) -> Iterator[Taken]:
    """One Taken an article."""
    yield from take_archive(stream, ARCHIVE, what, settings)


def looks_like_factiva(text: str) -> bool:
    """Whether the beginning of a text is that of an export of Factiva: fields by code, or words, date and the mark of an article's end."""
    lines = text.splitlines()[:120]
    codes = {found[1] for line in lines if (found := _CODE.match(line))}
    if {"HD", "WC", "PD"} <= codes and codes & {"SN", "SC", "LP", "TD"}:
        return True
    words = next((number for number, line in enumerate(lines) if _WORDS.match(line)), None)
    dated = words is not None and any(_DATE.match(line) for line in lines[words : words + 4])
    return bool(dated and (_END.search(text) or any(_COPYRIGHT.match(line) for line in lines[words or 0 :][:_HEAD])))


def article_of(text: str) -> Article:
    """The article in its part of an export; InputError where it is none."""
    lines = text.strip("\n\x0c ").split("\n")
    coded = sum(bool(_CODE.match(line)) for line in lines)
    article = _by_codes(lines) if coded >= 4 and any((found := _CODE.match(line)) and found[1] == "HD" for line in lines) else _by_order(lines)
    if not article.text.strip():
        raise EmptyReport("the article has a headline and no text" if article.fields.get("title") else "the article has no text: nothing to read")
    return article


def _by_codes(lines: list[str]) -> Article:
    told: dict[str, list[str]] = {}
    last = ""
    for line in lines:
        found = _CODE.match(line)
        # Inside the body a line may begin with two capitals: only a code that has not come yet counts, and none of the head.
        if found and found[1] not in told and not (last in ("LP", "TD") and found[1] in ("SE", "HD", "BY", "WC", "PD", "ET", "SN", "SC", "LA", "LP")):
            last = found[1]
            told[last] = [found[2] or ""]
        elif last:
            told[last].append(line)
    one = {code: " ".join(" ".join(lines).split()) for code, lines in told.items() if code not in ("LP", "TD")}
    body = "\n\n".join(filter(None, (paragraphs(told.get(code, [])) for code in ("LP", "TD"))))
    number = one.get("AN", "").removeprefix("Document").strip()
    return _article(body, (one.get("HD", ""), one.get("PD", ""), one.get("ET", ""), one.get("SN", ""), one.get("LA", ""), number))


def _by_order(lines: list[str]) -> Article:
    """Headline, byline, words, date, time, source, code, language, copyright, body, mark: the order of Factiva's plain layout."""
    end = _END.match(lines[-1])
    if end:
        lines = lines[:-1]
    words = next((number for number, line in enumerate(lines[:60]) if _WORDS.match(line)), None)
    if words is None:
        raise InputError("no line with the number of words: no article of Factiva, or one that was cut off")
    date = time = source = language = ""
    at = words + 1
    while at < min(len(lines), words + _HEAD):
        line = lines[at].strip()
        if _COPYRIGHT.match(line):
            at += 1
            break
        if line.lower() in _LANGUAGES:
            language = line
        elif _DATE.match(line) and not date:
            date = line
        elif _TIME.match(line) and not time:
            time = line
        elif line and not source and date and not _SOURCE_CODE.match(line):
            source = line
        elif not line and language:
            break
        at += 1
    while at < len(lines) and lines[at].strip() and lines[at].strip().lower().startswith("all rights reserved"):
        at += 1
    title = " ".join(" ".join(line for line in lines[:words] if not _BYLINE.match(line)).split())
    return _article(paragraphs(lines[at:]), (title, date, time, source, language, end[1] if end else ""))


def _article(body: str, told: tuple[str, str, str, str, str, str]) -> Article:
    title, date, time, source, language, number = told
    published = iso_date(date) or ""
    notes = [] if published or not date else [f"published {date[:60]!r} is no date that is known: left out"]
    if not number:
        notes.append("the article has no mark of its end: it may be cut off")
    if published and time:
        notes.append(f"Factiva tells the time {time[:20]!r} without its zone: left out of the date")
    fields = {"title": title, "published": published, "name": source, "id": number, "language": _LANGUAGES.get(language.lower(), "")}
    return Article(body, fields, tuple(notes))


ARCHIVE = Archive("factiva", _END, True, article_of)
