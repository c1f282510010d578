"""Whose dead a figure counts, where its noun tells it: "12 soldiers and five militants" of a fight of two sides are two groups, never two accounts of one."""

from collections.abc import Sequence
from dataclasses import replace

from sayso.export.lookup import Lookup
from sayso.export.subject import Subject
from sayso.gazetteers.actor_roles import FORCE, GROUP, MILITIA, POLICE, load_roles
from sayso.gazetteers.name_tokens import fold_word
from sayso.link.told import Told
from sayso.model import Claim, Figure
from sayso.model.words import ActorKind, VictimStatus

_STATE = frozenset({ActorKind.STATE, ActorKind.GOVERNMENT, ActorKind.STATE_FORCE})
_GROUPS = frozenset({ActorKind.REBEL_GROUP, ActorKind.POLITICAL_MILITIA, ActorKind.IDENTITY_MILITIA, ActorKind.EXTERNAL_OTHER})
_KINDS = {FORCE: _STATE, POLICE: _STATE, GROUP: _GROUPS, MILITIA: _GROUPS}


def with_sides(subject: Subject, told: Sequence[Told]) -> tuple[Told, ...]:
    """The claims, with figures of combatants set to the side that their nouns tell, where the act has one such side; a figure keeps its id."""
    return tuple(_told(subject.lookup(one), one) for one in told)


def _told(lookup: Lookup, told: Told) -> Told:
    open_ones = [one for one in told.figures if one.side is None and one.status is VictimStatus.COMBATANT]
    if not open_ones:
        return told
    sided = {one.id: side for one in open_ones if (side := _side(lookup, told.claim, one))}
    if not sided:
        return told
    return replace(told, figures=tuple(replace(one, side=sided[one.id]) if one.id in sided else one for one in told.figures))


def _side(lookup: Lookup, claim: Claim, figure: Figure) -> str:
    """The one listed party of the act that is of the noun's kind; empty where the noun tells no kind, or several are of it."""
    roles = load_roles()
    kinds = [_KINDS[role] for word in (figure.group or "").split() if (role := roles.role(fold_word(word))) in _KINDS]
    if not kinds:
        return ""
    targets = [target for span in (*claim.roles.actor, *claim.roles.recipient) if (target := lookup.actor(span)) is not None and target.id]
    names = {target.name for target in targets if target.kind in kinds[-1]}
    return names.pop() if len(names) == 1 else ""
