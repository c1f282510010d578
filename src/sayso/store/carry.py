"""Carrying a person's reviews over to a new reading of the same document: each is kept, moved, or put back in the queue."""

from collections.abc import Iterable, Iterator

from sayso.model import Carried, Claim, Figure, Reading, Review, Span
from sayso.model.words import CarryOutcome


def carry(reviews: Iterable[Review], old: Reading, new: Reading) -> tuple[Carried, ...]:
    """What becomes of each review of the old reading's records, in order; reviews of other records are left out.

    A review is kept where its record is in the new reading too; moved where a claim there has the same act type on the same words (else on overlapping
    ones), or a figure the same measure; else it is in conflict, with the claim that stands nearest.
    """
    here = known_records(old)
    still = known_records(new)
    claims = {claim.id: claim for claim in old.claims}
    figures = {figure.id: figure for figure in old.figures}
    found = []
    for review in reviews:
        if review.record not in here:
            continue
        if review.record in still:
            found.append(Carried(review.id, new.id, CarryOutcome.KEPT, review.record, "the same record is in the new reading"))
        elif review.record in claims:
            found.append(_claim(review, claims[review.record], new))
        elif review.record in figures:
            found.append(_figure(review, figures[review.record], new))
        else:
            found.append(Carried(review.id, new.id, CarryOutcome.CONFLICT, None, "the new reading does not hold the record that it speaks of"))
    return tuple(found)


def known_records(reading: Reading) -> frozenset[str]:
    """The ids of everything in a reading that a person may judge."""
    return frozenset(_ids(reading))


def _ids(reading: Reading) -> Iterator[str]:
    yield reading.id
    groups = (reading.mentions, reading.claims, reading.figures, reading.relations, reading.memberships, reading.loaded, reading.resolutions)
    for group in groups:
        yield from (one.id for one in group)
    yield from (one.id for one in reading.incidents)
    yield from (one.id for one in reading.events)
    yield from (one.id for one in reading.refusals)


def _claim(review: Review, old: Claim, new: Reading) -> Carried:
    """The claim of the same act type on the same words; else a conflict with the nearest one."""
    near = sorted((claim for claim in new.claims if claim.trigger.overlaps(old.trigger)), key=lambda claim: _distance(old, claim))
    alike = [claim for claim in near if claim.act.type == old.act.type]
    if alike:
        same = _at(alike[0].trigger) == _at(old.trigger)
        why = "the same act on the same words, told otherwise" if same else "the same act on overlapping words"
        return Carried(review.id, new.id, CarryOutcome.MOVED, alike[0].id, why)
    if near:
        why = f"these words are now read as {near[0].act.type}, the review was of {old.act.type}: look again"
        return Carried(review.id, new.id, CarryOutcome.CONFLICT, near[0].id, why)
    return Carried(review.id, new.id, CarryOutcome.CONFLICT, None, f"the new reading has no claim on these words, the review was of {old.act.type}: look again")


def _distance(old: Claim, claim: Claim) -> tuple[object, ...]:
    """How unlike two claims on overlapping words are: words first, then who tells it, then what is told."""
    chain = [voice.key for voice in claim.voices] != [voice.key for voice in old.voices]
    apart = abs(claim.trigger.start - old.trigger.start) + abs(claim.trigger.end - old.trigger.end)
    return (apart, chain, claim.modality is not old.modality, claim.act.mode != old.act.mode, claim.roles.key != old.roles.key)


def _figure(review: Review, old: Figure, new: Reading) -> Carried:
    """The figure of the same measure on the same words; else a conflict."""
    near = sorted((one for one in new.figures if one.span.overlaps(old.span)), key=lambda one: _at(one.span) != _at(old.span))
    alike = [one for one in near if one.measure is old.measure]
    if alike and (alike[0].low, alike[0].high) == (old.low, old.high):
        return Carried(review.id, new.id, CarryOutcome.MOVED, alike[0].id, "the same number and measure on these words")
    if near:
        why = "the number on these words is now read otherwise: look again"
        return Carried(review.id, new.id, CarryOutcome.CONFLICT, near[0].id, why)
    return Carried(review.id, new.id, CarryOutcome.CONFLICT, None, "the new reading has no figure on these words: look again")


def _at(span: Span) -> tuple[int, int]:
    return span.start, span.end
