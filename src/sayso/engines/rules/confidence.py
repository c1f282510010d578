"""Confidence: the chance that an act or a figure was read rightly, from its signs. Weights are learned by `python -m sayso.learning.confidence`."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sayso.engines.engine import Signs
from sayso.languages.strict import StrictTable, read_toml

HOME = Path(__file__).with_name("confidence.toml")
_LEAST, _MOST = 0.02, 0.98  # nothing is quite sure: what was learned from hundreds of claims says no more


@dataclass(frozen=True, slots=True)
class Weights:
    """A logistic regression: what each sign adds to the log-odds. A sign that was not learned adds nothing."""

    base: float
    signs: Mapping[str, float]
    right: float  # the share that was right among what it was learned from

    def share(self, signs: Signs) -> float:
        """The chance, from 0.02 to 0.98, of a reading with these signs to be right."""
        odds = self.base + sum(self.signs.get(name, 0.0) * value for name, value in signs)
        return round(min(_MOST, max(_LEAST, 1 / (1 + math.exp(-odds)))), 3)


@dataclass(frozen=True, slots=True)
class Confidence:
    """The weights for acts and for figures."""

    acts: Weights
    figures: Weights


@cache
def load_confidence(path: Path = HOME) -> Confidence:
    """The learned weights; DataError names the key that is wrong."""
    top = read_toml(path)
    found = Confidence(_weights(top.table("acts")), _weights(top.table("figures")))
    top.done()
    return found


def _weights(table: StrictTable) -> Weights:
    signs = table.table("signs")
    found = Weights(_number(table, "base"), {name: _number(signs, name) for name in signs.names()}, _number(table, "right"))
    table.done()
    return found


def _number(table: StrictTable, name: str) -> float:
    value = table.value(name) if name in table.names() else None
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        raise table.wrong(name, f"needs a number, not {value!r}")
    return float(value)
