"""Incidents within one report: claims that tell of one happening, joined conservatively."""

from collections.abc import Mapping, Sequence

from sayso.model import Claim, Figure, Incident
from sayso.model.words import Modality

_VIOLENT = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE"})


def incidents(claims: Sequence[Claim], figures: Sequence[Figure], places: Mapping[str, str], times: Mapping[str, str]) -> tuple[Incident, ...]:
    """The incidents of one report in the order of the text: each claim is in one; doubtful claims stay alone.

    `places` and `times` give, by claim id, a key of the resolved place and interval; a claim without one has none.
    """
    parent = list(range(len(claims)))

    def root(number: int) -> int:
        while parent[number] != number:
            number = parent[number]
        return number

    counted: dict[str, set[tuple[object, ...]]] = {claim.id: {(one.measure, one.low, one.high) for one in figures if one.claim == claim.id and one.point is not None and one.point > 1} for claim in claims}
    for second in range(len(claims)):
        for first in range(second):
            if _same(claims[first], claims[second], counted, (places, times)):
                parent[root(second)] = root(first)
                break
    groups: dict[int, list[str]] = {}
    for number, claim in enumerate(claims):
        groups.setdefault(root(number), []).append(claim.id)
    return tuple(Incident(tuple(dict.fromkeys(group))) for group in groups.values())


def _same(first: Claim, second: Claim, counted: Mapping[str, set[tuple[object, ...]]], keys: tuple[Mapping[str, str], Mapping[str, str]]) -> bool:
    """Whether two claims of one report surely tell of one happening: same act, nothing against it, and a figure, a victim or a place and day in common."""
    if first.act.type != second.act.type or first.act.type not in _VIOLENT:
        return False
    if first.act.mode and second.act.mode and first.act.mode != second.act.mode:
        return False
    if Modality.HYPOTHETICAL in (first.modality, second.modality) or Modality.PLANNED in (first.modality, second.modality):
        return False
    agree = 0
    for key in keys:
        one, other = key.get(first.id), key.get(second.id)
        if one and other and one != other:
            return False
        agree += bool(one and one == other)
    if agree == len(keys):
        return True
    if counted[first.id] & counted[second.id]:
        return True
    victims = {span.quote.casefold() for span in first.roles.recipient} & {span.quote.casefold() for span in second.roles.recipient}
    return bool(victims) and agree > 0
