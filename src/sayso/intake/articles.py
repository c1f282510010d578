"""Articles of a press archive's export: the file cut at its own marks, each article with its own bytes. What Factiva and Nexis share."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from sayso.errors import InputError, TooLarge
from sayso.intake.decoding import text_of
from sayso.intake.metadata import OWN, check_size, document_from, failed
from sayso.intake.settings import Extracted, IntakeSettings, Taken, What
from sayso.model import Piece

MOST_ARTICLES = 20_000  # of one export
_WIDEST = 10  # times the limit of one report that an export may have


@dataclass(frozen=True, slots=True)
class Article:
    """What one article tells: its text, its fields as `make_document` takes them, and notes."""

    text: str
    fields: dict[str, str]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Archive:
    """How one archive's exports are cut and read: an article ends (or begins) at a line, and `read` makes an Article of its text."""

    extractor: str
    mark: re.Pattern[str]  # one line
    ends: bool  # whether the mark is the last line of an article, else it is the first
    read: Callable[[str], Article]


def take_archive(stream: BinaryIO, archive: Archive, what: What, settings: IntakeSettings) -> Iterator[Taken]:
    """One Taken an article of an export that is text; InputError where there is none."""
    raw = stream.read(_WIDEST * settings.limit + 1)
    if len(raw) > _WIDEST * settings.limit:
        raise TooLarge(f"larger than {_WIDEST * settings.limit:,} bytes: split the export, or raise --limit")
    parts, notes = _parts_of(raw, archive)
    yield from _all_taken(parts, Extracted("", archive.extractor, OWN, "text/plain", notes=notes), archive, (what, settings))


def take_extracted(raw: bytes, whole: Extracted, archive: Archive, what: What, settings: IntakeSettings) -> Iterator[Taken]:
    """One Taken an article of an export whose text was got out of RTF or DOCX; the whole file stands for each of its articles."""
    yield from _all_taken([(raw, part) for part in _cut(whole.text, archive)], whole, archive, (what, settings))


def _all_taken(parts: list[tuple[bytes, str]], whole: Extracted, archive: Archive, told: tuple[What, IntakeSettings]) -> Iterator[Taken]:
    for number, (raw, text) in enumerate(parts[:MOST_ARTICLES], start=1):
        yield _taken(number, (raw, text), whole, archive, told)
    if len(parts) > MOST_ARTICLES:
        yield failed(TooLarge(f"{len(parts) - MOST_ARTICLES:,} articles beyond the first {MOST_ARTICLES:,} were left: split the export"), told[0])


def _taken(number: int, part: tuple[bytes, str], whole: Extracted, archive: Archive, told: tuple[What, IntakeSettings]) -> Taken:
    raw, text = part
    what, settings = told
    where = What(f"{what.name}:article {number}", retrieved=what.retrieved)
    given_id = None
    try:
        check_size(raw, settings)
        article = archive.read(text)
        given_id = article.fields.get("id")
        pieces = (Piece(0, len(article.text), f"article {number}"),)
        fields = {**article.fields, "name": settings.source or article.fields.get("name", "")}
        extracted = Extracted(article.text, archive.extractor, whole.version, whole.media_type, pieces, fields, (*whole.notes, *article.notes))
        return document_from(raw, extracted, where, settings)
    except InputError as wrong:
        return failed(wrong, where, given_id)


def _parts_of(raw: bytes, archive: Archive) -> tuple[list[tuple[bytes, str]], tuple[str, ...]]:
    """The bytes and the text of each article. Bytes are cut as the text is, at the same ends of lines, so that each article keeps its own."""
    text, notes = text_of(raw)
    parts = _cut(text, archive)
    lines = re.findall(rb"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+\Z", raw)
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or len(lines) != text.count("\n") + (not text.endswith("\n")):
        return [(raw, part) for part in parts], notes  # UTF-16: the whole file stands for each of its articles
    found, at = [], 0
    for part in _cut(text, archive, keep_all=True):
        count = part.count("\n") + (not part.endswith("\n"))
        if part.strip() and (archive.ends or archive.mark.match(part)):
            found.append((b"".join(lines[at : at + count]).strip(b"\r\n"), part))
        at += count
    return (found, notes) if [part for _, part in found] == parts else ([(raw, part) for part in parts], notes)


def _cut(text: str, archive: Archive, keep_all: bool = False) -> list[str]:
    """The articles of a text, each with its mark. Before the first mark that begins one, and after the last that ends one, nothing is an article."""
    parts: list[list[str]] = [[]]
    ended = [False]
    for line in text.splitlines(keepends=True) if "\x0c" not in text else re.findall(r"[^\n]*\n|[^\n]+", text):
        is_mark = bool(archive.mark.match(line))
        if is_mark and not archive.ends:
            parts.append([])
            ended.append(True)
        parts[-1].append(line)
        if is_mark and archive.ends:
            ended[-1] = True
            parts.append([])
            ended.append(False)
    joined = ["".join(part) for part in parts]
    if keep_all:
        return [part for part in joined if part]
    # An article that was cut off at the end of the export still is one, if something of it is there.
    return [part for part, whole in zip(joined, ended, strict=True) if part.strip() and (whole or archive.ends)]


def paragraphs(lines: list[str]) -> str:
    """The text of lines: lines of a paragraph stay as they are, one empty line between paragraphs."""
    return re.sub(r"\n{3,}", "\n\n", "\n".join(line.rstrip() for line in lines)).strip("\n")
