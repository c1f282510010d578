"""Scores of loaded words against corpora of slanted news wording: sentences with words (JSON lines) and articles with marked stretches (JSON).

Those corpora mark slant of every kind, in home politics most of all; ours are the words of conflict. The scores are printed and kept from falling, no more.
"""

import ast
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from sayso.errors import InputError

Part = tuple[int, int]
Predict = Callable[[str], Iterable[Part]]
Marked = tuple[str, bool, tuple[Part, ...]]  # a sentence, whether it is slanted, and which stretches of it are


def score_loaded(folder: Path, predict: Predict) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 of the stretches that `predict` gives, and of the sentences in which it gives any."""
    given, right, wanted, found = 0, 0, 0, 0
    flagged, flagged_right, slanted = 0, 0, 0
    for text, is_slanted, stretches in sentences(folder):
        mine = list(predict(text))
        given, wanted = given + len(mine), wanted + len(stretches)
        right += sum(_meets(part, stretches) for part in mine)
        found += sum(_meets(part, mine) for part in stretches)
        flagged, slanted = flagged + bool(mine), slanted + is_slanted
        flagged_right += bool(mine) and is_slanted
    return {"words": _scores((right, given), (found, wanted)), "sentences": _scores((flagged_right, flagged), (flagged_right, slanted))}


def sentences(folder: Path) -> Iterator[Marked]:
    """The sentences of a corpus, each with its marks."""
    lines, articles = sorted(folder.glob("*.jsonl")), sorted(folder.glob("*.json"))
    if not lines and not articles:
        raise InputError(f"nothing to score in {folder.name!r}: it needs .jsonl files of sentences or .json files of articles")
    for path in lines:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield _sentence(json.loads(line), path.name)
    for path in articles:
        for sentence in json.loads(path.read_text(encoding="utf-8"))["body"]:
            marks = [mark for mark in sentence["annotations"] if mark["bias"] == "Lexical"]
            yield sentence["sentence"], bool(marks), tuple((mark["start"], mark["end"]) for mark in marks)


def _sentence(row: dict[str, Any], file: str) -> Marked:
    """A row of sentence, label and the list of slanted words, which is written as Python writes lists."""
    text, words = row["text"], ast.literal_eval(row["biased_words"])
    if not isinstance(words, list):
        raise InputError(f"{file}: biased_words is {words!r}: it needs a list")
    folded = text.casefold()
    places = ((folded.find(str(word).casefold()), len(str(word))) for word in words if str(word))
    return text, row["label_bias"] == "Biased", tuple((at, at + length) for at, length in places if at >= 0)


def _meets(part: Part, others: Sequence[Part]) -> bool:
    return any(part[0] < end and start < part[1] for start, end in others)


def _scores(precise: tuple[int, int], recalled: tuple[int, int]) -> dict[str, float]:
    precision = precise[0] / precise[1] if precise[1] else 0.0
    recall = recalled[0] / recalled[1] if recalled[1] else 0.0
    f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3)}
