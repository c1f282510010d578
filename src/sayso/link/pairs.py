"""Pairs of an incident as linking compared them: kept so that what was decided can be explained as it was decided, without the words it was decided by."""

from collections.abc import Iterable, Iterator

from sayso.link.compare import NAMES, Compared, compare
from sayso.link.decide import Weights, chance, contributions, judgement
from sayso.link.explain import MOST_PAIRS
from sayso.link.incidents import Linked
from sayso.model import Incident, Paired


def paired(incidents: Iterable[Incident], linked: Linked, using: Weights | None = None) -> Iterator[Paired]:
    """The pairs of accounts of different reports within each incident, the earliest reports first, at most MOST_PAIRS of one incident."""
    known = {(one.first, one.second): one.values for one in linked.pairs}
    owner = {claim: number for number, one in enumerate(linked.accounts) for claim in one.account.claims}
    for incident in incidents:
        claims = set(incident.claims)  # of an account that people tore, only a part
        numbers = sorted({owner[claim] for claim in incident.claims})  # the accounts are in the order of their publication
        inside = {number: next(claim for claim in linked.accounts[number].account.claims if claim in claims) for number in numbers}
        for first, second in _ends(inside, linked.accounts):
            values = known.get((first, second)) or compare(linked.accounts[first], linked.accounts[second])
            yield _paired((inside[first], inside[second]), values, using)


def _ends(inside: dict[int, str], accounts: tuple[Compared, ...]) -> Iterator[tuple[int, int]]:
    numbers, found = list(inside), 0
    for at, first in enumerate(numbers):
        for second in numbers[at + 1 :]:
            if accounts[first].account.document != accounts[second].account.document:
                yield first, second
                found += 1
                if found == MOST_PAIRS:
                    return


def _paired(claims: tuple[str, str], values: tuple[float | None, ...], using: Weights | None) -> Paired:
    probability, added = chance(values, using), contributions(values, using)
    features = tuple((name, round(value, 3), round(added.get(name, 0.0), 3)) for name, value in zip(NAMES, values, strict=True) if value is not None)
    return Paired(*claims, round(probability, 4), judgement(probability, using), features)
