"""The cue lexicon: complete, consistent, and strict about what it does not know."""

from pathlib import Path

import pytest

import sayso.languages
from sayso.errors import DataError
from sayso.languages.cues import Cues, Takes
from sayso.model.words import Stance, VoiceKind

ENGLISH = Path(sayso.languages.__file__).parent / "en" / "cues.toml"


@pytest.fixture(scope="module")
def cues() -> Cues:
    return Cues.from_file(ENGLISH)


def test_the_lexicon_covers_what_speakers_do(cues: Cues) -> None:
    assert len(cues.verbs) >= 200
    told = {cue.stance for entries in cues.verbs.values() for cue in entries}
    assert told == set(Stance)


def test_every_kind_of_voice_that_words_can_name_has_words(cues: Cues) -> None:
    assert set(cues.speakers.values()) == set(VoiceKind) - {VoiceKind.PERSON}


@pytest.mark.parametrize(
    ("verb", "takes", "stance"),
    [
        ("say", Takes.CLAUSE, Stance.SAID),
        ("deny", Takes.GERUND, Stance.DENIED),
        ("claim", Takes.OBJECT, Stance.CLAIMED_RESPONSIBILITY),
        ("urge", Takes.INFINITIVE, Stance.URGED),
        ("confirm", Takes.OBJECT, Stance.CONFIRMED),
        ("believe", Takes.INFINITIVE, Stance.BELIEVED),
    ],
)
def test_a_verb_takes_its_content_with_its_stance(cues: Cues, verb: str, takes: Takes, stance: Stance) -> None:
    assert stance in {cue.stance for cue in cues.verbs[verb] if takes in cue.takes}


def test_what_is_wished_or_judged_is_not_told(cues: Cues) -> None:
    for word in ("urge", "plan", "condemn", "order"):
        assert not any(cue.told for cue in cues.verbs[word] if Takes.OBJECT in cue.takes or Takes.INFINITIVE in cue.takes), word


def test_longer_phrases_come_before_their_first_word(cues: Cues) -> None:
    for word, entries in cues.verbs.items():
        lengths = [len(cue.words) for cue in entries]
        assert lengths == sorted(lengths, reverse=True), word
    assert cues.verbs["claim"][0].words[:1] == ("claim",)
    assert len(cues.verbs["claim"][0].words) == 2


@pytest.mark.parametrize(
    ("added", "named"),
    [
        ('\n[[verbs]]\nstance = "said"\ntakes = ["clause"]\nwords = ["mumble"]\nvolume = 3\n', "volume"),
        ('\n[[verbs]]\nstance = "mumbled"\ntakes = ["clause"]\nwords = ["mumble"]\n', "mumbled"),
        ('\n[[verbs]]\nstance = "said"\ntakes = ["songs"]\nwords = ["mumble"]\n', "songs"),
        ('\n[[verbs]]\nstance = "said"\nwords = ["mumble"]\n', "takes"),
        ('\n[[verbs]]\nstance = "said"\ntakes = ["clause"]\nwords = []\n', "words"),
        ('\n[noises]\nwords = ["mumble"]\n', "noises"),
        ('\n[[nouns]]\nstance = "said"\ntakes = ["clause"]\nwords = ["mumble", "mumble"]\n', "mumble"),
    ],
)
def test_a_mistake_in_the_file_is_named(tmp_path: Path, added: str, named: str) -> None:
    wrong = tmp_path / "cues.toml"
    wrong.write_text(ENGLISH.read_text(encoding="utf-8") + added, encoding="utf-8")
    with pytest.raises(DataError, match=named):
        Cues.from_file(wrong)
