"""Scores of the reading of numbers against gold quantities."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from sayso.engines.rules.quantities import Quantity

_SIGNS = {"lower": ">", "lower_strict": ">", "upper": "<", "upper_strict": "<"}


def score_quantities(path: Path, split: str, predict: Callable[[str], Iterable[Quantity]]) -> dict[str, float]:
    """F1 of values, and of values with their bound, over the NewsQuant file; `split` is dev, train or all.

    The texts whose sha1 ends in c, d, e or f are dev. Vague words ("several", "dozens") are left out: gold counts hardly any of them.
    Gold's "up" and "down" tell a change, not a bound: they count as no bound.
    """
    value, bound = Counter[str](), Counter[str]()
    texts = 0
    for entry in json.loads(path.read_text(encoding="utf-8")):
        dev = hashlib.sha1(entry["text"].encode(), usedforsecurity=False).hexdigest()[-1] in "cdef"
        if split != "all" and dev != (split == "dev"):
            continue
        texts += 1
        gold = [(_gold_value(one["value"]), one["change"] if one["change"] in "~<>" else "=") for one in entry["quantities"]]
        told = [
            (_told_value(one), "~" if one.approximate else _SIGNS.get(one.bound or "", "="))
            for one in predict(entry["text"])
            if one.point is not None or one.high is not None
        ]
        _count(value, [one for one, _ in gold], [one for one, _ in told])
        _count(bound, gold, told)
    return {"texts": float(texts), **_scores("value", value), **_scores("bound", bound)}


def _gold_value(written: str) -> tuple[float, ...]:
    parts = written.lstrip("-").split("-")
    sign = -1.0 if written.startswith("-") else 1.0
    return tuple(sorted(round(sign * float(part), 4) for part in parts))


def _told_value(quantity: Quantity) -> tuple[float, ...]:
    if quantity.point is not None:
        return (round(float(quantity.point), 4),)
    ends = [end for end in (quantity.low, quantity.high) if end is not None]
    return tuple(sorted(round(float(end), 4) for end in ends))


def _count(tally: Counter[str], gold: Sequence[object], told: Sequence[object]) -> None:
    right = sum((Counter(gold) & Counter(told)).values())
    tally.update(tp=right, fp=len(told) - right, fn=len(gold) - right)


def _scores(name: str, tally: Counter[str]) -> dict[str, float]:
    right, told, gold = tally["tp"], tally["tp"] + tally["fp"], tally["tp"] + tally["fn"]
    return {
        f"{name} precision": round(right / told, 3) if told else 0.0,
        f"{name} recall": round(right / gold, 3) if gold else 0.0,
        f"{name} f1": round(2 * right / (told + gold), 3) if told + gold else 0.0,
    }
