"""A reading as reviewers amended it: the fields that they changed, in new records beside the old ones."""

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


def amended(reading: Reading, reviews: Sequence[Review]) -> tuple[Reading, dict[str, str], tuple[Review, ...]]:
    """The reading with the last amendment of each claim and figure; new ids by old; and the reviews, on the new ids. Evidence and voices never change."""
    last = {review.record: review for review in sorted(reviews, key=lambda one: (one.at, one.id)) if review.verdict is Verdict.AMEND and review.amendment}
    claims = {claim.id: _claim(claim, last[claim.id]) for claim in reading.claims if claim.id in last}
    names = {old: claim.id for old, claim in claims.items()}
    figures = {}
    for figure in reading.figures:
        changed = _figure(figure, last[figure.id]) if figure.id in last else figure
        figures[figure.id] = replace(changed, claim=names.get(changed.claim or "", changed.claim))
    names.update((old, figure.id) for old, figure in figures.items())
    if not last:
        return reading, {}, tuple(reviews)
    new = replace(
        reading,
        claims=tuple(claims.get(claim.id, claim) for claim in reading.claims),
        figures=tuple(
            replace(figure, part_of=names.get(figure.part_of, figure.part_of) if figure.part_of else None)
            for figure in (figures[one.id] for one in reading.figures)
        ),
        relations=tuple(replace(one, source=names.get(one.source, one.source), target=names.get(one.target, one.target)) for one in reading.relations),
    )
    return new, names, tuple(replace(review, record=names.get(review.record, review.record)) for review in reviews)


def _claim(claim: Claim, review: Review) -> Claim:
    fields = check_amendment(review.amendment or "")
    try:
        return replace(
            claim,
            act=Act(fields.get("type", claim.act.type), fields.get("mode", None if "type" in fields else claim.act.mode)),
            modality=Modality(fields.get("modality", claim.modality)),
            certainty=Certainty(fields.get("certainty", claim.certainty)),
            victim_status=VictimStatus(fields.get("victim_status", claim.victim_status)),
        )
    except ValueError as wrong:
        raise InputError(f"amendment by {review.reviewer!r} of {review.record}: {wrong}; a later amendment takes its place") from wrong


def _figure(figure: Figure, review: Review) -> Figure:
    fields = check_amendment(review.amendment or "", figure=True)
    try:
        return replace(
            figure,
            **{name: fields[name] for name in ("low", "high", "point", "group") if name in fields},
            measure=Measure(fields.get("measure", figure.measure)),
            status=VictimStatus(fields.get("status", figure.status)),
        )
    except (TypeError, ValueError) as wrong:
        raise InputError(f"amendment by {review.reviewer!r} of {review.record}: {wrong}; a later amendment takes its place") from wrong
