"""Scores of the reading of numbers against gold quantities."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from sayso.engines.rules.quantities import Quantity
from sayso.evaluate.scoring import Scored, Tally, count, f1, precision, recall
from sayso.evaluate.splits import belongs

Predict: TypeAlias = Callable[[str], Iterable[Quantity]]

_SIGNS = {"lower": ">", "lower_strict": ">", "upper": "<", "upper_strict": "<"}


def score_quantities(path: Path, split: str, predict: Predict, baselines: Mapping[str, Predict] | None = None) -> Scored:
    """Precision, recall and F1 of values, and of values with their bound, over the NewsQuant file; `split` is dev, train or all.

    The texts whose sha1 ends in c, d, e or f are dev. Vague words ("several", "dozens") are left out: gold counts hardly any of them.
    Gold's "up" and "down" tell a change, not a bound: they count as no bound.
    """
    entries = [entry for entry in json.loads(path.read_text(encoding="utf-8")) if belongs(entry["text"], split)]
    measures = {f"{name} {kind}": of(name) for name in ("value", "bound") for kind, of in (("precision", precision), ("recall", recall), ("f1", f1))}
    beside = {name: [_tally(entry, simple) for entry in entries] for name, simple in (baselines or {}).items()}
    return Scored([_tally(entry, predict) for entry in entries], measures, beside)


def _tally(entry: Mapping[str, Any], predict: Predict) -> Tally:
    """The counts of one text."""
    gold = [(_gold_value(one["value"]), one["change"] if one["change"] in "~<>" else "=") for one in entry["quantities"]]
    told = [
        (_told_value(one), "~" if one.approximate else _SIGNS.get(one.bound or "", "="))
        for one in predict(entry["text"])
        if one.point is not None or one.high is not None
    ]
    tally = Tally()
    values = Counter(value for value, _ in gold) & Counter(value for value, _ in told)
    count(tally, "value", values.total(), len(told), len(gold))
    count(tally, "bound", (Counter(gold) & Counter(told)).total(), len(told), len(gold))
    return tally


def _gold_value(written: str) -> tuple[float, ...]:
    parts = written.lstrip("-").split("-")
    sign = -1.0 if written.startswith("-") else 1.0
    return tuple(sorted(round(sign * float(part), 4) for part in parts))


def _told_value(quantity: Quantity) -> tuple[float, ...]:
    if quantity.point is not None:
        return (round(float(quantity.point), 4),)
    ends = [end for end in (quantity.low, quantity.high) if end is not None]
    return tuple(sorted(round(float(end), 4) for end in ends))
