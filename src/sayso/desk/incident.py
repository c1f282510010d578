"""One incident for people: its claims side by side, its figures weighed by a policy, who is said to have done it, and why the claims belong together."""

from dataclasses import dataclass

from sayso.desk.reviewing import current_links
from sayso.desk.telling import Teller
from sayso.errors import InputError
from sayso.link.accounts import accounts_of
from sayso.link.explain import Explained, explain
from sayso.link.weigh import Weighed, weigh
from sayso.link.weigh_policies import Policy
from sayso.model import Incident
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
    teller = Teller(ledger, readings)
    accounts = [account for reading in readings for account in accounts_of(teller.amended(reading))]
    links = current_links(ledger, ids, [reading.document.id for reading in readings])
    return IncidentView(
        number=claims[0].incident or number,
        claims=claims,
        weighed=weigh([one for reading in readings for one in teller.told(reading, frozenset(ids))], policy),
        explained=explain(Incident(ids), ledger.pairs(claims[0].incident or number), accounts, links),
        copies=tuple((name, original) for name in (reading.document.id for reading in readings) if (original := teller.copies.get(name, name)) != name),
    )

