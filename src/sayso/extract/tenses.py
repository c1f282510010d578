"""Which way the verb beside a time looks, told from the words around it without a parse: a weekday needs no more."""

from collections.abc import Sequence

from sayso.languages.times import Lean, Tense

_STOPS = frozenset(("\n", ".", "!", "?", ";", ":"))
_PAUSES = frozenset((",", "–", "—", "(", ")", "\"", "“", "”", "-"))


def lean_of(left: Sequence[str], right: Sequence[str], tense: Tense) -> Lean:
    """The lean of the nearest verb: first before the time within its clause, then behind it where the time opens the clause."""
    clause = _clause(reversed(left), tense)
    lean = _before(clause, tense)
    if lean is not Lean.UNKNOWN:
        return lean
    sentence = _sentence(right)
    return _behind(sentence, tense)


def _clause(words: "Sequence[str] | reversed[str]", tense: Tense) -> list[str]:
    """The words before the time back to where its clause begins, nearest first. A time after a pause ("on 2 May, at dawn") looks past it once."""
    out: list[str] = []
    for word in words:
        if word in _STOPS or word in tense.breaks or (word in _PAUSES and len(out) > 2):
            break
        out.append(word)
    return out


def _sentence(words: Sequence[str]) -> list[str]:
    out: list[str] = []
    for word in words:
        if word in _STOPS:
            break
        out.append(word)
    return out


def _before(words: list[str], tense: Tense) -> Lean:
    """The lean of words that are read backward from the time."""
    to_seen = False
    for index, word in enumerate(words):
        ahead_of_it = words[index - 1] if index else ""
        further = words[index + 1] if index + 1 < len(words) else ""
        if word in tense.to:
            to_seen = index > 0
        elif (word in tense.ahead and ahead_of_it not in tense.perfect) or (to_seen and word in tense.forward):
            return Lean.AHEAD
        elif to_seen:
            continue
        elif _is_past(word, tense):
            if further in tense.passive or further in tense.to or further in tense.ahead:
                continue
            return Lean.BACK
    return Lean.BACK if to_seen and any(_is_past(word, tense) for word in words) else Lean.UNKNOWN


def _behind(words: list[str], tense: Tense) -> Lean:
    for index, word in enumerate(words):
        following = words[index + 1] if index + 1 < len(words) else ""
        if word in tense.ahead and following not in tense.perfect:
            return Lean.AHEAD
        if _is_past(word, tense):
            return Lean.BACK
    return Lean.UNKNOWN


def _is_past(word: str, tense: Tense) -> bool:
    return word in tense.past or (len(word) > 4 and word.endswith(tense.past_endings) and word not in tense.not_past)
