"""The scorer of attribution on a tiny invented corpus."""

from pathlib import Path

import pytest

from sayso.errors import InputError
from sayso.evaluate.attribution import Told, read_marks, score_attribution

TEXT = "Medics said nine died."
MARKS = "T1\tSource 0 6\tMedics\nT2\tCue 7 11\tsaid\nT3\tContent 12 21\tnine died\nT4\tAttribution 7 11\tsaid\n\n"
MARKS += "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\n"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    for folder in ("text", "attributions"):
        (tmp_path / folder).mkdir()
    (tmp_path / "text" / "one.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "attributions" / "one_ab12.ann").write_text(MARKS, encoding="utf-8")
    return tmp_path


def test_marks_are_joined_to_attributions() -> None:
    assert read_marks(MARKS) == [Told(((0, 6),), ((12, 21),), ((7, 11),))]
    assert read_marks("T1\tContent 0 3;5 7\ta b\nE1\tAttribution:T9 Content:T1\n") == [Told((), ((0, 3), (5, 7)))]


def test_the_right_answer_scores_one_and_silence_none(corpus: Path) -> None:
    right = score_attribution(corpus, lambda text: [Told(((0, 6),), ((12, 21),))])
    assert {name: value for name, value in right.values().items() if name.endswith("f1") and "cue" not in name} == dict.fromkeys(
        ("content characters f1", "source characters f1", "content with right source f1", "exact source f1", "exact content f1"), 1.0
    )
    assert right.values()["exact cue f1"] == 0.0
    silent = score_attribution(corpus, lambda text: [], {"perfect": lambda text: [Told(((0, 6),), ((12, 21),), ((7, 11),))]})
    assert {value for name, value in silent.values().items() if name.endswith("f1")} == {0.0}
    assert set(silent.values("perfect").values()) == {1.0}


def test_a_content_with_the_wrong_source_is_no_pair(corpus: Path) -> None:
    wrong = score_attribution(corpus, lambda text: [Told(((17, 21),), ((12, 21),))]).values()
    assert wrong["content characters f1"] == 1.0
    assert wrong["source characters f1"] == 0.0
    assert wrong["content with right source f1"] == 0.0


def test_half_a_content_is_half_recalled(corpus: Path) -> None:
    half = score_attribution(corpus, lambda text: [Told(((0, 6),), ((12, 16),))]).values()
    assert [half[f"content characters {kind}"] for kind in ("precision", "recall", "f1")] == [1.0, 0.4444, 0.6154]
    assert half["content with right source f1"] == 1.0


def test_a_folder_without_texts_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="text and attributions"):
        score_attribution(tmp_path, lambda text: [])
