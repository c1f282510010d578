"""The scorer of causes on a tiny invented corpus."""

import csv
from pathlib import Path

import pytest

from sayso.errors import InputError
from sayso.evaluate.causal_news import Pair, read_causal_news
from sayso.evaluate.causes import connected, score_causes

ROWS = [
    (
        "Shops closed because of the shelling .",
        ["<ARG1>Shops closed</ARG1> <SIG0>because of</SIG0> <ARG0>the shelling</ARG0> ."],
    ),
    ("The council met on Friday .", []),
    ("Troops fled the town ; the river rose .", ["<ARG1>Troops fled the town</ARG1> ; <ARG0>the river rose</ARG0> ."]),
]


def corpus(folder: Path, rows: list[tuple[str, list[str]]]) -> Path:
    (folder / "train").mkdir(exist_ok=True)
    with (folder / "train" / "train_subtask2_grouped.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["text", "causal_text_w_pairs", "num_rs"])
        writer.writerows([text, repr(pairs), len(pairs)] for text, pairs in rows)
    return folder


def test_pairs_are_places_of_the_text(tmp_path: Path) -> None:
    first, second, _ = read_causal_news(corpus(tmp_path, ROWS), "all")
    assert first.causal
    assert first.pairs == (Pair(((24, 36),), ((0, 12),)),)
    assert [first.text[start:end] for start, end in first.pairs[0].cause] == ["the shelling"]
    assert not second.causal


def test_scores(tmp_path: Path) -> None:
    scored = score_causes(corpus(tmp_path, ROWS), "all")
    ours = scored.values()
    assert len(scored.documents) == 3
    assert ours["causal precision"] == 1.0
    assert ours["causal recall"] == 0.5  # a semicolon is no cue
    assert ours["causal f1"] == pytest.approx(0.6667)
    assert ours["cause characters precision"] == 1.0
    assert ours["effect characters recall"] == pytest.approx(11 / 28, abs=1e-3)
    assert scored.values("every sentence")["causal recall"] == 1.0
    assert scored.values("list of connectives")["causal precision"] == 1.0
    assert scored.details["missed"] == [{"text": ROWS[2][0]}]
    assert scored.details["wrong"] == []


def test_parts_are_told_apart_by_the_text(tmp_path: Path) -> None:
    rows = [(f"Sentence number {number} .", []) for number in range(40)]
    folder = corpus(tmp_path, rows)
    train, dev = (read_causal_news(folder, split) for split in ("train", "dev"))
    assert train
    assert dev
    assert sorted(one.text for one in (*train, *dev)) == sorted(text for text, _ in rows)


def test_what_cannot_be_scored_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="it needs train_subtask2_grouped"):
        read_causal_news(tmp_path, "all")
    with pytest.raises(InputError, match="is not its text"):
        read_causal_news(corpus(tmp_path, [("Shops closed .", ["<ARG1>Shops shut</ARG1> ."])]), "all")
    with pytest.raises(InputError, match="needs a list"):
        read_causal_news(_broken(tmp_path), "all")


def _broken(folder: Path) -> Path:
    path = corpus(folder, []) / "train" / "train_subtask2_grouped.csv"
    path.write_text('text,causal_text_w_pairs,num_rs\nShops closed .,"[",1\n', encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("It rained because of him", [(" him", "It rained ")]),
        ("The raid led to riots", [("The raid ", " riots")]),
        ("It rained", []),
    ],
)
def test_the_list_of_connectives(text: str, told: list[tuple[str, str]]) -> None:
    assert [(text[cause.start : cause.end], text[effect.start : effect.end]) for cause, effect in connected(text)] == told
