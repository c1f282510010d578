"""Coding: claims of one happening become rows of a codebook, each with its reason.

Coding is told kinds and places, never names: `CodingFacts` has no field that could hold one, so that actors of one kind can be swapped
without moving a row. Only acts told as done are coded.
"""

from collections.abc import Sequence
from dataclasses import replace

from sayso.codebooks.coding_facts import CodingFacts, Part
from sayso.codebooks.deciding import Coded, code_claim, may_be_coded, parties_of
from sayso.codebooks.grouping import groups
from sayso.codebooks.pooling import pooled
from sayso.codebooks.rows import Example, RowBook, RowType, Rule
from sayso.codebooks.sides import both_act, interaction, interaction_code, owned_things, sides_of
from sayso.errors import DataError
from sayso.model import Event, Incident, Side
from sayso.model.words import Certainty, Modality

__all__ = [
    "Coded",
    "CodingFacts",
    "Part",
    "check_book",
    "code",
    "code_claim",
    "facts_of",
    "in_company",
    "interaction",
    "interaction_code",
    "may_be_coded",
    "parties_of",
]

_NOTHING: frozenset[str] = frozenset()


def code(incident: Incident, facts: Sequence[CodingFacts], book: RowBook) -> tuple[Event, ...]:
    """The rows of an incident: one for the claims of the same actors (and day), at the highest of their sub-events; () where nothing is to be coded.

    The claims may be of several reports. What is told as denied, planned or possible makes no row and keeps no company.
    """
    strange = sorted({one.claim for one in facts} - set(incident.claims))
    if strange:
        raise ValueError(f"facts of the claim {strange[0]!r}, which is not of the incident {incident.id}")
    told = in_company(facts)
    coded = [code_claim(one, book) for one in (pooled(told) if book.pooled else told)]
    if book.pooled:  # who takes part is told by the claims themselves: what was taken from others decides the type alone
        coded = [replace(one, facts=own) for one, own in zip(coded, told, strict=True)]
    rest = [one for one in coded if one.rule is None and one.facts.modality is Modality.ACTUAL]
    coded = [one for one in coded if one.sub_event is not None]
    if not coded:
        return ()
    name, rows = incident.id, groups(coded, book)  # the id is a hash: made once
    if book.pooled and len(rows) == 1:  # what no rule speaks of by itself tells of the one row all the same: how many died, who was hit
        (group, days), kinds = rows[0], {one.facts.type for one in coded}
        rows = [([*group, *(one for one in rest if one.facts.type in kinds)], days)]
    return tuple(_event(name, group, days, book) for group, days in rows)


def in_company(facts: Sequence[CodingFacts]) -> tuple[CodingFacts, ...]:
    """The facts, each knowing the other actual acts of the incident."""
    done = [(one.claim, one.act) for one in facts if one.modality is Modality.ACTUAL]
    beside = [frozenset(act for claim, act in done if claim != one.claim) for one in facts]
    return tuple(one if others <= one.company else replace(one, company=one.company | others) for one, others in zip(facts, beside, strict=True))


def _event(incident: str, group: Sequence[Coded], days: tuple[str, str] | None, book: RowBook) -> Event:
    lead = group[0]
    named = book.type(lead.sub_event or "")
    found = book.type(named.mutual) if named.mutual and _mutual(group, named, book) else named
    targeted = found.targeting == "always" or (found.targeting == "civilians" and _civilians_alone(group, found, book))
    sides = sides_of(group, found, book, targeted)
    fields = [
        ("disorder_type", found.disorder_type),
        ("event_type", found.event_type),
        ("sub_event_type", found.name),
        ("civilian_targeting", "Civilian targeting" if targeted else ""),
    ]
    if any(side.code is not None for side in book.sides):
        first, second = (sides[at].label if len(sides) > at else "" for at in range(2))
        fields += [("inter1", first), ("inter2", second), ("interaction", interaction(first, second, book) if len(sides) < 2 or second else "")]
    claims = tuple(sorted({one.facts.claim for one in group}))
    return Event(book.name, book.digest, incident, claims, (*fields, *found.fields), _reason(group, sides, (named, found)), book.version, sides, days)


def _mutual(group: Sequence[Coded], found: RowType, book: RowBook) -> bool:
    """Whether both sides did it to each other."""
    same = [one for one in group if one.sub_event == found.name]
    return any(one.facts.answered for one in same) or both_act(same, found, book)


def _civilians_alone(group: Sequence[Coded], found: RowType, book: RowBook) -> bool:
    """Whether unarmed people are the only target, by all claims of the row."""
    unarmed, armed = book.groups.get("unarmed", _NOTHING), book.groups.get("armed", _NOTHING)
    labels = {party: book.side(label) for party, label in found.recipient_side.items()}
    rioting = frozenset(party for party, side in labels.items() if side is not None and side.parties.isdisjoint(unarmed))  # protesters who riot
    unarmed, armed = unarmed - rioting, armed | rioting
    if group[0].two_sided and len(group[0].facts.actor_kinds) > 1:
        return False
    targets, things = [one.target for one in group], owned_things(book)
    if any(target & things and not target & unarmed for target in targets):  # a base, whoever was hit beside it
        return False
    target = frozenset[str]().union(*targets)
    return bool(target & unarmed) and not target & armed


def _reason(group: Sequence[Coded], sides: Sequence[Side], types: tuple[RowType, RowType]) -> str:
    """Why the row is what it is: the rule, what it outranks, and who is not told but named by the book."""
    lead = group[0]
    named, found = types
    lower = sorted({one.sub_event for one in group if one.sub_event is not None} - {found.name, named.name})
    told = [f"{lead.reason} (rule {lead.rule})"]
    if found is not named:
        told.append(f"both sides did it to each other, which makes it {found.name}")
    if lower:
        told.append(f"it outranks {', '.join(lower)} of the same actors")
    told += [f"nobody is told as side {at}, which the book takes for {side.label}" for at, side in enumerate(sides, 1) if side.label and not side.participants]
    return "; ".join(told)


def facts_of(example: Example) -> CodingFacts:
    """What coding is told of an example of a book."""
    return CodingFacts(
        "example", example.type, example.mode, example.modality, Certainty.CERTAIN, example.actor, example.recipient, example.actor_words,
        example.recipient_words, example.instrument_words, example.trigger_words, example.context_words, example.victim_status, example.home,
        example.harm, example.company, example.nearby, example.killed,
    )  # fmt: skip


def check_book(book: RowBook) -> None:
    """Nothing; DataError with file and line where an example is coded by another rule than the one that holds it."""
    for rule in book.rules:
        for example in rule.examples:
            found = code_claim(facts_of(example), book)
            if found.rule != rule.name:
                raise DataError(_misled(book, rule, example, found))


def _misled(book: RowBook, rule: Rule, example: Example, found: Coded) -> str:
    by = f"the rule {found.rule!r}, which stands before it" if found.rule else "no rule"
    return f"{book.path}:{example.line}: the example {example.says!r} of the rule {rule.name!r} is coded by {by}: move the rule up or correct either"
