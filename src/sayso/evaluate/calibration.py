"""Calibration: whether claims of confidence .8 are right eight times in ten, and how wrong one is who keeps only the surest."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy

from sayso.engines.rules.confidence import load_confidence
from sayso.evaluate.scoring import Measure, Scored, Tally, share, total
from sayso.evaluate.verdicts import Known, claim_verdict, figure_verdict, read_known
from sayso.model import Reading
from sayso.pipeline import Reader

BINS = 10  # of equal mass
COVERAGES = (0.5, 0.8, 1.0)
_SEED = 20261123
_POINTS = 20  # of the risk–coverage line


@dataclass(frozen=True, slots=True)
class Sure:
    """One claim or figure: how sure the reading was, and whether it was right."""

    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class SureDocument:
    """The judged claims and figures of one document."""

    claims: tuple[Sure, ...] = ()
    figures: tuple[Sure, ...] = ()


def apart(folder: Path, checked: bool) -> list[Path]:
    """Every other report of a folder: those that confidence is learned from, or those that it is checked on."""
    return [path for index, path in enumerate(sorted(folder.glob("*.yaml"))) if index % 2 == checked]


def read_sure(known: Sequence[Known], reader: Reader | None = None) -> list[SureDocument]:
    """How sure the reader is of each claim and figure of coded texts, and whether it is right; what is not judged is left out."""
    results = (reader or Reader()).read(one.document for one in known)
    return [_sure(one, result) for one, result in zip(known, results, strict=True) if isinstance(result, Reading)]


def _sure(known: Known, reading: Reading) -> SureDocument:
    claims = [(claim.confidence, claim_verdict(known, claim)) for claim in reading.claims]
    figures = [(figure.confidence, figure_verdict(known, figure)) for figure in reading.figures]
    return SureDocument(*(tuple(Sure(sure, right) for sure, right in told if right is not None) for told in (claims, figures)))


def score_calibration(paths: Sequence[Path], reader: Reader | None = None) -> Scored:
    """The calibration over folders of teaching sentences (.txt) and gold reports (.yaml)."""
    return calibration(read_sure(read_known(*paths), reader))


def calibration(documents: Sequence[SureDocument]) -> Scored:
    """Expected calibration error in ten bins of equal mass, risk at coverages, and for both claims and figures the table and line behind them.

    Beside it stands who is equally sure of everything: as sure as the share of right ones among the texts that confidence was learned from.
    """
    learned = load_confidence()
    tallies: list[Tally] = [Counter() for _ in documents]
    even: list[Tally] = [Counter() for _ in documents]
    for prefix, pick, same in (("", _claims, learned.acts.right), ("figure ", _figures, learned.figures.right)):
        told = [(number, one) for number, document in enumerate(documents) for one in pick(document)]
        _count(tallies, prefix, told)
        _count(even, prefix, [(number, Sure(same, one.right)) for number, one in told])
    details = {name: _table(total(tallies), prefix) for name, prefix in (("claims", ""), ("figures", "figure "))}
    for name, pick in (("claims", _claims), ("figures", _figures)):
        details[name]["risk–coverage"] = risk_line([one for document in documents for one in pick(document)])
    measures = {**_measures(""), **_measures("figure ")}
    return Scored(tallies, measures, {"equally sure of all": even}, details)


def _claims(document: SureDocument) -> Iterable[Sure]:
    return document.claims


def _figures(document: SureDocument) -> Iterable[Sure]:
    return document.figures


def _count(tallies: Sequence[Tally], prefix: str, told: Sequence[tuple[int, Sure]]) -> None:
    """Nothing; each document's tally holds its part of every bin and of every coverage, the surest first, equally sure ones in an order drawn once."""
    drawn = numpy.random.default_rng(_SEED).permutation(len(told)).tolist()
    ranked = sorted((told[index] for index in drawn), key=lambda one: -one[1].confidence)
    for rank, (number, one) in enumerate(ranked):
        tally, at = tallies[number], rank * BINS // len(ranked)
        _add(tally, f"{prefix}bin {at}", one)
        for coverage in COVERAGES:
            if rank < coverage * len(ranked):
                _add(tally, f"{prefix}first {coverage}", one)


def _add(tally: Tally, name: str, one: Sure) -> None:
    # In thousandths, so that counts stay whole numbers.
    tally.update({f"{name} of": 1, f"{name} right": int(one.right), f"{name} wrong": int(not one.right), f"{name} sure": round(1000 * one.confidence)})


def _measures(prefix: str) -> dict[str, Measure]:
    at = {f"{prefix}risk at coverage {coverage}": share(f"{prefix}first {coverage} wrong", f"{prefix}first {coverage} of") for coverage in COVERAGES}
    every = f"{prefix}first {COVERAGES[-1]}"
    return {f"{prefix}ece": _ece(prefix), f"{prefix}share right": share(f"{every} right", f"{every} of"), f"{prefix}mean confidence": _mean(every), **at}


def _mean(name: str) -> Measure:
    return lambda counts: counts[f"{name} sure"] / 1000 / counts[f"{name} of"] if counts[f"{name} of"] else None


def _ece(prefix: str) -> Measure:
    """The mean distance, over all that was judged, of a bin's mean confidence from its share of right ones."""

    def measure(counts: Mapping[str, float]) -> float | None:
        names = [f"{prefix}bin {at}" for at in range(BINS)]
        of = sum(counts[f"{name} of"] for name in names)
        return sum(abs(counts[f"{name} sure"] / 1000 - counts[f"{name} right"]) for name in names) / of if of else None

    return measure


def _table(summed: Tally, prefix: str) -> dict[str, Any]:
    bins = []
    for at in range(BINS):
        name = f"{prefix}bin {at}"
        of = summed[f"{name} of"]
        if of:
            bins.append({"n": of, "mean confidence": round(summed[f"{name} sure"] / 1000 / of, 3), "share right": round(summed[f"{name} right"] / of, 3)})
    return {"bins": bins}


def risk_line(told: Sequence[Sure]) -> list[dict[str, float]]:
    """The share of wrong ones among the surest, for each twentieth of coverage, with the confidence that still belongs to them."""
    ranked = sorted(told, key=lambda one: -one.confidence)
    points = []
    for step in range(1, _POINTS + 1):
        kept = ranked[: max(1, round(step * len(ranked) / _POINTS))] if ranked else []
        if kept:
            wrong = sum(not one.right for one in kept) / len(kept)
            points.append({"coverage": round(step / _POINTS, 2), "risk": round(wrong, 4), "least confidence": kept[-1].confidence})
    return points


def reliability_table(scored: Scored) -> str:
    """Markdown for the scoreboard: for claims and figures the bins, surest first, and the risk at each tenth of coverage."""
    return "\n\n".join(_section(name, scored.details[name]) for name in ("claims", "figures") if scored.details[name]["bins"])


def _section(name: str, told: Mapping[str, Any]) -> str:
    rows = [f"| {one['n']} | {one['mean confidence']:.2f} | {one['share right']:.2f} | {_bar(one['share right'])} |" for one in told["bins"]]
    head = [f"| {name} | mean confidence | share right | |", "| ---: | ---: | ---: | :--- |"]
    points = [point for point in told["risk–coverage"] if round(point["coverage"] * 100) % 10 == 0]
    coverage = "| coverage | " + " | ".join(f"{point['coverage']:.0%}" for point in points) + " |"
    risk = "| wrong | " + " | ".join(f"{point['risk']:.1%}" for point in points) + " |"
    least = "| confidence from | " + " | ".join(f"{point['least confidence']:.2f}" for point in points) + " |"
    return "\n".join([*head, *rows, "", coverage, "| --- |" + " ---: |" * len(points), risk, least])


def _bar(part: float) -> str:
    return "█" * round(20 * part)
