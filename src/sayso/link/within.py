"""Incidents within one report: claims that tell of one happening, joined conservatively."""

from collections.abc import Mapping, Sequence

from sayso.link.aftermath import joined
from sayso.model import Claim, Figure, Incident
from sayso.model.words import Modality

_NEAR = 8  # claims of one shelf that a further one is compared with: those told last
_VIOLENT = frozenset({"ASSAULT", "COERCE", "PROTEST", "MOBILIZE"})


def incidents(
    claims: Sequence[Claim],
    figures: Sequence[Figure],
    places: Mapping[str, str],
    times: Mapping[str, str],
    stretches: Mapping[str, tuple[int, int]] | None = None,
) -> tuple[Incident, ...]:
    """The incidents of one report in the order of the text: each claim is in one; doubtful claims stay alone.

    `places` and `times` give, by claim id, a key of the resolved place and interval; a claim without one has none. `stretches` gives paragraph and sentence.
    """
    parent = list(range(len(claims)))

    def root(number: int) -> int:
        while parent[number] != number:
            number = parent[number]
        return number

    counted: dict[str, set[tuple[object, ...]]] = {}
    for one in figures:
        if one.claim is not None and one.point is not None and one.point > 1:
            counted.setdefault(one.claim, set()).add((one.measure, one.low, one.high))
    shelves: dict[object, list[int]] = {}
    for number, claim in enumerate(claims):
        for key in _shelves(claim, counted, (places, times)):
            shelf = shelves.setdefault(key, [])
            for other in reversed(shelf[-_NEAR:]):
                if _same(claims[other], claim, counted, (places, times)):
                    parent[root(number)] = root(other)
                    break
            shelf.append(number)
    for first, second in joined(claims, figures, (places, times), stretches or {}):
        parent[root(second)] = root(first)
    groups: dict[int, list[str]] = {}
    for number, claim in enumerate(claims):
        groups.setdefault(root(number), []).append(claim.id)
    return tuple(Incident(tuple(dict.fromkeys(group))) for group in groups.values())


def _shelves(claim: Claim, counted: Mapping[str, set[tuple[object, ...]]], keys: tuple[Mapping[str, str], Mapping[str, str]]) -> list[tuple[object, ...]]:
    """The keys under which a claim is compared with others: only claims that share a figure, a victim, or place and time are."""
    if claim.act.type not in _VIOLENT:
        return []
    found: list[tuple[object, ...]] = [("figure", one) for one in sorted(counted.get(claim.id, ()), key=repr)]
    found += [("victim", span.quote.casefold()) for span in claim.roles.recipient]
    where, when = (key.get(claim.id) for key in keys)
    return found + ([("place", where, when)] if where and when else [])


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
    if counted.get(first.id, set()) & counted.get(second.id, set()):
        return True
    victims = {span.quote.casefold() for span in first.roles.recipient} & {span.quote.casefold() for span in second.roles.recipient}
    return bool(victims) and agree > 0
