"""Policies of weighing as data: which numbers are derived, by which rule, with which table for vague words."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from sayso.codebooks.nodes import BookTable, read_yaml
from sayso.errors import DataError

_HOME = Path(__file__).parent / "policies"
_OWN_TABLE = "pack"


class Rule(StrEnum):
    """How one number is derived from those that voices tell."""

    LOWEST = "lowest"  # the lowest lower bound
    HIGHEST = "highest"  # the highest upper bound; unknown where a voice tells of more than any bound
    MEDIAN = "median"  # the lower median over voices
    MOST_TOLD = "most_told"  # what most independent voices tell; the lower one where as many tell another
    PREFERRED = "preferred"  # what the first voice of the policy's own list tells


class ContestedStatus(StrEnum):
    """What is done where voices differ on whether the harmed were civilians."""

    AS_TOLD = "as_told"
    MINIMUM_ZERO = "minimum_zero"


NUMBERS = ("low", "best", "high", "value")
_ALLOWED: Mapping[str, tuple[Rule, ...]] = {
    "low": (Rule.LOWEST,),
    "high": (Rule.HIGHEST,),
    "best": (Rule.LOWEST, Rule.MEDIAN, Rule.MOST_TOLD, Rule.PREFERRED),
    "value": tuple(Rule),
}


@dataclass(frozen=True, slots=True)
class Unknowns:
    """What an export writes where people are told to have been harmed and no number is: named, so that nobody takes it for a count."""

    name: str
    war_zone: int
    elsewhere: int


@dataclass(frozen=True, slots=True)
class Policy:
    """One way of weighing: every number that it gives names it."""

    name: str
    version: str
    title: str
    sources: tuple[str, ...]
    numbers: tuple[tuple[str, Rule], ...]
    table: str = _OWN_TABLE  # the table of vague words by name
    vague: Mapping[str, int] = field(default_factory=dict)  # lowest number that a vague word stands for; others keep the language pack's
    preferred: tuple[str, ...] = ()  # names of voices, the first that tells a number is taken
    contested_status: ContestedStatus = ContestedStatus.AS_TOLD
    fair_voices: int = 2  # independent voices from which an incident is graded fair
    unknown_count: Unknowns | None = None
    digest: str = ""

    @property
    def label(self) -> str:
        """Name and version, as derived numbers carry them."""
        return f"{self.name} {self.version}"

    def lowest_of(self, term: str, told: int | None) -> tuple[int | None, str]:
        """The lowest number that a vague word stands for, and the table it is from."""
        word = " ".join(term.casefold().split())
        if word in self.vague:
            return self.vague[word], self.table
        return told, _OWN_TABLE

    def export_unknown(self, war_zone: bool) -> tuple[int, str] | None:
        """What an export that needs a number writes for an unknown one, and the rule's name; None where the policy has no such rule."""
        chosen = self.unknown_count
        return (chosen.war_zone if war_zone else chosen.elsewhere, chosen.name) if chosen else None


def built_in_policies() -> tuple[str, ...]:
    """The names of the policies that ship, in alphabetical order."""
    return tuple(sorted(file.stem for file in _HOME.glob("*.yaml")))


def load_policy(name_or_path: str | Path) -> Policy:
    """The policy of that name or path; DataError names file, line and fix where it is wrong. Cached until the file changes."""
    text = str(name_or_path)
    path = Path(text) if text.endswith((".yaml", ".yml")) or Path(text).name != text else _HOME / f"{text}.yaml"
    if not path.is_file():
        raise DataError(f"no policy {text!r}: use one of {', '.join(built_in_policies())} or the path of a .yaml file")
    state = path.stat()
    return _load(path.resolve(), state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=8)
def _load(path: Path, _changed: int, _size: int) -> Policy:
    top = read_yaml(path)
    name, version, title = (top.string(key) for key in ("name", "version", "title"))
    sources = top.strings("sources")
    if not sources:
        raise top.wrong("sources", "is missing or empty: say where the rules come from")
    numbers = _numbers(top)
    vague = top.table("vague")
    table = vague.string("table", _OWN_TABLE)
    words = _words(vague, table)
    preferred = top.strings("preferred")
    if any(rule is Rule.PREFERRED for _, rule in numbers) != bool(preferred):
        raise top.wrong("preferred", "and the rule 'preferred' go together: list the voices in order, or use another rule")
    contested = top.string("contested_status", ContestedStatus.AS_TOLD.value)
    if contested not in tuple(ContestedStatus):
        raise top.wrong("contested_status", f"is {contested!r}: use one of {', '.join(ContestedStatus)}")
    fair = _fair(top)
    unknowns = _unknowns(top)
    top.done()
    policy = Policy(name, version, title, sources, numbers, table, words, preferred, ContestedStatus(contested), fair, unknowns)
    return replace(policy, digest=_digest(policy))


def _numbers(top: BookTable) -> tuple[tuple[str, Rule], ...]:
    table = top.table("numbers")
    found = []
    for name in table.names():
        if name not in NUMBERS:
            raise table.wrong(name, f"is no number that can be derived: use {', '.join(NUMBERS)}")
        rule = table.string(name)
        if rule not in _ALLOWED[name]:
            raise table.wrong(name, f"cannot be given by {rule!r}: use one of {', '.join(_ALLOWED[name])}")
        found.append((name, Rule(rule)))
    if not found:
        raise top.wrong("numbers", "is missing or empty: say which numbers are derived, such as 'low: lowest'")
    return tuple(sorted(found, key=lambda one: NUMBERS.index(one[0])))


def _words(vague: BookTable, table: str) -> Mapping[str, int]:
    words = vague.table("words")
    found = {" ".join(word.casefold().split()): words.integer(word) for word in words.names()}
    if bool(found) == (table == _OWN_TABLE):
        raise vague.wrong("words", f"and table differ: list words under a table of its own name; {_OWN_TABLE!r} is the language pack's and lists none here")
    vague.done()
    return found


def _fair(top: BookTable) -> int:
    if "fair_voices" not in top.names():
        return 2
    line = top.line_of("fair_voices")
    fair = top.integer("fair_voices")
    if fair < 2:
        raise DataError(f"{top.path.name}:{line}: fair_voices is {fair}: one voice alone is weak, so use 2 or more")
    return fair


def _unknowns(top: BookTable) -> Unknowns | None:
    if "unknown_count" not in top.names():
        return None
    table = top.table("unknown_count")
    found = Unknowns(table.string("name"), table.integer("war_zone"), table.integer("elsewhere"))
    table.done()
    return found


def _digest(policy: Policy) -> str:
    """sha256 over the content, whatever the file's layout and comments."""
    content = json.dumps(asdict(policy), sort_keys=True, ensure_ascii=False)
    return "sha256:" + hashlib.sha256(content.encode()).hexdigest()
