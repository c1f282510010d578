"""A toll from a ledger: voice by voice, totals apart from single acts, replaced and rejected ones left out. All reports are invented."""

from datetime import date

import pytest
from tests.desk.invented import REPORTS
from tests.desk.scripted import Replayed

from sayso.desk.adding import add
from sayso.desk.linking import link_all
from sayso.desk.reviewing import Person, review
from sayso.desk.tolls import toll_of
from sayso.intake.settings import Taken
from sayso.link.toll import Toll
from sayso.model.words import Measure, Verdict
from sayso.store.ledger import Ledger
from sayso.store.query import Query


@pytest.fixture
def filled(ledger: Ledger, replayed: Replayed) -> Ledger:
    list(add([Taken(one) for one in REPORTS.values()], ledger, replayed))
    link_all(ledger)  # so that the reprint is known as one
    return ledger


def numbers(toll: Toll, part: str) -> list[tuple[str, list[int | None]]]:
    return [(series.voice, [point.shown for point in series.points]) for series in getattr(toll, part)]


def test_totals_and_acts_stand_apart(filled: Ledger) -> None:
    found = toll_of(filled, Query(), None, Measure.KILLED)
    assert numbers(found, "totals") == [("The Health Ministry", [96, 112])]
    assert [point.revision for point in found.totals[0].points] == ["first", "raised"]
    assert ("The Eastern Front", [43]) in numbers(found, "acts")
    assert 43 + 112 not in {point.shown for series in (*found.totals, *found.acts) for point in series.points}


def test_since_a_day(filled: Ledger) -> None:
    found = toll_of(filled, Query(), date(2024, 5, 8), Measure.KILLED)
    assert numbers(found, "totals") == [("The Health Ministry", [112])]
    assert (found.acts, found.since) == ((), "2024-05-08")
    assert found.earlier >= 2


def test_only_of_what_is_asked_for(filled: Ledger) -> None:
    assert numbers(toll_of(filled, Query(source="Delta News"), None, Measure.KILLED), "acts") == [("The Eastern Front", [43])]
    assert toll_of(filled, Query(source="Nobody"), None, Measure.KILLED) == Toll(Measure.KILLED, None, (), (), (), 0)


def test_a_replaced_report_tells_no_toll(filled: Ledger) -> None:
    found = toll_of(filled, Query(), None, Measure.DETAINED)
    assert [shown for _, several in numbers(found, "acts") for shown in several] == [7]


def test_what_a_reviewer_rejected_is_left_out(filled: Ledger) -> None:
    rows = filled.find(Query(source="Delta News", type="ASSAULT", modality="actual")).rows
    counted = next(row for row in rows if any(figure.low == 43 for figure in row.figures))
    review(filled, counted.number, Verdict.REJECT, Person("ada", "another day"))
    assert toll_of(filled, Query(source="Delta News"), None, Measure.KILLED).acts == ()


def test_many_pages_are_gone_through(filled: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = toll_of(filled, Query(source="Delta News"), None, Measure.KILLED)
    monkeypatch.setattr("sayso.desk.finding.PAGE", 2)
    assert toll_of(filled, Query(source="Delta News"), None, Measure.KILLED) == whole
    assert len(toll_of(filled, Query(), None, Measure.KILLED).totals) == 1
