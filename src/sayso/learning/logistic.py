"""Logistic regression with a penalty on large weights, by Newton's method: the same rows give the same weights."""

import hashlib
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy

Array = numpy.ndarray[tuple[int, ...], numpy.dtype[numpy.float64]]
PENALTIES = (1.0, 2.0, 4.0, 8.0, 16.0)
_STEPS = 60
_ENOUGH = 1e-9
_FOLDS = 10


@dataclass(frozen=True, slots=True)
class Example:
    """What was seen, what it belongs to (examples of one group are never apart in cross-validation), and whether it was right."""

    group: str
    signs: Mapping[str, float]
    right: bool


@dataclass(frozen=True, slots=True)
class Fitted:
    """The weights of the signs, and how they were found."""

    base: float
    signs: Mapping[str, float]
    penalty: float
    loss: float  # mean negative log-likelihood in cross-validation


def learn(examples: Sequence[Example], least: int, penalties: Sequence[float] = PENALTIES) -> Fitted:
    """The weights of all signs that at least so many examples have, with the largest penalty that does as well as the best.

    As well: its loss in cross-validation by groups is within a quarter of a standard error of the least.
    """
    examples = sorted(examples, key=lambda one: (one.group, sorted(one.signs.items()), one.right))
    names = [name for name in sorted({name for one in examples for name in one.signs}) if sum(name in one.signs for one in examples) >= least]
    table = numpy.array([[1.0, *(one.signs.get(name, 0.0) for name in names)] for one in examples])
    right = numpy.array([float(one.right) for one in examples])
    folds = numpy.array([fold_of(one.group) for one in examples])
    losses = {penalty: _cross_validated(table, right, folds, penalty) for penalty in penalties}
    least_loss, error = min(losses.values())
    best = max(penalty for penalty, (loss, _) in losses.items() if loss <= least_loss + error / 4)
    weights = fit(table, right, best)
    return Fitted(float(weights[0]), dict(zip(names, weights[1:].tolist(), strict=True)), best, losses[best][0])


def fit(table: Array, right: Array, penalty: float) -> Array:
    """The weights of the columns; the first column, the base, bears no penalty."""
    weights = numpy.zeros(table.shape[1])
    cost = numpy.full(table.shape[1], penalty)
    cost[0] = 1e-6
    for _ in range(_STEPS):
        chance = _chance(table, weights)
        slope = table.T @ (chance - right) + cost * weights
        bend = (table * (chance * (1 - chance))[:, None]).T @ table + numpy.diag(cost)
        step = numpy.linalg.solve(bend, slope)
        weights = weights - step
        if float(numpy.abs(step).max()) < _ENOUGH:
            break
    return weights


def fold_of(group: str) -> int:
    """The fold of a group, by its name alone: the same in every run."""
    return int(hashlib.sha256(group.encode()).hexdigest(), 16) % _FOLDS


def _chance(table: Array, weights: Array) -> Array:
    found: Array = 1 / (1 + numpy.exp(-numpy.clip(table @ weights, -30, 30)))
    return found


def _cross_validated(table: Array, right: Array, folds: Array, penalty: float) -> tuple[float, float]:
    """The mean negative log-likelihood of each fold under the weights of the others, and its standard error."""
    chance = numpy.full(len(right), 0.5)
    for fold in range(_FOLDS):
        out = folds == fold
        if out.any() and not out.all():
            chance[out] = _chance(table[out], fit(table[~out], right[~out], penalty))
    likely = numpy.clip(numpy.where(right > 0, chance, 1 - chance), 1e-6, 1.0)
    loss = -numpy.log(likely)
    return round(float(loss.mean()), 6), round(float(loss.std()) / math.sqrt(len(loss)), 6)
