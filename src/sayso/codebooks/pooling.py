"""Pooling: what the claims of one happening tell together, for books whose rules look at the whole of it: one names who did it, another how many died."""

from collections.abc import Sequence
from dataclasses import replace

from sayso.codebooks.coding_facts import CodingFacts
from sayso.model.words import ActorKind, Modality, VictimStatus


def pooled(facts: Sequence[CodingFacts]) -> tuple[CodingFacts, ...]:
    """The facts, each act told as done with the roles and the harm that it leaves open taken from the others of its type that are told as done.

    What a claim tells itself is never replaced. Only kinds and nouns pass, as everywhere in coding.
    """
    done = [one for one in facts if one.modality is Modality.ACTUAL]
    return tuple(_with_others(one, [other for other in done if other is not one]) if one.modality is Modality.ACTUAL else one for one in facts)


def _with_others(one: CodingFacts, others: Sequence[CodingFacts]) -> CodingFacts:
    beside = [other for other in others if other.type == one.type]
    if not beside:
        return one
    made = replace(
        one,
        harm=one.harm or any(other.harm for other in beside),
        killed=one.killed or any(other.killed for other in beside),
    )
    if not _told(one.actor_kinds, one.actor_words):
        teller = next((other for other in beside if _told(other.actor_kinds, other.actor_words)), None)
        if teller is not None:
            made = replace(made, actor_kinds=teller.actor_kinds, actor_words=teller.actor_words, actor_homes=teller.actor_homes, actor_parts=teller.actor_parts)
    # Who was harmed is told best by the claim that counts them; of a claim without harm of its own, what it hit stays beside those.
    # Two who fight each other are told in the role of those who act: who else was harmed is no side of theirs.
    if not one.harm and not (len(one.actor_kinds) > 1 and not _told(one.recipient_kinds, one.recipient_words)):
        teller = next((other for other in beside if other.harm and _told(other.recipient_kinds, other.recipient_words)), None)
        if teller is not None:
            status = one.victim_status if one.victim_status is not VictimStatus.UNKNOWN else teller.victim_status
            made = replace(
                made,
                recipient_kinds=tuple(dict.fromkeys((*one.recipient_kinds, *teller.recipient_kinds))),
                recipient_words=one.recipient_words | teller.recipient_words,
                recipient_homes=(),
                recipient_parts=(),
                victim_status=status,
            )
    return made


def _told(kinds: Sequence[ActorKind], words: frozenset[str]) -> bool:
    return bool(words) or any(kind is not ActorKind.UNKNOWN for kind in kinds)
