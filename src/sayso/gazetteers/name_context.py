"""What stands around a name and tells how it is used: as an adjective, as a place, or inside another, longer name."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sayso.gazetteers.actor_index import ListedName
from sayso.gazetteers.actor_roles import load_roles
from sayso.gazetteers.name_tokens import Words
from sayso.model.words import ActorKind
from sayso.text.veil import NamedSpan, Shape

_SENTENCE_ENDS = '.!?:\n"“”•*'
_MODIFIERS = frozenset((Shape.ADJECTIVE, Shape.PEOPLE, Shape.COUNTRY))
_DATELINE = 40
_DATELINE_END = re.compile(r"[A-Z][^.!?\n]{1,60}?(?:\([^)\n]{2,30}\)\s*[-–—]|[A-Z]{3,}[^.!?\n]{0,50}?\s[-–—]{1,2})\s")


@dataclass(frozen=True, slots=True)
class FoundName:
    """[start, end) of a name, how it is used and whose it is; kind and country are None where they cannot be told or no actor is meant."""

    start: int
    end: int
    shape: Shape
    identity: str  # an id of the actor list, "person:…", "unlisted:…" or "ambiguous:…"
    kind: ActorKind | None = None
    country: str | None = None

    @property
    def named(self) -> NamedSpan:
        """The same as the veil takes it."""
        return NamedSpan(self.start, self.end, self.shape, self.identity)


@dataclass(frozen=True, slots=True)
class Raw:
    """Words [start, stop) and the listed names that they may be."""

    start: int
    stop: int
    entries: tuple[ListedName, ...]


def words_alone(found: Raw) -> bool:
    """Whether the name is one word."""
    return found.stop - found.start == 1


def covered(words: Words, names: Iterable[FoundName]) -> list[bool]:
    """For every word, whether a name holds it."""
    count, starts, ends = len(words), words.starts, words.ends
    held = [False] * count
    index = 0
    for name in sorted(names, key=lambda name: name.start):
        while index < count and ends[index] <= name.start:
            index += 1
        at = index
        while at < count and starts[at] < name.end:
            held[at] = True
            at += 1
    return held


_INSIDE = frozenset(("in", "near", "outside", "inside", "within", "throughout"))  # before a name: it is a place


class NameContext:
    """The surroundings of names in one text."""

    def __init__(self, text: str, words: Words) -> None:
        self.text, self.words = text, words
        self._roles = load_roles()
        self._lines: dict[int, tuple[int, bool, bool]] = {}

    def stands(self, found: Raw) -> bool:
        """Whether the words are this name here, and not part of a longer name or a word in capitals."""
        entry = found.entries[0]
        raw = self.words.raw[found.start]
        if found.stop - found.start == 1 and raw.isupper() and raw.lower() in self._roles.lists["words_in_capitals"] and self.capitals(found.start):
            return False
        if entry.shape in (Shape.COUNTRY, Shape.CAPITAL):
            return not self._in_longer_name(found)
        if words_alone(found) and self.words.folded[found.start] in self._roles.lists["personal"] and self._surname_before(found):
            return False
        if entry.shape is Shape.ADJECTIVE and (following := self._next_capital(found.stop)) is not None:
            return not (self.words.folded[following] in self._roles.lists["regions"] and "." not in entry.actor and not entry.actor.isupper())
        if entry.shape is Shape.PERSON and words_alone(found) and self._within(found):
            return False
        if entry.shape is Shape.PERSON and (words_alone(found) or self.words.folded[found.start] in self._roles.lists["titles"]):
            if words_alone(found) and self._surname_before(found) and not self.first_name_fits(found):
                return False
            following = self._next_capital(found.stop)
            return following is None or self.headline(found.start) or self.words.folded[following] in self._roles.lists["offices"]
        return True

    def shape(self, found: Raw, shapes: list[Shape]) -> Shape:
        """How the name is used, told by its surroundings: which forms the list has for an actor must not decide ("the Saudis", "the British bombed")."""
        if not _MODIFIERS.intersection(shapes):
            return shapes[0]
        if Shape.PEOPLE in shapes and Shape.ADJECTIVE not in shapes:
            return Shape.PEOPLE
        if self._before_noun(found):
            return Shape.ADJECTIVE if Shape.ADJECTIVE in shapes or self._has_article(found) or self._before_office(found.stop) else Shape.COUNTRY
        return next((shape for shape in shapes if shape is not Shape.ADJECTIVE), Shape.PEOPLE)

    def is_place(self, found: Raw) -> bool:
        """Whether the word before makes the name a place ("in Mali", "near Kabul")."""
        if self._in_dateline(found):
            return True
        if found.start == 0:
            return False
        before = self.words.folded[found.start - 1]
        if before == "the" and found.start > 1:
            before = self.words.folded[found.start - 2]
        return before in self._roles.lists["locative"] and self._blank(found.start - 1)

    def _within(self, found: Raw) -> bool:
        """Whether a surname alone stands where people are ("fought in Masisi"), so that it is the place that it was taken from."""
        before = self.words.folded[found.start - 1] if found.start else ""
        return before in _INSIDE and self._blank(found.start - 1) and self.text[self.words.ends[found.stop - 1] :][:2] not in ("'s", "’s")

    def first_name_fits(self, found: Raw) -> bool:
        """Whether the capitalised word before a surname can be the first name of its holder: it begins with the same letter."""
        full = found.entries[0].identity.removeprefix("person:")
        before = self.words.folded[found.start - 1] if found.start else ""
        return self._surname_before(found) and (" " not in full or before[:1] == full[:1])

    def _in_dateline(self, found: Raw) -> bool:
        """Whether the name stands before the dash that ends a dateline ("BAMAKO, 26 August (Agency) -")."""
        at = self.words.starts[found.start]
        begin = self.text.rfind("\n", 0, at) + 1
        if at - begin > _DATELINE:
            return False
        dateline = _DATELINE_END.match(self.text, begin)
        return dateline is not None and at < dateline.end()

    def ends_sentence(self, stop: int) -> bool:
        """Whether a sentence ends after the word before `stop`: what follows is a new line, the end, or a capitalised function word."""
        at = self.words.ends[stop - 1]
        if stop >= len(self.words):
            return True
        gap = self.text[at : self.words.starts[stop]]
        return "\n" in gap or (self.words.raw[stop][0].isupper() and self.words.folded[stop] in self._roles.lists["function"])

    def starts_sentence(self, index: int) -> bool:
        """Whether the word at `index` begins a sentence, so that its capital says nothing."""
        before = self.text[max(0, self.words.starts[index] - 4) : self.words.starts[index]].rstrip(" (")
        return not before or before[-1] in _SENTENCE_ENDS or self.words.starts[index] == 0

    def capitals(self, index: int) -> bool:
        """Whether the line of this word is in capitals."""
        return self._line(index)[1]

    def headline(self, index: int) -> bool:
        """Whether nearly every word of the line of this word is capitalised."""
        return self._line(index)[2]

    def _line(self, index: int) -> tuple[int, bool, bool]:
        begin = self.text.rfind("\n", 0, self.words.starts[index]) + 1
        if begin not in self._lines:
            end = self.text.find("\n", begin)
            line = self.text[begin : end if end >= 0 else len(self.text)]
            long = [word for word in line.split() if len(word) > 3 and word[0].isalpha()]
            upper = sum(word[0].isupper() for word in long)
            letters = sum(map(str.isalpha, line))
            capitals = letters > 8 and sum(map(str.isupper, line)) > 0.8 * letters
            # Code points that are upper case but no letters ("Ⓐ") count with neither.
            capitals = capitals and sum(char.isupper() for char in line if char.isalpha()) > 0.8 * letters
            self._lines[begin] = (
                begin,
                capitals,
                capitals or (len(long) >= 4 and upper >= 0.85 * len(long) and not line.rstrip().endswith((".", "?", "!", '"', "”"))),
            )
        return self._lines[begin]

    def _next_capital(self, stop: int) -> int | None:
        """The index of a capitalised word right after, that no sentence break or headline explains."""
        words = self.words
        if stop >= len(words) or not words.raw[stop][0].isupper() or self.text[words.ends[stop - 1] : words.starts[stop]] != " ":
            return None
        return stop

    def _blank(self, index: int) -> bool:
        return self.text[self.words.ends[index] : self.words.starts[index + 1]].isspace()

    def _in_longer_name(self, found: Raw) -> bool:
        if self.headline(found.start):
            return False
        words, lists = self.words, self._roles.lists
        following = self._next_capital(found.stop)
        if following is not None and words.folded[following] not in lists["offices"] and not words.raw[following].isupper():
            return True
        if found.start == 0 or not self._blank(found.start - 1):
            return False
        before, folded = words.raw[found.start - 1], words.folded[found.start - 1]
        if folded == "of" and found.start > 1:
            return words.folded[found.start - 2] in lists["things_of"] and words.raw[found.start - 2][0].isupper()
        if not before[0].isupper() or self.text[words.ends[found.start - 1] : words.starts[found.start]] != " ":
            return False
        if folded in lists["before"]:
            return True
        return words_alone(found) and words.folded[found.start] in lists["personal"] and self._surname_before(found)

    def _surname_before(self, found: Raw) -> bool:
        """Whether a capitalised word before makes the name a surname or the end of another name ("Michael Jordan", "Tien Shan")."""
        words, lists = self.words, self._roles.lists
        if found.start == 0 or not words.raw[found.start - 1][0].isupper() or self.headline(found.start):
            return False
        if self.text[words.ends[found.start - 1] : words.starts[found.start]] != " ":
            return False
        before = words.folded[found.start - 1]
        return before not in lists["function"] and not any(before in lists[name] for name in ("directions", "offices", "months", "titles"))

    def _has_article(self, found: Raw) -> bool:
        """Whether an article stands before a name that needs none of its own ("in the Kosovo town", not "the Gambia said")."""
        words = self.words
        if found.start == 0 or words.folded[found.start - 1] not in ("the", "a", "an") or not self._blank(found.start - 1):
            return False
        return words_alone(found) and words.folded[found.start] not in self._roles.lists["with_article"]

    def _before_office(self, stop: int) -> bool:
        """Whether an office follows ("Kosovo Prime Minister")."""
        folded = self.words.folded[stop]
        return folded in self._roles.lists["offices"] and folded not in self._roles.lists["months"] and self.words.raw[stop][0].isupper()

    def _before_noun(self, found: Raw) -> bool:
        """Whether a word follows that the name can modify."""
        words, stop = self.words, found.stop
        if stop >= len(words):
            return False
        gap = self.text[words.ends[stop - 1] : words.starts[stop]]
        if gap in ("-", "–") and words.folded[stop] not in ("the", "a"):
            return True
        if gap not in (" ", "\n", "  ", ". ", ' "', " “", " '", " ‘"):
            return False
        if words.folded[stop] != "and":
            return not self._acts(stop)
        after = stop + 1
        while after < len(words) and (words.raw[after][0].isupper() or (after == stop + 1 and words.folded[after] == "the")):
            if after + 1 == len(words) or not (self._blank(after) or self.text[words.ends[after] : words.starts[after + 1]] == "-"):
                return False
            after += 1
        return stop + 1 < after < len(words) and not self._acts(after)

    def _acts(self, index: int) -> bool:
        """Whether the word at `index` is no noun or adjective: a verb of the list, or a past form that no noun follows ("dismissed the idea")."""
        folded = self.words.folded[index]
        if folded in self._roles.lists["verbs"]:
            return True
        if not folded.endswith("ed") or len(folded) < 5 or self.words.raw[index][0].isupper():
            return False
        after = index + 1
        if after < len(self.words) and self.words.folded[after] in ("the", "a", "an", "its", "his", "her", "their"):
            return True
        return folded not in self._roles.lists["participles"] and (after >= len(self.words) or not self._is_actor_noun(after))

    def _is_actor_noun(self, index: int) -> bool:
        return self._roles.role(self.words.folded[index]) is not None and self.words.raw[index].islower()
