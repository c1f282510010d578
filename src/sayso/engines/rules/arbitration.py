"""Arbitration: what counts where the entries of the codebook and the learned layer tell different acts by the same words.

Both give reasons that can be weighed: what an entry fixes, and the chance that the layer gives. The weights stand in `arbitration.toml` and are learned by
`python -m sayso.learning.arbitration` from texts that neither the rules nor the layer have seen. No sign depends on a name.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sayso.engines.engine import Signs
from sayso.engines.rules.confidence import Weights, read_number, read_weights
from sayso.engines.rules.tagging import Tagged
from sayso.engines.rules.triggering import Hit
from sayso.languages.strict import read_toml

if TYPE_CHECKING:
    from spacy.tokens import Token

HOME = Path(__file__).with_name("arbitration.toml")
SECONDED, CONTESTED, FIXED, WEAK, CHANCE = "seconded by the layer", "contested by the layer", "fixed by the entry", "weak entry", "chance of the layer"
_SURE = 5.0  # log-odds that count as full
_FULL = 160  # specificity that counts as full


@dataclass(frozen=True, slots=True)
class Arbitration:
    """The chance of entries and of marks to be right, and the least chance from which an act is told."""

    entries: Weights
    marks: Weights
    least: float

    def decide(self, told: Sequence[Hit], marked: Sequence[Hit], tagged: Tagged) -> list[Hit]:
        """The acts of a sentence, in the order of its words: of an entry and a mark on the same words the likelier counts."""
        weighed = [(self.entries.share(entry_signs(hit)), hit) for hit in (asked(one, tagged) for one in told)]
        weighed += [(self.marks.share(mark_signs(hit)), replace(hit, spoken=tagged.mood(*_stretch(hit)))) for hit in marked]
        kept: list[Hit] = []
        for chance, hit in sorted(weighed, key=lambda one: (-one[0], one[1].head.i)):
            if chance >= self.least and not any(_same_words(hit, other) for other in kept):
                kept.append(hit)
        return sorted(kept, key=lambda hit: hit.head.i)


def asked(hit: Hit, tagged: Tagged) -> Hit:
    """The hit of an entry with what the layer thinks of its words."""
    at = _stretch(hit)
    other, chance = tagged.likeliest(*at)
    contested = chance if other != hit.trigger.type else 0.0
    return replace(hit, seconded=tagged.chance_of(hit.trigger.type, *at), contested=contested, spoken=tagged.mood(*at))


def _stretch(hit: Hit) -> tuple[int, int]:
    """[start, end) of the hit's words in its sentence."""
    words = list(_words(hit))
    return min(token.idx for token in words), max(token.idx + len(token.text) for token in words)


def entry_signs(hit: Hit) -> Signs:
    """What an entry's act is weighed by; none where the layer was not asked."""
    if hit.seconded is None:
        return ()
    fixed = min(1.0, max(-0.25, hit.trigger.specificity / _FULL))
    return ((SECONDED, sureness(hit.seconded)), (CONTESTED, round(hit.contested, 3)), (FIXED, round(fixed, 3)), (WEAK, float(hit.trigger.weak)))


def mark_signs(hit: Hit) -> Signs:
    """What an act that only the layer tells is weighed by."""
    return ((CHANCE, sureness(hit.chance or 0.0)),)


def sureness(chance: float) -> float:
    """The log-odds of a chance, from 0 (surely not) to 1 (surely)."""
    bound = 1 / (1 + math.exp(_SURE))
    within = min(1 - bound, max(bound, chance))
    return round((math.log(within / (1 - within)) / _SURE + 1) / 2, 3)


def _same_words(first: Hit, second: Hit) -> bool:
    """Whether two hits stand on the same head, or one on the other's fixed words."""
    if first.head.i == second.head.i:
        return True
    mixed = (first.chance is None) != (second.chance is None)
    return mixed and not {token.i for token in _words(first)}.isdisjoint(token.i for token in _words(second))


def _words(hit: Hit) -> "Iterator[Token]":
    yield hit.head
    yield from hit.rest


@cache
def load_arbitration(path: Path = HOME) -> Arbitration:
    """The learned weights; DataError names the key that is wrong."""
    top = read_toml(path)
    found = Arbitration(read_weights(top.table("entries")), read_weights(top.table("marks")), read_number(top, "least"))
    top.done()
    return found
