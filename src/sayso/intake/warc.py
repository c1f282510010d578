"""Web archives (WARC): the pages in their response records. A broken record is a Failure; those after it are taken.

Records are told apart here, each within its caps, and warcio reads one at a time: its own iterator stops at the first broken record,
writes to standard error, and decompresses without end.
"""

import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from sayso.errors import InputError, TooLarge
from sayso.intake import formats
from sayso.intake.dates import iso_date
from sayso.intake.inflating import Bound, decoded_body
from sayso.intake.metadata import failed
from sayso.intake.settings import IntakeSettings, Taken, What

_TAKEN = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf")
_RECORDS = ("response", "resource", "conversion")  # the last two hold the file itself, without a server's answer around it
_BLOCK = 1 << 16
_HEADER = 64_000  # bytes of a record's own headers
_MOST_BROKEN = 100  # records after which an archive is given up: each costs a search for the next
_GZIP = b"\x1f\x8b\x08"
_FREE = 1_000_000
_VERSION = re.compile(rb"WARC/\d\.\d+\s*$")


@dataclass(frozen=True, slots=True)
class _Record:
    """One record: its number, its headers by lower-case name, and its block, or what is wrong with it."""

    number: int
    headers: dict[str, str]
    head: bytes
    block: bytes
    wrong: InputError | None = None

    @property
    def wanted(self) -> bool:
        """Whether it is of a kind that holds a page."""
        return self.headers.get("warc-type", "").lower() in _RECORDS


def take_warc(stream: BinaryIO, what: What, settings: IntakeSettings) -> Iterator[Taken]:
    """One Taken a page of a web archive, compressed or not; InputError where it is none."""
    broken = 0
    for record in _records(_Bytes(stream, Bound(settings.caps.unpacked, settings.caps.ratio)), settings.limit):
        if record.wrong:
            broken += 1
            yield failed(record.wrong, What(f"{what.name}!record {record.number}"), record.headers.get("warc-record-id"))
            if broken >= _MOST_BROKEN:
                raise InputError(f"{broken} broken records: the rest was left; repair the archive (`warcio recompress`) and add it again")
        elif record.wanted:
            yield from _pages(record, what, settings)


def _pages(record: _Record, what: What, settings: IntakeSettings) -> Iterator[Taken]:
    url = record.headers.get("warc-target-uri", "").strip("<> ")
    inner = What(
        f"{what.name}!{url or f'record {record.number}'}",
        given_id=record.headers.get("warc-record-id", "").strip("<> ") or None,
        url=url if url.lower().startswith(("http://", "https://")) else None,
        retrieved=iso_date(record.headers.get("warc-date", "")),
        depth=what.depth + 1,
    )
    try:
        media_type, payload, notes = _payload(record, settings)
    except InputError as wrong:
        yield failed(wrong, inner)
        return
    if _kind(media_type) not in _TAKEN:
        return  # a picture, a script, an error page
    typed = What(inner.name, inner.given_id, inner.url, inner.retrieved, media_type, inner.depth)
    for taken in formats.take(io.BytesIO(payload), typed, settings):
        yield Taken(taken.item, (*notes, *taken.notes), taken.raw, taken.extraction)


def _payload(record: _Record, settings: IntakeSettings) -> tuple[str, bytes, tuple[str, ...]]:
    """The media type and the bytes of the page, and notes; an empty type where the answer was no page."""
    if record.headers["warc-type"].lower() != "response":
        return record.headers.get("content-type", "")[:200], record.block, ()
    from warcio.bufferedreaders import ChunkedDataReader
    from warcio.recordloader import ArcWarcRecordLoader
    from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

    block = io.BytesIO(record.block)
    try:
        answer = StatusAndHeadersParser(ArcWarcRecordLoader.HTTP_TYPES).parse(block)
    except (StatusAndHeadersParserException, EOFError, ValueError, IndexError) as wrong:
        raise InputError(f"the record holds no answer of a web server: {wrong}") from wrong
    if answer.get_statuscode() != "200":
        return "", b"", ()
    media_type = (answer.get_header("content-type") or "")[:200]
    if _kind(media_type) not in _TAKEN:
        return "", b"", ()
    notes: tuple[str, ...] = ()
    body: bytes = block.read()
    if (answer.get_header("transfer-encoding") or "").strip().lower() == "chunked":
        body = ChunkedDataReader(io.BytesIO(body)).read()
        notes = ("the record holds the page in chunks: kept joined",)
    encoding = answer.get_header("content-encoding") or ""
    plain = decoded_body((body,), encoding, Bound(settings.limit, settings.caps.ratio))
    if plain != body:
        notes = (*notes, f"the record holds the page as {encoding.strip().lower()}: kept decompressed")
    return media_type, plain, notes


def _kind(media_type: str) -> str:
    return media_type.split(";")[0].strip().lower()


def _records(source: "_Bytes", limit: int) -> Iterator[_Record]:
    number = 0
    while True:
        line = source.readline(_HEADER)
        if not line:
            if source.resume():
                number += 1
                yield _Record(number, {}, b"", b"", InputError("the archive is broken here (gzip): the rest of this record is lost"))
                continue
            break
        if not line.strip():
            continue
        number += 1
        if not _VERSION.match(line):
            if number == 1:
                raise InputError(f"no WARC record, but {line[:40]!r}")
            source.skip_to_record()
            yield _Record(number, {}, b"", b"", InputError(f"no record begins with {line[:40]!r}: skipped to the next one"))
            continue
        yield _one(source, number, line, limit)


def _one(source: "_Bytes", number: int, line: bytes, limit: int) -> _Record:
    head, headers = _head(source, line)
    told = headers.get("content-length", "")
    if not re.fullmatch(r"\d{1,15}", told):
        source.skip_to_record()
        return _Record(number, headers, head, b"", InputError(f"content length {told[:40]!r} is no number"))
    length = int(told)
    wanted = headers.get("warc-type", "").lower() in _RECORDS
    if length > limit + _HEADER or not wanted:
        complete = source.skip(length)
        wrong = TooLarge(f"a record of {length:,} bytes: at most {limit:,} are taken; raise --limit") if wanted else None
        return _Record(number, headers, head, b"", wrong if complete else InputError("the record is cut short"))
    block = source.read(length)
    if len(block) < length:
        source.unread(block)  # other records may stand in it if its length is wrong
        source.skip_to_record()
        return _Record(number, headers, head, b"", InputError(f"the record is cut short: {len(block):,} bytes of {length:,}"))
    end = source.read(4)
    source.unread(end)
    if end.strip(b"\r\n"):
        source.unread(block)
        source.skip_to_record()
        return _Record(number, headers, head, b"", InputError("the record does not end where its content length says"))
    return _Record(number, headers, head, block)


def _head(source: "_Bytes", line: bytes) -> tuple[bytes, dict[str, str]]:
    lines, size, last = [line], len(line), ""
    headers: dict[str, str] = {}
    while (line := source.readline(_HEADER)).strip() and size < _HEADER:
        lines.append(line)
        size += len(line)
        text = line.decode("utf-8", "replace").rstrip()
        if text.startswith((" ", "\t")) and last:
            headers[last] += " " + text.strip()
        elif ":" in text:
            last, _, value = text.partition(":")
            last = last.strip().lower()
            headers[last] = value.strip()
    return b"".join(lines), headers


class _Bytes:
    """The bytes of an archive, decompressed where it is compressed, never more than the bound; a broken part ends them until `resume`."""

    def __init__(self, stream: BinaryIO, bound: Bound) -> None:
        self._stream, self._bound = stream, bound
        self._ready, self._packed = bytearray(), stream.read(_BLOCK)
        self._gzip = self._packed.startswith(_GZIP)
        self._machine = zlib.decompressobj(31)
        self._in = self._out = 0
        self._broken = False

    def readline(self, most: int) -> bytes:
        """The next line, or its first `most` bytes; empty at the end."""
        at = 0
        while (found := self._ready.find(b"\n", at)) < 0 and len(self._ready) < most:
            at = len(self._ready)
            if not self._fill():
                break
        return self._off(min(most, found + 1 if found >= 0 else len(self._ready)))

    def read(self, size: int) -> bytes:
        """The next `size` bytes, or fewer at the end."""
        while len(self._ready) < size and self._fill():
            pass
        return self._off(size)

    def skip(self, size: int) -> bool:
        """Whether so many bytes could be left out."""
        while size:
            part = len(self.read(min(size, _BLOCK)))
            if not part:
                return False
            size -= part
        return True

    def unread(self, part: bytes) -> None:
        """Nothing; the bytes are read again next."""
        self._ready[:0] = part

    def skip_to_record(self) -> None:
        """Nothing; what is read next is the first line of a record, or the end."""
        while line := self.readline(_BLOCK):
            if _VERSION.match(line):
                self.unread(line)
                return

    def resume(self) -> bool:
        """Whether the bytes ended because something was broken; what follows can then be read."""
        was, self._broken = self._broken, False
        return was

    def _off(self, size: int) -> bytes:
        part = bytes(self._ready[:size])
        del self._ready[:size]
        return part

    def _fill(self) -> bool:
        if self._broken:
            return False
        if not self._packed:
            self._packed = self._stream.read(_BLOCK)
        if not self._packed:
            return False
        if not self._gzip:
            self._ready += self._packed
            self._packed = b""
            return True
        try:
            return self._inflate()
        except zlib.error:
            self._broken = True
            self._seek_member()
            return False

    def _inflate(self) -> bool:
        while True:
            before = len(self._packed)
            out = self._machine.decompress(self._packed, _BLOCK)
            self._packed = self._machine.unused_data if self._machine.eof else self._machine.unconsumed_tail
            self._in += before - len(self._packed)
            self._out += len(out)
            if self._out > self._bound.limit or (self._out > _FREE and self._out > self._bound.ratio * self._in):
                raise TooLarge(f"{self._in:,} bytes of the archive decompress to more than {self._out:,}: the rest was left")
            if self._machine.eof:
                self._machine = zlib.decompressobj(31)
                self._packed = self._packed.lstrip(b"\0")
            if out:
                self._ready += out
                return True
            self._packed = self._packed or self._stream.read(_BLOCK)
            if not self._packed:
                return False

    def _seek_member(self) -> None:
        """Nothing; the next member of the archive is decompressed next, if there is one."""
        self._machine = zlib.decompressobj(31)
        self._packed = self._packed[1:]
        while (at := self._packed.find(_GZIP)) < 0:
            more = self._stream.read(_BLOCK)
            self._packed = self._packed[-2:] + more if more else b""
            if not more:
                return
        self._packed = self._packed[at:]
