"""Themes: words of peaceful matters in which war words are metaphors, read from `themes.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sayso.languages.strict import read_toml


@dataclass(frozen=True, slots=True)
class Themes:
    """Words by theme: of matters in which no word tells an act of conflict, and of those in which words of war alone are metaphors."""

    words: Mapping[str, frozenset[str]]
    peaceful: frozenset[str]
    public: frozenset[str]

    @classmethod
    def from_file(cls, path: Path) -> "Themes":
        """The themes of a language pack; DataError names file and line of what is wrong."""
        top = read_toml(path)
        table = top.table("themes")
        words = {name: frozenset(table.strings(name)) for name in table.names()}
        public = top.strings("public")
        unknown = sorted(set(public) - set(words))
        if unknown:
            raise top.wrong("public", f"names the theme {unknown[0]!r}, which is not among {', '.join(words)}")
        top.done()
        sorts = [frozenset(word for name, group in words.items() if (name in public) is wanted for word in group) for wanted in (False, True)]
        return cls(words, *sorts)
