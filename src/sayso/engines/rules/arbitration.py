"""Arbitration: what counts where the entries of the codebook and the learned layer tell different acts by the same words."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from sayso.engines.rules.tagging import Tagged
from sayso.engines.rules.triggering import Hit

if TYPE_CHECKING:
    from spacy.tokens import Token

_SILENT = 0.9  # chance that the words tell no act from which an entry that says little is overruled
_OTHER = 0.9  # chance of another type from which such an entry is overruled
_FIRM = 40  # specificity from which an entry says enough to stand against the layer


def arbitrate(told: Sequence[Hit], marked: Sequence[Hit], tagged: Tagged) -> list[Hit]:
    """The acts of a sentence, in the order of its words: by entries (with the layer's opinion of each), and by marks on words that no entry tells."""
    kept = [hit for one in told if (hit := _judged(one, tagged)) is not None]
    taken = {token.i for hit in kept for token in (hit.head, *hit.rest)}
    free = [hit for hit in marked if hit.head.i not in taken]
    return sorted((*kept, *free), key=lambda hit: hit.head.i)


def _judged(hit: Hit, tagged: Tagged) -> Hit | None:
    """The hit with the chance that the layer gives to it; None where the layer is sure against an entry that says little."""
    words = (hit.head, *hit.rest)
    start, end = min(token.idx for token in words), max(_end(token) for token in words)
    silent, other, chance = tagged.opinion(start, end)
    own = tagged.chance_of(hit.trigger.type, start, end)
    if hit.trigger.specificity < _FIRM and (silent >= _SILENT or (other != hit.trigger.type and chance >= _OTHER)):
        return None
    return replace(hit, seconded=round(own, 3))


def _end(token: "Token") -> int:
    return int(token.idx) + len(token.text)
