"""Paths as reports: files, folders, standard input."""

import io
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from sayso.intake.jsonl import looks_like_lines, take_lines
from sayso.intake.settings import IntakeSettings, Taken
from sayso.intake.text import take_text
from sayso.model import Failure

TEXT_SUFFIXES = (".txt", ".md")
LINES_SUFFIXES = (".jsonl", ".ndjson")
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


def take_stream(stream: BinaryIO, settings: IntakeSettings) -> Iterator[Taken]:
    """The reports of standard input: JSON lines if its first line is one, else one text."""
    start = stream.read(settings.limit + 1)
    if looks_like_lines(start):
        yield from take_lines(_Joined(start, stream), _STANDARD_INPUT, settings)
    else:
        yield take_text(start, _STANDARD_INPUT, None, settings)


def _take_folder(folder: Path, settings: IntakeSettings) -> Iterator[Taken]:
    found = [path for path in sorted(folder.rglob("*")) if path.suffix.lower() in TEXT_SUFFIXES + LINES_SUFFIXES and path.is_file()]
    found = [path for path in found if not _left_out(path.relative_to(folder))]
    if not found:
        wanted = ", ".join(TEXT_SUFFIXES + LINES_SUFFIXES)
        yield Taken(Failure(str(folder), "InputError", f"the folder holds no file that ends in {wanted}: name the files themselves"))
    for path in found:
        yield from _take_file(path, path.relative_to(folder).as_posix(), settings)


def _left_out(inside: Path) -> bool:
    """Whether a file of a folder is hidden, or tells about the folder."""
    return any(part.startswith(".") for part in inside.parts) or inside.name.lower() == "readme.md"


def _take_file(path: Path, given_id: str, settings: IntakeSettings) -> Iterator[Taken]:
    try:
        with path.open("rb") as stream:
            if path.suffix.lower() in LINES_SUFFIXES:
                yield from _lines_of(stream, path, settings)
            else:
                yield take_text(stream.read(settings.limit + 1), str(path), given_id, settings)
    except OSError as wrong:
        yield Taken(Failure(str(path), "InputError", f"cannot be opened: {wrong.strerror or wrong}"))


def _lines_of(stream: BinaryIO, path: Path, settings: IntakeSettings) -> Iterator[Taken]:
    some = False
    for taken in take_lines(stream, str(path), settings):
        some = True
        yield taken
    if not some:
        yield Taken(Failure(str(path), "EmptyReport", "the file holds no line: nothing to read"))


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
