"""A JSON text walked through without building all of it: an export of a million messages costs one message at a time, and each keeps its own bytes."""

import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from sayso.errors import InputError, TooLarge

_SPACE = re.compile(r"[ \t\r\n]*")
_WIDEST = 25  # times the limit of one report that a whole JSON file may have: it is held in memory


class Cursor:
    """Stands at a place of a JSON text. Whoever is given a key or an element takes it, or leaves it and it is skipped."""

    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0
        self._decoder = json.JSONDecoder()
        self._skip_space()

    @property
    def at(self) -> int:
        """The place, in code points."""
        return self._at

    def members(self) -> Iterator[str]:
        """The keys of the object that begins here; the cursor stands at the value of each when it is given."""
        self._expect("{", "an object")
        while not self._ends("}"):
            key, _ = self.value()
            if not isinstance(key, str):
                raise InputError(f"no JSON: a key at {self._at} is no string")
            self._expect(":", "a colon")
            here = self._at
            yield key
            self._leave(here)
            self._separator("}")

    def elements(self) -> Iterator[int]:
        """The numbers, from 1, of the elements of the list that begins here; the cursor stands at each when it is given."""
        self._expect("[", "a list")
        number = 0
        while not self._ends("]"):
            number += 1
            here = self._at
            yield number
            self._leave(here)
            self._separator("]")

    def value(self) -> tuple[Any, str]:
        """The value that begins here, and its text; InputError where it is no JSON."""
        start = self._at
        try:
            found, self._at = self._decoder.raw_decode(self._text, start)
        except (RecursionError, ValueError) as wrong:
            raise InputError(f"no JSON that can be read at character {start:,}: {str(wrong)[:120]}") from wrong
        text = self._text[start : self._at]
        self._skip_space()
        return found, text

    def is_list(self) -> bool:
        """Whether a list begins here."""
        return self._text.startswith("[", self._at)

    def is_object(self) -> bool:
        """Whether an object begins here."""
        return self._text.startswith("{", self._at)

    def _leave(self, here: int) -> None:
        if self._at == here:
            self.value()

    def _skip_space(self) -> None:
        found = _SPACE.match(self._text, self._at)
        self._at = found.end() if found else self._at

    def _ends(self, end: str) -> bool:
        if self._text.startswith(end, self._at):
            self._at += 1
            self._skip_space()
            return True
        return False

    def _separator(self, end: str) -> None:
        if self._text.startswith(",", self._at):
            self._at += 1
            self._skip_space()
        elif not self._text.startswith(end, self._at):
            raise InputError(f"no JSON at character {self._at:,}: the file was cut, or a comma is missing")

    def _expect(self, sign: str, says: str) -> None:
        if not self._text.startswith(sign, self._at):
            raise InputError(f"no JSON as expected at character {self._at:,}: {says} should begin there")
        self._at += 1
        self._skip_space()


def cursor_of(stream: BinaryIO, limit: int) -> Cursor:
    """The cursor at the beginning of a JSON file; InputError where it is not UTF-8 or too large to be held."""
    raw = stream.read(_WIDEST * limit + 1)
    if len(raw) > _WIDEST * limit:
        raise TooLarge(f"larger than {_WIDEST * limit:,} bytes: export fewer reports at a time, or raise --limit")
    try:
        return Cursor(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as wrong:
        raise InputError(f"not UTF-8 ({wrong.reason} at byte {wrong.start}): JSON is always UTF-8") from wrong


def text_at(record: Any, *path: str | int) -> str:
    """The string or number that stands at a path of a decoded value, as a string; empty where there is none."""
    for key in path:
        if isinstance(record, dict) and isinstance(key, str):
            record = record.get(key)
        elif isinstance(record, list) and isinstance(key, int) and key < len(record):
            record = record[key]
        else:
            return ""
    if isinstance(record, bool) or not isinstance(record, str | int):
        return ""
    return str(record).replace("\0", "").encode("utf-8", "replace").decode()
