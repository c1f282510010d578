import random

from tests.link.telling import ARMY, Telling, exactly, tell

from sayso.link.told import Party, _one_party, loose_figures, name_key, sources_by_name, told_of
from sayso.link.voices_apart import voices_apart
from sayso.model import Document, RegisteredSource, Source
from sayso.model.words import Modality, SourceKind, VoiceKind
from sayso.pipeline import Reader

WIRE = Telling((exactly(9),), voice=None, outlet="Coast Wire (invented)", published="2024-05-04")


def counted(told):
    return voices_apart(told).n_independent


def test_wire_reprinted_by_five_outlets_is_one_voice_and_says_why():
    original = tell(WIRE)
    copies = [tell(WIRE, outlet=f"Paper {number} (invented)", copy_of=original.report.document, given=str(number)) for number in range(5)]
    found = voices_apart([*copies, original])
    assert (found.n_documents, found.n_independent) == (6, 1)
    first, *others = found.voices
    assert first.counted
    assert first.outlets == ("Coast Wire (invented)",)
    assert {one.reason for one in others} == {f"Paper {number} (invented) reprints the words of Coast Wire (invented)" for number in range(5)}


def test_witnesses_of_two_outlets_count_apart_of_one_wire_reprinted_once():
    first, second = tell(voice="witnesses"), tell(voice="witnesses", outlet="Hill Radio (invented)")
    assert counted([first, second]) == 2
    reprint = tell(voice="witnesses", outlet="Hill Radio (invented)", copy_of=first.report.document)
    assert counted([first, reprint]) == 1


def test_nobody_in_particular_counts_once_in_one_outlet_and_with_its_own_word():
    told = [tell(voice="residents"), tell(voice="officials", kind=VoiceKind.OFFICIAL, given="2"), tell(voice=None, given="3")]
    found = voices_apart(told)
    assert found.n_independent == 1
    assert any("nobody in particular" in one.reason for one in found.voices)


def test_a_named_voice_is_one_through_whatever_outlet():
    ministry = Telling(voice="the Health Ministry", kind=VoiceKind.STATE)
    told = [tell(ministry), tell(ministry, voice="Health ministry", outlet="Hill Radio (invented)"), tell(voice=None, outlet="Lake Post (invented)")]
    found = voices_apart(told)
    assert found.n_independent == 2
    assert [one.reason for one in found.voices if not one.counted] == ["the same voice, the Health Ministry, told of before"]


def test_ministry_and_its_own_agency_are_one_party():
    sources = (
        RegisteredSource("Norland Press Agency", SourceKind.AGENCY, aliases=("NPA",), agency="Information Ministry", set_by="editor", reason="owned by it"),
        RegisteredSource("Information Ministry", SourceKind.STATE, side="Norland"),
    )
    told = [
        tell(voice="the Information Ministry", kind=VoiceKind.STATE, sources=sources),
        tell(voice=None, outlet="NPA", sources=sources),
        tell(voice=None, outlet="Hill Radio (invented)", sources=sources),
    ]
    found = voices_apart(told)
    assert found.n_independent == 2
    assert any("one party with" in one.reason for one in found.voices)


def test_organs_of_one_state_are_one_party():
    army = Telling(voice="army", kind=VoiceKind.STATE, side=ARMY.name, actor=ARMY)
    sources = (RegisteredSource("Norland Television", SourceKind.STATE, country="XN"),)
    assert counted([tell(army, sources=sources), tell(voice=None, outlet="Norland Television", sources=sources)]) == 1


def test_authority_of_no_known_side_in_a_partys_own_channel_is_that_party():
    ministry = Telling(voice="the Defence Ministry", kind=VoiceKind.STATE, outlet="Ministry bulletin (invented)", outlet_side=ARMY.name)
    army = Telling(voice="army", kind=VoiceKind.STATE, side=ARMY.name, given="2")
    assert counted([tell(ministry), tell(army)]) == 1
    assert counted([tell(ministry, outlet="Lake Post (invented)", outlet_side=None), tell(army)]) == 2
    reprinted = (RegisteredSource("Lake Post (invented)", agency="Coast Wire"),)
    assert counted([tell(ministry, outlet="Lake Post (invented)", outlet_side=None, sources=reprinted), tell(WIRE, outlet="Coast Wire")]) == 2


def test_outlets_that_are_not_told_cannot_be_shown_to_be_independent():
    told = [tell(voice=None, outlet="unknown", given="1"), tell(voice=None, outlet="unknown", given="2")]
    found = voices_apart(told)
    assert found.n_independent == 1
    assert "no source is told" in found.voices[1].reason


def test_own_reporting_of_a_paper_that_also_reprints_a_wire_counts():
    original = tell(WIRE)
    reprint = tell(WIRE, outlet="Hill Radio (invented)", copy_of=original.report.document)
    own = tell(voice=None, outlet="Hill Radio (invented)", given="own")
    assert counted([original, reprint, own]) == 2


def test_denials_and_plans_are_no_voices_for_it_and_rejected_ones_neither():
    told = [
        tell(),
        tell(voice="army", kind=VoiceKind.STATE, modality=Modality.DENIED, given="2"),
        tell(voice="Clinic of Wad Hassan", kind=VoiceKind.MEDIC, modality=Modality.PLANNED, given="3"),
        tell(voice="River Council", kind=VoiceKind.NGO, given="4", reviews=(("reject", "ann", "2024-05-05"),)),
    ]
    found = voices_apart(told)
    assert (found.n_documents, found.n_independent) == (1, 1)
    assert [one.voice for one in found.denying] == ["army"]


def test_order_does_not_matter():
    told = [tell(WIRE, given=str(number), outlet=f"Paper {number % 4}", published=None if number % 3 else "2024-05-01") for number in range(9)]
    wanted = voices_apart(told)
    random.Random(5).shuffle(told)
    assert voices_apart(told) == wanted


def test_copies_of_copies_have_one_original_and_rings_end():
    telling = Telling((exactly(9),))
    reading = telling.reading()
    own, claim = reading.document.id, reading.claims[0].id
    assert told_of(reading, [claim], {own: "b", "b": "c"}, {})[0].report.copy_group == "c"
    ring = {own: "b", "b": "c", "c": own}
    assert told_of(reading, [claim], ring, {})[0].report.copy_group == min(own, "b", "c")


def test_names_fold_and_later_records_replace_earlier_ones():
    assert name_key("The  Café-Post") == name_key("cafe post")
    assert name_key("…") == "…"
    first, later = RegisteredSource("Coast Wire", aliases=("CW",)), RegisteredSource("Coast Wire", side="North", aliases=("CW",))
    assert sources_by_name([first, later])["cw"] is later


def test_loose_figures_are_those_without_a_claim():
    from dataclasses import replace

    reading = Telling((exactly(9),)).reading()
    loose = replace(reading, figures=(replace(reading.figures[0], claim=None),))
    assert loose_figures(reading, {}, {}) == ()
    assert [one.figure.low for one in loose_figures(loose, {}, {})] == [9]


def test_a_short_form_and_a_spokesman_belong_to_the_name_that_the_report_tells_whole():
    text = (
        "The Eastern Front said on Friday that aircraft killed nine herders near Wad Hassan. The toll was nine, a spokesman for the Front said."
        " Nine died, a medic said."
    )
    (reading,) = Reader().read([Document(text, Source("Delta News (invented)", SourceKind.AGENCY), published="2024-05-04")])
    report = told_of(reading, [claim.id for claim in reading.claims], {}, {})[0].report
    front = next(party for name, party in report.voices if name == "The Eastern Front")
    speaker = next(party for name, party in report.voices if "spokesman" in name)
    medic = next(party for name, party in report.voices if "medic" in name)
    assert front.key in speaker.keys
    assert not front.keys & medic.keys


def test_a_short_form_that_could_be_two_stays_alone():
    voices = {name: Party(name) for name in ("The Eastern Front", "The Western Front", "the Front", "a spokesman for the Front")}
    found = _one_party(voices, Party("Delta News (invented)"))
    assert found["the Front"].belongs == ()
    assert found["a spokesman for the Front"].belongs == ("front",)
    ministry = _one_party({"The ministry": Party("The ministry"), "the ministry's spokesman": Party("the ministry's spokesman")}, Party("Ministry of Defence"))
    assert {party.belongs for party in ministry.values()} == {("ministry of defence",), ("ministry", "ministry of defence")}
    police = _one_party({"police": Party("police"), "a police source": Party("a police source"), "policy": Party("policy")}, Party("Paper"))
    assert (police["a police source"].belongs, police["policy"].belongs) == (("police",), ())
