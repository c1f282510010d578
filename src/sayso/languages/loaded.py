"""LoadedWords: the words and phrases of a language that take a side, read from its `loaded.toml`, by the first word of each."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sayso.languages.strict import StrictTable, read_toml
from sayso.model.words import LoadedClass

WORD = re.compile(r"[^\W_]+")
Words = tuple[str, ...]

NAME = "@name"  # in `needs`: the name of an actor; every other word with @ is a list of the file
WITHIN = 12  # words to either side in which `needs` looks, where a table does not say
_VOWELS = "aeiou"
_SPELLINGS = re.compile(r"is(e|es|ed|er|ers|ing|ation|ations)$")
_LINKS = frozenset(("of", "to", "for", "in", "against"))


@dataclass(frozen=True, slots=True, eq=False)
class LoadedEntry:
    """How a group of words takes a side, what they would be plainly, and where alone they do so."""

    loaded_class: LoadedClass
    neutral: str
    needs: frozenset[str]  # one of these within `within` words
    unless: frozenset[str]  # none of these there, nor within WITHIN words
    within: int
    before: frozenset[Words]  # one of these right behind it
    after: frozenset[Words]  # one of these right in front of it
    not_before: frozenset[Words]
    not_after: frozenset[Words]
    before_name: bool  # only where a capitalised word follows
    in_names: bool  # also as a part of a name
    mild: bool


@dataclass(frozen=True, slots=True, eq=False)
class LoadedPhrase:
    """The words of one phrase in one of its forms, and the entry they belong to."""

    words: Words
    entry: LoadedEntry


@dataclass(frozen=True, slots=True, eq=False)
class LoadedWords:
    """Every form of every loaded phrase under its first word, the longest first; what makes a capitalised run of words a proper name."""

    phrases: Mapping[str, tuple[LoadedPhrase, ...]]
    name_heads: frozenset[str]
    count: int  # entries as written, forms not counted

    @classmethod
    def from_file(cls, path: Path) -> "LoadedWords":
        """The loaded words of a language pack; DataError where the file is wrong."""
        top = read_toml(path)
        reader = _Reader(_lists(top.table("lists")), _irregular(top.table("irregular")))
        names = top.table("names")
        heads = frozenset(folded(form) for head in names.strings("heads") for form in reader.nouns(head))
        names.done()
        phrases: dict[Words, list[LoadedPhrase]] = {}
        count = 0
        for table in top.tables("words"):
            written, forms, entry = reader.entry(table)
            count += written
            for words in sorted(forms):
                phrases.setdefault(words, []).append(LoadedPhrase(words, entry))
        top.done()
        first: dict[str, list[LoadedPhrase]] = {}
        for words in sorted(phrases, key=lambda words: -len(words)):
            first.setdefault(words[0], []).extend(phrases[words])
        return cls({word: tuple(found) for word, found in first.items()}, heads, count)


class _Reader:
    """Reads the tables of words, with the lists and irregular forms they use."""

    def __init__(self, lists: Mapping[str, Words], irregular: Mapping[str, Words]) -> None:
        self._lists, self._irregular = lists, irregular

    def entry(self, table: StrictTable) -> tuple[int, set[Words], LoadedEntry]:
        """How many phrases a table writes, all their forms, and what they share."""
        nouns, verbs, fixed = table.strings("nouns"), table.strings("verbs"), table.strings("fixed")
        forms = {split_words(form) for phrase in nouns for form in self._noun_phrase(phrase)}
        forms |= {split_words(form) for phrase in verbs for form in self._verb_phrase(phrase)}
        forms |= {split_words(phrase) for phrase in fixed}
        if not forms or () in forms:
            raise table.wrong("class", "has no words: give nouns, verbs or fixed")
        given = table.string("class")
        if given not in {known.value for known in LoadedClass}:
            raise table.wrong("class", f"is {given!r}: use one of {', '.join(known.value for known in LoadedClass)}")
        neutral = table.string("neutral")
        if not neutral.strip():
            raise table.wrong("neutral", "is empty: say it in plain words")
        entry = LoadedEntry(
            LoadedClass(given),
            neutral,
            self._near(table, "needs"),
            self._near(table, "unless"),
            table.integer("within", WITHIN),
            self._condition(table, "before"),
            self._condition(table, "after"),
            self._condition(table, "not_before"),
            self._condition(table, "not_after"),
            table.flag("before_name"),
            table.flag("in_names"),
            table.flag("mild"),
        )
        table.done()
        return len(nouns) + len(verbs) + len(fixed), _spelled(forms), entry

    def nouns(self, word: str) -> set[str]:
        """A noun and its plural."""
        return {word, *(self._irregular.get(word) or (plural(word),))}

    def _near(self, table: StrictTable, name: str) -> frozenset[str]:
        """The single words of a condition that looks at the words around."""
        found = self._condition(table, name)
        long = next((words for words in sorted(found) if len(words) > 1), None)
        if long:
            raise table.wrong(name, f"holds {' '.join(long)!r}: it takes single words")
        return frozenset(words[0] for words in found)

    def _condition(self, table: StrictTable, name: str) -> frozenset[Words]:
        """The words of a condition in all their forms; those of its lists among them."""
        found: set[Words] = set()
        for written in table.strings(name):
            if written == NAME:
                found.add((NAME,))
                continue
            if written.startswith("@") and written[1:] not in self._lists:
                raise table.wrong(name, f"names the list {written!r}, which is not under [lists]")
            for word in self._lists[written[1:]] if written.startswith("@") else (written,):
                forms = {word} if " " in word else self.nouns(word) | self._verbs(word)
                found |= {split_words(form) for form in forms}
        return frozenset(_spelled(found))

    def _noun_phrase(self, phrase: str) -> set[str]:
        """A noun phrase and its plural: the word before the first "of" or "to" changes, else the last."""
        words = phrase.split()
        at = next((index for index, word in enumerate(words) if index and word in _LINKS), len(words)) - 1
        return {" ".join((*words[:at], form, *words[at + 1 :])) for form in self.nouns(words[at])}

    def _verb_phrase(self, phrase: str) -> set[str]:
        """All forms of a verb phrase: its first word changes."""
        head, _, rest = phrase.partition(" ")
        return {f"{form} {rest}".strip() for form in self._verbs(head)}

    def _verbs(self, verb: str) -> set[str]:
        stem = verb[:-1] if verb.endswith("e") else _doubled(verb)
        third = plural(verb)
        past = verb[:-1] + "ied" if third.endswith("ies") and not verb.endswith("ie") else stem + "ed"
        ing = (_doubled(verb) if verb.endswith(("ee", "ye", "oe")) else stem) + "ing"
        return {verb, third, ing, *(self._irregular.get(verb) or (past,))}


def split_words(text: str) -> Words:
    """The words of a text as they are compared: without case, marks and punctuation."""
    return tuple(folded(word) for word in WORD.findall(text))


@lru_cache(maxsize=50_000)
def folded(word: str) -> str:
    """A word without case and marks."""
    if word.isascii():
        return word.lower()
    return "".join(char for char in unicodedata.normalize("NFKD", word) if not unicodedata.combining(char)).casefold()


def plural(noun: str) -> str:
    """The regular plural of a noun, and the third person of a verb."""
    if noun.endswith("man"):
        return noun[:-2] + "en"
    if noun.endswith("y") and noun[-2:-1] not in _VOWELS:
        return noun[:-1] + "ies"
    return noun + ("es" if noun.endswith(("s", "x", "z", "ch", "sh")) else "s")


def _doubled(verb: str) -> str:
    """The stem of a short verb that doubles its last letter ("mop", "mopping")."""
    short = len(verb) > 2 and verb[-1] not in _VOWELS + "wxy" and verb[-2] in _VOWELS and sum(char in _VOWELS for char in verb) == 1
    return verb + verb[-1] if short else verb


def _spelled(forms: Iterable[Words]) -> set[Words]:
    """The forms as they are, and with z for s in "-ise"."""
    return {*forms, *(tuple(_SPELLINGS.sub(r"iz\1", word) for word in form) for form in forms)}


def _lists(table: StrictTable) -> dict[str, Words]:
    return {name: table.strings(name) for name in table.names()}


def _irregular(table: StrictTable) -> dict[str, Words]:
    return {name: table.strings(name) for name in table.names()}
