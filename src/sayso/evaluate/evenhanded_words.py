"""One-sided words swapped for neutral and opposite ones in a text, by `evenhanded_words.toml`: inflection, articles and capitals kept."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sayso.evaluate.evenhanded_swaps import replaced
from sayso.languages.loaded import plural
from sayso.languages.strict import StrictTable, read_toml
from sayso.model.words import LoadedClass

_DATA = Path(__file__).parent / "evenhanded_words.toml"
_WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_ARTICLE = re.compile(r"(?<!\w)([Aa]n?)\s$")
_BREAK = re.compile(r"[.!?:;\n]")
_NUMBER = "#"  # in a list of words: any number in figures
_NAME = "@name"  # … and any word of an actor's name
_REACH = 6  # words to either side in which `needs` looks, where a set does not say

_CONDITIONS = ("needs", "unless", "after", "not_after", "before", "not_before", "object")
_GRAMMAR = frozenset(("followers", "before_plain", "determiners", "prepositions", "passive"))
ONE, MANY, PAST, GOING, PLAIN, FIXED = "one", "many", "past", "going", "plain", "fixed"


class Source(NamedTuple):
    """One form of a member as it is looked for in a text."""

    words: tuple[str, ...]
    member: str
    form: str


@dataclass(frozen=True, slots=True)
class WordSet:
    """Words that tell the same from different sides, and where alone they are swapped for one another."""

    name: str
    forms: Mapping[str, Mapping[str, str]]  # member → form → as written
    sources: Mapping[str, tuple[Source, ...]]  # what is taken out, by its first word, the longest first
    loaded: Mapping[str, LoadedClass]  # members that take a side, and how
    conditions: Mapping[str, frozenset[str]]  # needs, unless, after, not_after, before, not_before, object
    reach: int


@dataclass(frozen=True, slots=True)
class WordSwap:
    """A text with one word swapped for another throughout, and where the loaded ones that were put in stand."""

    text: str
    what: str
    word: str  # the member put in; empty where one was dropped
    loaded: LoadedClass | None
    inserted: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Use:
    """Where a member stands in a text, and in which form."""

    start: int
    end: int
    member: str
    form: str


@dataclass(frozen=True, slots=True)
class WordSets:
    """The sets of a file, and the words by which grammar is told."""

    sets: tuple[WordSet, ...]
    grammar: Mapping[str, frozenset[str]]


@cache
def load_word_sets(path: Path = _DATA) -> WordSets:
    """The sets of words of a file; DataError where it is wrong."""
    top = read_toml(path)
    lists, grammar = _lists(top.table("lists")), _lists(top.table("grammar"))
    sets = tuple(_word_set(one, lists) for one in top.tables("sets"))
    top.done()
    missing = _GRAMMAR - grammar.keys()
    if missing:
        raise top.wrong("grammar", f"has no list {min(missing)!r}")
    return WordSets(sets, grammar)


def word_swaps(text: str, names: Sequence[tuple[int, int]], words: WordSets) -> Iterator[WordSwap]:
    """The text with each word of a set in place of each other one that stands in it; `names` are stretches that are left alone."""
    scan = _Scan(text, names, words.grammar)
    for one in words.sets:
        uses = scan.uses(one)
        for member in dict.fromkeys(use.member for use in uses):
            for other, written in one.forms.items():
                swapped = [use for use in uses if use.member == member and use.form in written]
                if other != member and swapped:
                    yield _swapped(text, one, other, swapped)


def _lists(table: StrictTable) -> dict[str, frozenset[str]]:
    return {name: frozenset(table.strings(name)) for name in table.names()}


def _word_set(table: StrictTable, lists: Mapping[str, frozenset[str]]) -> WordSet:
    """One set, its members in all their forms."""
    forms: dict[str, dict[str, str]] = {}
    for verb in table.strings("verbs"):
        past = verb[:-1] + "ied" if plural(verb).endswith("ies") else verb.removesuffix("e") + "ed"
        forms[verb] = {PLAIN: verb, PAST: past, GOING: verb.removesuffix("e") + "ing"}
    for noun in table.strings("nouns"):
        forms[noun] = {ONE: noun, MANY: plural(noun)}
    for name, kind in (("singular", ONE), ("plural", MANY), ("fixed", FIXED)):
        for words in table.strings(name):
            forms.setdefault(words, {})[kind] = words
    if len(forms) < 2:
        raise table.wrong("name", "is a set of fewer than two members: give verbs, nouns, singular, plural or fixed")
    given = table.table("loaded")
    loaded = {member: LoadedClass(given.string(member)) for member in given.names()}
    only = table.strings("only_into")
    odd = [member for member in (*loaded, *only) if member not in forms]
    if odd:
        raise table.wrong("loaded", f"or only_into names {odd[0]!r}, which is no member")
    conditions = {name: found for name in _CONDITIONS if (found := _opened(table, name, lists))}
    made = WordSet(table.string("name"), forms, _sources(forms, frozenset(only)), loaded, conditions, table.integer("within", _REACH))
    table.done()
    return made


def _sources(forms: Mapping[str, Mapping[str, str]], only_into: frozenset[str]) -> dict[str, tuple[Source, ...]]:
    """The forms that are taken out, by their first word, the longest first; those of members that are only put in left out."""
    pairs = ((member, form, words.lower().split()) for member, written in forms.items() if member not in only_into for form, words in written.items())
    found = [Source(tuple(words), member, form) for member, form, words in pairs if words]
    by_first: dict[str, tuple[Source, ...]] = {}
    for source in sorted(found, key=lambda source: -len(source.words)):
        by_first[source.words[0]] = (*by_first.get(source.words[0], ()), source)
    return by_first


def _opened(table: StrictTable, name: str, lists: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The words of a condition, its lists opened."""
    found: set[str] = set()
    for word in table.strings(name):
        if word.startswith("@") and word != _NAME:
            if word[1:] not in lists:
                raise table.wrong(name, f"names the list {word!r}, which is not under [lists]")
            found |= lists[word[1:]]
        else:
            found.add(word)
    return frozenset(found)


def _swapped(text: str, one: WordSet, other: str, uses: Sequence[_Use]) -> WordSwap:
    new: dict[tuple[int, int], str] = {}
    for use in uses:
        start, words = use.start, one.forms[other][use.form]
        end = use.end
        if not words:
            following = re.compile(r"\s+").match(text, end)
            end = following.end() if following else end
        first = words or text[end : end + 1]
        if text[use.start].isupper() and words:
            words = words[0].upper() + words[1:]
        elif text[use.start].isupper():
            words, end = first.upper(), end + 1
        article = _ARTICLE.search(text, max(0, start - 4), start)
        if article:
            start = article.start(1)
            words = _article(article[1], first) + " " + words
        new[start, end] = words
    made, inserted = replaced(text, new)
    what = f"{one.name}: {other or 'nothing'} for {uses[0].member}"
    return WordSwap(made, what, other, one.loaded.get(other), inserted)


def _article(written: str, following: str) -> str:
    return written[0] + ("n" if following[:1].lower() in "aeiou" else "")


class _Scan:
    """The words of one text, and where the members of a set stand among them."""

    def __init__(self, text: str, names: Sequence[tuple[int, int]], grammar: Mapping[str, frozenset[str]]) -> None:
        self.text, self._grammar = text, grammar
        found = list(_WORD.finditer(text))
        self.spans = [match.span() for match in found]
        self.written = [match.group() for match in found]
        self.words = [word.lower() for word in self.written]
        self.named = [any(start < stop and begin < end for begin, stop in names) for start, end in self.spans]

    def uses(self, one: WordSet) -> list[_Use]:
        """Where the members of a set stand and may be swapped, none overlapping, the longest first at each word."""
        found, at = [], 0
        while at < len(self.words):
            source = next((source for source in one.sources.get(self.words[at], ()) if self._stands(source, at, one)), None)
            if source:
                found.append(_Use(self.spans[at][0], self.spans[at + len(source.words) - 1][1], source.member, source.form))
            at += len(source.words) if source else 1
        return found

    def _stands(self, source: Source, at: int, one: WordSet) -> bool:
        stop = at + len(source.words)
        if tuple(self.words[at:stop]) != source.words or any(self.named[at:stop]) or not all(self._gap(index) == " " for index in range(at, stop - 1)):
            return False
        first, others = self.written[at], self.written[at + 1 : stop]
        if not all(word.islower() for word in others) or not (first.islower() or (self._begins(at) and first.istitle())):
            return False
        return self._form_fits(source.form, at, stop) and self._conditions_hold(one.conditions, at, stop, one.reach)

    def _form_fits(self, form: str, at: int, stop: int) -> bool:
        """Whether the words beside allow the form: a noun in the singular is followed by no other noun, a gerund has an object."""
        before, after = self._before(at), self._after(stop)
        if form == ONE:
            return after == "" or after in self._grammar["followers"]
        if form == PLAIN:
            return before in self._grammar["before_plain"]
        if form == GOING:
            return before not in self._grammar["determiners"] and after not in ("of", "in", "by", "and", "or", "at", "")
        return form != PAST or before not in ("the", "a", "an")

    def _conditions_hold(self, conditions: Mapping[str, frozenset[str]], at: int, stop: int, reach: int) -> bool:
        before, after = self._before(at), self._after(stop)
        held = {
            "after": lambda words: before in words or (_NUMBER in words and before.isdigit()),
            "not_after": lambda words: before not in words,
            "before": lambda words: after in words,
            "not_before": lambda words: after not in words,
            "needs": lambda words: self._near(words, range(at - 1, at - 1 - reach, -1)) or self._near(words, range(stop, stop + reach)),
            "unless": lambda words: not self._near(words, range(at - 1, -1, -1)) and not self._near(words, range(stop, len(self.words))),
            "object": lambda words: self._object(words, at, stop),
        }
        return all(held[name](words) for name, words in conditions.items())

    def _near(self, wanted: frozenset[str], indexes: range) -> bool:
        """Whether one of the wanted stands at one of the indexes, up to the end of the sentence."""
        for index in indexes:
            if not 0 <= index < len(self.words) or _BREAK.search(self._gap(index if indexes.step < 0 else index - 1)):
                return False
            if self._is(index, wanted):
                return True
        return False

    def _is(self, index: int, wanted: frozenset[str]) -> bool:
        word = self.words[index]
        return word in wanted or (_NUMBER in wanted and word.isdigit()) or (_NAME in wanted and self.named[index])

    def _object(self, wanted: frozenset[str], at: int, stop: int) -> bool:
        """Whether one of the wanted is what the verb is done to: right behind it, or before a passive."""
        for index in range(stop, min(stop + 6, len(self.words))):
            if not self._gap(index - 1).isspace() or self.words[index] in self._grammar["prepositions"]:
                break
            if self._is(index, wanted):
                return True
        if self._before(at) not in self._grammar["passive"]:
            return False
        return any(self._is(index, wanted) and not self._gap(index).startswith(("'", "’")) for index in range(max(0, at - 5), at))

    def _gap(self, index: int) -> str:
        """What stands between a word and the next."""
        if not 0 <= index < len(self.spans) - 1:
            return "\n"
        return self.text[self.spans[index][1] : self.spans[index + 1][0]]

    def _before(self, at: int) -> str:
        """The word before, "" where none is joined by a blank."""
        return self.words[at - 1] if at and self._gap(at - 1) == " " else ""

    def _after(self, stop: int) -> str:
        return self.words[stop] if stop < len(self.words) and self._gap(stop - 1) == " " else ("-" if self._gap(stop - 1)[:1] in "'’" else "")

    def _begins(self, at: int) -> bool:
        """Whether a sentence begins here."""
        return at == 0 or bool(re.search(r"[.!?\n]\W*$", self._gap(at - 1)))
