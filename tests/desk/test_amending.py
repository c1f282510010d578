"""Amendments: the fields that a reviewer changes, checked before they are entered; evidence and voices never change."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as some
from tests.desk.scripted import Scripted, taken
from tests.store.made import FIRST, SECOND, read, with_raw

from sayso.desk.adding import add, reread
from sayso.desk.amending import amended, check_amendment, check_stretches
from sayso.desk.reviewing import Person, review
from sayso.errors import InputError
from sayso.model import Act, Document, Reading, Review, Source
from sayso.model.words import Certainty, Measure, Modality, Verdict, VictimStatus
from sayso.store.ledger import Ledger
from sayso.store.query import Query

ADA = Person("ada", "the hospital's list")


def amend(record: str, at: str = "2024-05-06T00:00:00Z", **fields: object) -> Review:
    return Review(record, Verdict.AMEND, "ada", at, "looked again", json.dumps(fields))


@pytest.fixture
def reading() -> Reading:
    return read(with_raw(1)[0], FIRST)


def test_fields_change_and_evidence_stays(reading: Reading) -> None:
    old, figure = reading.claims[0], reading.figures[0]
    told = {"type": "COERCE", "mode": "siege", "modality": "denied", "certainty": "possible", "victim_status": "combatant"}
    review_of_figure = amend(figure.id, low=12, high=None, point=None, measure="injured", status="civilian", group="herders")
    new = amended(reading, [amend(old.id, **told), review_of_figure])
    claim, counted = new.claims[0], new.figures[0]
    assert (claim.act, claim.modality, claim.certainty, claim.victim_status) == (
        Act("COERCE", "siege"), Modality.DENIED, Certainty.POSSIBLE, VictimStatus.COMBATANT,
    )  # fmt: skip
    assert (claim.trigger, claim.voices, claim.roles) == (old.trigger, old.voices, old.roles)
    assert (counted.low, counted.high, counted.measure, counted.status, counted.group) == (12, None, Measure.INJURED, VictimStatus.CIVILIAN, "herders")
    assert (counted.span, counted.voices, counted.claim) == (figure.span, figure.voices, claim.id)
    assert (claim.id, counted.id) == (old.id, figure.id)  # what is weighed can be found in the ledger
    assert new.claims[1:] == reading.claims[1:]
    assert reading.claims[0] == old


def test_another_type_leaves_no_mode_behind(reading: Reading) -> None:
    claim = amended(reading, [amend(reading.claims[0].id, type="PROTEST")]).claims[0]
    assert claim.act == Act("PROTEST", None)


def test_the_last_amendment_holds_and_verdicts_amend_nothing(reading: Reading) -> None:
    name = reading.claims[0].id
    later = amend(name, "2024-05-06T00:00:00.5Z", type="PROTEST")
    earlier = amend(name, "2024-05-06T00:00:00.1Z", type="COERCE")
    assert amended(reading, [later, earlier]).claims[0].act.type == "PROTEST"
    accepted = Review(name, Verdict.ACCEPT, "ada", "2024-05-06")
    assert amended(reading, [accepted]) is reading


def test_a_later_amendment_keeps_the_fields_that_it_does_not_name(reading: Reading) -> None:
    name = reading.claims[0].id
    first = amend(name, "2024-05-06T00:00:00.1Z", type="COERCE", mode="siege", modality="denied")
    second = amend(name, "2024-05-06T00:00:00.5Z", certainty="possible")
    claim = amended(reading, [first, second]).claims[0]
    assert (claim.act, claim.modality, claim.certainty) == (Act("COERCE", "siege"), Modality.DENIED, Certainty.POSSIBLE)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ("{", "no JSON"),
        ("[1]", "no object"),
        ("{}", "no object with fields: known are type"),
        ("[" * 100_000, "no JSON"),
        ('{"voices": []}', "'voices' cannot be amended; known are type, mode"),
        ('{"trigger": "x"}', "'trigger' cannot be amended"),
        ('{"modality": "maybe"}', "modality 'maybe' is none of actual, denied"),
        ('{"modality": ["actual"]}', "is none of actual"),
        ('{"type": 5}', "type 5 is no word"),
        ('{"type": null}', "type None is no word"),
        ('{"type": " "}', "is no word"),
        ('{"mode": {"a": 1}}', "is no word, nor null"),
        ('{"low": 3}', "'low' cannot be amended"),
    ],
)
def test_what_cannot_be_amended_is_refused(told: str, words: str) -> None:
    with pytest.raises(InputError, match="amendment") as wrong:
        check_amendment(told)
    assert words in str(wrong.value)


@pytest.mark.parametrize(
    "told", ['{"low": -1}', '{"low": true}', '{"high": 1.5}', '{"point": "nine"}', '{"low": 1e400}', '{"measure": "hurt"}', '{"type": "X"}']
)
def test_what_cannot_be_amended_of_a_figure(told: str) -> None:
    with pytest.raises(InputError, match="amendment"):
        check_amendment(told, figure=True)


@given(
    some.dictionaries(
        some.sampled_from(["type", "mode", "modality", "certainty", "victim_status"]),
        some.none() | some.text() | some.integers() | some.sampled_from(["actual", "denied", "certain", "civilian"]),
        min_size=1,
    )
)
def test_what_is_let_in_can_be_followed(fields: dict[str, object]) -> None:
    """A verdict cannot be taken back, so whatever passes the check is followed without an error."""
    told = json.dumps(fields)
    try:
        check_amendment(told)
    except InputError:
        return
    reading = read(with_raw(1)[0], FIRST)
    new = amended(reading, [amend(reading.claims[0].id, **fields)])
    assert len(new.claims) == len(reading.claims)


def test_a_wrong_amendment_from_elsewhere_names_the_way_out(reading: Reading) -> None:
    wrong = amend(reading.figures[0].id, low=10)  # above the high that stands
    with pytest.raises(InputError, match=r"the amendments of fig_.*a later amendment takes their place"):
        amended(reading, [wrong])


def test_the_desk_enters_no_amendment_that_cannot_be_followed(ledger: Ledger) -> None:
    list(add([taken(1)], ledger, Scripted()))
    number = ledger.find(Query()).rows[0].number
    head = ledger.head()
    for verdict, told in ((Verdict.AMEND, '{"modality": "maybe"}'), (Verdict.AMEND, None), (Verdict.ACCEPT, '{"type": "PROTEST"}')):
        with pytest.raises(InputError):
            review(ledger, number, verdict, ADA, told)
    with pytest.raises(InputError, match="needs a reason: give it with --reason"):
        review(ledger, number, Verdict.REJECT, Person("ada"))
    for name in ("", "  ", "sayso link 1"):
        with pytest.raises(InputError, match=r"no person's name.*--by"):
            Person(name)
    assert ledger.head() == head
    made, after = review(ledger, number, Verdict.AMEND, ADA, '{"type": "PROTEST"}')
    assert (after.seq, made.reviewer) == (head.seq + 1, "ada")
    assert ledger.find(Query(status="amended")).rows[0].number == number


def test_of_two_verdicts_in_one_second_the_later_holds(ledger: Ledger) -> None:
    from sayso.desk.reviewing import current_reviews
    from sayso.link.told import ReviewStatus, review_status

    list(add([taken(1)], ledger, Scripted()))
    number = ledger.find(Query()).rows[0].number
    for round_ in range(5):
        verdict = Verdict.REJECT if round_ % 2 else Verdict.ACCEPT
        made, _ = review(ledger, number, verdict, ADA)
        status = review_status(made.record, current_reviews(ledger)[made.record])
        assert status is (ReviewStatus.REJECTED if round_ % 2 else ReviewStatus.ACCEPTED)


def test_an_amended_claim_is_shown_and_found_as_amended_also_after_a_rereading(ledger: Ledger) -> None:
    list(add([taken(1)], ledger, Scripted()))
    row = ledger.find(Query()).rows[-1]
    review(ledger, row.number, Verdict.AMEND, Person("ada", "the report says so"), '{"type": "COERCE", "modality": "planned"}')
    review(ledger, row.number, Verdict.AMEND, Person("ben", "so do I"), '{"mode": "siege"}')

    def shown() -> tuple[object, ...]:
        (found,) = ledger.find(Query(type="COERCE", modality="planned", status="amended")).rows
        return found.number, found.type, found.mode, found.modality

    assert shown() == (row.number, "COERCE", "siege", "planned")
    ledger.rebuild()
    assert shown() == (row.number, "COERCE", "siege", "planned")
    list(reread(ledger, Scripted(SECOND)))
    assert len(ledger.readings_of(row.document)) == 2
    assert shown()[1:] == ("COERCE", "siege", "planned")
    assert ledger.current_reading(row.document).claims[0].act.type != "COERCE"  # type: ignore[union-attr]  # what was read stays


def test_roles_are_amended_by_stretches_of_the_text(reader):
    text = "Gunmen attacked a clinic in Goma on 17 May 2024, the governor said."
    reading = reader.read_one(Document(text, Source("Delta Wire"), published="2024-05-18", language="en"))
    claim = reading.claims[0]
    at = text.index("the governor")
    fields = {"actor": [[at, at + 12]], "place": [], "time": None}
    made = amended(reading, [Review(claim.id, Verdict.AMEND, "ada", "2024-05-19T00:00:00Z", "so it reads", json.dumps(fields))]).claims[0]
    assert made.id == claim.id
    assert [span.quote for span in made.roles.actor] == ["the governor"]
    assert (made.roles.place, made.roles.time) == ((), None)
    assert made.roles.recipient == claim.roles.recipient


@pytest.mark.parametrize("stretches", ["[[3, 3]]", "[[-1, 3]]", '"Gunmen"', "[[0, true]]", "null", "[[0, 1, 2]]", "[0, 1]"])
def test_stretches_that_are_none(stretches):
    with pytest.raises(InputError, match="no list of stretches"):
        check_amendment(f'{{"actor": {stretches}}}')
    with pytest.raises(InputError, match="no list of stretches"):
        check_amendment('{"time": [[0, 3], [4, 6]]}')


def test_stretches_lie_within_the_text():
    with pytest.raises(InputError, match="ends at 9, and the report has 5"):
        check_stretches({"actor": [[0, 9]]}, 5)
