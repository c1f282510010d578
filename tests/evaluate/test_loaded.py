"""The scorer of loaded words on tiny invented corpora."""

import json
from pathlib import Path

import pytest

from sayso.errors import InputError
from sayso.evaluate.loaded import score_loaded

ROWS = [
    {"text": "The vile plan failed.", "label_bias": "Biased", "biased_words": "['vile']"},
    {"text": "The plan failed.", "label_bias": "Non-biased", "biased_words": "[]"},
]
ARTICLE = {
    "body": [
        {"sentence": "A crooked deal.", "annotations": [{"start": 2, "end": 9, "bias": "Lexical"}]},
        {"sentence": "It rained.", "annotations": [{"start": 0, "end": 9, "bias": "Informational"}]},
    ]
}


def test_sentences_with_words(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text("\n".join(json.dumps(row) for row in ROWS), encoding="utf-8")
    right = score_loaded(tmp_path, lambda text: [(4, 8)] if "vile" in text else []).values()
    assert right["words f1"] == right["sentences f1"] == 1.0
    always = score_loaded(tmp_path, lambda text: [(4, 8)]).values()
    assert [always[f"sentences {kind}"] for kind in ("precision", "recall", "f1")] == [0.5, 1.0, 0.6667]
    assert score_loaded(tmp_path, lambda text: []).values()["words f1"] == 0.0


def test_articles_with_stretches(tmp_path: Path) -> None:
    (tmp_path / "one.json").write_text(json.dumps(ARTICLE), encoding="utf-8")
    scores = score_loaded(tmp_path, lambda text: [(2, 9)] if "crooked" in text else [])
    assert set(scores.values().values()) == {1.0}


def test_what_cannot_be_scored_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nothing to score"):
        score_loaded(tmp_path, lambda text: [])
    (tmp_path / "rows.jsonl").write_text(json.dumps({**ROWS[0], "biased_words": "'vile'"}), encoding="utf-8")
    with pytest.raises(InputError, match="needs a list"):
        score_loaded(tmp_path, lambda text: [])
