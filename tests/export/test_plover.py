import io
import json
from dataclasses import replace

import pytest
from jsonschema import Draft202012Validator
from tests.export.rows_by_hand import ARMY, FRONT, PEOPLE, Told, incident, killed, settings

from sayso.codebooks.codebook import PLOVER_MODES, load_codebook
from sayso.export.plover import EXPORTER, QUAD, RECIPIENT_REQUIRED, SCALE, plover_events
from sayso.export.subject import Coarsen, subjects_of
from sayso.link.told import ReviewStatus
from sayso.model import Act, ActorTarget, Document, Interval, PlaceTarget, Review, Source, Voice
from sayso.model.words import ActorKind, Modality, PlacePrecision, SourceKind, TimePrecision, Verdict, VoiceKind

TEXT_OR_NULL = {"type": ["string", "null"]}
CODE_OR_NULL = {"type": ["string", "null"], "pattern": "^[A-Z]{3}$"}
NUMBER_OR_NULL = {"type": ["integer", "null"], "minimum": 0}


def _object(properties: dict) -> dict:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


ENTITY = _object(
    dict.fromkeys(("identifier_id", "identifier_text", "religion", "ethnicity", "office", "gender", "age"), TEXT_OR_NULL)
    | {"code": CODE_OR_NULL, "sector": CODE_OR_NULL, "entity_text": {"type": "string"}}
)
PLACE = _object(
    dict.fromkeys(("extracted_place", "resolved_place", "city", "district", "province", "country", "feature_class", "feature_code"), TEXT_OR_NULL)
    | {
        "geonameid": NUMBER_OR_NULL, "lat": {"type": ["number", "null"]}, "lon": {"type": ["number", "null"]},
        "country_code": {"type": ["string", "null"], "pattern": "^[A-Z]{3}$"}, "resolution": {"enum": [None, 1, 2, 3, 4, 5]},
    }
)  # fmt: skip
CITE = ("corpus", "citation", "url", "title", "language", "publication", "license", "copyright", "coder", "codebook", "version", "published")
DAY = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
# The layout of standards.md 3.3, all keys of it.
SCHEMA = _object(
    {
        "id": {"type": "string"}, "has_event": {"const": True}, "date": DAY, "time": TEXT_OR_NULL, "enddate": {"anyOf": [DAY, {"type": "null"}]},
        "endtime": TEXT_OR_NULL, "actor": {"type": "array", "items": ENTITY}, "recipient": {"type": "array", "items": ENTITY},
        "event": {"type": "array", "items": {"enum": list(PLOVER_MODES)}, "minItems": 1}, "event_loc": PLACE,
        "event_text": {"type": "array", "items": {"type": "string"}, "minItems": 1}, "quad_code": {"enum": [1, 2, 3, 4]},
        "event_scale": {"type": ["number", "null"], "minimum": -10, "maximum": 10},
        "mode": {"type": "array", "items": {"enum": sorted({mode for modes in PLOVER_MODES.values() for mode in modes} | {"historical"})}},
        "context": {"type": "array", "maxItems": 0}, "size": _object(dict.fromkeys(("dead", "injured", "arrested"), NUMBER_OR_NULL)),
        "link": TEXT_OR_NULL, "text": {"type": "string"},
        "text_info": _object({"sequence": NUMBER_OR_NULL, "start": NUMBER_OR_NULL, "end": NUMBER_OR_NULL, "text_story": {"type": "string"}}),
        "cite_info": _object(dict.fromkeys(CITE, TEXT_OR_NULL)), "coder": {"type": "string"}, "coded_date": DAY, "coded_time": TEXT_OR_NULL,
        "comment": {"type": "string"},
    }
)  # fmt: skip


def events(*told: Told, made=None) -> list[dict]:
    out = io.BytesIO()
    number = EXPORTER.write([incident(*told)], out, made or settings())
    found = [json.loads(line) for line in out.getvalue().decode().splitlines()]
    assert number == len(found)
    for one in found:
        Draft202012Validator(SCHEMA).validate(one)
    return found


def test_an_event_by_hand():
    found = events(Told(figures=[killed(9, None)], voice=Voice("the Relief Office", VoiceKind.NGO)))
    assert len(found) == 1
    event = found[0]
    assert (event["event"], event["mode"], event["quad_code"], event["event_scale"]) == (["ASSAULT"], ["firearms"], 4, -9.0)
    assert (event["date"], event["enddate"]) == ("2024-05-03", None)
    assert [(one["code"], one["sector"], one["identifier_text"]) for one in event["actor"]] == [("SDN", "REB", "Alpha Front")]
    assert [(one["code"], one["sector"], one["identifier_id"]) for one in event["recipient"]] == [("SDN", "CVL", None)]
    place = event["event_loc"]
    assert (place["city"], place["province"], place["country"], place["country_code"], place["resolution"]) == ("Dorvo", "Kassala", "Sudan", "SDN", 4)
    assert (place["lat"], place["lon"], place["geonameid"]) == (15.4, 36.1, 1001)
    assert event["size"] == {"dead": 9, "injured": None, "arrested": None}
    assert event["event_text"] == ["attacked"]
    assert event["comment"].startswith("In the layout of PLOVER, coded by sayso; reported claims, not verified facts; claims clm_")


def test_the_offsets_are_those_of_the_report():
    told = Told()
    event, text = events(told)[0], told.text
    info = event["text_info"]
    assert text[info["start"] : info["end"]].startswith("Fighters of the Front attacked")
    assert info["sequence"] == 0


def test_a_report_read_by_sayso(reader):
    text = "Army aircraft bombed a market in Omdurman on Friday, killing at least nine people. Police in Khartoum arrested four students on Thursday."
    document = Document(text, Source("Delta News", SourceKind.PRESS, None, "SD"), "p1", "Invented", "2024-05-04", "https://example.invalid/p", "en")
    found = [one for subject in subjects_of(reader.read_one(document), None) for one in plover_events(subject, settings())]
    for one in found:
        Draft202012Validator(SCHEMA).validate(one)
    told = {(one["event"][0], tuple(one["mode"])): one for one in found}
    strike, arrest = told["ASSAULT", ("aerial",)], told["COERCE", ("arrest",)]
    assert (strike["date"], strike["size"]["dead"], strike["actor"][0]["sector"]) == ("2024-05-03", 9, "MIL")
    assert (arrest["date"], arrest["actor"][0]["sector"], arrest["recipient"][0]["sector"]) == ("2024-05-02", "COP", "EDU")
    assert arrest["size"]["arrested"] == 4
    assert arrest["cite_info"]["version"] == load_codebook("plover").digest


def test_only_what_is_told_as_done_is_an_event():
    for modality in Modality:
        assert len(events(Told(modality=modality))) == (modality is Modality.ACTUAL)
    subject = incident(Told())
    rejected = replace(subject.told[0], reviews=(Review(subject.told[0].claim.id, Verdict.REJECT, "me", "2024-06-01", "wrong"),))
    assert rejected.status is ReviewStatus.REJECTED
    assert list(plover_events(replace(subject, told=(rejected,)), settings())) == []


def test_history_has_its_auxiliary_mode_and_is_an_event_of_its_own():
    found = events(Told(outlet="A"), Told(outlet="B", historical=True))
    assert sorted(one["mode"] for one in found) == [["firearms"], ["firearms", "historical"]]


def test_one_event_for_one_act_of_the_same_actors():
    assert len(events(Told(outlet="A"), Told(outlet="B"))) == 1
    assert len(events(Told(outlet="A"), Told(outlet="B", actor=ARMY))) == 2
    assert len(events(Told(outlet="A"), Told(outlet="B", act=Act("ASSAULT", "beat")))) == 2
    whole = events(Told(outlet="A", figures=[killed(9, 9)]), Told(outlet="B", figures=[killed(12, 12)]))
    assert [one["size"]["dead"] for one in whole] == [9]


@pytest.mark.parametrize("act", sorted(RECIPIENT_REQUIRED))
def test_acts_that_need_a_recipient_are_left_out_without_one(act):
    assert len(events(Told(act=Act(act)))) == 1
    reasons: list[str] = []
    assert events(Told(act=Act(act), recipient=None), made=replace(settings(), left_out=reasons.append)) == []
    assert reasons == ["its type needs a recipient, and none is told"]


def test_an_event_has_a_day():
    assert events(Told(when=None, published=None)) == []
    month = events(Told(when=Interval("2024-04-01", "2024-04-30", TimePrecision.MONTH)))[0]
    assert (month["date"], month["enddate"]) == ("2024-04-01", "2024-04-30")
    undated = events(Told(when=None))[0]
    assert undated["date"] == "2024-05-04"
    assert "date: publication day" in undated["comment"]


@pytest.mark.parametrize(
    ("target", "code", "sector"),
    [
        (ARMY, "SDN", "MIL"),
        (ActorTarget("SD.police", "Police Forces of Sudan", ActorKind.STATE_FORCE, "SD"), "SDN", "COP"),
        (ActorTarget("SD.government", "Government of Sudan", ActorKind.GOVERNMENT, "SD"), "SDN", "GOV"),
        (ActorTarget("SD", "Sudan", ActorKind.STATE, "SD"), "SDN", "GOV"),
        (FRONT, "SDN", "REB"),
        (ActorTarget("m", "A militia", ActorKind.POLITICAL_MILITIA, "SD"), "SDN", "PRM"),
        (ActorTarget(None, "Unidentified armed group (Sudan)", ActorKind.POLITICAL_MILITIA, "SD"), "SDN", "UAF"),
        (ActorTarget(None, "Protesters (Sudan)", ActorKind.PROTESTERS, "SD"), "SDN", "CVL"),
        (ActorTarget(None, "Media (Sudan)", ActorKind.MEDIA, "SD"), "SDN", "JRN"),
        (ActorTarget("un", "United Nations", ActorKind.INTERGOVERNMENTAL, None), "UNO", None),
        (ActorTarget("au", "African Union", ActorKind.INTERGOVERNMENTAL, None), "IGO", None),
        (ActorTarget("ngo", "A charity", ActorKind.NGO, None), "NGO", None),
        (ActorTarget("nato", "NATO", ActorKind.EXTERNAL_OTHER, None), "IGO", "MIL"),
        (ActorTarget("XK", "Kosovo", ActorKind.STATE, "XK"), "KOS", "GOV"),
        (ActorTarget("XT.military", "Forces of Transnistria", ActorKind.STATE_FORCE, "MD"), "MDA", "PRE"),
    ],
)
def test_kinds_become_codes_and_sectors(target, code, sector):
    actor = events(Told(actor=target))[0]["actor"][0]
    assert (actor["code"], actor["sector"]) == (code, sector)


@pytest.mark.parametrize(
    ("precision", "resolution"),
    [(PlacePrecision.SITE, 5), (PlacePrecision.SETTLEMENT, 4), (PlacePrecision.NEAR, 4), (PlacePrecision.ADMIN2, 3), (PlacePrecision.ADMIN1, 2),
     (PlacePrecision.REGION, 2), (PlacePrecision.COUNTRY, 1), (PlacePrecision.SEA, None)],
)  # fmt: skip
def test_closeness_becomes_resolution(precision, resolution):
    place = events(Told(place=PlaceTarget("Dorvo", 15.4, 36.1, precision, "1", "SD", "Kassala")))[0]["event_loc"]
    assert place["resolution"] == resolution


def test_a_withheld_place_and_a_private_name_are_nowhere():
    text = "Fighters of the Front attacked people in Dorvo on Friday, and Tovik Marel, a baker, was hurt."
    event = events(Told(text=text), made=settings(coarsen=Coarsen.WITHHOLD))[0]
    assert "Dorvo" not in json.dumps(event)
    assert "Marel" not in json.dumps(event)
    assert "[…] stands for" in event["comment"]
    assert event["event_loc"]["lat"] is None
    assert "Marel" in events(Told(text=text), made=settings(names=True))[0]["text"]


def test_the_types_are_those_of_the_codebook():
    book = {one.name: one for one in load_codebook("plover").types}
    assert set(QUAD) == set(SCALE) == set(PLOVER_MODES) == set(book)
    assert {one.name for one in book.values() if one.recipient_required} == RECIPIENT_REQUIRED
    assert {name: one.quad for name, one in book.items()} == QUAD


def test_swapping_two_parties_of_one_kind_moves_nothing_else():
    rival = ActorTarget("rival", "Beta Front", ActorKind.REBEL_GROUP, "SD")
    one, other = (events(Told(actor=first, recipient=second))[0] for first, second in ((FRONT, rival), (rival, FRONT)))
    parties = ("actor", "recipient")
    assert {key: value for key, value in one.items() if key not in parties} == {key: value for key, value in other.items() if key not in parties}
    assert events(Told(recipient=PEOPLE))[0]["recipient"][0]["sector"] == "CVL"
