"""Logistic regression over named features that are there or not, with few weights left: numpy alone, the same weights at every run."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy

_STEPS = 300
_CURVATURE = 0.25  # of the logistic loss, at most
_ROUNDS = 30  # of the power method, which finds how fast the loss can curve
_CAUTION = 1.05  # the power method comes from below


@dataclass(frozen=True, slots=True)
class Penalty:
    """What holds weights down: `sparse` sets small ones to nothing, `small` draws all towards nothing."""

    sparse: float
    small: float


def learn(features: Sequence[Sequence[str]], right: numpy.ndarray, rarest: int, penalty: Penalty) -> dict[str, float]:
    """The weights of the features that at least `rarest` examples have, by accelerated proximal gradient descent."""
    seen = Counter(name for one in features for name in one)
    names = sorted(name for name, times in seen.items() if times >= rarest)
    rows, columns = _places(features, {name: at for at, name in enumerate(names)})
    if not names or not len(rows):
        return {}
    bound = _CURVATURE * _CAUTION * _steepest(rows, columns, len(features), len(names)) + penalty.small
    weights = ahead = numpy.zeros(len(names))
    pace = 1.0
    for _ in range(_STEPS):
        error = _logistic(numpy.bincount(rows, ahead[columns], minlength=len(features))) - right
        moved = ahead - (numpy.bincount(columns, error[rows], minlength=len(names)) + penalty.small * ahead) / bound
        moved = numpy.sign(moved) * numpy.maximum(0.0, numpy.abs(moved) - penalty.sparse / bound)
        faster = (1 + (1 + 4 * pace * pace) ** 0.5) / 2
        ahead = moved + (pace - 1) / faster * (moved - weights)
        weights, pace = moved, faster
    return {name: float(value) for name, value in zip(names, weights, strict=True) if value}


def _steepest(rows: numpy.ndarray, columns: numpy.ndarray, examples: int, names: int) -> float:
    """The largest eigenvalue of the features' products, by the power method."""
    direction: Any = numpy.ones(names)
    size = 1.0
    for _ in range(_ROUNDS):
        direction = numpy.bincount(columns, numpy.bincount(rows, direction[columns], minlength=examples)[rows], minlength=names)
        size = float(numpy.linalg.norm(direction))
        direction /= size
    return size


def shares(features: Sequence[Sequence[str]], weights: Mapping[str, float]) -> numpy.ndarray:
    """The chance of each example."""
    return _logistic(numpy.array([sum(weights.get(name, 0.0) for name in one) for one in features]))


def _places(features: Sequence[Sequence[str]], known: Mapping[str, int]) -> tuple[numpy.ndarray, numpy.ndarray]:
    """For each known feature of an example: the number of the example and the number of the feature."""
    found = [(row, known[name]) for row, one in enumerate(features) for name in one if name in known]
    table = numpy.array(found, dtype=int).reshape(-1, 2)
    return table[:, 0], table[:, 1]


def _logistic(odds: numpy.ndarray) -> numpy.ndarray:
    chances: numpy.ndarray = 1 / (1 + numpy.exp(-numpy.clip(odds, -30, 30)))
    return chances
