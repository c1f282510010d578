"""The Causal News Corpus as it is filed: sentences of protest news, each with whether it tells a cause, and the pairs of cause and effect."""

import ast
import csv
import re
from dataclasses import dataclass
from pathlib import Path

from sayso.errors import InputError
from sayso.evaluate.splits import belongs

_MARK = re.compile(r"<(/?)(ARG0|ARG1|SIG\d)>", re.IGNORECASE)
_FILE = "train_subtask2_grouped.csv"

Places = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """One cause with its effect: stretches of the sentence, a broken one as several."""

    cause: Places
    effect: Places


@dataclass(frozen=True, slots=True)
class CausalSentence:
    """One sentence, whether it is marked as telling a cause, and the pairs marked in it."""

    text: str
    causal: bool
    pairs: tuple[Pair, ...]


def read_causal_news(folder: Path, split: str) -> list[CausalSentence]:
    """The sentences of a split (train, dev or all) by the sha1 of their text; InputError where the file is missing or is another."""
    path = next((place for place in (folder / _FILE, folder / "train" / _FILE) if place.is_file()), None)
    if path is None:
        raise InputError(f"nothing to score in {folder.name!r}: it needs {_FILE}, as the corpus files it under data/V2")
    with path.open(encoding="utf-8-sig", newline="") as rows:
        found = [_sentence(row, path.name) for row in csv.DictReader(rows) if belongs(row.get("text") or "", split)]
    if not found:
        raise InputError(f"{path.name} has no sentences of the split {split!r}")
    return found


def _sentence(row: dict[str, str], file: str) -> CausalSentence:
    missing = [name for name in ("text", "causal_text_w_pairs", "num_rs") if row.get(name) is None]
    if missing:
        raise InputError(f"{file}: a row has no {missing[0]!r}")
    try:
        written = ast.literal_eval(row["causal_text_w_pairs"])
    except (SyntaxError, ValueError) as wrong:
        raise InputError(f"{file}: causal_text_w_pairs is {row['causal_text_w_pairs']!r}: it needs a list of texts") from wrong
    return CausalSentence(row["text"], int(row["num_rs"]) > 0, tuple(_pair(one, row["text"], file) for one in written))


def _pair(written: str, text: str, file: str) -> Pair:
    """The places of the two sides; ARG0 is the cause."""
    plain, at, opened = [], 0, {}
    places: dict[str, list[tuple[int, int]]] = {"ARG0": [], "ARG1": []}
    last = 0
    for mark in _MARK.finditer(written):
        plain.append(written[last : mark.start()])
        at += mark.start() - last
        last = mark.end()
        name = mark[2].upper()
        if not mark[1]:
            opened[name] = at
        elif name in places and name in opened:
            places[name].append((opened.pop(name), at))
    plain.append(written[last:])
    if "".join(plain) != text:
        raise InputError(f"{file}: a marked sentence is not its text: {written[:80]!r}")
    return Pair(tuple(places["ARG0"]), tuple(places["ARG1"]))
