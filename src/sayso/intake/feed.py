"""RSS and Atom files: one Document an entry, its raw bytes the entry's own element. Nothing is fetched: feedparser is given bytes in a file, never a name."""

import codecs
import io
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO
from xml.parsers import expat

from sayso.errors import EmptyReport, InputError, TooLarge
from sayso.intake import signs
from sayso.intake.dates import iso_date
from sayso.intake.fragment import joined, paragraphs_of
from sayso.intake.metadata import document_from, failed, host_of, library
from sayso.intake.settings import Extracted, IntakeSettings, Taken, What

MOST_ENTRIES = 5_000  # of one feed
_DEEPEST, _MOST_ELEMENTS = 100, 500_000
_LONGEST_HEAD = 8_000  # bytes before the first element: feedparser's search there is quadratic
_LENIENT = 300_000  # bytes of broken XML that feedparser's lenient parser is given: it is quadratic
_ELEMENT = re.compile(rb"<\w")
_ENTRY_NAMES = ("item", "entry")
_SHORT = 200  # characters under which a "content" is taken for a teaser


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed, as it is told there."""

    number: int
    id: str
    link: str | None
    title: str
    published: str | None
    fragment: str  # HTML or text
    whole: bool  # whether the feed gives the content and not only a summary
    raw: bytes
    broken_date: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed's title, its entries in their order, and notes."""

    title: str
    entries: tuple[Entry, ...]
    version: str
    notes: tuple[str, ...] = ()
    left_out: int = 0


def take_feed(stream: BinaryIO, what: What, settings: IntakeSettings) -> Iterator[Taken]:
    """One Taken an entry of an RSS or Atom feed; InputError where it is none."""
    raw = stream.read(settings.limit + 1)
    if len(raw) > settings.limit:
        raise TooLarge(f"larger than {settings.limit:,} bytes: raise --limit")
    feed = read_feed(raw)
    for entry in feed.entries:
        yield take_entry(entry, feed, what, settings)
    if feed.left_out:
        yield failed(TooLarge(f"{feed.left_out:,} entries beyond the first {MOST_ENTRIES:,} were left out: split the feed"), what)


def take_entry(entry: Entry, feed: Feed, what: What, settings: IntakeSettings) -> Taken:
    """The report in one entry, or a Failure."""
    where = What(f"{what.name}#{entry.number}", retrieved=what.retrieved)
    text, pieces = joined(paragraphs_of(entry.fragment), f"entry[{entry.number}]/p")
    fields = {"id": entry.id, "title": entry.title, "published": entry.published or "", "url": entry.link or "", "name": settings.source or feed.title}
    notes = list(feed.notes)
    if not entry.whole:
        notes.append("only a summary is in the feed: fetch the page for the whole report")
    if entry.broken_date:
        notes.append(f"published {entry.broken_date!r} is no date that is known: left out")
    if what.url and entry.link and host_of(what.url) != host_of(entry.link):
        notes.append(f"the feed of {host_of(what.url)} gives an address on {host_of(entry.link)}")
    try:
        if not text:
            raise EmptyReport("the entry has a title and no text: fetch its page" if entry.title else "the entry has no text: nothing to read")
        extracted = Extracted(text, "feed", library("feedparser"), _media_type(feed.version), pieces, fields, tuple(notes))
        return document_from(entry.raw, extracted, where, settings)
    except InputError as wrong:
        return failed(wrong, where, entry.id or None)


def read_feed(raw: bytes) -> Feed:
    """The feed in some bytes; InputError where there is none, or one that is not safe to read."""
    import feedparser

    original, raw = raw, _as_utf8(raw)
    slices, wrong = _checked(raw)
    notes: tuple[str, ...] = ()
    if wrong:
        if len(raw) > _LENIENT:
            raise InputError(f"not well-formed XML ({wrong}), and too large to be read leniently")
        notes = (f"not well-formed XML ({wrong}): read leniently, text may be missing",)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # feedparser warns of its own old names
        try:
            parsed = feedparser.parse(io.BytesIO(raw), sanitize_html=False, resolve_relative_uris=False)
        except (ValueError, LookupError, AssertionError, TypeError, AttributeError, RecursionError) as broken:
            raise InputError(f"no feed that can be read: {broken}") from broken
        if not parsed.get("version") and not parsed.get("entries"):
            raise InputError("neither RSS nor Atom: nothing to read")
        entries = parsed["entries"]
        own = slices if len(slices) == len(entries) and raw is original else []
        found = tuple(_entry(entry, number, own[number - 1] if own else original) for number, entry in enumerate(entries[:MOST_ENTRIES], start=1))
    return Feed(_plain(parsed["feed"].get("title")), found, str(parsed.get("version") or ""), notes, max(0, len(entries) - MOST_ENTRIES))


def _as_utf8(raw: bytes) -> bytes:
    """The bytes in UTF-8 without their declaration, where a mark tells another Unicode encoding; else the very same bytes."""
    if not raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)):
        return raw
    return re.sub(rb"\A\s*<\?xml[^>]{0,200}\?>", b"", signs.as_utf8(raw))


def _checked(raw: bytes) -> tuple[list[bytes], str | None]:
    """The bytes of each entry's element, and what is wrong with the XML; InputError where it declares entities or is too deep or too large."""
    first = _ELEMENT.search(raw[: _LONGEST_HEAD + 2])
    if not first:
        raise InputError(f"no XML element in the first {_LONGEST_HEAD:,} bytes: no feed")
    if b"<!entity" in raw[: first.start()].lower():
        raise InputError("the feed declares entities: refused, they can be made to grow without end")
    walk = _Walk()
    try:
        walk.over(raw)
    except expat.ExpatError as wrong:
        return [], str(wrong)
    return [raw[start:end] for start, end in walk.slices], None


class _Walk:
    """One pass over the XML by expat with what defusedxml forbids forbidden: where entries begin and end, how deep and how many elements."""

    def __init__(self) -> None:
        self.slices: list[tuple[int, int]] = []
        self._depth = self._elements = 0
        self._began: tuple[int, int] | None = None
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler, self._parser.EndElementHandler = self._start, self._end
        self._parser.EntityDeclHandler = self._parser.ExternalEntityRefHandler = self._parser.UnparsedEntityDeclHandler = self._refuse

    def over(self, raw: bytes) -> None:
        """Nothing; the slices are known afterwards."""
        self._raw = raw
        try:
            self._parser.Parse(raw, True)
        except (ValueError, LookupError) as wrong:
            raise InputError(f"no XML that can be read: {wrong}") from wrong

    def _start(self, name: str, _attributes: dict[str, str]) -> None:
        self._depth += 1
        self._elements += 1
        if self._depth > _DEEPEST or self._elements > _MOST_ELEMENTS:
            raise InputError(f"more than {_DEEPEST} elements deep or {_MOST_ELEMENTS:,} in all: no feed")
        if self._began is None and name.rsplit(":", 1)[-1].lower() in _ENTRY_NAMES:
            self._began = (self._depth, self._parser.CurrentByteIndex)

    def _end(self, _name: str) -> None:
        if self._began and self._began[0] == self._depth:
            at = self._parser.CurrentByteIndex
            self.slices.append((self._began[1], self._raw.index(b">", at) + 1))
            self._began = None
        self._depth -= 1

    def _refuse(self, *_arguments: Any) -> int:
        raise InputError("the feed declares entities or names outside ones: refused")


def _entry(entry: Any, number: int, raw: bytes) -> Entry:
    contents = [part.get("value") or "" for part in entry.get("content") or []]
    content, summary = max(contents, key=len, default=""), str(entry.get("summary") or "")
    whole = bool(content) and (len(content) > _SHORT or not summary or len(content) > len(summary))
    fragment = content if len(content) >= len(summary) else summary
    told = next((str(entry[key]) for key in ("published", "updated", "created") if entry.get(key)), "")
    published = iso_date(told)
    link = str(entry.get("link") or "").strip()
    return Entry(
        number,
        _plain(entry.get("id"))[:1_000],
        link if link.lower().startswith(("http://", "https://")) else None,
        _plain(entry.get("title"))[:1_000],
        published,
        fragment,
        whole,
        raw,
        told[:100] if told and not published else None,
    )


def _plain(value: Any) -> str:
    return " ".join(paragraphs_of(str(value))) if value else ""


def _media_type(version: str) -> str:
    return "application/atom+xml" if version.startswith("atom") else "application/rss+xml"
