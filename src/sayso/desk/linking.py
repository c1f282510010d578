"""Linking a ledger: copies found, accounts compared, claims folded into incidents. A view: run again, it gives the same."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from sayso.desk.reviewing import current_links, settle_copies
from sayso.desk.telling import Teller
from sayso.link.accounts import Account, accounts_of
from sayso.link.copies import find_copies
from sayso.link.incidents import contradictions, fold, link
from sayso.link.pairs import paired
from sayso.model import Link
from sayso.model.words import Judgement
from sayso.store.batch import Head
from sayso.store.ledger import Ledger

Told = Callable[[str, int], None]  # what is being done, and how far it is


@dataclass(frozen=True, slots=True)
class LinkRun:
    """What a run of linking found."""

    documents: int
    copies: int  # judgements that a document reprints another one
    new_copies: int
    withdrawn_copies: int  # of earlier runs, which this one finds no more
    accounts: int
    same: int  # pairs of accounts that the machine takes for one happening
    unsure: int
    judged: int  # pairs of claims that people judged the same or different, by their last word on each
    incidents: int
    several: int  # incidents that more than one report tells of
    contradictions: tuple[Link, ...]  # people's judgements that cannot be followed because of other ones
    notes: tuple[str, ...]
    head: Head


def link_all(ledger: Ledger, told: Told | None = None) -> LinkRun:
    """The copies and incidents of everything that the ledger holds, entered; `told` hears of the progress. Superseded documents are left out."""
    tell = told or _silent
    tell("copies", 0)
    copies = find_copies(ledger.documents())
    new, gone = settle_copies(ledger, copies)
    accounts = list(_accounts(ledger, tell))
    people = current_links(ledger, (claim for account in accounts for claim in account.claims))
    tell("comparing", len(accounts))
    linked = link(accounts)
    tell("folding", len(linked.links))
    links = (*people, *linked.links)
    incidents = fold(accounts, links)
    numbers = ledger.claim_numbers(claim for incident in incidents for claim in incident.claims)
    numbered = ((min(numbers[claim] for claim in incident.claims), incident.claims) for incident in incidents)
    ledger.set_incidents(numbered, paired(incidents, linked))
    documents = {claim: account.document for account in accounts for claim in account.claims}
    return LinkRun(
        documents=len({account.document for account in accounts}),
        copies=len(copies),
        new_copies=new,
        withdrawn_copies=gone,
        accounts=len(accounts),
        same=sum(one.judgement is Judgement.SAME for one in linked.links),
        unsure=sum(one.judgement is Judgement.UNSURE for one in linked.links),
        judged=len(_judged(people)),
        incidents=len(incidents),
        several=sum(len({documents[claim] for claim in incident.claims}) > 1 for incident in incidents),
        contradictions=contradictions(accounts, links),
        notes=(*linked.notes, *_lost(ledger, people)),
        head=ledger.head(),
    )


def _accounts(ledger: Ledger, tell: Told) -> Iterator[Account]:
    teller = Teller(ledger)
    for number, reading in enumerate(ledger.readings(superseded=False)):
        if number % 100 == 0:
            tell("accounts", number)
        yield from accounts_of(teller.amended(reading))


def _judged(people: Iterable[Link]) -> set[tuple[str, ...]]:
    last = {tuple(sorted((one.first, one.second))): one.judgement for one in sorted(people, key=lambda one: one.at or "")}
    return {pair for pair, judgement in last.items() if judgement is not Judgement.UNSURE}


def _lost(ledger: Ledger, people: Sequence[Link]) -> Iterator[str]:
    """A note on people's judgements whose claims are in no current reading any more."""
    lost = sum(not one.of_documents for one in ledger.links()) - len(people)
    if lost:
        yield f"{lost:,} judgements of people wait, because a new reading no longer holds their claims: judge them again"


def _silent(_what: str, _far: int) -> None:
    """Nothing: where nobody watches."""
