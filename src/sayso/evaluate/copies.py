"""Scores of copies: on copies made by program among unrelated reports and look-alikes, from invented texts or from a corpus of reports."""

import json
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from sayso.errors import InputError
from sayso.evaluate.perturbed import HARD_WAYS, WAYS, Plan, Planted, perturbed_set
from sayso.evaluate.scoring import Measure, Scored, Tally, share
from sayso.link.copies import find_copies
from sayso.link.copies_words import Vocabulary, read_words
from sayso.model.document import Document, Source

Pairs = Iterable[tuple[str, str]]
System = Callable[[Sequence[Document]], Pairs]

_RUN = 5
_LEAST = 0.5
_SHORTEST = 40  # words
_SAMPLE = 600  # texts of a corpus that are copied from, or stand among the copies


def score_copies(data: Path | None, seed: int) -> Scored:
    """Copies found and pairs told rightly, over all and by the way of copying; beside them exact hashes, MinHash-LSH and Jaccard over runs of five words.

    Without a corpus the texts are invented. Copies that the corpus itself holds count neither way. A half wrapped in other words is scored apart.
    """
    planted = perturbed_set(seed) if data is None else perturbed_set(seed, Plan(hard=True), _texts(data, seed))
    documents = [one.document for one in planted]
    systems: dict[str, System] = {"exact hash": exact_pairs, "MinHash-LSH .5": minhash_pairs, "Jaccard .5": jaccard_pairs}
    told = [(copy.document, copy.original) for copy in find_copies(documents)]
    real = data is not None
    measures: dict[str, Measure] = {"copies precision": share("right", "told"), "copies recall": share("found", "copies")}
    for way in (*WAYS, *HARD_WAYS):
        measures[f"recall: {way}"] = share(f"found: {way}", f"copies: {way}")
    baselines = {name: _tallies(planted, system(documents), real) for name, system in systems.items()}
    return Scored(_tallies(planted, told, real), measures, baselines, _details(planted, told, real))


def pairs_of(documents: Sequence[Document]) -> Pairs:
    """The pairs (copy, original) that sayso tells."""
    return [(copy.document, copy.original) for copy in find_copies(documents)]


def _tallies(planted: Sequence[Planted], told: Pairs, real: bool) -> list[Tally]:
    """Counts a document: whether a copy was found with any report that it shares words with, and how many pairs named for it are right."""
    by_id = {one.document.id: one for one in planted}
    found: set[str] = set()
    tallies: dict[str, Tally] = defaultdict(Counter)
    for first, second in told:
        one, other = by_id[first], by_id[second]
        if real and one.how == other.how == "original":
            continue
        right = bool(one.families & other.families)
        tallies[first].update({"told": 1, "right": int(right)})
        if right:
            found |= {first, second}
    for one in planted:
        if one.how in WAYS or one.how in HARD_WAYS:
            hit = int(one.document.id in found)
            own = {f"copies: {one.how}": 1, f"found: {one.how}": hit}
            tallies[one.document.id].update(own if one.how in HARD_WAYS else {**own, "copies": 1, "found": hit})
    return [tallies[one.document.id] for one in planted]


def _details(planted: Sequence[Planted], told: Pairs, real: bool) -> dict[str, dict[str, int]]:
    """How often each kind of look-alike or copy was named with a report that it shares nothing with."""
    by_id = {one.document.id: one for one in planted}
    wrong: Counter[str] = Counter()
    for first, second in told:
        one, other = by_id[first], by_id[second]
        if not one.families & other.families and not (real and one.how == other.how == "original"):
            wrong[" and ".join(sorted((one.how, other.how)))] += 1
    return {"wrong pairs": dict(wrong), "documents": dict(Counter(one.how for one in planted))}


def _texts(data: Path, seed: int) -> list[str]:
    """One report of each of several incidents: two of one incident may be copies, and nobody has told which are.

    Left out are pages of which only a sign-in form or a list of films was kept: their text tells nothing of their headline.
    """
    first: dict[str, str] = {}
    given = corpus(data)
    for (incident, document), (kept, words) in zip(given, read_words([one for _, one in given], Vocabulary()), strict=True):
        if len(words) >= _SHORTEST and not kept.untold:
            first.setdefault(incident, document.text)
    return random.Random(seed).sample(sorted(first.values()), min(_SAMPLE, len(first)))  # noqa: S311


def corpus(data: Path) -> list[tuple[str, Document]]:
    """The reports of a folder that holds docs.jsonl (incident_id, doc_id, title, dct, uri, content), each with its incident."""
    path = data / "docs.jsonl"
    if not path.is_file():
        raise InputError(f"{data.name!r} holds no docs.jsonl: name a folder such as gva_incidents/dev")
    found = []
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                row = json.loads(line)
                host = row["uri"].rsplit("//", 1)[-1].split("/")[0].split(":")[0].removeprefix("www.").casefold()
                document = Document(row["content"], Source(host or "unknown"), row["doc_id"], row["title"], row["dct"], row["uri"])
                found.append((str(row["incident_id"]), document))
            except (KeyError, ValueError, AttributeError, TypeError) as error:
                raise InputError(f"{path.name}, line {number}: {error!r}; each line holds incident_id, doc_id, title, dct, uri and content") from error
    return found


def exact_pairs(documents: Sequence[Document]) -> Pairs:
    """Each report with the first that has the same text, byte for byte."""
    first: dict[str, str] = {}
    return [(one.id, first[one.text_sha256]) for one in documents if first.setdefault(one.text_sha256, one.id) != one.id]


def runs_of(documents: Iterable[Document]) -> list[frozenset[bytes]]:
    """The runs of five words of each report."""
    return [frozenset((words[at : at + _RUN] >> 3).tobytes() for at in range(len(words) - _RUN + 1)) for _, words in read_words(documents, Vocabulary())]


def jaccard_pairs(documents: Sequence[Document]) -> Pairs:
    """All pairs with half of their runs of five words in common."""
    runs = runs_of(documents)
    holders: dict[bytes, list[int]] = defaultdict(list)
    pairs = []
    for at, own in enumerate(runs):
        shared: Counter[int] = Counter()
        for run in own:
            shared.update(holders[run])
            holders[run].append(at)
        pairs += [(documents[at].id, documents[other].id) for other, both in shared.items() if both >= _LEAST * (len(own) + len(runs[other]) - both)]
    return pairs


def minhash_pairs(documents: Sequence[Document]) -> Pairs:
    """The pairs that MinHash-LSH finds at half of the runs in common, as rensa does it: 128 permutations, 32 bands, similarity estimated."""
    import rensa

    lsh = rensa.RMinHashLSH(threshold=_LEAST, num_perm=128, num_bands=32)
    pairs: list[tuple[str, str]] = []
    sketches: list[rensa.RMinHash] = []
    for at, own in enumerate(runs_of(documents)):
        sketch = rensa.RMinHash(num_perm=128, seed=1)
        sketch.update([run.hex() for run in own])
        near = [other for other in lsh.query(sketch) if sketch.jaccard(sketches[other]) >= _LEAST] if own else []
        pairs += [(documents[at].id, documents[other].id) for other in near]
        lsh.insert(at, sketch)
        sketches.append(sketch)
    return pairs
