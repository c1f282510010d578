"""Levels: one-sided words and the plain ones in whose place they stand, read from a language's `levels.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sayso.languages.loaded import Words, plural, split_words
from sayso.languages.strict import StrictTable, read_toml


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """Every form of a one-sided word with the same form of its plain word ("" drops it)."""

    loaded: Mapping[Words, str]  # where the word is found to take a side
    always: Mapping[Words, str]  # wherever it stands
    longest: int  # words of the longest of `always`
    firsts: frozenset[str]  # the words that those of `always` begin with

    @classmethod
    def from_file(cls, path: Path) -> "Levels":
        """The levels of a language pack; DataError where the file is wrong."""
        top = read_toml(path)
        loaded, always = _pairs(top.tables("loaded")), _pairs(top.tables("always"))
        top.done()
        return cls(loaded, always, max(map(len, always), default=0), frozenset(words[0] for words in always if words))


def _pairs(tables: tuple[StrictTable, ...]) -> dict[Words, str]:
    """Each form with its plain form, of a form that is there twice the first."""
    found: dict[Words, str] = {}
    for table in tables:
        plain = table.string("plain")
        for sort, forms in (("verbs", _verb_forms), ("nouns", _noun_forms), ("fixed", _as_written)):
            for word in table.strings(sort):
                for written, level in zip(forms(word), forms(plain), strict=True):
                    found.setdefault(split_words(written), level)  # "martyrs" is a noun before it is a verb: the first table has it
        table.done()
    return found


def _verb_forms(verb: str) -> tuple[str, ...]:
    """A regular verb in all its forms, its first word changed."""
    head, blank, rest = verb.partition(" ")
    third = plural(head)
    past = head[:-1] + "ied" if third.endswith("ies") else head.removesuffix("e") + "ed"
    return tuple(form + blank + rest for form in (head, third, past, head.removesuffix("e") + "ing"))


def _noun_forms(noun: str) -> tuple[str, ...]:
    return (noun, plural(noun)) if noun else ("", "")


def _as_written(words: str) -> tuple[str, ...]:
    return (words,)
