"""Reports into a ledger: once, in order, completed from the registry, as new versions, and read however often a run is broken off."""

from dataclasses import replace

import pytest
from tests.desk.scripted import Scripted, state, taken
from tests.store.made import FIRST, SECOND, TEXT

from sayso.desk.adding import Became, Step, add, reread
from sayso.intake.settings import Taken
from sayso.model import Document, Failure, RegisteredSource, Source, Tombstone
from sayso.model.words import SourceKind
from sayso.store.batch import Head
from sayso.store.ledger import Ledger, open_ledger
from sayso.store.query import Query


def became(steps: list[Step]) -> list[str]:
    return [step.became.value for step in steps]


def test_adding_twice_changes_nothing(store: str) -> None:
    first = Scripted()
    with open_ledger(store) as ledger:
        steps = list(add([taken(number) for number in range(1, 41)], ledger, first))
        before, head = state(ledger), ledger.head()
    assert became(steps) == ["added"] * 40
    assert [step.claims for step in steps] == [3] * 40
    assert steps[0].notes == ("a note",)
    assert first.asked == [f"i{number:03}" for number in range(1, 41)]
    second = Scripted()
    with open_ledger(store) as ledger:
        again = list(add([taken(number) for number in range(1, 41)], ledger, second))
        assert became(again) == ["known"] * 40
        assert [step.document for step in again] == [step.document for step in steps]
        assert second.asked == []
        assert (state(ledger), ledger.head()) == (before, head)
        assert ledger.verify(head.hash).sound


def test_raw_bytes_and_extraction_are_kept(ledger: Ledger) -> None:
    one = taken(1)
    assert isinstance(one.item, Document)
    list(add([one], ledger, Scripted()))
    assert ledger.raw(one.item.raw_sha256 or "") == one.raw
    assert ledger.extraction(one.item.id) == one.extraction


def test_failures_are_handed_on_in_their_place(ledger: Ledger) -> None:
    broken = Failure("x.pdf", "NotText", "no text: give another file", "x.pdf")
    steps = list(add([taken(1), Taken(broken, ("odd",)), taken(2)], ledger, Scripted()))
    assert became(steps) == ["added", "failed", "added"]
    assert (steps[1].failure, steps[1].notes, steps[1].document) == (broken, ("odd",), None)
    assert ledger.counts()["document"] == 2


def test_nothing_gives_nothing(ledger: Ledger) -> None:
    assert list(add([], ledger, Scripted())) == []
    assert list(reread(ledger, Scripted())) == []
    assert ledger.head() == Head(0, "0" * 64)


@pytest.mark.parametrize("apart", [0, 20])
def test_twice_in_one_run(ledger: Ledger, apart: int) -> None:
    """Within one transaction, and in two."""
    steps = list(add([taken(1), *(taken(number) for number in range(2, 2 + apart)), taken(1)], ledger, Scripted()))
    assert became(steps) == ["added"] * (1 + apart) + ["known"]
    assert ledger.counts()["reading"] == 1 + apart


def test_what_is_unread_twice_in_one_run_fails_once(ledger: Ledger) -> None:
    steps = list(add([taken(1), taken(1)], ledger, Scripted(failing=frozenset({"i001"}))))
    assert became(steps) == ["unread", "known"]


def test_steps_come_when_they_are_stored(tmp_path: object) -> None:
    """A long run is stored a few at a time: who looks in meanwhile sees what was told."""
    where = f"{tmp_path}/l.sqlite"
    with open_ledger(where) as ledger, open_ledger(where) as other:
        steps = add((taken(number) for number in range(1, 100)), ledger, Scripted())
        first = next(steps)
        assert other.document(first.document or "") is not None
        assert other.counts()["document"] < 99
        assert len(list(steps)) == 98
        assert other.counts()["document"] == 99


def test_much_text_and_heavy_bytes_are_not_gathered(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.desk.adding._HEAVY", 100)
    asked = []

    def given() -> object:
        for number in range(1, 4):
            asked.append(number)
            yield taken(number)

    steps = add(given(), ledger, None)  # type: ignore[arg-type]
    next(steps)
    assert asked == [1]
    assert len(list(steps)) == 2
    monkeypatch.setattr("sayso.desk.adding._HEAVY", 10**9)
    monkeypatch.setattr("sayso.desk.adding._MUCH", 100)
    asked.clear()
    next(add(given(), ledger, None))  # type: ignore[arg-type]
    assert asked == [1]


def test_a_corrected_report_takes_the_place_of_the_earlier(store: str) -> None:
    old = taken(1)
    text = TEXT.replace("killing 9 people", "killing 9 people and injuring two")
    new = taken(1, text, published="2024-05-05T18:00:00", raw_sha256=None)
    new = replace(new, raw=None, extraction=None)
    other = taken(2, text="Nothing of the sort: a fair opened in Suakin, and many came to see it.", url="invalid:report/1")
    with open_ledger(store) as ledger:
        (first,) = add([old], ledger, Scripted())
        second, third = add([new, other], ledger, Scripted())
        assert (second.supersedes, third.supersedes) == (first.document, None)
        assert ledger.superseded_by(first.document or "") == second.document
        assert {row.document for row in ledger.find(Query(limit=100)).rows} == {second.document}
        assert {row.document for row in ledger.find(Query(superseded=True)).rows} == {first.document, second.document}
        assert became(list(add([old, new], ledger, Scripted()))) == ["known", "known"]


def test_versions_within_one_run_follow_on_one_another(ledger: Ledger) -> None:
    versions = [taken(1, TEXT + f" It was told {'again ' * number}.", published=f"2024-05-05T1{number}:00:00") for number in range(4)]
    steps = list(add(versions, ledger, Scripted()))
    assert [step.supersedes for step in steps] == [None, *(step.document for step in steps[:-1])]
    assert {row.document for row in ledger.find(Query()).rows} == {steps[-1].document}


def test_a_version_is_of_one_source(ledger: Ledger) -> None:
    old, new = taken(1), taken(1, TEXT + " More.", source=Source("Hill Paper"))
    assert [step.supersedes for step in add([old, new], ledger, Scripted())] == [None, None]


def test_what_was_taken_down_is_refused(ledger: Ledger) -> None:
    (step,) = add([taken(1)], ledger, Scripted())
    ledger.take_down(Tombstone(step.document or "", "ada", "a name was told", "2024-05-07T00:00:00Z"))
    head = ledger.head()
    steps = list(add([taken(2), taken(1)], ledger, Scripted()))
    assert became(steps) == ["added", "failed"]
    failure = steps[1].failure
    assert failure is not None
    assert failure.kind == "TakenDown"
    assert all(words in failure.reason for words in ("2024-05-07", "ada", "a name was told"))
    assert head.seq < ledger.head().seq
    assert ledger.document(step.document or "") is None
    assert ledger.verify().sound


def test_the_registry_completes_a_source_before_it_is_read(ledger: Ledger) -> None:
    from sayso.store.batch import Batch

    known = RegisteredSource("Delta News Agency", SourceKind.AGENCY, "the delta", "SD", ("delta  NEWS",), set_by="ada", reason="its masthead")
    ledger.append(Batch(sources=(known,)))
    told = taken(2, source=Source("Delta News", SourceKind.PRESS, "the hills", "ER"))
    (first, second) = add([taken(1), told], ledger, Scripted())
    one, other = (ledger.current_reading(step.document or "") for step in (first, second))
    assert one is not None
    assert other is not None
    assert one.document.source == Source("Delta News", SourceKind.AGENCY, "the delta", "SD")
    assert other.document.source == Source("Delta News", SourceKind.PRESS, "the hills", "ER")  # what a report tells itself stands


def test_stored_unread_and_read_later(ledger: Ledger) -> None:
    steps = list(add([taken(number) for number in range(1, 20)], ledger, None))
    assert (became(steps), steps[0].claims) == (["added"] * 19, 0)
    assert ledger.counts()["claims"] == 0
    reader = Scripted()
    again = list(add([taken(1), taken(1), taken(30)], ledger, reader))
    assert became(again) == ["read", "known", "added"]
    assert (again[0].claims, sorted(map(str, reader.asked))) == (3, ["i001", "i030"])
    later = Scripted()
    steps = list(reread(ledger, later))
    assert became(steps) == ["read"] * 18
    assert sum(step.claims for step in steps) == 54
    assert later.asked == [f"i{number:03}" for number in range(2, 20)]
    assert list(reread(ledger, Scripted())) == []


def test_what_cannot_be_read_is_stored_and_not_tried_again_by_the_same_reader(ledger: Ledger) -> None:
    failing = frozenset({"i002"})
    steps = list(add([taken(1), taken(2)], ledger, Scripted(failing=failing)))
    assert became(steps) == ["added", "unread"]
    assert steps[1].failure is not None
    assert steps[1].failure.reason == "no pack: add one"
    assert [one.failure.kind for one in ledger.failures()] == ["NoLanguagePack"]
    same = Scripted(failing=failing)
    assert became(list(add([taken(1), taken(2)], ledger, same))) == ["known", "known"]
    assert list(reread(ledger, same)) == []
    assert same.asked == []
    better = Scripted(SECOND)
    assert became(list(reread(ledger, better))) == ["read", "read"]
    assert ledger.verify().sound


def test_rereading_tells_what_it_cannot_read(ledger: Ledger) -> None:
    list(add([taken(number) for number in range(1, 19)], ledger, Scripted(FIRST)))
    steps = list(reread(ledger, Scripted(SECOND, failing=frozenset({"i018"}))))
    assert became(steps) == ["read"] * 17 + ["unread"]
    assert Became.UNREAD in {step.became for step in steps}
    assert ledger.counts()["claims"] == 54  # the earlier reading stands
