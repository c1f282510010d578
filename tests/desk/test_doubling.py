"""Claims coded by several people under seal, adjudicated, and how far they agree; over both stores. All reports are invented."""

import csv
import io
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.desk.double import ACCEPT, ADA, BEN, CY, DENIED, assigned, because, code_all, filled

from sayso.desk.adjudicating import adopt_agreed, agreement, agreement_csv, settle, side_by_side
from sayso.desk.doubling import Assigning, assign, assignments, code, decisions_on, hand_in, hidden, items, uncode
from sayso.desk.queueing import queue
from sayso.desk.reviewing import Person, decide
from sayso.errors import Blinded, InputError, NotAllowed, Outdated
from sayso.model import Coding, Tombstone
from sayso.model.words import Role, Verdict
from sayso.store.ledger import Ledger, open_ledger
from sayso.store.query import Query, QueueQuery

REJECT = (Verdict.REJECT, None)
OTHER = Person("dora", role=Role.CODER)


@pytest.fixture
def desk(store: str) -> Iterator[Ledger]:
    with open_ledger(store) as ledger:
        yield ledger


def test_neither_coder_sees_anything_of_the_other(desk: Ledger) -> None:
    given_ = assigned(desk)
    code(desk, (given_, 1), DENIED, because(ADA, "it is denied"), None)
    hand = [items(desk, given_, ADA), items(desk, given_, BEN)]
    assert [one.mine.verdict if one.mine else None for one in hand[0]] == [Verdict.AMEND, None, None]
    assert [one.mine for one in hand[1]] == [None, None, None]
    assert [one.found.number for one in hand[1]] == [1, 2, 3]  # the order of entry, not of confidence
    assert "confidence" not in repr(hand[1])
    assert "denied" not in repr(hand[1])
    for person in (ADA, BEN):
        with pytest.raises(Blinded, match="yours to code"):
            decisions_on(desk, 1, person)
    for person in (ADA, BEN, CY):  # also an adjudicator waits until both are done
        for read in (side_by_side, agreement):
            with pytest.raises(Blinded, match="ada, ben have not handed in"):
                read(desk, given_, person)
    for asked in (items, side_by_side):
        with pytest.raises(NotAllowed):
            asked(desk, given_, OTHER)
    (state,) = assignments(desk, BEN)
    assert (state.coded, state.open) == ((("ben", 0),), True)
    assert assignments(desk, CY)[0].coded == (("ada", 1), ("ben", 0))
    assert assignments(desk, OTHER) == ()


def test_what_is_under_seal_changes_nothing_that_others_see(desk: Ledger) -> None:
    given_ = assigned(desk)
    rows = desk.find(Query()).rows
    code(desk, (given_, 1), REJECT, because(ADA), None)
    assert desk.find(Query()).rows == rows
    ids = [row.id for row in rows]
    assert hidden(desk, ids, ADA) == frozenset(ids)
    assert hidden(desk, ids, OTHER) == frozenset()
    assert queue(desk, QueueQuery(), OTHER).rows == ()  # nobody else reviews them meanwhile
    assert desk.waiting() == 0
    with pytest.raises(Blinded, match="is being coded"):
        decide(desk, 1, ACCEPT, OTHER, None)
    for person in (ADA, BEN):
        code_all(desk, given_, person)
    assert [one.claim.number for one in queue(desk, QueueQuery(), OTHER).rows] == [3, 2, 1]
    assert hidden(desk, ids, ADA) == frozenset()
    assert decisions_on(desk, 1, ADA) == ()


def test_codings_have_versions_and_keys(desk: Ledger) -> None:
    given_ = assigned(desk)
    first = code(desk, (given_, 1), ACCEPT, because(ADA, "", "k1"), None)
    assert code(desk, (given_, 1), ACCEPT, because(ADA, "", "k1"), None).again
    with pytest.raises(InputError, match="used for another decision"):
        code(desk, (given_, 1), DENIED, because(ADA, "x", "k1"), None)
    with pytest.raises(Outdated) as wrong:  # another tab of hers
        code(desk, (given_, 1), DENIED, because(ADA), None)
    assert wrong.value.theirs == first.coding
    assert isinstance(wrong.value.mine, Coding)
    second = code(desk, (given_, 1), DENIED, because(ADA), first.coding.id)
    back = uncode(desk, (given_, 1), ADA, second.coding.id)
    assert (back.coding.verdict, back.coding.before) == (Verdict.ACCEPT, second.coding.id)
    redone = uncode(desk, (given_, 1), ADA, back.coding.id)
    assert (redone.coding.verdict, redone.coding.amendment) == DENIED
    code(desk, (given_, 1), REJECT, because(BEN), None)  # the other's version is another one
    assert desk.verify().problems == ()


def test_the_first_coding_taken_back_is_none(desk: Ledger) -> None:
    given_ = assigned(desk)
    done = code(desk, (given_, 2), ACCEPT, ADA, None)
    uncode(desk, (given_, 2), ADA, done.coding.id)
    item = items(desk, given_, ADA)[1]
    assert item.mine is None
    assert item.seen is not None
    with pytest.raises(InputError, match="no coding of claim 2"):
        uncode(desk, (given_, 2), ADA, item.seen)


def test_handing_in(desk: Ledger) -> None:
    given_ = assigned(desk)
    with pytest.raises(InputError, match=r"3 claims of .* are not coded yet, the first is 1"):
        hand_in(desk, given_, ADA)
    code_all(desk, given_, ADA)
    head = desk.head()
    assert hand_in(desk, given_, ADA) == head  # a retry
    with pytest.raises(InputError, match="has handed in"):
        code(desk, (given_, 1), REJECT, because(ADA), items(desk, given_, ADA)[0].seen)
    with pytest.raises(NotAllowed):
        hand_in(desk, given_, because(ADA), "ben")
    with pytest.raises(InputError, match="needs a reason"):
        hand_in(desk, given_, CY, "ben")
    hand_in(desk, given_, because(CY, "ben is ill"), "ben")
    found = side_by_side(desk, given_, CY)
    assert [one.number for one in found] == [1, 2, 3]  # what one of them did not code is not agreed
    assert all(score.percent.value is None for score in agreement(desk, given_, CY))


def test_assignments_that_are_refused(desk: Ledger) -> None:
    reports = filled(desk, 2)
    rows = desk.find(Query()).rows
    decide(desk, 1, ACCEPT, OTHER, None)
    for what, person, error, words in (
        (Assigning((reports[0],), ("ada", "ben")), ADA, NotAllowed, "needs the role adjudicator"),
        (Assigning((reports[0],), ("ada",)), CY, InputError, "two or more"),
        (Assigning((reports[0],), ("ada", "ada")), CY, InputError, "two or more different"),
        (Assigning(("doc_x",), ("ada", "ben")), CY, InputError, "no report 'doc_x'"),
        (Assigning(("clm_x",), ("ada", "ben")), CY, InputError, "neither a report nor a claim"),
        (Assigning((rows[-1].id,), ("ada", "ben")), CY, InputError, "is accepted already"),
        (Assigning((), ("ada", "ben")), CY, InputError, "no unreviewed claim"),
    ):
        with pytest.raises(error, match=words):
            assign(desk, what, person)
    made = assign(desk, Assigning((reports[0],), ("ada", "ben")), because(CY, key="a1"))
    assert len(made.claims) == 2  # the third was decided on
    assert assign(desk, Assigning((reports[0],), ("ada", "ben")), because(CY, key="a1")) == made
    other = assign(desk, Assigning((reports[1],), ("ada", "ben"), name="trial"), CY)
    assert items(desk, "trial", ADA) == items(desk, other.id, ADA)
    with pytest.raises(InputError, match="another's name"):
        assign(desk, Assigning((reports[1],), ("ada", "ben"), name="trial"), CY)
    with pytest.raises(InputError, match="being coded in"):
        assign(desk, Assigning((reports[0],), ("ada", "dora")), CY)
    with pytest.raises(InputError, match="no assignment 'asg_x'"):
        items(desk, "asg_x", ADA)
    with pytest.raises(InputError, match="does not give claim"):
        code(desk, (made.id, rows[0].number), ACCEPT, ADA, None)


def test_adjudication(desk: Ledger) -> None:
    given_ = assigned(desk)
    code_all(desk, given_, ADA, {1: DENIED, 3: REJECT})
    code_all(desk, given_, BEN, {3: REJECT})
    (beside,) = side_by_side(desk, given_, CY)  # 2 and 3 are agreed
    modality = next(one for one in beside.fields if one.name == "modality")
    assert (beside.number, modality.engine, modality.coders, modality.final) == (1, "actual", ("denied", "actual"), None)
    assert beside.confidence == 0.9
    assert [one.number for one in side_by_side(desk, given_, CY, agreed=True)] == [1, 2, 3]
    with pytest.raises(NotAllowed, match="coded"):
        settle(desk, (given_, 1), ACCEPT, Person("ada"), None)
    done = settle(desk, (given_, 1), DENIED, because(CY, "the army denies it"), beside.seen)
    with pytest.raises(Outdated):
        settle(desk, (given_, 1), REJECT, because(Person("di"), "no act"), beside.seen)
    (after,) = side_by_side(desk, given_, CY)
    assert (after.settled, next(one.final for one in after.fields if one.name == "modality")) == (True, "denied")
    assert done.review.assignment == given_
    adopted = adopt_agreed(desk, given_, because(CY, key="all"))
    assert adopt_agreed(desk, given_, because(CY, key="all")).entries == adopted.entries
    assert [row.status for row in desk.find(Query()).rows] == ["rejected", "accepted", "amended"]
    with pytest.raises(InputError, match="nothing in"):
        adopt_agreed(desk, given_, CY)
    assert desk.verify().problems == ()


def test_an_assignment_may_name_who_adjudicates(desk: Ledger) -> None:
    made = assign(desk, Assigning(tuple(filled(desk)), ("ada", "ben"), adjudicator="ada"), CY)
    code_all(desk, made.id, ADA)
    code_all(desk, made.id, BEN, {1: DENIED})
    with pytest.raises(NotAllowed, match="'ada' adjudicates"):
        settle(desk, (made.id, 1), ACCEPT, CY, None)
    settle(desk, (made.id, 1), ACCEPT, ADA, None)


def test_agreement_by_field(desk: Ledger) -> None:
    given_ = assigned(desk)
    figure = desk.current_reading(desk.find(Query()).rows[0].document).figures[0].id  # type: ignore[union-attr]
    fields = f'{{"modality": "denied", "certainty": "possible", "place": [[0, 5]], "figures": {{"{figure}": {{"low": 7}}}}}}'
    code_all(desk, given_, ADA, {1: (Verdict.AMEND, fields)})
    code_all(desk, given_, BEN, {3: REJECT})
    rows = {one.field: one for one in agreement(desk, given_, ADA)}
    assert (rows["claim"].percent.value, rows["claim"].percent.of) == (pytest.approx(2 / 3), 3)
    assert (rows["modality"].percent.value, rows["modality"].percent.of) == (0.5, 2)  # a rejected claim has no modality
    assert rows["modality"].kappa.value == 0  # type: ignore[union-attr]
    assert rows["certainty"].level == "ordinal"
    assert rows["type"].kappa.value == 1  # type: ignore[union-attr]
    assert (rows["place"].f1_exact.value, rows["place"].kappa) == (0.5, None)  # type: ignore[union-attr]
    assert (rows["figure low"].level, rows["figure low"].percent.value) == ("interval", 0)
    assert rows["figure high"].alpha.value is None  # type: ignore[union-attr]
    told = list(csv.DictReader(io.StringIO(agreement_csv(list(rows.values())))))
    assert [row["field"] for row in told] == list(rows)
    high = next(row for row in told if row["field"] == "figure high")
    assert (high["percent"], high["alpha"]) == ("1.0000", "")
    assert "one value only" in high["why"]


def test_three_coders(desk: Ledger) -> None:
    people = (ADA, BEN, OTHER)
    made = assign(desk, Assigning(tuple(filled(desk)), tuple(one.name for one in people)), CY)
    for person in people:
        code_all(desk, made.id, person, {1: DENIED} if person is OTHER else {})
    rows = {one.field: one for one in agreement(desk, made.id, CY)}
    assert rows["modality"].kappa is None
    assert rows["modality"].percent.value == pytest.approx(7 / 9)
    assert rows["modality"].alpha.value is not None  # type: ignore[union-attr]
    assert len(side_by_side(desk, made.id, CY)[0].codings) == 3


def test_takedown_backup_and_rebuild(desk: Ledger, new_store, tmp_path) -> None:
    given_ = assigned(desk)
    code_all(desk, given_, ADA, {1: DENIED})
    code(desk, (given_, 1), ACCEPT, BEN, None)
    path = tmp_path / "backup"
    with path.open("wb") as stream:
        head = desk.backup(stream)
    before = items(desk, given_, ADA), assignments(desk, CY)
    desk.rebuild()
    assert (items(desk, given_, ADA), assignments(desk, CY)) == before
    with open_ledger(new_store("sqlite")) as other, path.open("rb") as stream:
        other.restore(stream)
        assert (items(other, given_, ADA), assignments(other, CY)) == before
        assert other.verify(head.hash).problems == ()
    desk.take_down(Tombstone(desk.find(Query()).rows[0].document, "cy", "asked for", "2024-05-07"))
    assert desk.verify().problems == ()
    assert items(desk, given_, ADA) == ()
    assert desk.coded.codings(given_, "ada") == {}
    hand_in(desk, given_, BEN)  # nothing is left to code
    assert side_by_side(desk, given_, CY, agreed=True) == ()
    desk.rebuild()
    assert desk.verify().problems == ()


def test_a_changed_coding_is_noticed(tmp_path) -> None:
    import sqlite3

    where = str(tmp_path / "ledger.sqlite")
    with open_ledger(where) as ledger:
        given_ = assigned(ledger)
        code(ledger, (given_, 1), ACCEPT, ADA, None)
    changed = sqlite3.connect(where)
    changed.execute("UPDATE entries SET body = (SELECT body FROM entries WHERE kind = 'assignment') WHERE kind = 'coding'")
    changed.execute("DELETE FROM deeds")
    changed.commit()
    changed.close()
    with open_ledger(where) as ledger:
        problems = " ".join(ledger.verify().problems)
    assert "its body was changed" in problems
    assert "table deeds" in problems


_STEPS = st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 3), st.sampled_from(("accept", "reject", "stale", "uncode", "retry"))), max_size=15)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_STEPS)
def test_no_interleaving_of_two_coders_loses_or_shows_a_coding(tmp_path_factory, steps) -> None:
    people = {"a": ADA, "b": BEN}
    with open_ledger(str(tmp_path_factory.mktemp("coded") / "ledger.sqlite")) as ledger:
        given_ = assigned(ledger)
        rows = ledger.find(Query()).rows
        stacks: dict[tuple[str, int], list[Verdict | None]] = {}
        last: dict[str, tuple[object, ...]] = {}
        for at, (who, number, step) in enumerate(steps):
            person, item = people[who], items(ledger, given_, people[who])[number - 1]
            held = stacks.setdefault((who, number), [])
            head = ledger.head()
            if step == "retry":
                if who in last:
                    assert code(ledger, *last[who]).again  # type: ignore[arg-type]
                assert ledger.head() == head
            elif step == "stale":
                with pytest.raises(Outdated):
                    code(ledger, (given_, number), ACCEPT, person, "cod_stale")
                assert ledger.head() == head
            elif step == "uncode":
                if item.mine is None:
                    with pytest.raises(InputError):
                        uncode(ledger, (given_, number), person, item.seen)
                else:
                    done = uncode(ledger, (given_, number), person, item.seen)
                    held.append(done.coding.verdict)
            else:
                last[who] = ((given_, number), ACCEPT if step == "accept" else REJECT, because(person, "why", f"{who}{at}"), item.seen)
                held.append(code(ledger, *last[who]).coding.verdict)  # type: ignore[arg-type]
            for (coder, claim), verdicts in stacks.items():
                mine = items(ledger, given_, people[coder])[claim - 1].mine
                assert (mine.verdict if mine else None) == (verdicts[-1] if verdicts else None)
        identity = {row.number: row.id for row in rows}
        for (coder, claim), verdicts in stacks.items():
            told = ledger.coded.history(given_, people[coder].name, identity[claim])
            assert [one.verdict for one in told] == verdicts  # every coding is there, in order
        assert ledger.find(Query()).rows == rows
        assert ledger.verify().problems == ()
