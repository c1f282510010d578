"""Linking and one incident: rivals side by side, figures weighed, people's judgements kept to, copies counted once. All reports are invented."""

import json
from dataclasses import replace

import pytest
from tests.desk.invented import REPORTS
from tests.desk.scripted import Replayed, state

from sayso.desk.adding import add, reread
from sayso.desk.incident import IncidentView, incident_view
from sayso.desk.linking import link_all
from sayso.desk.reviewing import Person, judge, judge_documents, review
from sayso.desk.tolls import toll_of
from sayso.errors import InputError
from sayso.intake.settings import Taken
from sayso.link.accounts import accounts_of
from sayso.link.incidents import link
from sayso.link.weigh import Tally
from sayso.link.weigh_policies import load_policy
from sayso.model import Document, Failure, Reading, Roles, Tombstone, to_json
from sayso.model.words import Judgement, Measure, Verdict
from sayso.pipeline import Reader
from sayso.store.ledger import Ledger, open_ledger
from sayso.store.query import FoundClaim, Query

ADA = Person("ada", "other victims")


def added(ledger: Ledger, replayed: Replayed, *names: str) -> None:
    for step in add([Taken(REPORTS[name]) for name in names], ledger, replayed):
        assert step.became.value == "added"


def strike(ledger: Ledger, name: str, modality: str = "actual") -> FoundClaim:
    """The claim of a strike in a report."""
    rows = ledger.find(Query(document=REPORTS[name].id, type="ASSAULT", modality=modality)).rows
    return min(rows, key=lambda row: row.number)


def view(ledger: Ledger, number: int) -> IncidentView:
    return incident_view(ledger, number, load_policy("range"))


def killed(found: IncidentView) -> dict[str, Tally]:
    return {tally.population.value: tally for tally in found.weighed.tallies if tally.measure is Measure.KILLED}


def values(tally: Tally) -> dict[str, int | None]:
    return {one.name: one.value for one in tally.numbers}


@pytest.fixture
def rivals(ledger: Ledger, replayed: Replayed) -> Ledger:
    added(ledger, replayed, "front", "ministry", "arrest")
    link_all(ledger)
    return ledger


def test_rivals_fall_into_one_incident_with_both_numbers(rivals: Ledger) -> None:
    front, ministry = strike(rivals, "front"), strike(rivals, "ministry")
    assert front.incident == ministry.incident == min(front.number, ministry.number)
    found = view(rivals, front.incident)
    assert {claim.source for claim in found.claims} == {"Delta News", "Ministry of Defence"}
    people = killed(found)["people"]
    assert values(people) == {"low": 43, "best": 43, "high": 43}
    assert [(row.low, row.high) for row in people.rows] == [(43, 43)]
    told = [row for tally in found.weighed.tallies for row in (*tally.rows, *tally.beside) if row.high == 0]
    assert told, "that no civilian was killed stands beside it"
    assert all(population != "people" for population, tally in killed(found).items() if any(row.high == 0 for row in (*tally.rows, *tally.beside)))
    (pair,) = {(pair.first, pair.second) for pair in found.explained.pairs}
    assert set(pair) == {REPORTS["front"].id, REPORTS["ministry"].id}
    assert all(ground.meaning for pair in found.explained.pairs for ground in (*pair.speaks_for, *pair.speaks_against))


def test_an_incident_is_explained_as_it_was_decided(rivals: Ledger) -> None:
    accounts = [account for reading in rivals.readings(superseded=False) for account in accounts_of(reading)]
    linked = link(accounts)
    decided = {frozenset(linked.accounts[end].account.document for end in (one.first, one.second)): round(one.chance, 4) for one in linked.pairs}
    shown = {frozenset((pair.first, pair.second)): pair.chance for pair in view(rivals, strike(rivals, "front").number).explained.pairs}
    assert shown
    assert shown == {pair: decided[pair] for pair in shown}
    assert not {note for note in view(rivals, 1).explained.notes if "pairs" in note}


def test_an_incident_by_any_of_its_claims_numbers(rivals: Ledger) -> None:
    found = view(rivals, strike(rivals, "front").number)
    for claim in found.claims:
        assert view(rivals, claim.number) == found
    lone = next(row for row in rivals.find(Query(limit=100)).rows if row.incident is None)
    for number in (lone.number, 9_999):
        with pytest.raises(InputError, match=rf"no incident {number}: `sayso incidents` lists them"):
            view(rivals, number)


def test_linking_twice_gives_the_same(ledger: Ledger, replayed: Replayed) -> None:
    added(ledger, replayed, *REPORTS)
    first = link_all(ledger)
    before = state(ledger)
    told: list[tuple[str, int]] = []
    second = link_all(ledger, lambda what, far: told.append((what, far)))
    assert state(ledger) == before
    assert (second.new_copies, first.new_copies) == (0, first.copies)
    assert replace(second, new_copies=first.new_copies) == first
    assert {what for what, _ in told} == {"copies", "accounts", "comparing", "folding"}
    assert ledger.verify(first.head.hash).sound


def test_the_order_of_adding_does_not_matter(replayed: Replayed, tmp_path: object) -> None:
    found = []
    for order in (list(REPORTS), sorted(REPORTS, reverse=True)):
        names = [name for name in order if not name.startswith("arrest")]  # which version is the newer hangs on the order
        with open_ledger(f"{tmp_path}/{len(found)}.sqlite") as ledger:
            added(ledger, replayed, *names)
            link_all(ledger)
            incidents = ledger.incidents(Query(limit=100)).rows
            found.append({frozenset(claim.id for claim in ledger.incident(one.number)) for one in incidents})
    assert found[0] == found[1]


def test_copies_count_once(rivals: Ledger, replayed: Replayed) -> None:
    alone = view(rivals, strike(rivals, "front").number).weighed.voices
    added(rivals, replayed, "reprint")
    run = link_all(rivals)
    assert (run.copies, run.several) == (1, 1)
    found = view(rivals, strike(rivals, "front").number)
    assert found.copies == ((REPORTS["reprint"].id, REPORTS["front"].id),)
    assert len({claim.document for claim in found.claims}) == 3
    (row,) = killed(found)["people"].rows
    assert len(row.documents) == 2
    voices = found.weighed.voices
    assert (voices.n_documents, voices.n_independent) == (alone.n_documents + 1, alone.n_independent)
    assert "Hill Paper reprints the words of Delta News" in {one.reason for one in voices.voices if not one.counted}


def test_superseded_reports_are_left_out(ledger: Ledger, replayed: Replayed) -> None:
    added(ledger, replayed, "arrest", "arrest-corrected")
    assert ledger.superseded_by(REPORTS["arrest"].id) == REPORTS["arrest-corrected"].id
    run = link_all(ledger)
    assert run.documents == 1
    incidents = ledger.incidents(Query()).rows
    assert incidents
    assert {claim.document for one in incidents for claim in ledger.incident(one.number)} == {REPORTS["arrest-corrected"].id}


def test_a_judgement_separates_and_is_taken_back(rivals: Ledger) -> None:
    front, ministry = strike(rivals, "front"), strike(rivals, "ministry")
    together = rivals.incidents(Query()).rows
    judge(rivals, (front.number, ministry.number), Judgement.DIFFERENT, ADA)
    run = link_all(rivals)
    assert (run.judged, run.several, run.contradictions) == (1, 0, ())
    assert strike(rivals, "front").incident != strike(rivals, "ministry").incident
    assert [link.judgement for link in view(rivals, front.number).explained.judged] == [Judgement.DIFFERENT]
    judge(rivals, (ministry.number, front.number), Judgement.UNSURE, ADA)
    run = link_all(rivals)
    assert (run.judged, run.several) == (0, 1)
    assert rivals.incidents(Query()).rows == together


def test_judgements_in_quick_succession_hold_in_their_order(rivals: Ledger) -> None:
    pair = strike(rivals, "front").number, strike(rivals, "ministry").number
    for judgement in (Judgement.SAME, Judgement.UNSURE, Judgement.DIFFERENT):
        judge(rivals, pair, judgement, ADA)
    link_all(rivals)
    assert strike(rivals, "front").incident != strike(rivals, "ministry").incident


def test_what_a_person_joins_is_one(rivals: Ledger) -> None:
    front, arrest = strike(rivals, "front"), rivals.find(Query(document=REPORTS["arrest"].id, type="COERCE")).rows[0]
    assert front.incident != arrest.incident
    judge(rivals, (front.number, arrest.number), Judgement.SAME, ADA)
    link_all(rivals)
    assert rivals.incident_of(front.number) == rivals.incident_of(arrest.number)


def test_judgements_that_cannot_stand_together_are_told(rivals: Ledger) -> None:
    front, ministry = strike(rivals, "front").number, strike(rivals, "ministry").number
    arrest = rivals.find(Query(document=REPORTS["arrest"].id, type="COERCE")).rows[0].number
    judge(rivals, (front, ministry), Judgement.DIFFERENT, ADA)
    judge(rivals, (front, arrest), Judgement.SAME, ADA)
    judge(rivals, (ministry, arrest), Judgement.SAME, ADA)
    (told,) = link_all(rivals).contradictions
    assert told.judgement is Judgement.SAME


def test_no_judgement_on_one_claim_or_on_none(rivals: Ledger) -> None:
    number = strike(rivals, "front").number
    with pytest.raises(InputError, match="are one claim: name two"):
        judge(rivals, (number, number), Judgement.SAME, ADA)
    with pytest.raises(InputError, match="claim 999 is in no current reading"):
        judge(rivals, (number, 999), Judgement.SAME, ADA)


class _Otherwise:
    """The same readings by another engine: claims without instrument and actor have other ids."""

    def __init__(self, replayed: Replayed, drop: str = "") -> None:
        self._replayed, self._drop = replayed, drop
        self.origin = replace(replayed.origin, version="later")

    def read(self, documents: object) -> object:
        for document in documents:  # type: ignore[attr-defined]
            assert not isinstance(document, Failure)
            yield self._changed(document)

    def _changed(self, document: Document) -> Reading:
        old = self._replayed.readings[document.id]
        new = {claim.id: replace(claim, roles=replace(claim.roles, actor=(), instrument=())) for claim in old.claims}
        new = {name: claim for name, claim in new.items() if claim.act.type != self._drop}
        incidents = [tuple(new[name].id for name in one.claims if name in new) for one in old.incidents]
        return replace(
            old,
            claims=tuple(new.values()),
            figures=tuple(replace(one, claim=new[one.claim].id if one.claim in new else None, part_of=None) for one in old.figures),
            relations=(),
            incidents=tuple(replace(one, claims=claims) for one, claims in zip(old.incidents, incidents, strict=True) if claims),
            events=(),
            origin=self.origin,
        )


def test_a_judgement_survives_another_reading(rivals: Ledger, replayed: Replayed) -> None:
    before = strike(rivals, "front"), strike(rivals, "ministry")
    judge(rivals, (before[0].number, before[1].number), Judgement.DIFFERENT, ADA)
    assert len(list(reread(rivals, _Otherwise(replayed)))) == 3  # type: ignore[arg-type]
    now = strike(rivals, "front"), strike(rivals, "ministry")
    assert not {one.id for one in before} & {one.id for one in now}
    run = link_all(rivals)
    assert (run.judged, run.notes) == (1, ())
    assert strike(rivals, "front").incident != strike(rivals, "ministry").incident


def test_a_judgement_whose_claim_is_gone_is_told(rivals: Ledger, replayed: Replayed) -> None:
    judge(rivals, (strike(rivals, "front").number, strike(rivals, "ministry").number), Judgement.DIFFERENT, ADA)
    list(reread(rivals, _Otherwise(replayed, "ASSAULT")))  # type: ignore[arg-type]
    run = link_all(rivals)
    assert run.judged == 0
    assert any(note.startswith("1 judgements of people wait") for note in run.notes)


def test_weighing_sees_what_reviewers_changed(rivals: Ledger) -> None:
    """A strike that a reviewer rejected or found to be only planned gives no toll."""
    front = strike(rivals, "front")
    review(rivals, front.number, Verdict.AMEND, ADA, '{"modality": "planned"}')
    assert "people" not in {name for name, tally in killed(view(rivals, front.number)).items() if values(tally).get("best")}
    review(rivals, front.number, Verdict.AMEND, ADA, '{"modality": "actual"}')
    assert values(killed(view(rivals, front.number))["people"])["best"] == 43
    review(rivals, front.number, Verdict.REJECT, ADA)
    assert not any(values(tally).get("best") for tally in killed(view(rivals, front.number)).values())


def test_an_amended_figure_is_weighed(rivals: Ledger) -> None:
    from sayso.model import Review
    from sayso.store.batch import Batch

    front = strike(rivals, "front")
    reading = rivals.current_reading(front.document)
    assert reading is not None
    (figure,) = (one for one in reading.figures if one.claim == front.id and one.measure is Measure.KILLED and one.low == 43)
    told = '{"low": 41, "high": 41, "point": 41}'
    rivals.append(Batch(reviews=(Review(figure.id, Verdict.AMEND, "ada", "2024-05-08", "the list", told),)))
    assert values(killed(view(rivals, front.number))["people"])["best"] == 41
    assert Roles() != reading.claims[0].roles  # the reading itself is as it was
    assert rivals.current_reading(front.document) == reading


def test_private_persons_who_speak_are_roles_everywhere(ledger: Ledger, reader: Reader) -> None:
    text = (
        "KASSALA, 4 May (Delta News) - Gunmen killed 43 people at a market in Kassala on Friday, Amina Yusuf, a shopkeeper, told the agency. "
        "Brigadier Nabil Musa, a spokesman for the army, said that gunmen had killed 12 people in Kassala."
    )
    document = Document(text, REPORTS["front"].source, "named", "Killed in Kassala", published="2024-05-04", language="en")
    (step,) = add([Taken(document)], ledger, reader)
    assert step.became.value == "added"
    link_all(ledger)
    rows = ledger.find(Query(document=document.id)).rows
    voices = {voice for row in rows for voice in row.voices}
    assert "a shopkeeper" in voices
    assert any("Nabil Musa" in voice for voice in voices)
    assert not any("Amina" in voice for voice in voices)
    assert ledger.find(Query(voice="Amina Yusuf")).rows == ()
    assert ledger.find(Query(voice="shopkeeper")).rows
    assert ledger.find(Query(voice="Nabil Musa")).rows
    found = view(ledger, next(row.incident for row in rows if row.incident))
    told = json.dumps(to_json(found)).replace(json.dumps(text)[1:-1], "")
    assert "a shopkeeper" in told
    assert "Amina" not in told.replace("Amina Yusuf, a shopkeeper, told the agency", "")  # the sentence stands as it was printed
    assert "Amina" not in json.dumps(to_json(toll_of(ledger, Query(), None, Measure.KILLED)))
    (reading,) = ledger.readings()
    assert "Amina Yusuf, a shopkeeper" in {voice.name for claim in reading.claims for voice in claim.voices}, "the reading is evidence and stays"


def test_documents_judged_different_are_voices_of_their_own(ledger: Ledger, replayed: Replayed) -> None:
    added(ledger, replayed, "front", "reprint")
    link_all(ledger)
    number = strike(ledger, "front").number
    pair = REPORTS["front"].id, REPORTS["reprint"].id
    assert view(ledger, number).copies == ((pair[1], pair[0]),)
    counted = view(ledger, number).weighed.voices.n_independent
    judge_documents(ledger, pair, Judgement.DIFFERENT, Person("ada", "each has its own witness"))
    apart = view(ledger, number)
    assert apart.copies == ()
    assert {row.documents for tally in apart.weighed.tallies for row in tally.rows} != {(pair[0],)}
    link_all(ledger)
    assert view(ledger, number).copies == (), "a new run keeps to it"
    judge_documents(ledger, pair, Judgement.UNSURE, Person("ada"))
    assert view(ledger, number).copies == ((pair[1], pair[0]),)
    assert view(ledger, number).weighed.voices.n_independent == counted
    assert ledger.verify().problems == ()
    with pytest.raises(InputError, match="no document 'doc_none'"):
        judge_documents(ledger, (pair[0], "doc_none"), Judgement.DIFFERENT, Person("ada"))


def test_copies_that_a_later_run_does_not_find_are_taken_back(ledger: Ledger, replayed: Replayed, monkeypatch: pytest.MonkeyPatch) -> None:
    added(ledger, replayed, "front", "reprint", "ministry")
    first = link_all(ledger)
    assert (first.copies, first.withdrawn_copies) == (1, 0)
    number = strike(ledger, "front").number
    with monkeypatch.context() as patched:
        patched.setattr("sayso.desk.linking.find_copies", lambda documents: (list(documents), ())[1])
        gone = link_all(ledger)
        assert (gone.copies, gone.withdrawn_copies) == (0, 1)
        assert view(ledger, number).copies == ()
        assert link_all(ledger).head == gone.head, "taken back once"
    assert len(list(ledger.copies())) == 1, "what was found stays in the chain"
    again = link_all(ledger)
    assert (again.new_copies, again.withdrawn_copies) == (1, 0)
    assert len(view(ledger, number).copies) == 1
    ledger.rebuild()
    assert len(view(ledger, number).copies) == 1
    assert ledger.verify().problems == ()


def test_copies_of_what_was_taken_down_are_found_anew(ledger: Ledger, replayed: Replayed) -> None:
    added(ledger, replayed, "front", "reprint", "ministry")
    link_all(ledger)
    ledger.take_down(Tombstone(REPORTS["front"].id, "ada", "a court's order", "2024-06-01"))
    assert link_all(ledger).copies == 0
    assert list(ledger.copies(standing=True)) == []
    assert ledger.verify().problems == ()


def test_one_incident_asks_only_for_what_is_at_hand(rivals: Ledger, replayed: Replayed, monkeypatch: pytest.MonkeyPatch) -> None:
    added(rivals, replayed, "reprint")
    link_all(rivals)
    front, ministry = strike(rivals, "front"), strike(rivals, "ministry")
    review(rivals, front.number, Verdict.REJECT, ADA)
    judge(rivals, (front.number, ministry.number), Judgement.SAME, ADA)
    whole = view(rivals, front.number)
    assert whole.copies
    assert whole.explained.judged
    assert any(claim.status == "rejected" for claim in whole.claims)

    def none_of_it(*_: object) -> None:
        raise AssertionError("goes through everything")

    for name in ("copies", "reviews", "carried", "links", "documents", "readings"):
        monkeypatch.setattr(Ledger, name, none_of_it)
    assert view(rivals, front.number) == whole
