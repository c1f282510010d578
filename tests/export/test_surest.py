from dataclasses import replace

import pytest

from sayso.export.surest import surest
from sayso.model import Claim, Document, Event, Figure, Incident, Reading, Relation, Source
from sayso.model.claim import Act, Voice
from sayso.model.words import Measure, RelationKind, VoiceKind

TEXT = "Raiders burned Oldmill, and guards arrested two of them: two, including one boy."
DOCUMENT = Document(TEXT, Source("Outlet"), language="en")
OUTLET = (Voice("Outlet", VoiceKind.OUTLET),)


def claim(quote: str, kind: str, confidence: float) -> Claim:
    start = TEXT.index(quote)
    return Claim(DOCUMENT.span(start, start + len(quote)), Act(kind), OUTLET, confidence=confidence)


@pytest.fixture(name="reading")
def a_reading_of_two_claims() -> Reading:
    first, second = claim("burned", "ASSAULT", 0.9), claim("arrested", "COERCE", 0.4)
    whole = Figure(DOCUMENT.span(45, 56), Measure.DETAINED, 2, 2, OUTLET, claim=second.id, confidence=0.7)
    part = Figure(DOCUMENT.span(72, 79), Measure.DETAINED, 1, 1, OUTLET, claim=second.id, part_of=whole.id, confidence=0.95)
    both, alone = Incident((first.id, second.id)), Incident((second.id,))
    events = (Event("acled", "d", both.id, both.claims, (), "x"), Event("acled", "d", alone.id, alone.claims, (), "y"))
    relation = Relation(RelationKind.RESPONDS_TO, second.id, first.id, DOCUMENT.span(24, 27))
    return Reading(DOCUMENT, claims=(first, second), figures=(whole, part), relations=(relation,), incidents=(both, alone), events=events)


def test_nothing_is_left_out_of_what_is_sure_enough(reading: Reading) -> None:
    assert surest(reading, 0.0) is reading
    assert surest(reading, 0.4) is reading


def test_a_claim_goes_with_what_rests_on_it(reading: Reading) -> None:
    left = surest(reading, 0.5)
    assert [one.trigger.quote for one in left.claims] == ["burned"]
    assert [(one.claim, one.part_of is None) for one in left.figures] == [(None, True), (None, False)]
    assert left.relations == ()
    assert [one.claims for one in left.incidents] == [(left.claims[0].id,)]
    assert [(one.incident, one.reason) for one in left.events] == [(left.incidents[0].id, "x")]
    assert left.notes == ("1 claim under the least confidence of 0.5 not shown",)
    assert left.mentions == reading.mentions


def test_a_part_outlives_its_whole(reading: Reading) -> None:
    left = surest(replace(reading, notes=("first",)), 0.8)
    assert [(one.low, one.part_of) for one in left.figures] == [(1, None)]
    assert left.notes == ("first", "1 claim and 1 figure under the least confidence of 0.8 not shown")
