"""Actors as ACLED's layout names them, their inter labels, and the interaction of two (design: `standards.md` 1.3, 9.2).

Names of regimes' years, "(2019-)", are not told by reports: they are left out.
"""

from dataclasses import dataclass

from sayso.export.row_facts import RowActor, RowFacts, RowSide
from sayso.export.wording import country_name
from sayso.gazetteers.actors import actor_list
from sayso.gazetteers.country_codes import country_codes
from sayso.model.words import ActorKind

STATE, REBEL, POLITICAL, IDENTITY, RIOTERS, PROTESTERS, CIVILIANS, EXTERNAL = (
    "State forces", "Rebel group", "Political militia", "Identity militia", "Rioters", "Protesters", "Civilians", "External/Other forces",
)  # fmt: skip
LABELS = (STATE, REBEL, POLITICAL, IDENTITY, RIOTERS, PROTESTERS, CIVILIANS, EXTERNAL)
_UNIDENTIFIED = "Unidentified Armed Group"
_PERSONS = (RIOTERS, PROTESTERS, CIVILIANS)
_VIOLENT = ("Battles", "Explosions/Remote violence", "Violence against civilians")
_AGAINST_CIVILIANS = "Violence against civilians"
# By kind, where coding gave a side no label.
_OF_KIND = {
    ActorKind.STATE: STATE, ActorKind.GOVERNMENT: STATE, ActorKind.STATE_FORCE: STATE, ActorKind.REBEL_GROUP: REBEL, ActorKind.POLITICAL_MILITIA: POLITICAL,
    ActorKind.IDENTITY_MILITIA: IDENTITY, ActorKind.RIOTERS: RIOTERS, ActorKind.PROTESTERS: PROTESTERS, ActorKind.INTERGOVERNMENTAL: EXTERNAL,
    ActorKind.COMPANY: EXTERNAL, ActorKind.EXTERNAL_OTHER: EXTERNAL,
}  # fmt: skip
_NAMES = {
    ActorKind.STATE_FORCE: "Military Forces", ActorKind.GOVERNMENT: "Government", ActorKind.STATE: "Government", ActorKind.REBEL_GROUP: _UNIDENTIFIED,
    ActorKind.POLITICAL_MILITIA: _UNIDENTIFIED, ActorKind.IDENTITY_MILITIA: "Unidentified Communal Militia",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class AcledSide:
    """One side as the layout has it; all empty where there is none."""

    name: str = ""
    others: tuple[str, ...] = ()
    label: str = ""


def acled_actors(facts: RowFacts) -> tuple[AcledSide, AcledSide]:
    """Both sides. Whoever is told by nobody is an unidentified group where force was used; the target of violence against civilians is the second."""
    kind, country = facts.event.get("event_type"), facts.place.country
    first, second = (_side(side, country, kind in _VIOLENT) for side in (facts.first, facts.second))
    if kind == _AGAINST_CIVILIANS and first.label == CIVILIANS and second.label != CIVILIANS:
        first, second = second, first
    if not first.name and second.name and kind not in _VIOLENT:
        first, second = second, first  # the layout's first actor is never blank
    elif not first.name and kind in _VIOLENT:
        first = AcledSide(_nobody(POLITICAL, country), (), POLITICAL)
    return first, second


def interaction(first: str, second: str) -> str:
    """The two labels joined in the order of their codes, whichever side is told first; "… only" for one side."""
    if not first or not second:
        return f"{first or second} only" if first or second else ""
    labels = sorted((first, second), key=LABELS.index)
    return f"{EXTERNAL}-{CIVILIANS}" if labels == [CIVILIANS, EXTERNAL] else "-".join(labels)


def acled_country(code: str | None) -> str:
    """A country's name as the layout writes it; empty for none."""
    codes = country_codes(code)
    return (codes.acled_name if codes else "") or country_name(code)


def _side(side: RowSide, country: str | None, violent: bool) -> AcledSide:
    if side.lead is None:  # nobody is told; coding may know of what sort the side is
        return AcledSide(_nobody(side.label, country), (), side.label) if side.label in LABELS else AcledSide()
    label = side.label if side.label in LABELS else _OF_KIND.get(side.lead.kind, CIVILIANS)
    name = acled_name(side.lead, label, country, violent)
    others = dict.fromkeys(other for one in side.others if (other := acled_name(one, label, country, violent)) != name)
    return AcledSide(name, tuple(others), label)


def acled_name(actor: RowActor, label: str, country: str | None, violent: bool = False) -> str:
    """An actor's name as the layout writes it; `label` tells what people without a name are, `country` where it happened.

    A state that uses force, "an Israeli strike", does so by its military.
    """
    where = actor.country or country
    if actor.id is not None:
        if actor.kind is ActorKind.STATE:
            return f"{'Military Forces' if violent else 'Government'} of {actor.name}"
        community = actor.kind is ActorKind.IDENTITY_MILITIA and actor_list().community(actor.id) is not None
        return _with_country(f"{actor.name} Ethnic Militia", where) if community else actor.name
    if label in _PERSONS and actor.kind not in _NAMES:
        return _with_country(label, where)
    if actor.kind is ActorKind.UNKNOWN and not actor.name.startswith("Unidentified"):
        return actor.name  # an organisation that is on no list
    known = _NAMES.get(actor.kind, label if label in _PERSONS else _UNIDENTIFIED)
    if actor.kind in (ActorKind.STATE_FORCE, ActorKind.GOVERNMENT):  # of which state, nobody tells
        return f"Unidentified {known}"
    return _with_country(known, where)


def _nobody(label: str, country: str | None) -> str:
    """What the layout calls a side of which only the sort is known."""
    if label in _PERSONS:
        return _with_country(label, country)
    return "Unidentified Military Forces" if label in (STATE, EXTERNAL) else _with_country(_UNIDENTIFIED, country)


def _with_country(name: str, code: str | None) -> str:
    return f"{name} ({acled_country(code)})" if code else name
