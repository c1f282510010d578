"""Explaining: why the claims of an incident belong together and what speaks against it, in plain words. Names of private persons are not known here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sayso.link.accounts import Account
from sayso.link.compare import FEATURES, Compared, Frequencies, compare, ready
from sayso.link.decide import Weights, chance, contributions, judgement
from sayso.model import Incident, Link
from sayso.model.words import Judgement

_MEANINGS = {feature.__name__: " ".join((feature.__doc__ or "").split()) for feature in FEATURES}
_SLIGHT = 0.1  # of the odds' logarithm: less is not told
_MOST_PAIRS = 400  # of one incident


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


def explain_pair(one: Compared, other: Compared, using: Weights | None = None) -> PairExplained:
    """The grounds of one pair."""
    values = compare(one, other)
    added = contributions(values, using)
    grounds = [
        Ground(feature.__name__, _MEANINGS[feature.__name__], round(value, 3), round(added[feature.__name__], 3))
        for feature, value in zip(FEATURES, values, strict=True)
        if value is not None and feature.__name__ in added
    ]
    grounds.sort(key=lambda ground: (-abs(ground.weight), ground.feature))
    probability = chance(values, using)
    return PairExplained(
        one.account.document,
        other.account.document,
        round(probability, 4),
        judgement(probability, using),
        tuple(ground for ground in grounds if ground.weight > 0),
        tuple(ground for ground in grounds if ground.weight < 0),
        tuple(feature.__name__ for feature, value in zip(FEATURES, values, strict=True) if value is None),
    )


def explain(incident: Incident, accounts: Sequence[Account], links: Sequence[Link] = (), rare: Frequencies | None = None) -> Explained:
    """Why the claims of an incident belong together and what speaks against. `rare` are the frequencies that its links were made with; without, the
    background's."""
    claims = set(incident.claims)
    inside = sorted((one for one in accounts if claims & set(one.claims)), key=lambda one: (one.published or "", one.id))
    frequencies = rare or Frequencies.of(())
    compared = [ready(one, frequencies) for one in inside]
    pairs = [(one, other) for at, one in enumerate(compared) for other in compared[at + 1 :] if one.account.document != other.account.document]
    notes = [f"{len(inside)} accounts in {len({one.document for one in inside})} reports"]
    if len(pairs) > _MOST_PAIRS:
        notes.append(f"{len(pairs) - _MOST_PAIRS:,} of {len(pairs):,} pairs are not shown")
    several = [one for one in inside if len(one.parts) > 1]
    if several:
        notes.append('claims of one report are joined where nothing in it sets them apart: another place, day, means, or words such as "a second attack"')
    judged = tuple(one for one in links if not one.by.startswith("sayso ") and {one.first, one.second} & claims)
    return Explained(incident.id, tuple(explain_pair(one, other) for one, other in pairs[:_MOST_PAIRS]), judged, tuple(notes))
