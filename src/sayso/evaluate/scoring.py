"""What every scorer returns: counts a document, measures over their sums, and intervals by drawing documents again."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Tally = Counter[str]
Measure = Callable[[Mapping[str, float]], float | None]

SAMPLES = 1000
_SEED = 20261122


@dataclass(slots=True)
class Scored:
    """Counts of each document, and the measures over their sum; `baselines` hold simple systems on the same documents."""

    documents: list[Tally]
    measures: dict[str, Measure]
    baselines: dict[str, list[Tally]] = field(default_factory=dict)
    details: dict[str, Any] = field(default_factory=dict)  # what was missed, tables a label: for people, not for floors

    def values(self, baseline: str | None = None) -> dict[str, float | None]:
        """Each measure over all documents, of ours or of a baseline; None where nothing was judged."""
        summed = total(self.documents if baseline is None else self.baselines[baseline])
        return {name: _rounded(measure(summed)) for name, measure in self.measures.items()}

    def intervals(self, samples: int = SAMPLES) -> dict[str, tuple[float, float] | None]:
        """Each measure's 95 % interval: documents drawn with replacement as often as there are documents, the same draws at every call."""
        if len(self.documents) < 2:
            return dict.fromkeys(self.measures)
        import numpy  # the command line lists its commands without it

        keys = sorted({key for tally in self.documents for key in tally})
        counts = numpy.array([[tally[key] for key in keys] for tally in self.documents], dtype=float)
        size = len(self.documents)
        draws = numpy.random.default_rng(_SEED).multinomial(size, numpy.full(size, 1 / size), size=samples) @ counts
        sums = [Counter(dict(zip(keys, row, strict=True))) for row in draws.tolist()]
        return {name: _interval([value for one in sums if (value := measure(one)) is not None]) for name, measure in self.measures.items()}

    def told(self) -> dict[str, Any]:
        """The same for JSON: {measure: {value, low, high}}, baselines as {name: {measure: value}}, details."""
        spread = self.intervals()
        ours = {
            name: {"value": value, **(dict(zip(("low", "high"), ends, strict=True)) if (ends := spread[name]) else {})} for name, value in self.values().items()
        }
        return {"documents": len(self.documents), "measures": ours, "baselines": {name: self.values(name) for name in self.baselines}, "details": self.details}


def total(tallies: Sequence[Tally]) -> Tally:
    """The sum of the counts."""
    summed: Tally = Counter()
    for tally in tallies:
        summed.update(tally)
    return summed


def share(right: str, of: str) -> Measure:
    """One count over another."""
    return lambda counts: counts[right] / counts[of] if counts[of] else None


def precision(name: str) -> Measure:
    """Of "<name> hit", "<name> told" and "<name> gold": hit over told."""
    return share(f"{name} hit", f"{name} told")


def recall(name: str) -> Measure:
    """Hit over gold."""
    return share(f"{name} hit", f"{name} gold")


def f1(name: str) -> Measure:
    """Twice the hits over told and gold together; None where neither has any."""

    def measure(counts: Mapping[str, float]) -> float | None:
        both = counts[f"{name} told"] + counts[f"{name} gold"]
        return 2 * counts[f"{name} hit"] / both if both else None

    return measure


def count(tally: Tally, name: str, hit: float, told: float, gold: float) -> None:
    """Nothing; the three counts that `precision`, `recall` and `f1` read are added."""
    tally.update({f"{name} hit": hit, f"{name} told": told, f"{name} gold": gold})


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _interval(values: list[float]) -> tuple[float, float] | None:
    if not values:
        return None
    import numpy

    low, high = numpy.percentile(values, (2.5, 97.5))
    return round(float(low), 4), round(float(high), 4)
