"""One incident for people: its claims side by side, its figures weighed by a policy, who is said to have done it, and why the claims belong together."""

from collections.abc import Sequence
from dataclasses import dataclass

from sayso.desk.amending import amended
from sayso.desk.reviewing import current_links, current_reviews
from sayso.errors import InputError
from sayso.link.accounts import accounts_of
from sayso.link.copies import copy_groups
from sayso.link.explain import Explained, explain
from sayso.link.told import Told, sources_by_name, told_of
from sayso.link.weigh import Weighed, weigh
from sayso.link.weigh_policies import Policy
from sayso.model import Incident, Reading, Review
from sayso.store.ledger import Ledger
from sayso.store.query import FoundClaim


@dataclass(frozen=True, slots=True)
class IncidentView:
    """Everything that the ledger holds of one incident."""

    number: int
    claims: tuple[FoundClaim, ...]
    weighed: Weighed
    explained: Explained
    copies: tuple[tuple[str, str], ...]  # (document, the one whose words it reprints), of its documents


def incident_view(ledger: Ledger, number: int, policy: Policy) -> IncidentView:
    """The incident of that number, or the one that the claim of that number is in; InputError where there is neither."""
    claims = ledger.incident(ledger.incident_of(number) or number)
    if not claims:
        raise InputError(f"there is no incident {number}: `sayso incidents` lists them, and `sayso link` finds those of new reports")
    readings = [reading for name in dict.fromkeys(claim.document for claim in claims) if (reading := ledger.current_reading(name)) is not None]
    ids = tuple(claim.id for claim in claims)
    groups = copy_groups(ledger.copies())
    accounts = [account for reading in readings for account in accounts_of(reading)]
    links = current_links(ledger, ids)
    return IncidentView(
        number=claims[0].incident or number,
        claims=claims,
        weighed=weigh(told_in(ledger, readings, ids), policy),
        explained=explain(Incident(ids), accounts, links),
        copies=tuple((name, groups[name]) for name in (reading.document.id for reading in readings) if groups.get(name, name) != name),
    )


def told_in(ledger: Ledger, readings: Sequence[Reading], ids: Sequence[str]) -> tuple[Told, ...]:
    """The claims of those ids as weighing sees them: copies as one voice, sources as registered, people's reviews and amendments in force."""
    groups = copy_groups(ledger.copies())
    sources = sources_by_name(ledger.sources())
    reviews = current_reviews(ledger)
    wanted = frozenset(ids)
    found: list[Told] = []
    for reading in readings:
        mine: list[Review] = [review for claim in reading.claims for review in reviews.get(claim.id, ())]
        mine += [review for figure in reading.figures for review in reviews.get(figure.id, ())]
        changed, names, moved = amended(reading, mine)
        found += told_of(changed, [names.get(claim.id, claim.id) for claim in reading.claims if claim.id in wanted], groups, sources, moved)
    return tuple(found)
