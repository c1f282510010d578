"""Lists of GDELT: events, mentions, knowledge graph, and answers of its DOC API. They hold addresses of reports, not their text."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from sayso.errors import InputError, TooLarge
from sayso.intake.dates import iso_date
from sayso.intake.json_cursor import cursor_of, text_at
from sayso.intake.settings import IntakeSettings, Taken, What

MOST_URLS = 200_000  # of one list
_LINE = 1_000_000  # bytes: rows of the knowledge graph are long
# By the number of columns: where the address stands, and where the date on which GDELT saw it.
_LAYOUTS = {61: (60, 59), 58: (57, 56), 27: (4, 1), 16: (5, 2)}
_FIRST = re.compile(rb"\d{5,}(?:-T?\d+)?\t(?:\d{8}|\d{14})\t")


@dataclass(frozen=True, slots=True)
class Wanted:
    """The address of a report, and when GDELT saw it; what the page itself tells of its date goes before that."""

    url: str
    seen: str | None = None


def take_gdelt(stream: BinaryIO, _what: What, settings: IntakeSettings) -> Iterator[Taken]:
    """Never a Taken: InputError with the number of addresses, since intake of a file fetches nothing."""
    count = sum(1 for _ in wanted_of(stream, settings))
    raise InputError(f"a list of GDELT with {count:,} addresses and no text: fetch their pages with --fetch")


def wanted_of(stream: BinaryIO, settings: IntakeSettings) -> Iterator[Wanted]:
    """Each address of a list once, in its order; InputError where it is no list of GDELT, or too long."""
    start = stream.tell()
    head = stream.read(4_096)
    stream.seek(start)
    if head.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        found = _articles(stream, settings)
    elif looks_like_rows(head):
        found = _rows(stream)
    else:
        found = _table(stream)
    seen: set[str] = set()
    for one in found:
        if one.url not in seen and one.url.lower().startswith(("http://", "https://")):
            if len(seen) >= MOST_URLS:
                raise TooLarge(f"more than {MOST_URLS:,} addresses: split the list")
            seen.add(one.url)
            yield one


def looks_like_rows(head: bytes) -> bool:
    """Whether the first line is one of GDELT's tables without a header."""
    line = head.split(b"\n", 1)[0]
    return bool(_FIRST.match(line)) and (line.count(b"\t") + 1 in _LAYOUTS or (b"\n" not in head and line.count(b"\t") >= 4))


def looks_like_articles(head: bytes) -> bool:
    """Whether it begins as an answer of the DOC API does: {"articles": [...]}."""
    return bool(re.match(rb'\s*\{\s*"articles"\s*:\s*\[', head))


def _rows(stream: BinaryIO) -> Iterator[Wanted]:
    while line := stream.readline(_LINE):
        cells = line.rstrip(b"\r\n").split(b"\t")
        layout = _LAYOUTS.get(len(cells))
        if layout:
            url, seen = (cells[column].decode("utf-8", "replace").strip() for column in layout)
            yield Wanted(url, iso_date(seen))
        while line and not line.endswith(b"\n"):
            line = stream.readline(_LINE)


def _articles(stream: BinaryIO, settings: IntakeSettings) -> Iterator[Wanted]:
    cursor = cursor_of(stream, settings.limit)
    for key in cursor.members():
        if key == "articles" and cursor.is_list():
            for _ in cursor.elements():
                article = cursor.value()[0]
                yield Wanted(text_at(article, "url").strip(), iso_date(text_at(article, "seendate")))


def _table(stream: BinaryIO) -> Iterator[Wanted]:
    """The CSV of the DOC API: URL,MobileURL,Date,Title."""
    lines = (line.decode("utf-8-sig", "replace").replace("\0", "") for line in iter(lambda: stream.readline(_LINE), b""))
    try:
        rows = csv.reader(lines)
        header = [name.strip().lower() for name in next(rows, [])]
        if "url" not in header:
            raise InputError("no list of GDELT: neither its tables, nor an answer of its DOC API")
        dated = header.index("date") if "date" in header else None
        for row in islice(rows, 5 * MOST_URLS):
            if len(row) > header.index("url"):
                yield Wanted(row[header.index("url")].strip(), iso_date(row[dated]) if dated is not None and dated < len(row) else None)
    except csv.Error as wrong:
        raise InputError(f"no table that can be read: {wrong}") from wrong
