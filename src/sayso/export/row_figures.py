"""Whose dead a figure counts, where its noun tells it: "12 soldiers and five militants" of a fight of two sides are two groups, never two accounts of one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sayso.export.subject import Subject
from sayso.gazetteers.actor_roles import FORCE, GROUP, MILITIA, POLICE, load_roles
from sayso.gazetteers.name_tokens import fold_word
from sayso.link.told import Told
from sayso.model import Figure
from sayso.model.words import ActorKind, VictimStatus
from sayso.resolve.actors import kind_told

_STATE = frozenset({ActorKind.STATE, ActorKind.GOVERNMENT, ActorKind.STATE_FORCE})
_GROUPS = frozenset({ActorKind.REBEL_GROUP, ActorKind.POLITICAL_MILITIA, ActorKind.IDENTITY_MILITIA, ActorKind.EXTERNAL_OTHER})
_KINDS = {FORCE: _STATE, POLICE: _STATE, GROUP: _GROUPS, MILITIA: _GROUPS}


def with_sides(subject: Subject, told: Sequence[Told]) -> tuple[Told, ...]:
    """The claims, with figures of those who fight set to the side that their nouns tell, where the row has one such side; a figure keeps its id."""
    parties = _Parties.of(subject, told)
    return tuple(_told(parties, one) for one in told)


@dataclass(frozen=True, slots=True)
class _Parties:
    """Who stands in a row's claims, by group of kinds: the listed name where there is one, else the first words."""

    names: Mapping[frozenset[ActorKind], str]

    @classmethod
    def of(cls, subject: Subject, told: Sequence[Told]) -> "_Parties":
        """Of these claims; a group of kinds of which both sides are, or several listed actors, tells no side."""
        listed: dict[frozenset[ActorKind], dict[str, None]] = {}
        words: dict[frozenset[ActorKind], str] = {}
        both: set[frozenset[ActorKind]] = set()
        for one in told:
            lookup, seen = subject.lookup(one), set[frozenset[ActorKind]]()
            for span in (*one.claim.roles.actor, *one.claim.roles.recipient):
                target = lookup.actor(span)
                group = next((kinds for kinds in (_STATE, _GROUPS) if (target.kind if target else kind_told(span.quote)) in kinds), None)
                if group is None:
                    continue
                if group in seen and (target is None or not target.id):
                    both.add(group)
                seen.add(group)
                words.setdefault(group, target.name if target else span.quote)
                if target is not None and target.id:
                    listed.setdefault(group, {})[target.name] = None
        found = {}
        for group, first in words.items():
            names = listed.get(group, {})
            if len(names) == 1 or (not names and group not in both):
                found[group] = next(iter(names), first)
        return cls(found)

    def side(self, figure: Figure) -> str:
        """The side whose dead a figure's noun tells; empty where it tells none."""
        roles = load_roles()
        kinds = [_KINDS[role] for word in (figure.group or "").split() if (role := roles.role(fold_word(word))) in _KINDS]
        return self.names.get(kinds[-1], "") if kinds else ""


def _told(parties: _Parties, told: Told) -> Told:
    open_ones = [one for one in told.figures if one.side is None and one.status in (VictimStatus.COMBATANT, VictimStatus.UNKNOWN)]
    sided = {one.id: side for one in open_ones if (side := parties.side(one))}
    if not sided:
        return told
    return replace(told, figures=tuple(_sided(one, sided[one.id]) if one.id in sided else one for one in told.figures))


def _sided(figure: Figure, side: str) -> Figure:
    """The figure as one of those who fight on a side; its noun says so."""
    return figure.amended(side=side, status=VictimStatus.COMBATANT)
