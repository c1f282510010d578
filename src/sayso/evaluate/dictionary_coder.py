"""Simple systems to compare with: coders that look words up in a codebook and do not parse."""

import re
from collections.abc import Iterable, Sequence

from sayso.codebooks.codebook import Codebook
from sayso.codebooks.triggers import Trigger
from sayso.evaluate.told_acts import Lemmas, Part

_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")
_REACH = 8  # words after the verb in which its fixed words and objects are looked for


class DictionaryCoder:
    """Codes a sentence by the verbs of a codebook, looked up in its words; the words that an entry asks for must stand near, wherever they belong."""

    def __init__(self, book: Codebook, lemmas: Lemmas) -> None:
        self._verbs = book.verbs
        self._lemmas = lemmas

    def hits(self, text: str) -> list[tuple[Part, str]]:
        """Where a verb entry fits, in the order of the text, with the type of the entry that fixes most."""
        words = [(match.start(), match.end(), self._lemmas(match.group())) for match in _WORD.finditer(text)]
        found: list[tuple[Part, str]] = []
        for number, (start, end, forms) in enumerate(words):
            after = [one[2] for one in words[number + 1 : number + 1 + _REACH]]
            fitting = [entry for form in sorted(forms) for entry in self._verbs.get(form, ()) if _fits(entry, after)]
            if fitting:
                found.append(((start, end), max(fitting, key=lambda entry: entry.specificity).type))
        return found

    def first(self, text: str) -> str | None:
        """The type of the earliest verb."""
        return next((name for _, name in self.hits(text)), None)

    def nearest(self, text: str, parties: Sequence[Part]) -> str | None:
        """The type of the verb with the fewest letters between it and the parties, added up."""
        found = self.hits(text)
        return min(found, key=lambda hit: sum(distance([hit[0]], [one]) for one in parties))[1] if found else None


def distance(ones: Iterable[Part], others: Iterable[Part]) -> int:
    """The letters between the nearest of two sorts of stretches: 0 where they meet; a large number where there are none."""
    others = list(others)
    return min((max(0, one[0] - other[1], other[0] - one[1]) for one in ones for other in others), default=1000)


def _fits(entry: Trigger, after: Sequence[frozenset[str]]) -> bool:
    near = frozenset().union(*after)
    if entry.objects and entry.objects.isdisjoint(near):
        return False
    return set(entry.rest) <= near and entry.not_objects.isdisjoint(near) and not entry.weak
