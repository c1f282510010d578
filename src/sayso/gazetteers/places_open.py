"""Files of places opened one like the other: in a folder, in a zip, or alone; their lines read with a cap on length and size."""

import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from sayso.errors import InputError

LONGEST_LINE = 200_000  # bytes: a GeoNames line has at most 10,000 letters of other names
LARGEST_FILE = 8_000_000_000  # bytes unpacked: five times the whole of GeoNames
_REST = 1 << 20
_BROKEN = (OSError, EOFError, zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError)  # RuntimeError: a zip under a password


class OpenedFolder:
    """The files under a folder, in the order of their names."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def names(self) -> Iterator[str]:
        """The paths of all files below, with "/" between the parts."""
        for parent, folders, files in os.walk(self.path):
            folders.sort()
            yield from ((Path(parent) / name).relative_to(self.path).as_posix() for name in sorted(files))

    def size(self, name: str) -> int | None:
        """The bytes of a file; None where there is none."""
        path = self.path / name
        return path.stat().st_size if path.is_file() else None

    def open(self, name: str) -> IO[bytes]:
        """The file, to be read as bytes."""
        return (self.path / name).open("rb")


class OpenedZip:
    """The files in a zip."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._zip = zipfile.ZipFile(path)
        except _BROKEN as wrong:
            raise InputError(f"{path}: cannot be opened as a zip: {wrong}") from wrong
        self._infos = {info.filename: info for info in self._zip.infolist() if not info.is_dir()}

    def names(self) -> Iterator[str]:
        """The paths of all files within."""
        yield from sorted(self._infos)

    def size(self, name: str) -> int | None:
        """The bytes of a file when unpacked, as the zip tells; None where there is none."""
        info = self._infos.get(name)
        return info.file_size if info else None

    def open(self, name: str) -> IO[bytes]:
        """The file, to be read as bytes."""
        return self._zip.open(name)

    def close(self) -> None:
        """Nothing; lets go of the zip."""
        self._zip.close()


Opened = OpenedFolder | OpenedZip


@contextmanager
def opened(path: Path) -> Iterator[Opened]:
    """The folder or zip at `path`; InputError where it is broken, then or while it is read."""
    place = OpenedZip(path) if path.is_file() else OpenedFolder(path)
    try:
        yield place
    except _BROKEN as wrong:
        raise InputError(f"{path}: cannot be read: {wrong}") from wrong
    finally:
        if isinstance(place, OpenedZip):
            place.close()


def lines_of(place: Opened, name: str, wrong: Callable[[str, str], None]) -> Iterator[tuple[int, int, str]]:
    """The number, the bytes read so far and the text of every line; one too long or not in UTF-8 is told to `wrong` and left out."""
    short, read = name.rsplit("/", 1)[-1], 0
    if (place.size(name) or 0) > LARGEST_FILE:
        raise InputError(f"{name}: is larger than {LARGEST_FILE:,} bytes")
    with place.open(name) as stream:
        number = 0
        while line := stream.readline(LONGEST_LINE):
            number, read = number + 1, read + len(line)
            if not line.endswith(b"\n") and len(line) >= LONGEST_LINE:
                while (rest := stream.readline(_REST)) and not rest.endswith(b"\n"):
                    read += len(rest)
                wrong(f"{short}:{number}", f"is longer than {LONGEST_LINE:,} bytes")
                continue
            if read > LARGEST_FILE:  # a zip may tell a size that is not so
                raise InputError(f"{name}: is larger than {LARGEST_FILE:,} bytes")
            try:
                yield number, read, line.decode("utf-8-sig" if number == 1 else "utf-8").rstrip("\r\n")
            except UnicodeDecodeError:
                wrong(f"{short}:{number}", "is not in UTF-8")
