"""The JSON view keeps its contract: every field, every kind of record."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.export.hand import make_document, make_failure, make_reading

from sayso.export.reading_json import failure_view, reading_view
from sayso.gazetteers.places_merge import FIRST_NUMBER
from sayso.model import Mention, PlaceTarget, Reading, Resolution
from sayso.model.words import MentionKind, PlacePrecision

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "reading.schema.json").read_text(encoding="utf-8"))
VALIDATOR = Draft202012Validator(SCHEMA)


@pytest.fixture(name="view")
def view_of_hand():
    return reading_view(make_reading())


def test_keeps_the_schema(view):
    VALIDATOR.validate(json.loads(json.dumps(view)))
    VALIDATOR.validate(reading_view(Reading(make_document())))
    VALIDATOR.validate(failure_view(make_failure()))


def test_numbers_records_in_order(view):
    assert [claim["id"] for claim in view["claims"]] == ["c1", "c2", "c3", "c4"]
    assert [figure["id"] for figure in view["figures"]] == ["f1", "f2"]
    assert view["claims"][0]["figures"] == ["f1"]
    assert view["figures"][0]["claim"] == "c1"
    assert view["figures"][1]["part_of"] == "f1"
    assert (view["relations"][0]["from"], view["relations"][0]["to"]) == ("c4", "c1")
    assert view["memberships"][0]["coalition"] == "m5"
    assert view["memberships"][0]["member"] == "m4"


def test_every_span_holds(view):
    text = view["document"]["text"]
    seen = []

    def walk(value):
        if isinstance(value, list):
            for item in value:
                walk(item)
        elif isinstance(value, dict):
            if value.get("quote") is not None:
                seen.append(value["quote"])
                assert text[value["start"] : value["end"]] == value["quote"]
            for item in value.values():
                walk(item)

    walk(view)
    assert len(seen) > 20


def test_roles_point_at_mentions_and_carry_resolutions(view):
    roles = view["claims"][0]["roles"]
    assert roles["actor"] == [{"start": 103, "end": 116, "quote": "army aircraft", "mention": "m1"}]
    assert view["mentions"][0]["resolution"]["name"] == "Military Forces of Sudan"  # the surer of two judgements
    place = roles["place"][0]
    assert (place["name"], place["admin1"], place["lat"], place["precision"], place["mention"]) == ("Wad Hassan", "Kassala", 15.4, "near", "m2")
    assert [one["admin1"] for one in place["candidates"]] == ["Kassala", "Sennar"]
    time = roles["time"]
    assert (time["from"], time["to"], time["precision"], time["basis"]) == ("2024-05-03", "2024-05-03", "day", "stated")
    assert [one["from"] for one in time["alternatives"]] == ["2024-05-02"]
    assert roles["recipient"][0]["mention"] is None


def test_unresolved_roles_are_null_not_missing():
    whole = make_reading()
    bare = Reading(whole.document, claims=whole.claims[:1])
    roles = reading_view(bare)["claims"][0]["roles"]
    assert roles["place"][0]["lat"] is None
    assert roles["place"][0]["quote"] == "near Wad Hassan"
    assert roles["time"]["from"] is None


def test_voices_go_from_the_outlet_inward(view):
    outlet, front = view["claims"][0]["voices"]
    assert (outlet["kind"], outlet["start"], outlet["cue"]) == ("outlet", None, None)
    assert (front["name"], front["stance"], front["cue"]["quote"], front["spoke"]) == ("The Eastern Front", "said", "said", "2024-05-04")
    assert view["claims"][1]["modality"] == "denied"
    assert view["claims"][1]["voices"][1]["relation"] == "accused_side"


def test_events_carry_the_codebooks_own_fields(view):
    event = view["events"][0]
    assert (event["codebook"], event["event_type"], event["sub_event_type"], event["claims"]) == (
        "acled", "Explosions/Remote violence", "Air/drone strike", ["c1"])  # fmt: skip


def test_the_text_is_the_given_text():
    document = make_document("The army said\r\n\u2067so\u2069.\t")
    assert reading_view(Reading(document))["document"]["text"] == "The army said\r\n\u2067so\u2069.\t"


def test_credits_stand_where_a_place_was_located(view):
    assert view["credits"] == ["© GeoNames, CC BY 4.0"]
    assert reading_view(Reading(make_document()))["credits"] == []


def test_imported_places_have_their_own_credit():
    document = make_document()
    mention = Mention(MentionKind.PLACE, document.span(0, 6))
    target = PlaceTarget("Suakin", 19.1, 37.3, PlacePrecision.SETTLEMENT, str(FIRST_NUMBER + 1), "SD")
    found = reading_view(Reading(document, (mention,), resolutions=(Resolution(mention.id, target, 0.9, "listed", "m"),)))
    assert len(found["credits"]) == 2
    assert "Who's On First" in found["credits"][1]
