"""Themes: words of peaceful matters in which war words are metaphors, read from `themes.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sayso.languages.strict import read_toml


@dataclass(frozen=True, slots=True)
class Themes:
    """Words by theme, and all single words and pairs together."""

    words: Mapping[str, frozenset[str]]
    all: frozenset[str]

    @classmethod
    def from_file(cls, path: Path) -> "Themes":
        """The themes of a language pack; DataError names file and line of what is wrong."""
        top = read_toml(path)
        table = top.table("themes")
        words = {name: frozenset(table.strings(name)) for name in table.names()}
        table.done()
        top.done()
        return cls(words, frozenset().union(*words.values()))
