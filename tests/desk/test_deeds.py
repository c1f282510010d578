"""Verdicts, splits, merges, claims left for later, and undoing them; over both stores. All reports are invented."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.desk.double import ACCEPT, ADA, BEN, CY, DENIED, because, filled

from sayso.desk.deeds import Split, merge, skip, split, undo, undo_last
from sayso.desk.queueing import next_claim, queue
from sayso.desk.reviewing import Person, decide, judge, take_back
from sayso.errors import InputError, NotAllowed, Outdated
from sayso.model import Review
from sayso.model.words import Judgement, Role, Verdict
from sayso.store.ledger import Ledger, open_ledger
from sayso.store.query import Query, QueueQuery

REJECT = (Verdict.REJECT, None)


@pytest.fixture
def desk(store: str) -> Iterator[Ledger]:
    with open_ledger(store) as ledger:
        filled(ledger)
        yield ledger


def status(ledger: Ledger, number: int) -> str:
    found = ledger.claim(number)
    assert found is not None
    return found.status


def seen(ledger: Ledger, number: int) -> str | None:
    found = ledger.claim(number)
    assert found is not None
    return ledger.last_decision(found.id)


def test_a_decision_that_came_between_is_shown_and_not_overwritten(desk: Ledger) -> None:
    first = decide(desk, 1, ACCEPT, ADA, None)
    before = desk.head()
    with pytest.raises(Outdated) as wrong:
        decide(desk, 1, REJECT, because(BEN, "another day"), None)
    assert desk.head() == before
    assert wrong.value.theirs == first.review
    assert isinstance(wrong.value.mine, Review)
    assert (wrong.value.mine.reviewer, wrong.value.mine.verdict) == ("ben", Verdict.REJECT)
    assert status(desk, 1) == "accepted"


def test_a_retry_with_its_key_does_nothing_twice(desk: Ledger) -> None:
    keyed = because(ADA, "denied by them", "tab-1")
    first = decide(desk, 1, DENIED, keyed, None)
    head = desk.head()
    again = decide(desk, 1, DENIED, keyed, None)
    assert (again.again, again.review, desk.head()) == (True, first.review, head)
    decide(desk, 1, REJECT, because(BEN, "no act"), first.seen)
    assert decide(desk, 1, DENIED, keyed, None).again  # also when somebody decided since
    with pytest.raises(InputError, match="used for another"):
        decide(desk, 1, REJECT, keyed, None)
    with pytest.raises(InputError, match="used for another"):
        decide(desk, 2, DENIED, keyed, None)
    assert not decide(desk, 2, DENIED, because(BEN, "so", "tab-1"), None).again  # another person's key is another key


def test_overriding_needs_a_reason(desk: Ledger) -> None:
    done = decide(desk, 1, REJECT, because(BEN, "no act"), None)
    with pytest.raises(InputError, match="overriding that needs a reason"):
        decide(desk, 1, ACCEPT, ADA, done.seen)
    assert decide(desk, 1, ACCEPT, because(ADA, "it is one"), done.seen).review.reason == "it is one"


def test_a_viewer_decides_nothing(desk: Ledger) -> None:
    viewer = Person("vera", role=Role.VIEWER)
    for deed in (lambda: decide(desk, 1, ACCEPT, viewer, None), lambda: queue(desk, QueueQuery(), viewer), lambda: skip(desk, 1, viewer)):
        with pytest.raises(NotAllowed, match="needs the role coder"):
            deed()


def test_figures_are_amended_with_their_claim(desk: Ledger) -> None:
    from sayso.desk.amending import amended

    found = desk.claim(1)
    assert found is not None
    reading = desk.current_reading(found.document)
    assert reading is not None
    (figure,) = reading.figures
    for fields, words in (
        ('{"figures": {"fig_no": {"low": 3}}}', "no figure of claim 1"),
        ('{"figures": {}}', "no object with fields by ids"),
        (f'{{"figures": {{"{figure.id}": {{"low": 30}}}}}}', "above its high"),
        (f'{{"figures": {{"{figure.id}": {{"colour": 3}}}}}}', "'colour' cannot be amended"),
    ):
        with pytest.raises(InputError, match=words):
            decide(desk, 1, (Verdict.AMEND, fields), because(ADA), None)
    decide(desk, 1, (Verdict.AMEND, f'{{"figures": {{"{figure.id}": {{"low": 7}}}}, "modality": "denied"}}'), because(ADA), None)
    now = amended(reading, desk.reviews_of([found.id]))
    assert (now.figures[0].low, now.figures[0].high, now.claims[0].modality) == (7, 9, "denied")
    assert now.figures[0].id == figure.id


def test_undo_and_undo_of_the_undo(desk: Ledger) -> None:
    done = decide(desk, 1, DENIED, because(ADA), None)
    undone = undo(desk, done.review.key, ADA)
    assert status(desk, 1) == "unreviewed"
    with pytest.raises(InputError, match="taken back already"):
        undo(desk, done.review.key, ADA)
    again = undo(desk, undone.key, ADA)
    found = desk.claim(1)
    assert found is not None
    assert (found.status, found.modality) == ("amended", "denied")
    undo(desk, again.key, ADA)
    assert status(desk, 1) == "unreviewed"
    assert [one.verdict for one in desk.reviews()] == [Verdict.AMEND, *[Verdict.REJECT] * 3]  # nothing was taken out
    assert desk.verify().problems == ()


def test_an_undo_retried_is_one(desk: Ledger) -> None:
    done = decide(desk, 1, ACCEPT, ADA, None)
    first = undo(desk, done.review.key, because(ADA, key="undo-1"))
    head = desk.head()
    again = undo(desk, done.review.key, because(ADA, key="undo-1"))
    assert (again.again, again.entries, desk.head()) == (True, first.entries, head)


def test_anothers_deed_is_undone_by_an_adjudicator_with_a_reason(desk: Ledger) -> None:
    done = decide(desk, 1, ACCEPT, ADA, None)
    with pytest.raises(NotAllowed):
        undo(desk, done.review.key, because(BEN))
    with pytest.raises(InputError, match="needs a reason"):
        undo(desk, done.review.key, CY)
    undo(desk, done.review.key, because(CY, "decided too soon"))
    assert status(desk, 1) == "unreviewed"
    with pytest.raises(InputError, match="there is no deed 'x'"):
        undo(desk, "x", ADA)


def test_a_split_makes_a_claim_that_can_be_found_and_reviewed(desk: Ledger) -> None:
    before = desk.counts()["claims"]
    found = desk.claim(1)
    assert found is not None
    text = desk.document(found.document)
    assert text is not None
    start = text.text.index("killing")
    (figure,) = desk.current_reading(found.document).figures  # type: ignore[union-attr]
    parts = Split({"type": "ASSAULT", "mode": None, "trigger": [start, start + 7]}, {"modality": "denied"}, (figure.id,))
    done = split(desk, 1, parts, because(ADA, "two acts", "split-1"), None)
    assert done.claim is not None
    new = desk.claim(done.claim)
    assert new is not None
    assert (new.status, new.modality, status(desk, 1)) == ("accepted", "actual", "amended")
    assert [one.low for one in new.figures] == [9]
    assert desk.counts()["claims"] == before + 1
    again = split(desk, 1, parts, because(ADA, "two acts", "split-1"), None)
    assert (again.again, again.claim, desk.counts()["claims"]) == (True, done.claim, before + 1)
    assert desk.verify().problems == ()
    undone = undo(desk, done.key, ADA)
    assert (status(desk, 1), status(desk, done.claim)) == ("unreviewed", "rejected")
    undo(desk, undone.key, ADA)
    assert (status(desk, 1), status(desk, done.claim)) == ("amended", "accepted")


def test_splits_that_are_refused(desk: Ledger) -> None:
    head = desk.head()
    for parts, words in (
        (Split({"modality": "actual"}), "already"),
        (Split({"trigger": [5, 5]}), "no stretch"),
        (Split({"trigger": [0, 99999]}), "no stretch"),
        (Split({"colour": 1}), "cannot be amended"),
        (Split({"type": "PROTEST"}, figures=("fig_x",)), "no figure of the claim"),
    ):
        with pytest.raises(InputError, match=words):
            split(desk, 1, parts, ADA, None)
    decide(desk, 1, ACCEPT, BEN, None)
    with pytest.raises(Outdated):
        split(desk, 1, Split({"type": "PROTEST"}), ADA, None)
    assert desk.head().seq == head.seq + 1


def test_two_splits_of_one_report_lose_none(desk: Ledger) -> None:
    one = split(desk, 1, Split({"type": "PROTEST"}), ADA, None)
    other = split(desk, 2, Split({"type": "PROTEST"}), BEN, None)
    assert one.claim is not None
    assert other.claim is not None
    assert (status(desk, one.claim), status(desk, other.claim)) == ("accepted", "accepted")


def test_a_merge_within_a_report_rejects_what_was_told_twice(desk: Ledger) -> None:
    judge(desk, (1, 2), Judgement.DIFFERENT, ADA)
    done = merge(desk, (1, 2), because(ADA, key="merge-1"), (None, None))
    assert (status(desk, 1), status(desk, 2)) == ("unreviewed", "rejected")
    assert list(desk.links())[-1].judgement is Judgement.SAME
    assert merge(desk, (1, 2), because(ADA, key="merge-1"), (None, None)).again
    undone = undo(desk, done.key, ADA)
    assert status(desk, 2) == "unreviewed"
    assert list(desk.links())[-1].judgement is Judgement.DIFFERENT  # as it was before
    undo(desk, undone.key, ADA)
    assert status(desk, 2) == "rejected"
    assert list(desk.links())[-1].judgement is Judgement.SAME
    judge(desk, (1, 2), Judgement.UNSURE, BEN)
    with pytest.raises(Outdated):  # somebody judged the two since
        undo(desk, list(desk.links())[-2].key, ADA)


def test_claims_of_two_reports_stay_two(store: str) -> None:
    with open_ledger(store) as ledger:
        filled(ledger, 2)
        other = ledger.find(Query(limit=1)).rows[0].number
        merge(ledger, (1, other), ADA, (None, None))
        assert (status(ledger, 1), status(ledger, other)) == ("unreviewed", "unreviewed")
        assert [one.judgement for one in ledger.links()] == [Judgement.SAME]


def test_the_queue_and_claims_left_for_later(desk: Ledger) -> None:
    numbers = [one.claim.number for one in queue(desk, QueueQuery(), ADA).rows]
    assert numbers == [3, 2, 1]  # the least sure first
    left = skip(desk, 3, ADA)
    assert next_claim(desk, ADA).claim.number == 2  # type: ignore[union-attr]
    assert next_claim(desk, BEN).claim.number == 3  # type: ignore[union-attr]
    undo(desk, left.key, ADA)
    assert next_claim(desk, ADA).claim.number == 3  # type: ignore[union-attr]
    skip(desk, 3, ADA)
    undo_last(desk, 3, ADA, None)
    assert next_claim(desk, ADA).claim.number == 3  # type: ignore[union-attr]
    decide(desk, 3, DENIED, because(ADA), None)
    assert [one.claim.number for one in queue(desk, QueueQuery(), BEN).rows] == [2, 1]
    undo_last(desk, 3, ADA, seen(desk, 3))
    assert desk.waiting() == 3


def test_the_queue_takes_the_filters_of_find(desk: Ledger) -> None:
    for query, wanted in (
        (QueueQuery(type="ASSAULT"), [1]),
        (QueueQuery(place="Suakin"), [2]),
        (QueueQuery(country="SD", words="herders"), [1]),
        (QueueQuery(actor="red hills column"), [1]),
        (QueueQuery(since="2024-05-04", until="2024-05-04"), [2]),
        (QueueQuery(modality="denied"), []),
        (QueueQuery(words="???"), []),
    ):
        assert [one.claim.number for one in queue(desk, query, ADA).rows] == wanted, query


def test_pages_of_the_queue_miss_and_repeat_nothing(store: str) -> None:
    with open_ledger(store) as ledger:
        filled(ledger, 7)
        decide(ledger, 4, ACCEPT, ADA, None)
        met, after = [], None
        while True:
            page = queue(ledger, QueueQuery(limit=4, after=after), ADA)
            met += [(one.disputed, one.urgency, one.claim.number) for one in page.rows]
            if page.next is None:
                break
            after = page.next
            if len(met) == 8:
                decide(ledger, met[0][2], ACCEPT, ADA, None)  # what was shown leaves the queue: the next page does not move
        assert met == sorted(met, reverse=True)
        assert sorted(one[2] for one in met) == [number for number in range(1, 22) if number != 4]


def test_what_was_done_is_there_after_backup_and_rebuild(desk: Ledger, new_store, tmp_path) -> None:
    split(desk, 1, Split({"type": "PROTEST"}), because(ADA, key="one"), None)
    skip(desk, 3, ADA)
    merge(desk, (2, 3), BEN, (None, None))
    path = tmp_path / "backup"
    with path.open("wb") as stream:
        head = desk.backup(stream)
    rows = queue(desk, QueueQuery(), ADA)
    desk.rebuild()
    assert queue(desk, QueueQuery(), ADA) == rows
    with open_ledger(new_store("sqlite")) as other, path.open("rb") as stream:
        assert other.restore(stream) == head
        assert queue(other, QueueQuery(), ADA) == rows
        assert other.coded.deed("ada", "one") == desk.coded.deed("ada", "one")
        assert other.verify(head.hash).problems == ()


def test_a_takedown_takes_deeds_and_what_takes_them_back(desk: Ledger) -> None:
    from sayso.model import Tombstone

    done = decide(desk, 1, DENIED, because(ADA, "words of the report"), None)
    take_back(desk, 1, because(ADA, "more words of it"), done.seen)
    found = desk.claim(1)
    assert found is not None
    desk.take_down(Tombstone(found.document, "cy", "asked for", "2024-05-07"))
    assert list(desk.reviews()) == []
    assert desk.coded.deed("ada", done.review.key) == ()
    assert desk.verify().problems == ()
    desk.rebuild()
    assert desk.verify().problems == ()


_STEPS = st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(("look", "accept", "reject", "undo", "retry"))), max_size=14)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_STEPS)
def test_no_interleaving_of_two_coders_loses_an_edit(tmp_path_factory, steps) -> None:
    """Each edit is entered or told as outdated; what stands in the end is what was entered last and not taken back."""
    people = {"a": ADA, "b": BEN}
    with open_ledger(str(tmp_path_factory.mktemp("interleaved") / "ledger.sqlite")) as ledger:
        filled(ledger)
        shown: dict[str, str | None] = {"a": None, "b": None}
        sent: dict[str, tuple[object, ...]] = {}
        entered: list[str] = []
        for at, (who, step) in enumerate(steps):
            person, head = people[who], ledger.head()
            if step == "look":
                shown[who] = seen(ledger, 1)
                continue
            try:
                if step == "undo":
                    entered.append(take_back(ledger, 1, person, shown[who]).review.id)
                elif step == "retry" and who in sent:
                    assert decide(ledger, 1, *sent[who]).again  # type: ignore[arg-type]
                    assert ledger.head() == head
                elif step != "retry":
                    given_ = (ACCEPT if step == "accept" else REJECT, because(person, "why", f"{who}{at}"), shown[who])
                    done = decide(ledger, 1, *given_)
                    if not done.again:
                        entered.append(done.review.id)
                    sent[who] = given_ if not done.again else sent[who]
                    continue
            except Outdated:
                assert seen(ledger, 1) != shown[who]
                assert ledger.head() == head
            except InputError:
                assert step == "undo"  # there was nothing of theirs to take back
                assert ledger.head() == head
        assert [one.id for one in ledger.reviews()] == entered
        found = ledger.claim(1)
        assert found is not None
        standing = ledger.reviews_of([found.id])
        wanted = {Verdict.ACCEPT: "accepted", Verdict.REJECT: "rejected"}[standing[-1].verdict] if standing else "unreviewed"
        assert found.status == wanted
        assert ledger.verify().problems == ()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(1, 6), st.sampled_from(("decide", "split", "merge", "skip")))
def test_undoing_undoes_as_often_as_it_is_undone(tmp_path_factory, times, kind) -> None:
    with open_ledger(str(tmp_path_factory.mktemp("undone") / "ledger.sqlite")) as ledger:
        filled(ledger)
        deeds = {
            "decide": lambda: decide(ledger, 1, DENIED, because(ADA), None).review.key,
            "split": lambda: split(ledger, 1, Split({"type": "PROTEST"}), ADA, None).key,
            "merge": lambda: merge(ledger, (1, 2), ADA, (None, None)).key,
            "skip": lambda: skip(ledger, 1, ADA).key,
        }
        key = deeds[kind]()
        done, undone = _state(ledger), None
        for turn in range(times):
            key = undo(ledger, key, ADA).key
            if turn % 2:
                assert _state(ledger) == done
            else:
                undone = undone or _state(ledger)
                assert _state(ledger) == undone != done
        assert ledger.verify().problems == ()


def _state(ledger: Ledger) -> object:
    rows = ledger.find(Query()).rows
    link = list(ledger.links())[-1:]
    return rows, [one.judgement for one in link], [one.claim.number for one in queue(ledger, QueueQuery(), ADA).rows]
