"""How well an incident is told: a ladder of corroboration, and a grade after Airwars, each with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sayso.link.responsibility import WhoDidIt
from sayso.link.told import ReviewStatus, Told
from sayso.link.voices_apart import VoicesApart, is_told_as_done
from sayso.link.weigh_policies import Policy
from sayso.link.weigh_rows import Category, Population, Row, Standing
from sayso.model.words import ResponsibilityStatus, VictimStatus

_REVIEWED = (ReviewStatus.ACCEPTED, ReviewStatus.AMENDED)
_OWNED = (ResponsibilityStatus.ADMITTED, ResponsibilityStatus.CLAIMED)


class Corroboration(StrEnum):
    """How far an incident, or a number, is borne out (Every Casualty standards, p. 25; OHCHR)."""

    UNCORROBORATED = "uncorroborated"
    CONTESTED = "contested"
    CORROBORATED = "corroborated"
    CONFIRMED = "confirmed-by-reviewer"
    REJECTED = "rejected"
    PENDING = "pending"


class Grade(StrEnum):
    """How well harm to civilians is told, after Airwars."""

    CONFIRMED = "confirmed"
    FAIR = "fair"
    WEAK = "weak"
    CONTESTED = "contested"
    DISCOUNTED = "discounted"
    UNGRADED = "ungraded"  # nobody tells of the act as done


@dataclass(frozen=True, slots=True)
class Graded:
    """A grade and a place on the ladder, with reasons."""

    corroboration: Corroboration
    corroboration_reason: str
    grade: Grade
    grade_reason: str


def graded(told: Sequence[Told], rows: Sequence[Row], who: WhoDidIt, counted: VoicesApart, policy: Policy) -> Graded:
    """How well an incident is told."""
    rung, why = _corroboration(told, who, counted)
    grade, reason = _grade(told, rows, who, counted, policy)
    return Graded(rung, why, grade, reason)


def corroboration_of(rows: Sequence[Row]) -> Corroboration:
    """How far a number is borne out: by how many independent voices that give one."""
    return Corroboration.CORROBORATED if len({row.unit for row in rows}) > 1 else Corroboration.UNCORROBORATED


def _corroboration(told: Sequence[Told], who: WhoDidIt, counted: VoicesApart) -> tuple[Corroboration, str]:
    statuses = [one.status for one in told]
    if statuses and all(status is ReviewStatus.REJECTED for status in statuses):
        return Corroboration.REJECTED, "a reviewer rejected every claim"
    if ReviewStatus.PENDING in statuses:
        return Corroboration.PENDING, "reviewers differ"
    done = [one for one in told if is_told_as_done(one)]
    if not done:
        return Corroboration.PENDING, "no voice tells of it as done"
    if any(one.status in _REVIEWED for one in done):
        return Corroboration.CONFIRMED, "a reviewer accepted a claim that tells of it as done"
    if contest := _contest(who):
        return Corroboration.CONTESTED, contest
    if counted.n_independent > 1:
        return Corroboration.CORROBORATED, f"{counted.n_independent} independent voices"
    return Corroboration.UNCORROBORATED, "one independent voice"


def _grade(told: Sequence[Told], rows: Sequence[Row], who: WhoDidIt, counted: VoicesApart, policy: Policy) -> tuple[Grade, str]:
    affirming = [one for one in told if one.claim.modality == "actual"]
    done = [one for one in affirming if is_told_as_done(one)]
    if not done:
        return (Grade.DISCOUNTED, "a reviewer rejected every claim of harm") if affirming else (Grade.UNGRADED, "no voice tells of it as done")
    if any(one.status in _REVIEWED for one in done):
        return Grade.CONFIRMED, "a reviewer accepted a claim of harm"
    if conceded := _conceded(rows, who):
        return Grade.CONFIRMED, f"{conceded}, of the side said to have done it, concedes the harm"
    if contest := _contest(who):
        return Grade.CONTESTED, contest
    if counted.n_independent >= policy.fair_voices:
        return Grade.FAIR, f"{counted.n_independent} independent voices"
    return Grade.WEAK, "one independent voice" if counted.n_independent == 1 else f"{counted.n_independent} independent voices, fewer than {policy.fair_voices}"


def _contest(who: WhoDidIt) -> str:
    """What is contested; empty where nothing is."""
    if who.competing:
        return f"both {who.competing[0][0]} and {who.competing[0][1]} are said to have done it"
    return "voices differ on whether the harmed were civilians" if who.contested_by_others else ""


def _conceded(rows: Sequence[Row], who: WhoDidIt) -> str:
    """The voice of the accused side that concedes harm to others than combatants; empty where none does."""
    for row in rows:
        if row.category is Category.CONCEDED and row.standing is Standing.WEIGHED and row.population is not Population.COMBATANTS and not _only_combatants(row):
            return row.voice
    owners = {blame.voice for blame in who.blames if blame.of_own_side and blame.status in _OWNED}
    civilian = [one.voice for one in who.statuses if one.accused_side and one.status is VictimStatus.CIVILIAN and one.voice in owners]
    return civilian[0] if civilian else ""


def _only_combatants(row: Row) -> bool:
    return bool(row.classes) and all(name.startswith(Population.COMBATANTS.value) for name in row.classes)
