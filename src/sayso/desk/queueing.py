"""The review queue of one person."""

from dataclasses import replace

from sayso.desk.reviewing import Person
from sayso.model.words import Role
from sayso.store.ledger import Ledger
from sayso.store.query import Queued, QueuePage, QueueQuery


def queue(ledger: Ledger, query: QueueQuery, person: Person) -> QueuePage:
    """A page of the claims that wait: without those that this person left for later, and those that several people are coding."""
    person.must_be(Role.CODER, "the review queue")
    return ledger.queue(replace(query, person=person.name))


def next_claim(ledger: Ledger, person: Person, query: QueueQuery | None = None) -> Queued | None:
    """The claim at the head of a person's queue; None where nothing waits."""
    page = queue(ledger, replace(query or QueueQuery(), limit=1), person)
    return page.rows[0] if page.rows else None
