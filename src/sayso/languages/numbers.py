"""Numbers: how a language writes numbers of things, read from its `numbers.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sayso.languages.strict import StrictTable, read_toml

BOUNDS = ("lower", "lower_strict", "upper", "upper_strict", "approximate", "after_lower", "after_upper", "after_approximate")


@dataclass(frozen=True, slots=True, eq=False)
class Numbers:
    """The number words, bounds and contexts of one language. Compared by identity, so that scanners built from it can be cached."""

    values: Mapping[str, int]
    scales: Mapping[str, int]
    suffixes: Mapping[str, int]
    sets: Mapping[str, int]  # "a dozen": exactly so many
    vague: Mapping[str, int]  # "dozens": at least so many, by convention
    bounds: Mapping[str, tuple[str, ...]]  # by kind of BOUNDS
    context: Mapping[str, tuple[str, ...]]  # words around a number that tell what it counts

    @classmethod
    def from_file(cls, path: Path) -> "Numbers":
        """The numbers of a language pack; DataError where the file is wrong."""
        top = read_toml(path)
        values, scales, suffixes = (_numbers(top.table(name)) for name in ("values", "scales", "suffixes"))
        sets, vague = _numbers(top.table("sets")), _numbers(top.table("vague"))
        bounds, context = _lists(top.table("bounds")), _lists(top.table("context"))
        top.done()
        missing = [name for name in BOUNDS if name not in bounds]
        if missing:
            raise top.wrong("bounds", f"lacks the list {missing[0]!r}")
        return cls(values, scales, suffixes, sets, vague, bounds, context)


def _numbers(table: StrictTable) -> dict[str, int]:
    return {name: table.integer(name) for name in table.names()}


def _lists(table: StrictTable) -> dict[str, tuple[str, ...]]:
    return {name: table.strings(name) for name in table.names()}
