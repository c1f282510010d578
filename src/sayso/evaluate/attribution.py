"""Scores of attribution against a corpus in brat standoff (folders `text` and `attributions`): who is said to say what, and in which words."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from sayso.errors import InputError
from sayso.evaluate.scoring import Measure, Scored, Tally, count, f1, precision, recall

Part = tuple[int, int]

LEAST_SHARED = 0.3  # Jaccard of two stretches that count as the same
_COUNTED = ("content characters", "source characters", "content with right source", "exact source", "exact cue", "exact content")


@dataclass(frozen=True, slots=True)
class Told:
    """One attribution as stretches of text; any of the three may be empty."""

    source: tuple[Part, ...]
    content: tuple[Part, ...]
    cue: tuple[Part, ...] = ()


Predict: TypeAlias = Callable[[str], Iterable[Told]]


def score_attribution(folder: Path, predict: Predict, baselines: Mapping[str, Predict] | None = None) -> Scored:
    """Precision, recall and F1 of characters of contents and sources, of contents whose source is right too, and of exact spans of all three parts.

    A source that speaks several times is one span; the parts of a span that only blanks part are one.
    """
    articles = tuple(_articles(folder))
    measures: dict[str, Measure] = {f"{name} {kind}": of(name) for name in _COUNTED for kind, of in (("precision", precision), ("recall", recall), ("f1", f1))}
    beside = {name: [_tally(text, list(simple(text)), wanted) for text, wanted in articles] for name, simple in (baselines or {}).items()}
    return Scored([_tally(text, list(predict(text)), wanted) for text, wanted in articles], measures, beside)


def _tally(text: str, given: Sequence[Told], wanted: Sequence[Told]) -> Tally:
    """The counts of one article."""
    tally = Tally()
    for name, part in (("content", _content), ("source", _source)):
        mine, theirs = _characters(map(part, given)), _characters(map(part, wanted))
        count(tally, f"{name} characters", len(mine & theirs), len(mine), len(theirs))
    for name, part in (("source", _source), ("cue", _cue), ("content", _content)):
        spans, gold = _spans(text, map(part, given)), _spans(text, map(part, wanted))
        count(tally, f"exact {name}", len(spans & gold), len(spans), len(gold))
    full = [one for one in wanted if one.source and one.content]
    named = [one for one in given if one.source and one.content]
    count(tally, "content with right source", _paired(named, full), len(named), len(full))
    return tally


def _source(one: Told) -> tuple[Part, ...]:
    return one.source


def _cue(one: Told) -> tuple[Part, ...]:
    return one.cue


def _content(one: Told) -> tuple[Part, ...]:
    return one.content


def _articles(folder: Path) -> Iterator[tuple[str, list[Told]]]:
    """The texts of a corpus, each with its attributions."""
    texts = {path.stem: path for path in sorted((folder / "text").glob("*.txt"))}
    if not texts:
        raise InputError(f"no texts in {folder.name!r}: it needs the folders text and attributions")
    for marks in sorted((folder / "attributions").glob("*.ann")):
        # The marks of a text are named after it and the annotator: "title_4e07.ann" belongs to "title.txt".
        path = texts.get(marks.stem) or texts.get(marks.stem.rpartition("_")[0])
        if path is None:
            raise InputError(f"{marks.name}: no text of that name")
        yield path.read_text(encoding="utf-8"), read_marks(marks.read_text(encoding="utf-8"))


def read_marks(marks: str) -> list[Told]:
    """The attributions of one brat file: events that join a Source, a Cue and a Content."""
    stretches: dict[str, tuple[Part, ...]] = {}
    joined: list[list[str]] = []
    for fields in (line.split("\t") for line in marks.splitlines()):
        if fields[0].startswith("T") and len(fields) > 1:
            _, _, numbers = fields[1].partition(" ")
            stretches[fields[0]] = tuple((int(start), int(end)) for start, _, end in (part.partition(" ") for part in numbers.split(";")))
        elif fields[0].startswith("E") and len(fields) > 1:
            joined.append(fields[1].split())
    return [Told(*(_role(parts, role, stretches) for role in ("Source", "Content", "Cue"))) for parts in joined]


def _role(parts: Sequence[str], role: str, stretches: dict[str, tuple[Part, ...]]) -> tuple[Part, ...]:
    named = (part.partition(":") for part in parts)
    return tuple(piece for name, _, key in named if name.rstrip("0123456789") == role for piece in stretches.get(key, ()))


def _characters(spans: Iterable[Iterable[Part]]) -> set[int]:
    return {at for parts in spans for start, end in parts for at in range(start, end)}


def _spans(text: str, spans: Iterable[Sequence[Part]]) -> set[tuple[Part, ...]]:
    """The distinct spans, each with the parts joined that only blanks part."""
    made = set()
    for parts in spans:
        joined: list[Part] = []
        for start, end in sorted(parts):
            if joined and not text[joined[-1][1] : start].strip():
                start = joined.pop()[0]
            joined.append((start, end))
        if joined:
            made.add(tuple(joined))
    return made


def _paired(given: Sequence[Told], wanted: Sequence[Told]) -> int:
    """How many of the wanted have a partner of their own among the given: the best shared content first."""
    options = sorted(
        ((-shared, mine, theirs) for mine, one in enumerate(given) for theirs, other in enumerate(wanted) if (shared := _agreement(one, other)) is not None),
    )
    mine_taken: set[int] = set()
    theirs_taken: set[int] = set()
    for _, mine, theirs in options:
        if mine not in mine_taken and theirs not in theirs_taken:
            mine_taken.add(mine)
            theirs_taken.add(theirs)
    return len(theirs_taken)


def _agreement(one: Told, other: Told) -> float | None:
    if one.content[0][0] >= other.content[-1][1] or other.content[0][0] >= one.content[-1][1]:
        return None
    shared = _jaccard(one.content, other.content)
    return shared if shared >= LEAST_SHARED and _jaccard(one.source, other.source) >= LEAST_SHARED else None


def _jaccard(one: tuple[Part, ...], other: tuple[Part, ...]) -> float:
    mine, theirs = _characters([one]), _characters([other])
    return len(mine & theirs) / len(mine | theirs)
