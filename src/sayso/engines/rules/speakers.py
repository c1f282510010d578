"""What sort of speaker a noun phrase names, and the fuller name it stands for."""

from bisect import bisect_left
from typing import TYPE_CHECKING

from sayso.engines.rules.voice_line import Line, Range, phrase
from sayso.languages.cues import Cues
from sayso.model.words import VoiceKind

if TYPE_CHECKING:
    from spacy.tokens import Token

_REACH = 3  # sentences that a pronoun may look back
_DEFINITE = {"the", "its", "their", "his", "her", "this", "that"}
_PEOPLE = {VoiceKind.OFFICIAL, VoiceKind.WITNESS, VoiceKind.MEDIC, VoiceKind.EXPERT, VoiceKind.PERSON}


def head_of(line: Line, tokens: Range) -> "Token":
    """The token of a noun phrase on which the others hang."""
    return next((line.doc[i] for i in range(*tokens) if not tokens[0] <= line.doc[i].head.i < tokens[1] or line.doc[i].head.i == i), line.doc[tokens[1] - 1])


def kind_of(line: Line, tokens: Range, cues: Cues) -> VoiceKind:
    """The kind of voice: by the head, else by the words before it; a name without any such word is a person's."""
    head = head_of(line, tokens)
    before = range(head.i - 1, tokens[0] - 1, -1)
    beyond = range(head.i + 1, tokens[1])
    for at in (head.i, *before, *beyond):
        kind = cues.speakers.get(line.lower[at]) or cues.speakers.get(line.lemmas[at])
        if kind is not None:
            return kind
    return VoiceKind.PERSON if head.tag_ in ("NNP", "PRP") and line.lower[tokens[0]] not in _DEFINITE else VoiceKind.UNNAMED


class _Heads:
    """The noun phrases with one head, in order: the first, and those than which no later one is as long. Worked out when they are asked for."""

    __slots__ = ("_first", "_longest", "_waiting")

    def __init__(self) -> None:
        self._first: Range | None = None
        self._longest: list[Range] = []  # each shorter than the one before it
        self._waiting: list[tuple[Line, Token]] = []

    def add(self, line: Line, token: "Token") -> None:
        """Nothing; the phrase around the token is kept."""
        self._waiting.append((line, token))

    def fuller(self, length: int) -> Range | None:
        """The last phrase that is longer, else the first."""
        for line, token in self._waiting:
            where = line.chars(phrase(line, token))
            if where is None:
                continue
            self._first = self._first or where
            while self._longest and _length(self._longest[-1]) <= _length(where):
                self._longest.pop()
            self._longest.append(where)
        self._waiting.clear()
        longer = bisect_left(self._longest, -length, key=lambda where: -_length(where))
        return self._longest[longer - 1] if longer else self._first


def _length(where: Range) -> int:
    return where[1] - where[0]


class Names:
    """The noun phrases of a text in order, to find what a pronoun or a short form stands for."""

    def __init__(self, cues: Cues) -> None:
        self._cues = cues
        self._by_head: dict[str, _Heads] = {}
        self._by_part: dict[str, Range] = {}
        self._people: tuple[Range, int] | None = None
        self._things: tuple[Range, int] | None = None
        self._several: tuple[Range, int] | None = None

    def add(self, line: Line) -> None:
        """Nothing; the noun phrases of a sentence are kept."""
        for token in line.doc:
            tag, dep = token.tag_, token.dep_
            if tag[:2] != "NN" or dep in ("compound", "amod", "nmod"):
                continue
            heads = self._by_head.get(line.lemmas[token.i])
            if heads is None:
                heads = self._by_head[line.lemmas[token.i]] = _Heads()
            heads.add(line, token)
            proper = tag[:3] == "NNP"
            speaks = dep in ("nsubj", "nsubjpass", "agent") or (dep == "pobj" and token.head.dep_ == "agent")
            if not proper and not speaks:
                continue
            tokens = phrase(line, token)
            where = line.chars(tokens)
            if where is None:
                continue
            if proper:
                # The fullest writing of a name is its first: "Colonel Haile Worku", then "Haile".
                for i in range(tokens[0], token.i + 1):
                    if line.doc[i].tag_.startswith("NNP"):
                        self._by_part.setdefault(line.lower[i], where)
            if speaks:
                self.spoke(line, tokens)

    def spoke(self, line: Line, tokens: Range) -> None:
        """Nothing; the phrase becomes the nearest one for pronouns."""
        head = head_of(line, tokens)
        where = line.chars(tokens)
        if where is None or head.tag_ == "PRP":
            return
        place = where, line.parsed.index
        if head.tag_ in ("NNS", "NNPS") or any(one.dep_ == "conj" for one in head.rights):
            self._several = place
        elif kind_of(line, tokens, self._cues) in _PEOPLE:
            self._people = place
        else:
            self._things = place

    def fuller(self, line: Line, tokens: Range) -> Range | None:
        """The earlier, fuller name for the words, or None."""
        head = head_of(line, tokens)
        where = line.chars(tokens)
        if where is None:
            return None
        word = line.lower[head.i]
        pronouns = self._cues.pronouns
        if tokens[1] - tokens[0] == 1 and word in pronouns.pointing:
            place = self._people if word in pronouns.person else self._things if word in pronouns.thing else self._several or self._things
            return place[0] if place is not None and line.parsed.index - place[1] <= _REACH and place[0][1] <= where[0] else None
        if head.tag_ in ("NNP", "NNPS"):
            known = self._by_part.get(word)
            return known if known is not None and known[1] <= where[0] and known[1] - known[0] > where[1] - where[0] else None
        if line.lower[tokens[0]] in _DEFINITE:
            heads = self._by_head.get(line.lemmas[head.i])
            return heads.fuller(_length(where)) if heads is not None else None
        return None
