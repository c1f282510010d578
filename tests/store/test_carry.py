"""Reviews over several readings of a document: kept, moved or in conflict, never orphaned. All texts are invented."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.store.made import FIRST, SECOND, THIRD, at, document, read

from sayso.model import Act, Carried, Claim, Reading, Review
from sayso.model.words import CarryOutcome, Verdict
from sayso.store.batch import Batch
from sayso.store.carry import carry
from sayso.store.ledger import Ledger, open_ledger
from sayso.store.query import Query

KEPT, MOVED, CONFLICT = CarryOutcome.KEPT, CarryOutcome.MOVED, CarryOutcome.CONFLICT


def review(record: str, verdict: Verdict = Verdict.ACCEPT, when: str = "2024-05-06") -> Review:
    return Review(record, verdict, "ada", when, "" if verdict is Verdict.ACCEPT else "because")


def changed(reading: Reading, number: int, **fields: object) -> Reading:
    """The reading with one claim changed, by the second origin."""
    claims = list(reading.claims)
    claims[number] = replace(claims[number], **fields)  # type: ignore[arg-type]
    return replace(reading, claims=tuple(claims), figures=(), origin=SECOND)


def outcome(old: Reading, new: Reading, record: str) -> Carried:
    (one,) = carry((review(record),), old, new)
    assert one.reading == new.id
    return one


def test_the_same_claim_keeps_its_review() -> None:
    old = read(document())
    one = outcome(old, read(document(), SECOND), old.claims[0].id)
    assert (one.outcome, one.record) == (KEPT, old.claims[0].id)


def test_the_same_act_on_the_same_words_takes_it_over() -> None:
    old = read(document())
    new = changed(old, 0, act=Act("ASSAULT", "heavy_weapons"))
    one = outcome(old, new, old.claims[0].id)
    assert (one.outcome, one.record) == (MOVED, new.claims[0].id)
    assert "same words" in one.reason


def test_the_same_act_on_overlapping_words_takes_it_over() -> None:
    made = document()
    old = read(made)
    new = changed(old, 0, trigger=at(made, "shelled herders"))
    one = outcome(old, new, old.claims[0].id)
    assert (one.outcome, one.record) == (MOVED, new.claims[0].id)
    assert "overlapping" in one.reason


def test_another_act_on_the_words_is_a_conflict_with_the_nearest_claim() -> None:
    old = read(document())
    new = changed(old, 0, act=Act("COERCE"))
    one = outcome(old, new, old.claims[0].id)
    assert (one.outcome, one.record) == (CONFLICT, new.claims[0].id)
    assert "COERCE" in one.reason
    assert "ASSAULT" in one.reason


def test_no_claim_on_the_words_is_a_conflict_without_one() -> None:
    old = read(document())
    one = outcome(old, read(document(), SECOND, {"arrested": "COERCE"}), old.claims[0].id)
    assert (one.outcome, one.record) == (CONFLICT, None)


def test_figures_move_with_their_words() -> None:
    made = document()
    old = read(made)
    figure = old.figures[0]
    moved = replace(read(made, SECOND), figures=(replace(figure, span=at(made, "9")),))
    assert outcome(old, moved, figure.id).outcome is MOVED
    other = replace(read(made, SECOND), figures=(replace(figure, high=11),))
    assert (outcome(old, other, figure.id).outcome, outcome(old, other, figure.id).record) == (CONFLICT, other.figures[0].id)
    assert outcome(old, replace(old, figures=(), origin=SECOND), figure.id).outcome is CONFLICT


def test_reviews_of_other_records_are_none_of_its_business() -> None:
    old = read(document())
    assert carry((review("lnk_other"),), old, read(document(), SECOND)) == ()


ACTS = ("ASSAULT", "COERCE", "PROTEST")


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12), st.sampled_from(ACTS)), max_size=6), st.integers(0, 2))
def test_no_review_is_ever_lost(spans: list[tuple[int, int, str]], number: int) -> None:
    made = document()
    old = read(made)
    claims = tuple(Claim(made.span(start, start + length), Act(act), old.claims[0].voices) for start, length, act in spans)
    new = Reading(made, claims=claims, origin=SECOND)
    one = outcome(old, new, old.claims[number].id)
    assert one.record is None or one.record in {claim.id for claim in claims}
    assert one.outcome is CONFLICT or one.record is not None
    assert one.reason


def statuses(ledger: Ledger) -> dict[str, str]:
    return {row.id: row.status for row in ledger.find(Query()).rows}


def test_a_claim_has_the_status_of_the_last_verdict(store: str) -> None:
    reading = read(document())
    claim = reading.claims[0].id
    with open_ledger(store) as ledger:
        ledger.append(Batch(documents=(reading.document,), readings=(reading,), reviews=(review(claim),)))
        assert statuses(ledger)[claim] == "accepted"
        ledger.append(Batch(reviews=(review(claim, Verdict.REJECT, "2024-05-07"),)))
        assert statuses(ledger)[claim] == "rejected"
        assert [row.id for row in ledger.find(Query(status="rejected")).rows] == [claim]
        ledger.append(Batch(reviews=(review(claim, Verdict.AMEND, "2024-05-08"),)))
        assert statuses(ledger)[claim] == "amended"


def test_reviews_follow_three_readings(store: str) -> None:
    made = document()
    first = read(made)
    second = changed(first, 0, act=Act("ASSAULT", "heavy_weapons"))
    third = replace(changed(first, 0, act=Act("ASSAULT", "shelling")), origin=THIRD)
    reviews = tuple(review(claim.id) for claim in first.claims)
    with open_ledger(store) as ledger:
        ledger.append(Batch(documents=(made,), readings=(first,), reviews=reviews))
        done = ledger.append(Batch(readings=(second,)))
        assert len(done.new) == 1 + 3
        assert set(statuses(ledger).values()) == {"accepted"}
        ledger.append(Batch(readings=(third,)))
        assert statuses(ledger)[third.claims[0].id] == "accepted"
        carried = [one for one in ledger.carried() if one.review == reviews[0].id]
        assert [(one.reading, one.outcome, one.record) for one in carried] == [
            (second.id, MOVED, second.claims[0].id),
            (third.id, MOVED, third.claims[0].id),
        ]
        before = statuses(ledger)
        ledger.rebuild()
        assert statuses(ledger) == before
        assert ledger.verify().problems == ()


@pytest.mark.parametrize("gone", [True, False])
def test_a_conflict_waits_and_is_solved_when_the_claim_is_back(store: str, gone: bool) -> None:
    made = document()
    first = read(made)
    second = read(made, SECOND, {"arrested": "COERCE"}) if gone else changed(first, 0, act=Act("COERCE"))
    claim = first.claims[0].id
    with open_ledger(store) as ledger:
        ledger.append(Batch(documents=(made,), readings=(first,), reviews=(review(claim),)))
        ledger.append(Batch(readings=(second,)))
        assert [one.outcome for one in ledger.carried()] == [CONFLICT]
        assert ("conflict" in statuses(ledger).values()) is not gone
        ledger.append(Batch(readings=(read(made, THIRD),)))
        assert [one.outcome for one in ledger.carried()] == [CONFLICT, KEPT]
        assert statuses(ledger)[claim] == "accepted"
        assert ledger.verify().problems == ()


def test_reviews_of_figures_are_carried_too(store: str) -> None:
    made = document()
    first = read(made)
    moved = replace(first, figures=(replace(first.figures[0], span=at(made, "9")),), origin=SECOND)
    with open_ledger(store) as ledger:
        ledger.append(Batch(documents=(made,), readings=(first,), reviews=(review(first.figures[0].id),)))
        ledger.append(Batch(readings=(moved,)))
        ledger.append(Batch(readings=(replace(moved, figures=(), origin=THIRD),)))
        assert [(one.outcome, one.record) for one in ledger.carried()] == [(MOVED, moved.figures[0].id), (CONFLICT, None)]


def test_reviews_of_two_people_stay_apart(store: str) -> None:
    made = document()
    first = read(made, FIRST)
    claim = first.claims[0].id
    both = (review(claim), replace(review(claim), reviewer="ben"))
    with open_ledger(store) as ledger:
        ledger.append(Batch(documents=(made,), readings=(first,), reviews=both))
        ledger.append(Batch(readings=(changed(first, 0, act=Act("ASSAULT", "heavy_weapons")),)))
        assert [one.review for one in ledger.carried()] == [one.id for one in both]
