"""A reading as reviewers amended it: a view; what the engine read stays in the ledger."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any

from sayso.errors import InputError
from sayso.model import Act, Claim, Document, Figure, Reading, Review
from sayso.model.words import Certainty, Measure, Modality, Verdict, VictimStatus

_CLAIM = ("type", "mode", "modality", "certainty", "victim_status")
_ROLES = ("actor", "recipient", "place", "instrument")  # each a list of stretches of the report's text, [[start, end], …]
_TIME = "time"  # one stretch, or null
_FIGURES = "figures"  # of the claim: what changes in each, by its id
_FIGURE = ("low", "high", "point", "measure", "status", "group")
_CLOSED: dict[str, type[StrEnum]] = {
    "modality": Modality, "certainty": Certainty, "victim_status": VictimStatus, "measure": Measure, "status": VictimStatus,
}  # fmt: skip
_NUMBERS = ("low", "high", "point")
_MOST = 10_000_000_000  # people
_MOST_STRETCHES = 50  # of one role


def check_amendment(amendment: str, figure: bool = False) -> dict[str, Any]:
    """The fields of an amendment's JSON; InputError where it is none, or names a field that cannot be amended."""
    known = _FIGURE if figure else (*_CLAIM, *_ROLES, _TIME, _FIGURES)
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
    if name == _FIGURES:
        if not isinstance(value, dict) or not value:
            raise InputError(f'amendment: figures {value!r} is no object with fields by ids of figures: write {{"fig_…": {{"low": 3}}}}')
        for fields in value.values():
            check_amendment(json.dumps(fields), figure=True)
        return
    if name in (*_ROLES, _TIME):
        stretches = value if isinstance(value, list) else None if value is not None or name != _TIME else []
        if stretches is None or len(stretches) > _MOST_STRETCHES or (name == _TIME and len(stretches) > 1) or not all(map(is_stretch, stretches)):
            raise InputError(f"amendment: {name} {value!r} is no list of stretches of the text: write [[start, end], …], in code points")
    elif name in _CLOSED:
        if not isinstance(value, str) or value not in tuple(_CLOSED[name]):
            raise InputError(f"amendment: {name} {value!r} is none of {', '.join(_CLOSED[name])}")
    elif name in _NUMBERS:
        if value is not None and (not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MOST):
            raise InputError(f"amendment: {name} {value!r} is no whole number from 0 to {_MOST:,}, nor null for unknown")
    elif not (isinstance(value, str) and value.strip()) and not (value is None and name != "type"):
        raise InputError(f"amendment: {name} {value!r} is no word" + ("" if name == "type" else ", nor null for none"))


def is_stretch(told: object) -> bool:
    """Whether something tells a start and an end behind it."""
    whole = isinstance(told, list) and len(told) == 2 and all(isinstance(one, int) and not isinstance(one, bool) for one in told)
    return whole and 0 <= told[0] < told[1]  # type: ignore[index]


def check_stretches(fields: Mapping[str, Any], length: int) -> None:
    """Nothing, where the stretches of an amendment lie within a text of that length; InputError otherwise."""
    for name in (*_ROLES, _TIME):
        for _, end in fields.get(name) or ():
            if end > length:
                raise InputError(f"amendment: {name} ends at {end}, and the report has {length:,} characters")


def amended(reading: Reading, reviews: Sequence[Review]) -> Reading:
    """The reading as reviewers amended it, field by field, a later amendment before an earlier. Ids stay; evidence and voices never change."""
    told: dict[str, dict[str, Any]] = {}
    figures = {figure.id for figure in reading.figures}
    for review in sorted(reviews, key=lambda one: (one.at, one.id)):
        if review.verdict is Verdict.AMEND and review.amendment:
            fields = check_amendment(review.amendment, review.record in figures)
            if "type" in fields:
                fields.setdefault("mode", None)  # a mode is one of its type
            for figure, changed in fields.pop(_FIGURES, {}).items():
                told.setdefault(figure, {}).update(changed)
            told.setdefault(review.record, {}).update(fields)
    if not told:
        return reading
    return replace(
        reading,
        claims=tuple(amended_claim(claim, told[claim.id], reading.document) if claim.id in told else claim for claim in reading.claims),
        figures=tuple(_figure(figure, told[figure.id]) if figure.id in told else figure for figure in reading.figures),
    )


def amended_claim(claim: Claim, fields: Mapping[str, Any], document: Document) -> Claim:
    """The claim with the fields of one checked amendment."""
    spans: dict[str, Any] = {name: tuple(document.span(start, end) for start, end in fields[name]) for name in _ROLES if name in fields}
    if _TIME in fields:
        spans |= {_TIME: next((document.span(start, end) for start, end in fields[_TIME] or ()), None)}
    return claim.amended(
        roles=replace(claim.roles, **spans),
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
