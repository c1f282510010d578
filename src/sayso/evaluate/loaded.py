"""Scores of loaded words against corpora of slanted news wording: sentences with words (JSON lines) and articles with marked stretches (JSON).

Those corpora mark slant of every kind, in home politics most of all; ours are the words of conflict. The scores are printed and kept from falling, no more.
"""

import ast
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias

from sayso.errors import InputError
from sayso.evaluate.scoring import Measure, Scored, Tally, count, f1, precision, recall, share

Part = tuple[int, int]
Predict: TypeAlias = Callable[[str], Iterable[Part]]
Marked = tuple[str, bool, tuple[Part, ...]]  # a sentence, whether it is slanted, and which stretches of it are


def score_loaded(folder: Path, predict: Predict, baselines: Mapping[str, Predict] | None = None) -> Scored:
    """Precision, recall and F1 of the stretches that `predict` gives, and of the sentences in which it gives any; a document is a line or an article."""
    documents = list(_documents(folder))
    measures: dict[str, Measure] = {
        "words precision": share("words right", "words told"),
        "words recall": share("words found", "words gold"),
        "words f1": _words_f1,
        **{f"sentences {kind}": of("sentences") for kind, of in (("precision", precision), ("recall", recall), ("f1", f1))},
    }
    beside = {name: [_tally(marked, simple) for marked in documents] for name, simple in (baselines or {}).items()}
    return Scored([_tally(marked, predict) for marked in documents], measures, beside)


def _words_f1(counts: Mapping[str, float]) -> float | None:
    """Of precision and recall that count different things: one stretch told may meet several of gold."""
    right, found = share("words right", "words told")(counts) or 0.0, share("words found", "words gold")(counts) or 0.0
    if not counts["words told"] and not counts["words gold"]:
        return None
    return 2 * right * found / (right + found) if right + found else 0.0


def _tally(marked: Iterable[Marked], predict: Predict) -> Tally:
    """The counts of one document."""
    tally = Tally()
    for text, slanted, stretches in marked:
        mine = list(predict(text))
        tally.update({"words told": len(mine), "words gold": len(stretches)})
        tally["words right"] += sum(_meets(part, stretches) for part in mine)
        tally["words found"] += sum(_meets(part, mine) for part in stretches)
        count(tally, "sentences", bool(mine) and slanted, bool(mine), slanted)
    return tally


def _documents(folder: Path) -> Iterator[list[Marked]]:
    """The lines and articles of a corpus, each with its marked sentences."""
    lines, articles = sorted(folder.glob("*.jsonl")), sorted(folder.glob("*.json"))
    if not lines and not articles:
        raise InputError(f"nothing to score in {folder.name!r}: it needs .jsonl files of sentences or .json files of articles")
    for path in lines:
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield [_sentence(json.loads(line), path.name)]
    for path in articles:
        body = json.loads(path.read_text(encoding="utf-8"))["body"]
        marks = [(one["sentence"], [mark for mark in one["annotations"] if mark["bias"] == "Lexical"]) for one in body]
        yield [(sentence, bool(found), tuple((mark["start"], mark["end"]) for mark in found)) for sentence, found in marks]


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
