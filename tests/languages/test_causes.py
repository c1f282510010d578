"""Cues of causes: complete, consistent, and strict about what they do not know."""

import json
from pathlib import Path

import pytest

import sayso.languages
from sayso.errors import DataError
from sayso.languages.causes import CauseCues, CauseWeights, Form, Grade

ENGLISH = Path(sayso.languages.__file__).parent / "en" / "causes.toml"


@pytest.fixture(scope="module")
def cues() -> CauseCues:
    return CauseCues.from_file(ENGLISH)


@pytest.mark.parametrize(
    ("words", "form", "cause_after"),
    [("because of", Form.LINK, True), ("so that", Form.LINK, False), ("in order to", Form.INFINITIVE, True)],
)
def test_written_cues_say_on_which_side_the_cause_stands(cues: CauseCues, words: str, form: Form, cause_after: bool) -> None:
    (cue,) = (one for one in cues.written[words.split()[0]] if " ".join(one.words) == words)
    assert (cue.form, cue.cause_after, cue.grade) == (form, cause_after, Grade.SURE)


def test_a_verb_of_causing_and_one_of_being_caused_are_opposite(cues: CauseCues) -> None:
    ways = {" ".join(one.words): one.cause_after for entries in cues.verbs.values() for one in entries if one.form is Form.VERB}
    assert ways["result in"] is False
    assert ways["result from"] is True


def test_longer_phrases_come_first(cues: CauseCues) -> None:
    for entries in (*cues.written.values(), *cues.verbs.values(), *cues.nouns.values()):
        lengths = [len(one.words) for one in entries]
        assert lengths == sorted(lengths, reverse=True)


def test_what_nobody_answers_is_a_link(cues: CauseCues) -> None:
    links = {" ".join(one.words) for entries in cues.written.values() for one in entries}
    assert cues.unanswered <= links


@pytest.mark.parametrize(
    ("added", "named"),
    [("[conjunctions]\nsure = []\n", "conjunctions"), ("[links.cause]\nmaybe = ['as']\n", "maybe"), ("[infinitives]\nopen = 'to'\n", "open")],
)
def test_what_is_not_known_is_named(tmp_path: Path, added: str, named: str) -> None:
    path = tmp_path / "causes.toml"
    path.write_text(added, encoding="utf-8")
    with pytest.raises(DataError, match=rf"causes\.toml:\d+: .*{named}"):
        CauseCues.from_file(path)


def test_without_learned_weights_the_cues_stand_alone(tmp_path: Path) -> None:
    path = tmp_path / "causes.toml"
    path.write_text('[links.cause]\nsure = ["because"]\n', encoding="utf-8")
    assert CauseCues.from_file(path).weights is None


def test_a_chance_is_the_logistic_of_the_sum(tmp_path: Path) -> None:
    path = tmp_path / "causes.json"
    path.write_text(json.dumps({"least": 0.4, "features": {"any": -1.0, "form link": 3.0}}), encoding="utf-8")
    weights = CauseWeights.from_file(path)
    assert weights.least == 0.4
    assert weights.chance(("any", "form link")) == pytest.approx(0.8808, abs=1e-4)
    assert weights.chance(("never learned",)) == 0.5


@pytest.mark.parametrize(
    ("written", "named"),
    [
        ("{", "causes.json"),
        ('{"least": 0.4}', "features"),
        ('{"least": 2, "features": {}}', "least"),
        ('{"least": 0.4, "features": {"any": "much"}}', "any"),
        ('{"least": 0.4, "features": [1]}', "features"),
    ],
)
def test_wrong_weights_are_named(tmp_path: Path, written: str, named: str) -> None:
    path = tmp_path / "causes.json"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(DataError, match=named):
        CauseWeights.from_file(path)
