"""Whose side a speaker is on, and whom it fights: for "our forces" and "the enemy"."""

from sayso.gazetteers.actors import SURE, ActorContext, ActorList
from sayso.model import ActorTarget
from sayso.model.words import ActorKind

_FIGHTING = frozenset((ActorKind.STATE, ActorKind.STATE_FORCE, ActorKind.REBEL_GROUP, ActorKind.POLITICAL_MILITIA, ActorKind.IDENTITY_MILITIA))
_STATELY = frozenset((ActorKind.STATE, ActorKind.GOVERNMENT, ActorKind.STATE_FORCE))


def own_side(context: ActorContext, actors: ActorList) -> ActorTarget | None:
    """The side of the voice, or else of the source; None where neither is told."""
    for name in (context.voice, context.source_side):
        if name and (found := actors.lookup(name, ActorContext(context.countries))):
            first = found[0]
            if first.score >= SURE and isinstance(first.target, ActorTarget) and first.target.kind in _FIGHTING | _STATELY:
                return first.target
    return None


def enemy_of(context: ActorContext, actors: ActorList) -> tuple[ActorTarget | None, str]:
    """The one party of the report that is not the speaker's own, and why; None with the reason where there is none or more than one."""
    side = own_side(context, actors)
    if side is None:
        return None, "nothing tells whose words they are"
    others = [party for party in context.parties if party.kind in _FIGHTING and not same_side(party, side, actors)]
    if not others:
        return None, f"the report names no other party than {side.name}"
    first = others[0]
    if any(not same_side(first, other, actors) for other in others[1:]):
        return None, f"the report names more than one other party than {side.name}"
    return first, f"the only party of the report besides {side.name}"


def same_side(one: ActorTarget, other: ActorTarget, actors: ActorList) -> bool:
    """Whether two actors are on one side: one actor, organs of one state, or members of one family of groups."""
    if one.id == other.id:
        return True
    if one.kind in _STATELY and other.kind in _STATELY:
        return one.country == other.country
    families = [{target.id, *_above(target, actors)} for target in (one, other)]
    return bool(families[0] & families[1])


def _above(target: ActorTarget, actors: ActorList) -> set[str]:
    actor = actors.actor(target.id or "")
    return {name for name in (actor.parent, *actor.coalitions) if name} if actor else set()
