"""What sort of speaker a noun phrase names, and the fuller name it stands for."""

from collections.abc import Sequence
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


class Names:
    """The noun phrases of a text in order, to find what a pronoun or a short form stands for."""

    def __init__(self, cues: Cues) -> None:
        self._cues = cues
        self._by_head: dict[str, list[tuple[Range, int]]] = {}
        self._by_part: dict[str, Range] = {}
        self._people: tuple[Range, int] | None = None
        self._things: tuple[Range, int] | None = None
        self._several: tuple[Range, int] | None = None

    def add(self, line: Line) -> None:
        """Nothing; the noun phrases of a sentence are kept."""
        for token in line.doc:
            if not token.tag_.startswith("NN") or token.dep_ in ("compound", "amod", "nmod"):
                continue
            tokens = phrase(line, token)
            where = line.chars(tokens)
            if where is None:
                continue
            self._by_head.setdefault(line.lemmas[token.i], []).append((where, tokens[1] - tokens[0]))
            if token.tag_.startswith("NNP"):
                # The fullest writing of a name is its first: "Colonel Haile Worku", then "Haile".
                for i in range(tokens[0], token.i + 1):
                    if line.doc[i].tag_.startswith("NNP"):
                        self._by_part.setdefault(line.lower[i], where)
            if token.dep_ in ("nsubj", "nsubjpass", "agent") or (token.dep_ == "pobj" and token.head.dep_ == "agent"):
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
            return self._role(self._by_head.get(line.lemmas[head.i], ()), where)
        return None

    def _role(self, places: Sequence[tuple[Range, int]], where: Range) -> Range | None:
        """The nearest earlier phrase with the same head that says more."""
        earlier = [place for place, _ in places if place[1] <= where[0]]
        longer = [place for place in earlier if place[1] - place[0] > where[1] - where[0]]
        return longer[-1] if longer else (earlier[0] if earlier else None)
