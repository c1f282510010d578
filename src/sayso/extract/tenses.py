"""Which way the verb beside a time looks, told from the words around it without a parse: a weekday needs no more."""

from collections.abc import Iterable, Sequence
from itertools import zip_longest

from sayso.languages.times import Lean, Tense

_STOPS = frozenset(("\n", ".", "!", "?", ";", ":"))
_PAUSES = frozenset((",", "–", "—", "(", ")", '"', "“", "”", "-"))


def lean_of(left: Sequence[str], right: Sequence[str], tense: Tense) -> Lean:
    """The lean of the nearest verb: first before the time within its clause, then behind it where the time opens the clause."""
    clause = _clause(reversed(left), tense)
    lean = _before(clause, tense)
    if lean is not Lean.UNKNOWN:
        return lean
    return _behind(right, len(clause) > 1, tense)  # one word: the preposition of a time that opens its clause


def _clause(words: Iterable[str], tense: Tense) -> list[str]:
    """The words before the time back to where its clause begins, nearest first. What stands right beside the time begins none: "before Monday"."""
    out: list[str] = []
    for word in words:
        if word in _STOPS or (word in tense.breaks and out) or (word in _PAUSES and len(out) > 2):
            break
        out.append(word)
    return out


def _before(words: list[str], tense: Tense) -> Lean:
    """The lean of words that are read backward from the time."""
    infinitive = False
    for index, word in enumerate(words):
        behind = words[index - 1] if index else ""
        further = words[index + 1] if index + 1 < len(words) else ""
        if word in tense.to:
            infinitive = infinitive or (index > 0 and behind not in tense.articles and not behind.isdigit())
        elif _looks_ahead(word, behind, infinitive, tense):
            return Lean.AHEAD
        elif _is_past(word, tense) and not (further in tense.passive or further in tense.ahead or (further in tense.to and not infinitive)):
            return Lean.BACK
    return Lean.UNKNOWN


def _looks_ahead(word: str, behind: str, infinitive: bool, tense: Tense) -> bool:
    """Whether a word says that what its clause tells is still to come; `behind` is the word that follows it in the text."""
    if word in tense.led and behind in tense.leads:
        return infinitive or behind not in tense.to
    return (word in tense.ahead and behind not in tense.perfect) or (infinitive and word in tense.forward)


def _behind(words: Sequence[str], within: bool, tense: Tense) -> Lean:
    """The lean of the first verb behind the time, within its sentence; behind a time within a clause, only up to where that clause ends."""
    for word, following in zip_longest(words, words[1:], fillvalue=""):
        if word in _STOPS or (within and (word in tense.breaks or word in _PAUSES)):
            break
        if (word in tense.ahead and following not in tense.perfect) or (word in tense.led and following in tense.to):
            return Lean.AHEAD
        if _is_past(word, tense):
            return Lean.BACK
    return Lean.UNKNOWN


def _is_past(word: str, tense: Tense) -> bool:
    return word in tense.past or (len(word) > 4 and word.endswith(tense.past_endings) and word not in tense.not_past)
