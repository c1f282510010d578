"""ZIP archives and gzip files: their members go through the same door as files of a folder do. Nothing is ever written to disk.

A member is refused, and named as `archive!member`, where its name leads out of the archive, it is encrypted or a link, or it grows beyond the caps;
sizes are counted while bytes come out, as what an archive says of itself is not to be trusted.
"""

import gzip
import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import IO, BinaryIO, cast

from sayso.errors import InputError, Refused, TooLarge
from sayso.intake.formats import HEAD, known_suffixes, shows_itself, take
from sayso.intake.settings import Caps, IntakeSettings, Taken, What
from sayso.model import Failure

_END = struct.Struct("<4s4H2LH")  # the end-of-archive record
_LONGEST_COMMENT = 65_535
_ENTRY = 1_024  # bytes of the directory that an entry may take on average: names above that are no names
_FREE = 1_000_000  # bytes under which no ratio is looked at: a page of spaces is no bomb
_ENCRYPTED = 0x1
_OTHER_OFFICE = {"xl/workbook.xml": "an Excel workbook", "ppt/presentation.xml": "a PowerPoint presentation", "content.xml": "an OpenDocument file"}
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError, OSError, struct.error, OverflowError, IndexError)


def take_zip(stream: BinaryIO, what: What, settings: IntakeSettings) -> Iterator[Taken]:
    """The reports of an archive's members, in its order; a Failure for each member that is refused."""
    _check_depth(what, settings.caps)
    with opened(stream, settings.caps) as archive:
        names = set(archive.namelist())
        if "word/document.xml" in names:
            from sayso.intake.docx import take_docx

            stream.seek(0)
            yield from take_docx(stream, what, settings)
            return
        for name, says in _OTHER_OFFICE.items():
            if name in names:
                raise InputError(f"this is {says}: save its text as DOCX, CSV or plain text and give that")
        yield from _members(archive, what, settings)


def take_gz(stream: BinaryIO, what: What, settings: IntakeSettings) -> Iterator[Taken]:
    """The reports of the one file that is packed by gzip."""
    _check_depth(what, settings.caps)
    inside = replace(what, name=f"{what.name}!{_without_gz(PurePosixPath(what.name).name)}", media_type=None, depth=what.depth + 1)
    with gzip.GzipFile(fileobj=stream) as unpacked:
        watched = _Watched(cast(IO[bytes], unpacked), _Budget(settings.caps), _Position(stream))
        yield from take(cast(BinaryIO, io.BufferedReader(watched, 1 << 16)), inside, settings)


def opened(stream: BinaryIO, caps: Caps) -> zipfile.ZipFile:
    """The archive, once its directory is known to be of bearable size; Refused or InputError where it is not."""
    _check_directory(stream, caps)
    try:
        archive = zipfile.ZipFile(stream)
    except _FAULTS as wrong:
        raise InputError(f"the archive is broken ({wrong}): fetch or pack it again") from wrong
    if len(archive.infolist()) > caps.members:
        raise Refused(f"{len(archive.infolist()):,} members, and at most {caps.members:,} are taken: split the archive (cap `members`)")
    return archive


def read_member(archive: zipfile.ZipFile, name: str, caps: Caps, most: int) -> bytes:
    """The bytes of one member, counted while they come out; InputError where it is broken, Refused or TooLarge beyond a cap."""
    info = archive.getinfo(name)
    _check_member(info)
    with _member_stream(archive, info, _Budget(caps)) as member:
        raw = member.read(most + 1)
    if len(raw) > most:
        raise TooLarge(f"{name!r} is larger than {most:,} bytes when unpacked: raise --limit if that is right")
    return raw


def _members(archive: zipfile.ZipFile, what: What, settings: IntakeSettings) -> Iterator[Taken]:
    budget, some = _Budget(settings.caps), False
    for info in archive.infolist():
        if info.is_dir() or left_out(info.filename):
            continue
        given_id = f"{what.given_id or PurePosixPath(what.name).name}!{info.filename}"
        inside = replace(what, name=f"{what.name}!{info.filename}", given_id=given_id, media_type=None, depth=what.depth + 1)
        try:
            _check_member(info)
            with _member_stream(archive, info, budget) as member:
                if PurePosixPath(info.filename).suffix.lower() not in known_suffixes() and not shows_itself(member.peek(HEAD)[:HEAD]):
                    continue
                some = True
                yield from take(cast(BinaryIO, member), inside, settings)
        except InputError as wrong:
            some = True
            yield Taken(Failure(inside.name, type(wrong).__name__, str(wrong), inside.given_id))
        if budget.spent():
            yield Taken(Failure(what.name, "TooLarge", budget.reason + "; its further members were not read", what.given_id))
            return
    if not some:
        raise InputError(f"the archive holds no file that ends in {', '.join(known_suffixes())}: name the files themselves")


def left_out(name: str) -> bool:
    """Whether a file of a folder or an archive is hidden, or tells about the folder."""
    parts = PurePosixPath(name).parts
    hidden = any((part.startswith(".") and not part.startswith("..")) or part == "__MACOSX" for part in parts)
    return hidden or name.lower().rpartition("/")[2] == "readme.md"


def _check_member(info: zipfile.ZipInfo) -> None:
    name = info.orig_filename
    if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or name[1:2] == ":" or any(ord(one) < 32 for one in name):
        raise Refused(f"its name {name!r} leads out of the archive, which only an attack or a broken program writes: pack it again under a plain name")
    if info.flag_bits & _ENCRYPTED:
        raise Refused("encrypted: unpack it with its password and give the file itself")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise Refused("a link, not a file: give the file itself")


def _member_stream(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: "_Budget") -> io.BufferedReader:
    try:
        member = archive.open(info)
    except _FAULTS as wrong:
        raise InputError(f"cannot be unpacked ({wrong}): fetch or pack the archive again") from wrong
    return io.BufferedReader(_Watched(member, budget, _Fixed(info.compress_size)), 1 << 16)


def _check_depth(what: What, caps: Caps) -> None:
    if what.depth > caps.nested:
        raise Refused(f"archives or messages inside each other more than {caps.nested + 1} deep: unpack the outer ones and give their files (cap `nested`)")


def _check_directory(stream: BinaryIO, caps: Caps) -> None:
    """Nothing; Refused where the directory would fill the memory before any member is looked at."""
    size = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, size - _LONGEST_COMMENT - _END.size))
    tail = stream.read(_LONGEST_COMMENT + _END.size)
    stream.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + _END.size:
        raise InputError("the archive has no end: it was cut; fetch or pack it again")
    length = _END.unpack_from(tail, at)[5]
    if length > caps.members * _ENTRY:
        raise Refused(f"a directory of {length:,} bytes, more than {caps.members:,} members need: split the archive (cap `members`)")


def _without_gz(name: str) -> str:
    return name[:-3] if name.lower().endswith(".gz") else name


@dataclass(frozen=True, slots=True)
class _Fixed:
    """How many packed bytes stand behind what comes out: as the directory says."""

    size: int

    def packed(self) -> int:
        """The number."""
        return self.size


@dataclass(frozen=True, slots=True)
class _Position:
    """How many packed bytes stand behind what comes out: as many as were read so far."""

    stream: BinaryIO

    def packed(self) -> int:
        """The number."""
        return self.stream.tell()


class _Budget:
    """The bytes that may still come out of one archive."""

    def __init__(self, caps: Caps) -> None:
        self.caps, self.used = caps, 0
        self.reason = f"more than {caps.unpacked:,} bytes unpacked: split the archive (cap `unpacked`)"

    def spent(self) -> bool:
        """Whether nothing is left."""
        return self.used > self.caps.unpacked


class _Watched(io.RawIOBase):
    """A stream of unpacked bytes that stops at the caps, and raises nothing but InputError."""

    def __init__(self, inner: IO[bytes], budget: _Budget, source: _Fixed | _Position) -> None:
        super().__init__()
        self._inner, self._budget, self._source, self._out = inner, budget, source, 0

    def readable(self) -> bool:
        """True."""
        return True

    def seekable(self) -> bool:
        """Whether the packed bytes can be sought in."""
        return self._inner.seekable()

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """The new place; going back unpacks anew, which counts again."""
        try:
            self._out = self._inner.seek(offset, whence)
        except _FAULTS as wrong:
            raise InputError(f"cannot be unpacked ({wrong}): fetch or pack it again") from wrong
        return self._out

    def tell(self) -> int:
        """The place among the unpacked bytes."""
        return self._out

    def readinto(self, buffer: object, /) -> int:
        """How many bytes were put into the buffer."""
        view = memoryview(cast(bytearray, buffer))
        try:
            data = self._inner.read(len(view))
        except _FAULTS as wrong:
            raise InputError(f"cannot be unpacked ({wrong}): it is broken or was cut; fetch or pack it again") from wrong
        self._out += len(data)
        self._budget.used += len(data)
        if self._budget.spent():
            raise TooLarge(self._budget.reason)
        if self._out > _FREE and self._out > self._budget.caps.ratio * max(1, self._source.packed()):
            raise Refused(
                f"a decompression bomb: more than {self._budget.caps.ratio} bytes come out for each byte in; unpack it yourself if you trust it (cap `ratio`)"
            )
        view[: len(data)] = data
        return len(data)


def entries(names: Iterable[str]) -> tuple[str, ...]:
    """The names of XML parts among the members."""
    return tuple(name for name in names if name.lower().endswith((".xml", ".rels")))
