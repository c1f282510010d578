"""Paths as reports: files, folders, standard input. Each goes through the one door of `formats.py`."""

import io
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from sayso.intake.archives import left_out
from sayso.intake.formats import HEAD, known_suffixes, shows_itself, take
from sayso.intake.jsonl import looks_like_lines, take_lines
from sayso.intake.settings import IntakeSettings, Taken, What
from sayso.model import Failure

_STANDARD_INPUT = "standard input"


def take_paths(paths: Iterable[str], settings: IntakeSettings, standard_input: BinaryIO) -> Iterator[Taken]:
    """One Taken a report, in the order of the paths; `-` is standard input. Files are opened one at a time, as their reports are asked for."""
    for path in paths:
        if path == "-":
            yield from take_stream(standard_input, settings)
        elif os.path.isdir(path):
            yield from _take_folder(Path(path), settings)
        else:
            yield from _take_file(Path(path), Path(path).name, settings)


def take_stream(stream: BinaryIO, settings: IntakeSettings, name: str = _STANDARD_INPUT) -> Iterator[Taken]:
    """The reports of a stream that cannot be sought in: JSON lines as they come, else one input of any format, up to the limit."""
    start = stream.read(settings.limit + 1)
    if looks_like_lines(start):
        yield from take_lines(_Joined(start, stream), name, settings)
    else:
        yield from take(io.BytesIO(start), What(name), settings)


def _take_folder(folder: Path, settings: IntakeSettings) -> Iterator[Taken]:
    some = False
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).as_posix()
        if path.is_file() and not left_out(inside) and (path.suffix.lower() in known_suffixes() or _shows_itself(path)):
            some = True
            yield from _take_file(path, inside, settings)
    if not some:
        wanted = ", ".join(known_suffixes())
        yield Taken(Failure(str(folder), "InputError", f"the folder holds no file that ends in {wanted}: name the files themselves"))


def _shows_itself(path: Path) -> bool:
    """Whether a file without a known ending begins as one of the formats; one that cannot be opened does not."""
    try:
        with path.open("rb") as stream:
            return shows_itself(stream.read(HEAD))
    except OSError:
        return False


def _take_file(path: Path, given_id: str, settings: IntakeSettings) -> Iterator[Taken]:
    try:
        with path.open("rb") as stream:
            if stream.seekable():
                yield from take(stream, What(str(path), given_id), settings)
            else:
                yield from take_stream(stream, settings, str(path))
    except OSError as wrong:
        yield Taken(Failure(str(path), "InputError", f"cannot be opened: {wrong.strerror or wrong}"))


class _Joined:
    """Bytes already read, followed by the rest of their stream, line by line."""

    def __init__(self, start: bytes, rest: BinaryIO) -> None:
        self._start, self._rest = io.BytesIO(start), rest

    def readline(self, size: int, /) -> bytes:
        """The next line, or its first `size` bytes."""
        line = self._start.readline(size)
        if line.endswith(b"\n") or len(line) == size:
            return line
        return line + self._rest.readline(size - len(line))
