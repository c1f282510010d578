"""Aftermath: within one report, harm told right behind the act that did it, and what the same people did in one sentence, tell of one happening."""

from collections.abc import Iterator, Mapping, Sequence

from sayso.model import Act, Claim, Figure
from sayso.model.words import Modality

_REACH = 2  # sentences behind an act in which its outcome may be told
_AT_HAND = (None, "beat", "primitive", "destroy", "firearms")  # what crowds and police do to each other
_FIGHT = Act("ASSAULT")
_VIOLENT = frozenset(("ASSAULT", "PROTEST"))
_TAKING = frozenset((("COERCE", "seize"), ("COERCE", "arrest")))
Keys = tuple[Mapping[str, str], Mapping[str, str]]  # by claim id, its place and its time


def joined(claims: Sequence[Claim], figures: Sequence[Figure], keys: Keys, stretches: Mapping[str, tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Pairs of claims, by number, that surely tell of one happening though their acts differ; `stretches` gives the paragraph and sentence of each."""
    counted = {one.claim for one in figures}
    told = [number for number, claim in enumerate(claims) if claim.modality is Modality.ACTUAL and claim.id in stretches]
    for at, number in enumerate(told):
        claim = claims[number]
        near = [other for other in told[max(0, at - 8) : at + 9] if other != number and _near(claims[other], claim, stretches)]
        fitting = [other for other in near if _agree(claims[other], claim, keys)]
        for other in fitting:
            if other < number and (_same_doer(claims[other], claim, stretches) or _same_crowd(claims[other], claim, stretches)):
                yield other, number
        if _is_outcome(claim, counted) or _is_bare(claim):
            causes = [other for other in fitting if _is_act(claims[other]) and _before(claims[other], claim, stretches)]
            if causes:
                yield min(causes, key=lambda other: (_distance(claims[other], claim, stretches), abs(other - number))), number


def _near(one: Claim, other: Claim, stretches: Mapping[str, tuple[int, int]]) -> bool:
    """Whether both stand in one paragraph, and both in the news or both in its background."""
    return stretches[one.id][0] == stretches[other.id][0] and one.historical is other.historical


def _distance(one: Claim, other: Claim, stretches: Mapping[str, tuple[int, int]]) -> int:
    return abs(stretches[other.id][1] - stretches[one.id][1])


def _before(one: Claim, other: Claim, stretches: Mapping[str, tuple[int, int]]) -> bool:
    """Whether one is told in the sentence of the other or a few before it."""
    return 0 <= stretches[other.id][1] - stretches[one.id][1] <= _REACH


def _agree(one: Claim, other: Claim, keys: Keys) -> bool:
    """Whether nothing tells that they are of two places or times."""
    return all(not key.get(one.id) or not key.get(other.id) or key[one.id] == key[other.id] for key in keys)


def _same_doer(one: Claim, other: Claim, stretches: Mapping[str, tuple[int, int]]) -> bool:
    """Whether one sentence tells two acts of violence by the same words for who did them."""
    if stretches[one.id][1] != stretches[other.id][1] or not {one.act.type, other.act.type} & _VIOLENT:
        return False
    violent = all(claim.act.type in _VIOLENT or (claim.act.type, claim.act.mode) in _TAKING for claim in (one, other))
    return violent and bool({span.start for span in one.roles.actor} & {span.start for span in other.roles.actor})


def _same_crowd(one: Claim, other: Claim, stretches: Mapping[str, tuple[int, int]]) -> bool:
    """Whether one sentence tells of a demonstration and of what was done at it: "a rally" at which people were held, a march that was dispersed."""
    if stretches[one.id][1] != stretches[other.id][1] or "PROTEST" not in (one.act.type, other.act.type):
        return False
    protest, act = (one, other) if one.act.type == "PROTEST" else (other, one)
    policed = (act.act.type, act.act.mode) in (("ASSAULT", "crowd-control"), ("COERCE", "arrest"))
    if protest.roles.actor:
        return policed
    return policed or act.act.type == "PROTEST" or (act.act.type == "ASSAULT" and act.act.mode in _AT_HAND)


def _is_outcome(claim: Claim, counted: set[str | None]) -> bool:
    """Whether the claim tells that people or things were harmed and neither by whom nor how."""
    if claim.act.type != "ASSAULT" or claim.roles.actor or claim.roles.instrument:
        return False
    return claim.act.mode == "destroy" or (claim.act.mode is None and claim.id in counted)


def _is_bare(claim: Claim) -> bool:
    """Whether the claim only names an act: "the fighting lasted two hours"."""
    roles = claim.roles
    return claim.act == _FIGHT and not (roles.actor or roles.recipient or roles.instrument)


def _is_act(claim: Claim) -> bool:
    """Whether the claim tells how or by whom it was done."""
    return claim.act.type == "ASSAULT" and (claim.act.mode not in (None, "destroy") or bool(claim.roles.actor))
