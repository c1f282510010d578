"""Deciding: from the features of a pair to a calibrated probability and a judgement, with the weight that each feature had."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sayso.errors import DataError
from sayso.languages.strict import StrictTable, read_toml
from sayso.link.compare import FEATURES, NAMES, Compared, Feature
from sayso.model.words import Judgement

WEIGHTS = Path(__file__).with_name("weights.toml")
_CARE = 1e-6  # sums of floats in another order
BY = "sayso link 1"  # who judged, in the records: a number for each way of comparing


@dataclass(frozen=True, slots=True)
class Weights:
    """What each feature weighs where it speaks for one happening, and where it speaks against; and from which probability a pair is same or unsure."""

    base: float
    for_it: Mapping[str, float]
    against_it: Mapping[str, float]
    same: float
    unsure: float


@dataclass(frozen=True, slots=True)
class Decided:
    """A pair of accounts by number, how probably they tell of one happening, and the values of the features."""

    first: int
    second: int
    chance: float
    values: tuple[float | None, ...]


@cache
def weights(path: Path = WEIGHTS) -> Weights:
    """The learned weights; DataError where the file is wrong."""
    top = read_toml(path)
    base, same, unsure = (_number(top, name) for name in ("base", "same", "unsure"))
    sides: list[dict[str, float]] = []
    for side in ("for", "against"):
        table = top.table(side)
        sides.append({name: _number(table, name) for name in table.names()})
        strange = sorted(set(sides[-1]) - set(NAMES))
        if strange:
            raise DataError(f"{path.name}: {side}.{strange[0]}: no feature has this name; known are {', '.join(NAMES)}")
    top.done()
    if not 0 < unsure <= same < 1:
        raise DataError(f"{path.name}: needs 0 < unsure ({unsure!r}) <= same ({same!r}) < 1")
    return Weights(base, sides[0], sides[1], same, unsure)


def _number(table: StrictTable, name: str) -> float:
    value = table.value(name) if name in table.names() else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise table.wrong(name, f"needs a number, not {value!r}")
    return float(value)


def signs(values: Sequence[float | None]) -> dict[str, float]:
    """How strongly each known feature speaks for ("same_day+") and against ("same_day-") one happening, 0 to 1: what is learned from."""
    told = {}
    for name, value in zip(NAMES, values, strict=True):
        if value is not None and value > 0.5:
            told[f"{name}+"] = 2 * value - 1
        elif value is not None and value < 0.5:
            told[f"{name}-"] = 1 - 2 * value
    return told


def contributions(values: Sequence[float | None], using: Weights | None = None) -> dict[str, float]:
    """What each feature adds to the odds (natural logarithm), for or against; features that are unknown or add nothing are left out."""
    known = using or weights()
    sides = {"+": known.for_it, "-": known.against_it}
    told = {sign[:-1]: sides[sign[-1]].get(sign[:-1], 0.0) * strength for sign, strength in signs(values).items()}
    return {name: value for name, value in told.items() if value}


def chance(values: Sequence[float | None], using: Weights | None = None) -> float:
    """How probably two accounts with these features tell of one happening."""
    known = using or weights()
    odds = known.base + sum(contributions(values, known).values())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))


def judgement(probability: float, using: Weights | None = None) -> Judgement:
    """Same, unsure or different."""
    known = using or weights()
    return Judgement.SAME if probability >= known.same else Judgement.UNSURE if probability >= known.unsure else Judgement.DIFFERENT


def decide(accounts: Sequence[Compared], pairs: Sequence[tuple[int, int]], using: Weights | None = None) -> list[Decided]:
    """The pairs that are same or unsure, with their features; those decided different are left out."""
    known = using or weights()
    order = _Order.of(known)
    kept = []
    for first, second in pairs:
        values = order.compared(accounts[first], accounts[second])
        if values is not None and (probability := chance(values, known)) >= known.unsure:
            kept.append(Decided(first, second, probability, values))
    return kept


@dataclass(frozen=True, slots=True)
class _Order:
    """The features, those that can weigh most first, so that most pairs are given up after a few."""

    base: float
    least: float  # odds of an unsure pair
    steps: tuple[tuple[int, Feature, float, float, float], ...]  # number, feature, weight for, weight against, what the later ones can add at most

    @classmethod
    def of(cls, using: Weights) -> "_Order":
        ranges = [(using.for_it.get(name, 0.0), using.against_it.get(name, 0.0)) for name in NAMES]
        numbers = sorted(range(len(NAMES)), key=lambda number: (ranges[number][1] - ranges[number][0], number))
        left = sum(max(0.0, *ends) for ends in ranges)
        steps = []
        for number in numbers:
            left -= max(0.0, *ranges[number])
            steps.append((number, FEATURES[number], *ranges[number], left))
        return cls(using.base, math.log(using.unsure / (1 - using.unsure)) - _CARE, tuple(steps))

    def compared(self, one: Compared, other: Compared) -> tuple[float | None, ...] | None:
        """The values of all features in their order; None as soon as the pair cannot be unsure any more."""
        odds = self.base
        values: list[float | None] = [None] * len(self.steps)
        for number, feature, up, down, left in self.steps:
            value = values[number] = feature(one, other)
            if value is not None:
                odds += (2 * value - 1) * up if value > 0.5 else (1 - 2 * value) * down
            if odds + left < self.least:
                return None
        return tuple(values)
