"""Scenes: which claims of a happening are told of the same place, as numbers that say nothing of where that is."""

from collections.abc import Mapping, Sequence

from sayso.gazetteers.places_geometry import distance_km
from sayso.model import Claim, PlaceTarget, Span
from sayso.model.words import PlacePrecision

_CLOSE_KM = 15.0  # two towns farther apart are two places; closer ones may be a town and its quarter
_FINE = (PlacePrecision.SITE, PlacePrecision.SETTLEMENT, PlacePrecision.NEAR)


def scenes(claims: Sequence[tuple[Claim, Mapping[tuple[int, int], PlaceTarget]]]) -> dict[str, int]:
    """By claim id the number of its place, counted in the order of the claims; claims that tell no place closer than a district have none.

    Each claim comes with the targets of its report's places by where they stand. A claim that tells several places is of the first that it tells.
    """
    known: list[PlaceTarget] = []
    found: dict[str, int] = {}
    for claim, targets in claims:
        told = next((target for span in claim.roles.place if (target := _fine(span, targets)) is not None), None)
        if told is None:
            continue
        number = next((at for at, other in enumerate(known) if _same(told, other)), None)
        if number is None:
            number = len(known)
            known.append(told)
        found[claim.id] = number
    return found


def _fine(span: Span, targets: Mapping[tuple[int, int], PlaceTarget]) -> PlaceTarget | None:
    target = targets.get((span.start, span.end))
    return target if target is not None and target.precision in _FINE else None


def _same(one: PlaceTarget, other: PlaceTarget) -> bool:
    if one.id is not None and one.id == other.id:
        return True
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return (one.name, one.country) == (other.name, other.country)
    return distance_km((one.lat, one.lon), (other.lat, other.lon)) <= _CLOSE_KM
