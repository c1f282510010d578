"""A ledger's incidents as exports take them: filters, reviews, copies and rows. All reports are invented."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest
from tests.desk.invented import REPORTS
from tests.desk.scripted import Replayed

from sayso.codebooks.rows import RowBook, load_row_book
from sayso.desk.adding import add
from sayso.desk.exporting import Coding, Subjects
from sayso.desk.linking import link_all
from sayso.desk.reviewing import Person, review
from sayso.export.subject import Subject
from sayso.intake.settings import Taken
from sayso.model import Event, Reading
from sayso.model.words import Verdict
from sayso.store.ledger import Ledger
from sayso.store.query import Query


@dataclass
class OneRow:
    """Codes every incident as one attack, and notes what it was asked to code."""

    asked: list[tuple[str, ...]] = field(default_factory=list)

    def events(self, claims: Sequence[str], readings: Sequence[Reading], book: RowBook) -> tuple[Event, ...]:
        assert {claim.id for reading in readings for claim in reading.claims} >= set(claims)
        self.asked.append(tuple(claims))
        return (Event(book.name, book.digest, "inc", tuple(claims), (("event_type", "Violence"), ("sub_event_type", "Attack")), "told"),)


@pytest.fixture
def filled(ledger: Ledger, replayed: Replayed) -> Ledger:
    list(add([Taken(one) for one in REPORTS.values()], ledger, replayed))
    link_all(ledger)
    return ledger


def sources(found: Sequence[Subject]) -> list[set[str]]:
    return [{one.report.outlet.name for one in subject.told} for subject in found]


def test_every_current_claim_is_in_one_subject(filled: Ledger) -> None:
    told = [one.claim.id for subject in Subjects(filled, Query()) for one in subject.told]
    current = {claim.id for reading in filled.readings(superseded=False) for claim in reading.claims}
    assert len(told) == len(set(told))
    assert set(told) == current


def test_reports_of_one_happening_are_one_subject_and_a_reprint_is_known_as_one(filled: Ledger) -> None:
    joined = [subject for subject in Subjects(filled, Query(place="Kassala")) if len({one.claim.document for one in subject.told}) > 1]
    assert joined
    assert {"Delta News", "Hill Paper", "Ministry of Defence"} in sources(joined)
    assert any(one.report.original for subject in joined for one in subject.told)


def test_before_linking_each_report_tells_its_own(ledger: Ledger, replayed: Replayed) -> None:
    list(add([Taken(one) for one in REPORTS.values()], ledger, replayed))
    found = list(Subjects(ledger, Query()))
    assert all(len({one.claim.document for one in subject.told}) == 1 for subject in found)
    assert all(subject.number is None for subject in found)


def test_filters_choose_incidents(filled: Ledger) -> None:
    assert {name for names in sources(list(Subjects(filled, Query(type="COERCE")))) for name in names} == {"Coast Wire"}
    assert list(Subjects(filled, Query(country="FR"))) == []


def test_a_superseded_report_gives_nothing(filled: Ledger) -> None:
    documents = {one.claim.document for subject in Subjects(filled, Query()) for one in subject.told}
    assert REPORTS["arrest"].id not in documents
    assert REPORTS["arrest-corrected"].id in documents


def test_a_rejected_claim_gives_no_row_but_stays_told(filled: Ledger) -> None:
    row = filled.find(Query(type="COERCE")).rows[0]
    coder, book = OneRow(), load_row_book("acled")
    assert list(Subjects(filled, Query(type="COERCE"), Coding(coder, book)))
    review(filled, row.number, Verdict.REJECT, Person("ada", "a training day"))
    coder.asked.clear()
    list(Subjects(filled, Query(type="COERCE"), Coding(coder, book)))
    assert row.id not in {name for claims in coder.asked for name in claims}
    told = {one.claim.id: one.status.value for subject in Subjects(filled, Query(type="COERCE")) for one in subject.told}
    assert told[row.id] == "rejected"


def test_status_leaves_only_claims_of_that_status(filled: Ledger) -> None:
    row = filled.find(Query(type="COERCE")).rows[0]
    review(filled, row.number, Verdict.ACCEPT, Person("ada"))
    found = list(Subjects(filled, Query(status="accepted")))
    assert [[one.claim.id for one in subject.told] for subject in found] == [[row.id]]


def test_rows_of_another_type_are_left_out(filled: Ledger) -> None:
    book = load_row_book("acled")
    some = Subjects(filled, Query(), Coding(OneRow(), book, "Attack"))
    assert len(list(some)) == some.seen > 0
    assert list(Subjects(filled, Query(), Coding(OneRow(), book, "Grenade"))) == []
