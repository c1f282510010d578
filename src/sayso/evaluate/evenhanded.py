"""Even-handedness: what a reading says was done must not move with who did it, with the words of one side, or with who publishes it.

Every report and teaching sentence is read again and again: with actors swapped within and across kinds, with one-sided words swapped for
neutral or opposite ones, and as other outlets would publish it. What moved is listed with the text.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from sayso.errors import InputError
from sayso.evaluate.evenhanded_swaps import Swap, forms, outlets, swaps, swaps_across
from sayso.evaluate.evenhanded_words import WordSwap, load_word_sets, word_swaps
from sayso.evaluate.scoring import Scored, Tally, share
from sayso.evaluate.teaching import documents, read_sentences
from sayso.evaluate.teaching_reports import is_taught_report, read_taught_report
from sayso.gazetteers.actors import ActorList, actor_list
from sayso.gazetteers.name_finder import find_names
from sayso.model import Act, Document, Failure, Reading, Source
from sayso.model.words import SourceKind
from sayso.pipeline import Reader

__all__ = ["LIMITS", "failed", "load_documents", "score_evenhanded", "swaps", "told"]

# Below these the command fails. Across kinds only codebook rows may move, where a rule of the codebook reads kinds.
LIMITS = {"actors": 1.0, "kinds": 1.0, "words": 0.99, "outlet": 1.0, "rows": 0.99, "wording": 0.98}
ReadAll = Callable[[Iterable[Document | Failure]], Iterator[Reading | Failure]]
Told = tuple[tuple[object, ...], ...]
_TOGETHER = 100  # documents whose swaps are read in one go


def told(reading: Reading) -> Told:
    """What must not move: acts, modes, modality, how many are in each role, who is harmed, figures, relations."""
    claims = tuple(
        (claim.act, claim.modality, claim.certainty, len(claim.roles.actor), len(claim.roles.recipient), len(claim.voices), claim.victim_status)
        for claim in reading.claims
    )
    figures = tuple((figure.measure, figure.low, figure.high, figure.modality, figure.status) for figure in reading.figures)
    return claims, figures, tuple(relation.kind for relation in reading.relations)


def rows(reading: Reading) -> tuple[object, ...]:
    """The codebook rows of a reading by book and sub-event; between actors of different kinds they may move where a rule reads kinds."""
    return tuple(sorted((event.codebook, event.get("sub_event_type") or "") for event in reading.events))


def wording(reading: Reading) -> tuple[object, ...]:
    """The loaded words of a reading: class, gloss and how deep their voice lies."""
    return tuple((word.loaded_class, word.neutral, len(word.voices)) for word in reading.loaded)


def failed(scored: Scored) -> list[str]:
    """One line for each measure below its limit; none where the reading is even-handed."""
    values = scored.values()
    return [
        f"{name}: {value:.4f} of the swaps left the reading as it was, {limit} is wanted"
        for name, limit in LIMITS.items()
        if (value := values.get(name)) is not None and value < limit
    ]


def load_documents(paths: Iterable[Path], sample: int | None = None) -> list[Document]:
    """The reports (.yaml) and teaching sentences (.txt) under the paths; of more than `sample`, that many at even distances."""
    found = [document for path in paths for document in _documents(path)]
    if not found:
        raise InputError("nothing to swap: give folders of reports (.yaml) or of teaching sentences (.txt)")
    if sample is None or sample >= len(found):
        return found
    if sample < 1:
        raise InputError(f"a sample of {sample} is empty: give 1 or more")
    return [found[index * len(found) // sample] for index in range(sample)]


def score_evenhanded(paths: Sequence[Path], sample: int | None = None, read_all: ReadAll | None = None) -> Scored:
    """The shares of swaps that move nothing: actors of a kind, across kinds, words, outlets; rows and loaded words apart.

    `details` lists what moved with the text and the swap, and the loaded words of the texts as they are: their class, gloss and whose wording they are.
    """
    texts = load_documents(paths, sample)
    plan = _Plan(actor_list())
    moved: list[dict[str, Any]] = []
    loaded: dict[str, Counter[str]] = {}
    unread: list[str] = []
    tallies: list[Tally] = []
    read_all = read_all or Reader().read
    for trials, readings in _read(texts, plan, read_all):
        tally: Tally = Counter()
        first = readings[0]
        if isinstance(first, Failure):
            unread.append(f"{first.what}: {first.reason}")
        else:
            _note(first, loaded)
            for trial, reading in zip(trials[1:], readings[1:], strict=True):
                moved += _judge(trial, first, reading, tally)
        tallies.append(tally)
    measures = {name: share(f"{name} same", f"{name} all") for name in LIMITS}
    wordings = {name: dict(voices.most_common()) for name, voices in sorted(loaded.items())}
    details = {"moved": moved, "moved by swap": _counted(moved), "loaded": wordings, "not read": unread}
    return Scored(tallies, measures, details=details)


@dataclass(frozen=True, slots=True)
class _Trial:
    """A document to read, which measure it is for, what was swapped, and the loaded words that were put in."""

    document: Document
    measure: str
    what: str
    put_in: WordSwap | None = None


@dataclass(slots=True)
class _Plan:
    """What is swapped in a document."""

    actors: ActorList
    known: dict[Any, str] = field(init=False)

    def __post_init__(self) -> None:
        self.known = forms(self.actors)

    def trials(self, document: Document) -> list[_Trial]:
        """The document as it is, then every swap of it."""
        found = [_Trial(document, "", "")]
        found += self._of("actors", swaps(document, self.actors, self.known))
        found += self._of("kinds", swaps_across(document, self.actors, self.known))
        named = [(name.start, name.end) for name in find_names(document.text, self.actors)]
        for swap in word_swaps(document.text, named, load_word_sets()):
            found.append(_Trial(replace(document, text=swap.text), "words", swap.what, swap))
        return found + self._of("outlet", outlets(document))

    @staticmethod
    def _of(measure: str, made: Iterable[Swap]) -> list[_Trial]:
        return [_Trial(swap.document, measure, swap.what) for swap in made]


def _read(texts: Sequence[Document], plan: _Plan, read_all: ReadAll) -> Iterator[tuple[list[_Trial], list[Reading | Failure]]]:
    """The trials of each document with their readings, documents read together by the hundred so that short ones are parsed in batches."""
    for start in range(0, len(texts), _TOGETHER):
        batch = [plan.trials(document) for document in texts[start : start + _TOGETHER]]
        results = iter(read_all(trial.document for trials in batch for trial in trials))
        for trials in batch:
            yield trials, [next(results) for _ in trials]


def _judge(trial: _Trial, first: Reading, reading: Reading | Failure, tally: Tally) -> list[dict[str, Any]]:
    """What moved between two readings, for people; the tally counts it."""
    if isinstance(reading, Failure):
        tally[f"{trial.measure} all"] += 1
        return [_line(trial, trial.measure, "as it was", f"not read: {reading.reason}")]
    moved = []
    pairs: list[tuple[str, object, object]] = [(trial.measure, told(first), told(reading))]
    if trial.measure in ("actors", "words"):  # "our troops" are those of the outlet, which another outlet makes another actor
        pairs.append(("rows", rows(first), rows(reading)))
    if trial.put_in is None:
        pairs.append(("wording", wording(first), wording(reading)))
    elif trial.put_in.loaded:
        wanted = [(trial.put_in.loaded.value,)] * len(trial.put_in.inserted)
        pairs.append(("wording", wanted, [_classes(reading, place) for place in trial.put_in.inserted]))
    for name, before, after in pairs:
        tally[f"{name} all"] += 1
        tally[f"{name} same"] += before == after
        if before != after:
            moved.append(_line(trial, name, *_difference(before, after)))
    return moved


def _classes(reading: Reading, place: tuple[int, int]) -> tuple[str, ...]:
    """The classes under which the words at a place are reported."""
    return tuple(sorted({word.loaded_class.value for word in reading.loaded if word.span.start < place[1] and place[0] < word.span.end}))


def _line(trial: _Trial, measure: str, before: str, after: str) -> dict[str, Any]:
    document = trial.document
    return {"measure": measure, "document": document.given_id, "swap": trial.what, "before": before, "after": after, "text": document.text}


def _difference(before: object, after: object) -> tuple[str, str]:
    """What only one of two readings has, in words."""
    if not isinstance(before, Sequence) or not isinstance(after, Sequence):
        return str(before), str(after)
    one, other = ([*_flat(before)], [*_flat(after)])
    return _listed(one, other), _listed(other, one)


def _flat(values: Sequence[object]) -> Iterator[str]:
    """Each record of a reading as words."""
    for value in values:
        if isinstance(value, tuple) and value and isinstance(value[0], tuple):
            yield from (_words(one) for one in value)
        elif value != ():
            yield _words(value)


def _words(value: object) -> str:
    if isinstance(value, Act):
        return f"{value.type}/{value.mode or '-'}"
    return " ".join(_words(one) for one in value) if isinstance(value, tuple) else str(value)


def _listed(mine: Sequence[str], others: Sequence[str]) -> str:
    left = Counter(mine) - Counter(others)
    return "; ".join(left.elements()) or ("the same in another order" if Counter(mine) == Counter(others) else "nothing")


def _counted(moved: Sequence[dict[str, Any]]) -> dict[str, int]:
    """How often each kind of swap moved something."""
    return dict(Counter(f"{one['measure']}: {one['swap']}" for one in moved).most_common())


def _note(reading: Reading, loaded: dict[str, Counter[str]]) -> None:
    """Nothing; the loaded words of a text are counted by class, words and gloss, and under them whose wording they are."""
    for word in reading.loaded:
        name = f"{word.loaded_class.value}: {word.span.quote.lower()} ({word.neutral})"
        loaded.setdefault(name, Counter())[word.voices[-1].kind.value if word.voices else "nobody's"] += 1


def _documents(path: Path) -> Iterator[Document]:
    """The documents of a file or folder."""
    if not path.exists():
        raise InputError(f"{str(path)!r} is not there: give folders of reports or of teaching sentences")
    files = sorted(one for kind in ("*.yaml", "*.txt") for one in path.rglob(kind)) if path.is_dir() else [path]
    written = [one for one in files if one.suffix == ".yaml"]
    yield from map(_report, written)
    lines = [one for one in files if one.suffix == ".txt" and one.with_suffix(".yaml") not in written]
    reports = [one for one in lines if is_taught_report(one)]
    yield from (read_taught_report(one)[1] for one in reports)
    if sentences := [one for one in lines if one not in reports]:
        yield from documents(read_sentences(*sentences))


def _report(path: Path) -> Document:
    """The report of a gold file; its text may stand in a file of its own beside it."""
    try:
        given = yaml.safe_load(path.read_text(encoding="utf-8"))
        source = given.get("source") or {}
        text = given["text"] if "text" in given else (path.parent / given["text_file"]).read_text(encoding="utf-8")
        made = Source(str(source.get("name") or "unknown"), SourceKind(source.get("kind") or "unknown"), source.get("side"))
        published = given.get("published")
        return Document(
            text, made, given_id=str(given.get("id") or path.stem), title=given.get("title"), published=str(published) if published else None, language="en"
        )
    except (OSError, ValueError, KeyError, AttributeError, yaml.YAMLError) as wrong:
        raise InputError(f"{path.name!r} is no report with source and text: {wrong}") from wrong
