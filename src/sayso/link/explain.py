"""Explaining: why the claims of an incident belong together and what speaks against it, in plain words. Names of private persons are not known here."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sayso.link.accounts import Account
from sayso.link.compare import FEATURES, NAMES
from sayso.model import Incident, Link, Paired
from sayso.model.words import Judgement

_MEANINGS = {feature.__name__: " ".join((feature.__doc__ or "").split()) for feature in FEATURES}
_SLIGHT = 0.1  # of the odds' logarithm: less is not told
MOST_PAIRS = 400  # of one incident that are kept and shown


@dataclass(frozen=True, slots=True)
class Ground:
    """One feature of a pair: its name, its public explanation, its value from 0 to 1, and what it adds to the odds (below 0: speaks against)."""

    feature: str
    meaning: str
    value: float
    weight: float


@dataclass(frozen=True, slots=True)
class PairExplained:
    """Why two reports' accounts are taken for one happening, and what speaks against."""

    first: str  # document
    second: str
    chance: float
    judgement: Judgement
    speaks_for: tuple[Ground, ...]  # the weightiest first
    speaks_against: tuple[Ground, ...]
    unknown: tuple[str, ...]  # features that could not be told


@dataclass(frozen=True, slots=True)
class Explained:
    """An incident explained: its pairs, what people judged, and what was left out."""

    incident: str
    pairs: tuple[PairExplained, ...]
    judged: tuple[Link, ...]  # people's links between its claims
    notes: tuple[str, ...]


def told_reason(added: Mapping[str, float]) -> str:
    """The weightiest features for and against, in words."""
    told = sorted(added.items(), key=lambda item: (-abs(item[1]), item[0]))
    parts = []
    for label, kept in (("for", [name for name, value in told if value >= _SLIGHT]), ("against", [name for name, value in told if value <= -_SLIGHT])):
        if kept:
            parts.append(f"{label}: {', '.join(name.replace('_', ' ') for name in kept[:4])}")
    return "; ".join(parts) or "nothing that weighs speaks for or against"


def explain_pair(pair: Paired, documents: Mapping[str, str]) -> PairExplained:
    """The grounds of one pair, as it was decided; `documents` gives the report by the id of a claim."""
    grounds = [Ground(name, _MEANINGS.get(name, ""), value, added) for name, value, added in pair.features if added]
    grounds.sort(key=lambda ground: (-abs(ground.weight), ground.feature))
    known = {name for name, _, _ in pair.features}
    return PairExplained(
        documents[pair.first],
        documents[pair.second],
        pair.chance,
        pair.judgement,
        tuple(ground for ground in grounds if ground.weight > 0),
        tuple(ground for ground in grounds if ground.weight < 0),
        tuple(name for name in NAMES if name not in known),
    )


def explain(incident: Incident, pairs: Sequence[Paired], accounts: Sequence[Account], links: Sequence[Link] = ()) -> Explained:
    """Why the claims of an incident belong together and what speaks against, by its pairs as linking compared them (`sayso.link.pairs`)."""
    claims = set(incident.claims)
    inside = [one for one in accounts if claims & set(one.claims)]
    documents = {claim: one.document for one in inside for claim in one.claims}
    told = [explain_pair(one, documents) for one in pairs if one.first in documents and one.second in documents]
    numbers = Counter(one.document for one in inside)
    notes = [f"{len(inside)} accounts in {len(numbers)} reports"]
    there = (len(inside) ** 2 - sum(number**2 for number in numbers.values())) // 2  # of different reports
    if len(told) < min(there, MOST_PAIRS):
        notes.append(f"{there - len(told):,} of {there:,} pairs were not compared when the incident was folded: `sayso link` compares them")
    elif len(told) < there:
        notes.append(f"{there - len(told):,} of {there:,} pairs are not shown")
    if any(len(one.parts) > 1 for one in inside):
        notes.append('claims of one report are joined where nothing in it sets them apart: another place, day, means, or words such as "a second attack"')
    judged = tuple(one for one in links if not one.by.startswith("sayso ") and {one.first, one.second} & claims)
    return Explained(incident.id, tuple(told), judged, tuple(notes))
