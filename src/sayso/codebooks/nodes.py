"""YAML read strictly: a table whose keys are taken one by one; what is left over, repeated or of a wrong sort names file, line and fix.

A file is hostile until it is read: its size is capped, tags and aliases (of which bombs are made) are refused, nothing in it is executed.
"""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

from sayso.errors import DataError

# The C reader is about ten times quicker; the pure one is the same grammar where libyaml is missing.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAGS = frozenset(f"tag:yaml.org,2002:{name}" for name in ("map", "seq", "str", "int", "float", "bool", "null", "timestamp", "merge", "value"))
LARGEST = 5_000_000  # bytes of a file: the largest of ours has a seventh of that
MOST_WORDS = 5_000_000  # words of all lists with their classes opened: a class of many words named in many places is a bomb of its own
MOST_PROBLEMS = 100  # that are told of one file


class BookError(DataError):
    """All that is wrong with a file, in the order of its lines; the message tells the first."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(sorted(problems, key=_line_of))
        more = len(problems) - 1
        super().__init__(self.problems[0] + (f" (and {more} more in this file)" if more else ""))


def _line_of(problem: str) -> float:
    """The line that a problem names, after all lines where it names none."""
    found = re.match(r"[^:]*:(\d+):", problem)
    return int(found[1]) if found else float("inf")


@dataclass(frozen=True, slots=True)
class Entry:
    """A string of a data file with the line it stands on."""

    text: str
    line: int


@dataclass(slots=True)
class _File:
    """What the tables of one file share: what was found wrong so far, and how many words lists were opened to."""

    noted: list[str] = field(default_factory=list)
    words: int = 0


class BookTable:
    """One table of a codebook: values are taken by name; `done` complains about what was not taken."""

    def __init__(self, path: Path, node: yaml.MappingNode, where: str = "", file: _File | None = None) -> None:
        self.path, self.where, self.line = path, where, node.start_mark.line + 1
        self._file = file if file is not None else _File()
        self._left: dict[str, yaml.Node] = {}
        self._lines: dict[str, int] = {}
        self._asked: set[str] = set()
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise DataError(f"{path.name}:{line}: {where or 'the file'} has a key that is no word: write it as text")
            name = str(key.value)
            if name in self._left:
                raise DataError(f"{path.name}:{line}: {where}{name} is there twice: keep one of the two (the other is on line {self._lines[name]})")
            self._left[name], self._lines[name] = value, line

    def names(self) -> tuple[str, ...]:
        """The names not taken yet, in the file's order: for tables whose keys are data."""
        return tuple(self._left)

    @contextmanager
    def noting(self) -> Iterator[None]:
        """What is wrong inside is noted, and reading goes on behind it; `whole` raises it. BookError where too much is wrong to go on."""
        try:
            yield
        except BookError:
            raise
        except DataError as wrong:
            self.note(wrong)

    def note(self, wrong: DataError) -> None:
        """Nothing; the error is kept for `whole`."""
        self._file.noted.append(str(wrong))
        if len(self._file.noted) >= MOST_PROBLEMS:
            raise BookError(self._file.noted) from wrong

    @contextmanager
    def whole(self) -> Iterator[None]:
        """At its end, or where reading cannot go on: BookError with everything that was noted."""
        try:
            yield
        except BookError:
            raise
        except DataError as wrong:
            raise BookError([*self._file.noted, str(wrong)]) from wrong
        if self._file.noted:
            raise BookError(self._file.noted)

    def opened(self, key: str, words: int) -> None:
        """Nothing; DataError where the lists of the file have come to more words than any book has."""
        self._file.words += words
        if self._file.words > MOST_WORDS:
            raise BookError([str(self.wrong(key, f"brings the lists of this file, with their classes opened, to more than {MOST_WORDS:,} words: use fewer"))])

    def _take(self, name: str) -> yaml.Node | None:
        self._asked.add(name)
        return self._left.pop(name, None)

    def line_of(self, name: str) -> int:
        """The line of a key, the table's own where it has no such key."""
        return self._lines.get(name, self.line)

    def string(self, name: str, default: str | None = None) -> str:
        """The words under `name`; DataError where they are missing or empty and there is no default."""
        node = self._take(name)
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
        node = self._take(name)
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

    def peek(self, name: str) -> tuple[str, ...]:
        """The strings of the list under `name`, which is left to be taken; what else stands there is passed over."""
        node = self._left.get(name)
        return tuple(str(item.value) for item in node.value if isinstance(item, yaml.ScalarNode)) if isinstance(node, yaml.SequenceNode) else ()

    def strings(self, name: str, repeated: bool = False) -> tuple[str, ...]:
        """The list of strings under `name`, without lines."""
        return tuple(entry.text for entry in self.entries(name, repeated))

    def lists(self, name: str) -> tuple[tuple[str, ...], ...]:
        """The list of lists of strings under `name`; empty where it is missing."""
        node = self._take(name)
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
        node = self._take(name)
        if node is None:
            node = _empty(self.path, self.line)
        if not isinstance(node, yaml.MappingNode):
            raise self.wrong(name, "needs a table of keys and values")
        return BookTable(self.path, node, f"{self.where}{name}.", self._file)

    def tables(self, name: str) -> tuple["BookTable", ...]:
        """The list of tables under `name`; empty where it is missing."""
        node = self._take(name)
        if node is None:
            return ()
        if not isinstance(node, yaml.SequenceNode) or not all(isinstance(item, yaml.MappingNode) for item in node.value):
            raise self.wrong(name, "needs a list of tables")
        return tuple(BookTable(self.path, item, f"{self.where}{name}[{index}].", self._file) for index, item in enumerate(node.value))

    def done(self) -> None:
        """Nothing; keys that were not taken are noted, and the top table raises all that is noted as a BookError."""
        for name in self._left:
            near = get_close_matches(name, self._asked - self._lines.keys(), 1)
            self.note(self.wrong(name, f"is not known here: {f'is {near[0]} meant?' if near else 'remove it or correct its spelling'}"))
        self._left.clear()
        if not self.where and self._file.noted:
            raise BookError(self._file.noted)

    def wrong(self, name: str, what: str) -> DataError:
        """The error to raise for a key of this table."""
        return DataError(f"{self.path.name}:{self.line_of(name)}: {self.where}{name} {what}")


def out_of_order(name: str, held: Mapping[str, Sequence[str]], known: Container[str]) -> str | None:
    """What is wrong with a list that holds lists by their names: one of them holds it in turn, or stands below it; None where all it holds is known.

    `held` has what the list holds, and each of the lists below it.
    """
    later = next((one for one in held[name] if one not in known and one in held), None)
    if later is None:
        return None
    chains: list[tuple[str, ...]] = [(name, later)]
    seen: set[str] = set()
    while chains:
        chain = chains.pop()
        if chain[-1] == name:
            return f"holds itself ({' → '.join(chain)}): break the circle"
        if chain[-1] not in seen:
            seen.add(chain[-1])
            chains += [(*chain, one) for one in held.get(chain[-1], ())]
    return f"holds {later!r}, which stands below it: move it up"


def _empty(path: Path, line: int) -> yaml.MappingNode:
    """A table without keys, said to stand on `line`."""
    mark = yaml.Mark(path.name, 0, line - 1, 0, "", 0)
    return yaml.MappingNode("tag:yaml.org,2002:map", [], mark, mark)


def read_yaml(path: Path) -> BookTable:
    """The top table of a YAML file; DataError with file and line where it cannot be read."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST + 1)
        if len(raw) > LARGEST:
            raise DataError(f"{path.name}: has more than the {LARGEST:,} bytes that such a file may have: split it")
        node = yaml.compose(raw.decode("utf-8-sig"), Loader=_LOADER)
    except yaml.MarkedYAMLError as wrong:
        mark = wrong.problem_mark or wrong.context_mark
        raise DataError(f"{path.name}:{mark.line + 1 if mark else 1}: {wrong.problem}: correct the YAML there (quote entries that begin with @)") from wrong
    except UnicodeDecodeError as wrong:
        raise DataError(f"{path.name}: not UTF-8 at byte {wrong.start}: save the file as UTF-8") from wrong
    except yaml.YAMLError as wrong:  # ReaderError: a character that YAML forbids
        raise DataError(f"{path.name}: {' '.join(str(wrong).split())}: remove that character") from wrong
    except RecursionError as wrong:
        raise DataError(f"{path.name}: lists or tables stand too deep in each other: no codebook needs more than six") from wrong
    except OSError as wrong:
        raise DataError(f"{path.name}: cannot be read ({wrong.strerror}): check the path") from wrong
    if not isinstance(node, yaml.MappingNode):
        raise DataError(f"{path.name}:1: not a table: a codebook begins with keys such as name, title, kind")
    _check_plain(path, node)
    return BookTable(path, node)


def _check_plain(path: Path, top: yaml.Node) -> None:
    """Nothing; DataError where a tag is given, or a part of the file is named by an alias and so stands in several places."""
    seen: set[int] = set()
    left = [top]
    while left:
        node = left.pop()
        if id(node) in seen:
            line = node.start_mark.line + 1
            raise DataError(f"{path.name}:{line}: what stands here is named by an alias (*) elsewhere: write it out there, or make it a class or group")
        seen.add(id(node))
        if node.tag not in _TAGS:
            raise DataError(f"{path.name}:{node.start_mark.line + 1}: has the tag {node.tag!r}: remove it, or quote an entry that begins with !")
        if isinstance(node, yaml.MappingNode):
            left += [part for pair in node.value for part in pair]
        elif isinstance(node, yaml.SequenceNode):
            left += node.value
