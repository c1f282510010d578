"""Documents read anew: both readings are kept, reviews are carried, and the difference is shown."""

import pytest
from tests.desk.scripted import Scripted, taken
from tests.store.made import ACTS, FIRST, SECOND, THIRD, read, with_raw

from sayso.desk.adding import add, reread
from sayso.desk.diffing import compare, diffs
from sayso.desk.reviewing import Person, claim_of, current_reviews, review
from sayso.errors import InputError
from sayso.model import Document
from sayso.model.words import Verdict
from sayso.store.ledger import Ledger
from sayso.store.query import Query

ADA = Person("ada", "the hospital's list")
_OTHERWISE = {"shelled": "ASSAULT", "arrested": "PROTEST"}  # the same, another act, none


def claims(ledger: Ledger) -> dict[str, int]:
    return {row.type + (" road" if "road" in row.quote else ""): row.number for row in ledger.find(Query(limit=100)).rows}


def test_both_readings_are_kept_and_the_last_is_found(ledger: Ledger) -> None:
    (step,) = add([taken(1)], ledger, Scripted(FIRST))
    assert len(ledger.find(Query(type="COERCE")).rows) == 2
    assert [one.became.value for one in reread(ledger, Scripted(SECOND, _OTHERWISE))] == ["read"]
    assert [one.origin for one in ledger.readings_of(step.document or "")] == [FIRST, SECOND]
    assert ledger.find(Query(type="COERCE")).rows == ()
    assert len(ledger.find(Query(type="PROTEST")).rows) == 1
    assert ledger.verify().sound


def test_reviews_are_kept_or_wait_in_the_queue(ledger: Ledger) -> None:
    list(add([taken(1)], ledger, Scripted(FIRST)))
    old = claims(ledger)
    made = [review(ledger, number, Verdict.ACCEPT, ADA)[0] for number in (old["ASSAULT"], old["COERCE"], old["COERCE road"])]
    list(reread(ledger, Scripted(SECOND, _OTHERWISE)))
    now = {row.type: row for row in ledger.find(Query(limit=100)).rows}
    assert (now["ASSAULT"].number, now["ASSAULT"].status) == (old["ASSAULT"], "accepted")
    assert now["PROTEST"].status == "conflict"
    assert [one.outcome.value for one in ledger.carried()] == ["kept", "conflict", "conflict"]
    standing = current_reviews(ledger)
    assert {record: [one.id for one in several] for record, several in standing.items()} == {made[0].record: [made[0].id]}
    with pytest.raises(InputError, match=f"claim {old['COERCE road']} is in no current reading: `sayso find`"):
        claim_of(ledger, old["COERCE road"])


def test_a_review_that_waited_stands_again_when_its_claim_is_back(ledger: Ledger) -> None:
    list(add([taken(1)], ledger, Scripted(FIRST)))
    (made, _) = review(ledger, claims(ledger)["COERCE road"], Verdict.REJECT, ADA)
    list(reread(ledger, Scripted(SECOND, _OTHERWISE)))
    assert current_reviews(ledger) == {}
    list(reread(ledger, Scripted(THIRD, ACTS)))
    assert list(current_reviews(ledger)) == [made.record]
    assert ledger.find(Query(status="rejected")).rows[0].id == made.record


def test_a_review_moves_with_its_words(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same act on the same words, told with other roles: another id."""
    from dataclasses import replace

    from tests.store import made as making

    from sayso.model import Reading, Roles

    list(add([taken(1)], ledger, Scripted(FIRST)))
    (entered, _) = review(ledger, claims(ledger)["ASSAULT"], Verdict.REJECT, ADA)

    def bare(document: Document, origin: object, triggers: object) -> Reading:
        found = making.read(document, SECOND)
        changed = replace(found.claims[0], roles=Roles())
        return replace(found, claims=(changed, *found.claims[1:]), figures=())

    monkeypatch.setattr("tests.desk.scripted.read", bare)
    list(reread(ledger, Scripted(SECOND)))
    (carried,) = ledger.carried()
    assert carried.outcome.value == "moved"
    assert carried.record != entered.record
    assert [one.record for several in current_reviews(ledger).values() for one in several] == [carried.record]
    (diff,) = diffs(ledger)
    (change,) = diff.changed
    assert {name for name, _, _ in change.fields} == {"actor", "place", "time", "figures"}
    assert ("figures", "killed 9–9: 9 people", "") in change.fields


def test_the_difference_is_shown(ledger: Ledger) -> None:
    list(add([taken(1), taken(2)], ledger, Scripted(FIRST)))
    assert list(diffs(ledger)) == []
    list(reread(ledger, Scripted(SECOND, _OTHERWISE)))
    first, second = diffs(ledger)
    assert (first.document.given_id, second.document.given_id) == ("i001", "i002")
    assert [claim.trigger.quote for claim in first.gone] == ["closed"]
    assert (first.new, first.same, first.is_empty) == ((), 1, False)
    assert [(one.before.trigger.quote, one.fields) for one in first.changed] == [("arrested", (("act", "COERCE", "PROTEST"),))]
    assert list(diffs(ledger, first.document.id)) == [first]
    with pytest.raises(InputError, match=r"no document 'nowhere'.*sayso find --json"):
        list(diffs(ledger, "nowhere"))


def test_readings_that_agree_differ_in_nothing() -> None:
    made, _ = with_raw(1)
    one, other = read(made, FIRST), read(made, SECOND)
    assert compare(one, other).is_empty
    assert compare(one, other).same == 3
    back = compare(read(made, SECOND, {}), one)
    assert [claim.trigger.quote for claim in back.new] == ["shelled", "arrested", "closed"]
