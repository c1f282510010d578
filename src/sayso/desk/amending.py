"""A reading as reviewers amended it: a view; what the engine read stays in the ledger."""

import json
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any

from sayso.errors import InputError
from sayso.model import Act, Claim, Figure, Reading, Review
from sayso.model.words import Certainty, Measure, Modality, Verdict, VictimStatus

_CLAIM = ("type", "mode", "modality", "certainty", "victim_status")
_FIGURE = ("low", "high", "point", "measure", "status", "group")
_CLOSED: dict[str, type[StrEnum]] = {
    "modality": Modality, "certainty": Certainty, "victim_status": VictimStatus, "measure": Measure, "status": VictimStatus,
}  # fmt: skip
_NUMBERS = ("low", "high", "point")
_MOST = 10_000_000_000  # people


def check_amendment(amendment: str, figure: bool = False) -> dict[str, Any]:
    """The fields of an amendment's JSON; InputError where it is none, or names a field that cannot be amended."""
    known = _FIGURE if figure else _CLAIM
    try:
        fields = json.loads(amendment)
    except (ValueError, RecursionError) as wrong:
        raise InputError(f"amendment {amendment!r} is no JSON: {wrong}") from wrong
    if not isinstance(fields, dict) or not fields:
        raise InputError(f"amendment {amendment!r} is no object with fields: known are {', '.join(known)}")
    unknown = sorted(set(fields) - set(known))
    if unknown:
        raise InputError(f"amendment: {unknown[0]!r} cannot be amended; known are {', '.join(known)}")
    for name, value in fields.items():
        _check_value(name, value)
    return fields


def _check_value(name: str, value: object) -> None:
    """Nothing, where the field may hold that value: what is entered cannot be taken back, and has to be read again later."""
    if name in _CLOSED:
        if not isinstance(value, str) or value not in tuple(_CLOSED[name]):
            raise InputError(f"amendment: {name} {value!r} is none of {', '.join(_CLOSED[name])}")
    elif name in _NUMBERS:
        if value is not None and (not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MOST):
            raise InputError(f"amendment: {name} {value!r} is no whole number from 0 to {_MOST:,}, nor null for unknown")
    elif not (isinstance(value, str) and value.strip()) and not (value is None and name != "type"):
        raise InputError(f"amendment: {name} {value!r} is no word" + ("" if name == "type" else ", nor null for none"))


def amended(reading: Reading, reviews: Sequence[Review]) -> Reading:
    """The reading as reviewers amended it, field by field, a later amendment before an earlier. Ids stay; evidence and voices never change."""
    told: dict[str, dict[str, Any]] = {}
    figures = {figure.id for figure in reading.figures}
    for review in sorted(reviews, key=lambda one: (one.at, one.id)):
        if review.verdict is Verdict.AMEND and review.amendment:
            fields = check_amendment(review.amendment, review.record in figures)
            if "type" in fields:
                fields.setdefault("mode", None)  # a mode is one of its type
            told.setdefault(review.record, {}).update(fields)
    if not told:
        return reading
    return replace(
        reading,
        claims=tuple(_claim(claim, told[claim.id]) if claim.id in told else claim for claim in reading.claims),
        figures=tuple(_figure(figure, told[figure.id]) if figure.id in told else figure for figure in reading.figures),
    )


def _claim(claim: Claim, fields: dict[str, Any]) -> Claim:
    return claim.amended(
        act=Act(fields.get("type", claim.act.type), fields.get("mode", claim.act.mode)),
        modality=Modality(fields.get("modality", claim.modality)),
        certainty=Certainty(fields.get("certainty", claim.certainty)),
        victim_status=VictimStatus(fields.get("victim_status", claim.victim_status)),
    )


def _figure(figure: Figure, fields: dict[str, Any]) -> Figure:
    named = {name: fields[name] for name in ("low", "high", "point", "group") if name in fields}
    try:
        return figure.amended(**named, measure=Measure(fields.get("measure", figure.measure)), status=VictimStatus(fields.get("status", figure.status)))
    except ValueError as wrong:
        raise InputError(f"the amendments of {figure.id}: {wrong}; a later amendment takes their place") from wrong
