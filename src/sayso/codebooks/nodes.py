"""YAML read strictly: a table whose keys are taken one by one; what is left over, repeated or of a wrong sort names file, line and fix."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from sayso.errors import DataError

# The C reader is about ten times quicker; the pure one is the same grammar where libyaml is missing.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Entry:
    """A string of a data file with the line it stands on."""

    text: str
    line: int


class BookTable:
    """One table of a codebook: values are taken by name; `done` complains about what was not taken."""

    def __init__(self, path: Path, node: yaml.MappingNode, where: str = "") -> None:
        self.path, self.where, self.line = path, where, node.start_mark.line + 1
        self._left: dict[str, yaml.Node] = {}
        self._lines: dict[str, int] = {}
        for key, value in node.value:
            name, line = str(key.value), key.start_mark.line + 1
            if name in self._left:
                raise DataError(f"{path.name}:{line}: {where}{name} is there twice: keep one of the two (the other is on line {self._lines[name]})")
            self._left[name], self._lines[name] = value, line

    def names(self) -> tuple[str, ...]:
        """The names not taken yet, in the file's order: for tables whose keys are data."""
        return tuple(self._left)

    def line_of(self, name: str) -> int:
        """The line of a key, the table's own where it has no such key."""
        return self._lines.get(name, self.line)

    def string(self, name: str, default: str | None = None) -> str:
        """The words under `name`; DataError where they are missing or empty and there is no default."""
        node = self._left.pop(name, None)
        if node is None and default is not None:
            return default
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            raise self.wrong(name, "is missing or empty: write one line of text")
        return " ".join(node.value.split())

    def integer(self, name: str) -> int:
        """The whole number under `name`."""
        text = self.string(name)
        if not text.isdecimal():
            raise self.wrong(name, f"needs a whole number, not {text!r}")
        return int(text)

    def flag(self, name: str, default: bool = False) -> bool:
        """The true or false under `name`."""
        text = self.string(name, "true" if default else "false")
        if text not in ("true", "false"):
            raise self.wrong(name, f"needs true or false, not {text!r}")
        return text == "true"

    def entries(self, name: str, repeated: bool = False) -> tuple[Entry, ...]:
        """The list of strings under `name`, each with its line; empty where it is missing, DataError where one is there twice and may not be `repeated`."""
        node = self._left.pop(name, None)
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode):
            raise self.wrong(name, "needs a list")
        found: dict[str, int] = {}
        every: list[Entry] = []
        for item in node.value:
            line = item.start_mark.line + 1
            if not isinstance(item, yaml.ScalarNode) or not item.value.strip():
                raise DataError(f"{self.path.name}:{line}: {self.where}{name} holds something that is no string: quote it or write it on one line")
            text = " ".join(item.value.split())
            if text in found and not repeated:
                raise DataError(f"{self.path.name}:{line}: {self.where}{name} holds {text!r} twice: remove it here or on line {found[text]}")
            found[text] = line
            every.append(Entry(text, line))
        return tuple(every)

    def strings(self, name: str, repeated: bool = False) -> tuple[str, ...]:
        """The list of strings under `name`, without lines."""
        return tuple(entry.text for entry in self.entries(name, repeated))

    def lists(self, name: str) -> tuple[tuple[str, ...], ...]:
        """The list of lists of strings under `name`; empty where it is missing."""
        node = self._left.pop(name, None)
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode) or not all(isinstance(item, yaml.SequenceNode) for item in node.value):
            raise self.wrong(name, "needs a list of lists")
        words = [item for inner in node.value for item in inner.value]
        if not all(isinstance(item, yaml.ScalarNode) and item.value.strip() for item in words):
            raise self.wrong(name, "holds something that is no string: write words, such as [[state], [civilians]]")
        return tuple(tuple(str(item.value) for item in inner.value) for inner in node.value)

    def table(self, name: str) -> "BookTable":
        """The table under `name`; an empty one where it is missing."""
        node = self._left.pop(name, None)
        if node is None:
            node = _empty(self.path, self.line)
        if not isinstance(node, yaml.MappingNode):
            raise self.wrong(name, "needs a table of keys and values")
        return BookTable(self.path, node, f"{self.where}{name}.")

    def tables(self, name: str) -> tuple["BookTable", ...]:
        """The list of tables under `name`; empty where it is missing."""
        node = self._left.pop(name, None)
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode) or not all(isinstance(item, yaml.MappingNode) for item in node.value):
            raise self.wrong(name, "needs a list of tables")
        return tuple(BookTable(self.path, item, f"{self.where}{name}[{index}].") for index, item in enumerate(node.value))

    def done(self) -> None:
        """Nothing; DataError where a key was not taken."""
        if self._left:
            raise self.wrong(next(iter(self._left)), "is not known here: remove it or correct its spelling")

    def wrong(self, name: str, what: str) -> DataError:
        """The error to raise for a key of this table."""
        return DataError(f"{self.path.name}:{self.line_of(name)}: {self.where}{name} {what}")


def _empty(path: Path, line: int) -> yaml.MappingNode:
    """A table without keys, said to stand on `line`."""
    mark = yaml.Mark(path.name, 0, line - 1, 0, "", 0)
    return yaml.MappingNode("tag:yaml.org,2002:map", [], mark, mark)


def read_yaml(path: Path) -> BookTable:
    """The top table of a YAML file; DataError with file and line where it cannot be read."""
    try:
        node = yaml.compose(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except yaml.MarkedYAMLError as wrong:
        mark = wrong.problem_mark or wrong.context_mark
        raise DataError(f"{path.name}:{mark.line + 1 if mark else 1}: {wrong.problem}: correct the YAML there (quote entries that begin with @)") from wrong
    except UnicodeDecodeError as wrong:
        raise DataError(f"{path.name}: not UTF-8 at byte {wrong.start}: save the file as UTF-8") from wrong
    except yaml.YAMLError as wrong:  # ReaderError: a character that YAML forbids
        raise DataError(f"{path.name}: {wrong}: remove that character") from wrong
    except OSError as wrong:
        raise DataError(f"{path.name}: cannot be read ({wrong.strerror}): check the path") from wrong
    if not isinstance(node, yaml.MappingNode):
        raise DataError(f"{path.name}:1: not a table: a codebook begins with keys such as name, title, kind")
    return BookTable(path, node)
