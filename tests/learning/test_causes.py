"""Training of the judge of causes, on invented examples."""

import json
from pathlib import Path

import numpy
import pytest
from click.testing import CliRunner
from tests.evaluate.test_causes import corpus

from sayso.languages.causes import CauseWeights
from sayso.languages.pack import load_pack
from sayso.learning.causes import HOME, Examples, examples, main, train
from sayso.learning.sparse import Penalty, learn, shares

# Invented: the same few cues again and again, those after "for" and "because of" causal, those before a time not.
NAMES = ("Farmers", "Teachers", "Drivers", "Nurses", "Traders", "Miners", "Students", "Weavers")
ROWS = [
    *((f"{who} marched because of the toll .", [f"<ARG1>{who} marched</ARG1> <SIG0>because of</SIG0> <ARG0>the toll</ARG0> ."]) for who in NAMES),
    *((f"{who} marched after the toll rose .", [f"<ARG1>{who} marched</ARG1> after <ARG0>the toll rose</ARG0> ."]) for who in NAMES),
    *((f"{who} waited for two hours .", []) for who in NAMES),
    *((f"{who} slept by the river .", []) for who in NAMES),
]


def test_weights_tell_the_right_ones_apart() -> None:
    features = [("any", "cue because")] * 20 + [("any", "cue by")] * 20 + [("any", "cue because", "rare")]
    right = numpy.array([1.0] * 20 + [0.0] * 20 + [1.0])
    weights = learn(features, right, 2, Penalty(0.1, 0.1))
    assert weights["cue because"] > 0 > weights["cue by"]
    assert "rare" not in weights
    assert shares([("any", "cue because"), ("any", "cue by")], weights).tolist() == pytest.approx([1.0, 0.0], abs=0.15)


def test_a_stronger_penalty_leaves_fewer_weights() -> None:
    features = [("any", f"cue {number % 7}", f"tag {number % 5}") for number in range(140)]
    right = numpy.array([float(number % 7 < 3) for number in range(140)])
    few, many = (learn(features, right, 2, Penalty(sparse, 1.0)) for sparse in (4.0, 0.0))
    assert len(few) < len(many)


def test_the_command_writes_what_the_pack_reads_and_the_same_twice(tmp_path: Path) -> None:
    data = corpus(tmp_path, ROWS)
    written = []
    for name in ("one.json", "two.json"):
        ran = CliRunner().invoke(main, ["--data", str(data), "--output", str(tmp_path / name)], catch_exceptions=False)
        assert ran.exit_code == 0, ran.output
        written.append((tmp_path / name).read_text(encoding="utf-8"))
    assert written[0] == written[1]
    weights = CauseWeights.from_file(tmp_path / "one.json")
    assert 0 < weights.least < 1
    assert weights.features


def test_only_the_train_part_is_learned_from(tmp_path: Path) -> None:
    from sayso.evaluate.causal_news import read_causal_news

    data = corpus(tmp_path, ROWS)
    found = examples(read_causal_news(data, "train"), load_pack("en").causes)
    assert len(found.causal) < len(ROWS)
    assert train(found).told() == train(found).told()
    assert sum(found.right) > 0


def test_no_examples_give_no_weights() -> None:
    assert learn([], numpy.array([]), 1, Penalty(1.0, 1.0)) == {}
    assert isinstance(train(Examples([("any",)] * 10, [True, False] * 5, list(range(10)), [True, False] * 5)).least, float)


def test_shipped_weights_are_small_and_hold_no_words_but_the_cues() -> None:
    assert HOME.stat().st_size < 200_000
    shipped = json.loads(HOME.read_text(encoding="utf-8"))["features"]
    cues = load_pack("en").causes
    named = {one.name for table in (cues.written, cues.verbs, cues.nouns) for entries in table.values() for one in entries}
    plain = {"any", "above", "told", "signal", "form", "grade", "cause", "effect", "rivals", "sentence", "clause", "quotation", "link", "infinitive"}
    plain |= {"participle", "verb", "noun"}
    for name in shipped:
        cue = next((one for one in named if name == f"cue {one}" or name.startswith(f"{one} ")), None)
        assert cue is not None or name.split()[0] in plain, name
