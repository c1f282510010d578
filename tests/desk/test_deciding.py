"""Decisions that know what was shown, retries, and taking back; the queue in its order. Reports are invented."""

import pytest

from sayso.desk.adding import add
from sayso.desk.reviewing import Person, decide, take_back
from sayso.errors import InputError, Outdated
from sayso.intake.settings import Taken
from sayso.model import Document, Source
from sayso.model.words import Verdict
from sayso.store.ledger import open_ledger
from sayso.store.query import QueueQuery

TEXT = "Rebel shelling killed three civilians in Kassala on 3 May 2024, the army said. The rebels denied it. Soldiers arrested two teachers in Goma."


@pytest.fixture(params=["sqlite", "postgresql"])
def ledger(request, new_store, reader):
    """A ledger of one report, in either store."""
    with open_ledger(new_store(request.param)) as made:
        told = Document(TEXT, Source("Delta Wire"), published="2024-05-04", language="en")
        for _ in add([Taken(told)], made, reader):
            pass
        yield made


def test_what_was_decided_since_it_was_shown_is_not_written_over(ledger):
    first = decide(ledger, 1, (Verdict.ACCEPT, None), Person("ada"), None)
    with pytest.raises(Outdated, match="decided on since"):
        decide(ledger, 1, (Verdict.REJECT, None), Person("ben", "no"), None)
    assert ledger.claim(1).status == "accepted"
    decide(ledger, 1, (Verdict.REJECT, None), Person("ben", "no"), first.seen)
    assert ledger.claim(1).status == "rejected"
    assert len(list(ledger.reviews())) == 2


def test_a_retry_is_one_decision(ledger):
    first = decide(ledger, 1, (Verdict.REJECT, None), Person("ada", "a rumour"), None)
    again = decide(ledger, 1, (Verdict.REJECT, None), Person("ada", "a rumour"), None)
    assert again.again
    assert again.review.id == first.review.id
    assert len(list(ledger.reviews())) == 1


def test_taking_back_is_an_entry_and_may_be_taken_back(ledger):
    before = ledger.claim(1)
    made = decide(ledger, 1, (Verdict.AMEND, '{"type": "COERCE", "modality": "planned"}'), Person("ada", "so it reads"), None)
    assert (ledger.claim(1).type, ledger.claim(1).modality, ledger.claim(1).status) == ("COERCE", "planned", "amended")
    back = take_back(ledger, 1, Person("ada"), made.seen)
    assert ledger.claim(1) == before
    assert ledger.reviews_of([before.id]) == ()
    with pytest.raises(InputError, match="no decision of 'ada'"):
        take_back(ledger, 1, Person("ada"), back.seen)
    with pytest.raises(InputError, match="no decision of 'ben'"):
        take_back(ledger, 1, Person("ben"), back.seen)
    decide(ledger, 1, (Verdict.ACCEPT, None), Person("ada"), back.seen)
    assert ledger.claim(1).status == "accepted"
    assert len(list(ledger.reviews())) == 3
    ledger.rebuild()
    assert ledger.claim(1).status == "accepted"
    assert ledger.verify().sound


def test_the_queue_is_in_order_and_pages_follow_on_one_another(ledger):
    whole = ledger.queue(QueueQuery()).rows
    assert len(whole) == ledger.waiting() == len(ledger.current_reading(next(ledger.documents()).id).claims)
    keys = [(one.disputed, one.urgency, one.claim.number) for one in whole]
    assert keys == sorted(keys, reverse=True)
    assert whole[0].disputed
    found, after = [], None
    while True:
        page = ledger.queue(QueueQuery(limit=1, after=after))
        found += page.rows
        after = page.next
        if after is None:
            break
    assert tuple(found) == whole
    decide(ledger, whole[0].claim.number, (Verdict.ACCEPT, None), Person("ada"), None)
    assert whole[0].claim.number not in {one.claim.number for one in ledger.queue(QueueQuery()).rows}
    assert not ledger.queue(QueueQuery(country="XX")).rows
