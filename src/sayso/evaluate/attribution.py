"""Scores of attribution against a corpus in brat standoff (folders `text` and `attributions`): who is said to say what."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sayso.errors import InputError

Part = tuple[int, int]

LEAST_SHARED = 0.3  # Jaccard of two stretches that count as the same


@dataclass(frozen=True, slots=True)
class Told:
    """One attribution as stretches of text; either side may be empty."""

    source: tuple[Part, ...]
    content: tuple[Part, ...]


@dataclass(slots=True)
class _Counts:
    hit: int = 0
    given: int = 0
    wanted: int = 0

    def add(self, hit: int, given: int, wanted: int) -> None:
        self.hit, self.given, self.wanted = self.hit + hit, self.given + given, self.wanted + wanted

    def scores(self) -> dict[str, float]:
        precision = self.hit / self.given if self.given else 0.0
        recall = self.hit / self.wanted if self.wanted else 0.0
        f1 = 2 * precision * recall / (precision + recall) if self.hit else 0.0
        return {"precision": round(precision, 3), "recall": round(recall, 3), "f1": round(f1, 3)}


def score_attribution(folder: Path, predict: Callable[[str], Iterable[Told]]) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 of content characters, of source characters, and of contents whose source is right too."""
    contents, sources, pairs = _Counts(), _Counts(), _Counts()
    for text, wanted in articles(folder):
        given = list(predict(text))
        for counts, mine, theirs in ((contents, [one.content for one in given], [one.content for one in wanted]),
                                     (sources, [one.source for one in given], [one.source for one in wanted])):  # fmt: skip
            mine_at, theirs_at = _characters(mine), _characters(theirs)
            counts.add(len(mine_at & theirs_at), len(mine_at), len(theirs_at))
        full = [one for one in wanted if one.source and one.content]
        named = [one for one in given if one.source and one.content]
        pairs.add(_paired(named, full), len(named), len(full))
    return {"content characters": contents.scores(), "source characters": sources.scores(), "content with right source": pairs.scores()}


def articles(folder: Path) -> Iterator[tuple[str, list[Told]]]:
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
    return [Told(_role(parts, "Source", stretches), _role(parts, "Content", stretches)) for parts in joined]


def _role(parts: Sequence[str], role: str, stretches: dict[str, tuple[Part, ...]]) -> tuple[Part, ...]:
    named = (part.partition(":") for part in parts)
    return tuple(piece for name, _, key in named if name.rstrip("0123456789") == role for piece in stretches.get(key, ()))


def _characters(spans: Iterable[Iterable[Part]]) -> set[int]:
    return {at for parts in spans for start, end in parts for at in range(start, end)}


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
