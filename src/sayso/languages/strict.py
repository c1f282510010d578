"""Data files read strictly: an unknown key or a wrong type is an error that names file, line and fix."""

import tomllib
from pathlib import Path
from typing import Any

from sayso.errors import DataError


class StrictTable:
    """One table of a data file: values are taken by name and type; what is left over is an error."""

    def __init__(self, path: Path, values: dict[str, Any], where: str = "") -> None:
        self.path, self.where = path, where
        self._left = dict(values)

    def strings(self, name: str) -> tuple[str, ...]:
        """The list of strings under `name`; empty where it is missing."""
        value = self._left.pop(name, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.wrong(name, f"needs a list of strings, not {value!r}")
        repeated = [item for index, item in enumerate(value) if item in value[:index]]
        if repeated:
            raise self.wrong(name, f"holds {repeated[0]!r} twice")
        return tuple(value)

    def string(self, name: str, default: str | None = None) -> str:
        """The string under `name`; DataError where it is missing and has no default."""
        value = self._left.pop(name, default)
        if not isinstance(value, str):
            raise self.wrong(name, f"needs a string, not {value!r}")
        return value

    def integer(self, name: str, default: int | None = None) -> int:
        """The whole number under `name`."""
        value = self._left.pop(name, default)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.wrong(name, f"needs a whole number, not {value!r}")
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        """The true or false under `name`."""
        value = self._left.pop(name, default)
        if not isinstance(value, bool):
            raise self.wrong(name, f"needs true or false, not {value!r}")
        return value

    def table(self, name: str) -> "StrictTable":
        """The table under `name`; an empty one where it is missing."""
        value = self._left.pop(name, {})
        if not isinstance(value, dict):
            raise self.wrong(name, f"needs a table, not {value!r}")
        return StrictTable(self.path, value, f"{self.where}{name}.")

    def tables(self, name: str) -> tuple["StrictTable", ...]:
        """The list of tables under `name`."""
        value = self._left.pop(name, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.wrong(name, f"needs a list of tables, not {value!r}")
        return tuple(StrictTable(self.path, item, f"{self.where}{name}[{index}].") for index, item in enumerate(value))

    def names(self) -> tuple[str, ...]:
        """The names not taken yet: for tables whose keys are data."""
        return tuple(self._left)

    def value(self, name: str) -> Any:
        """The raw value under `name`, for the few tables of mixed values."""
        return self._left.pop(name)

    def done(self) -> None:
        """Nothing; DataError where a key was not taken."""
        if self._left:
            raise self.wrong(next(iter(self._left)), "is not known here")

    def wrong(self, name: str, what: str) -> DataError:
        """The error to raise for a key of this table."""
        return DataError(f"{self.path.name}:{_line_of(self.path, name)}: {self.where}{name} {what}")


def read_toml(path: Path) -> StrictTable:
    """The top table of a TOML file; DataError with the place where it cannot be parsed."""
    try:
        return StrictTable(path, tomllib.loads(path.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as wrong:
        raise DataError(f"{path.name}: {wrong}") from wrong


def _line_of(path: Path, name: str) -> int:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        stripped = line.strip().lstrip("[").lstrip('"')
        if stripped.startswith(name) or f".{name}" in stripped.split("=")[0]:
            return number
    return 1
