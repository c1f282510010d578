"""How many names of organisations and locations of a corpus are found: documents with entities, as JSON lines."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TypeAlias

from sayso.errors import InputError
from sayso.evaluate.scoring import Scored, Tally, share
from sayso.extract.places import find_places
from sayso.gazetteers.actors import actor_list
from sayso.gazetteers.name_finder import find_names
from sayso.gazetteers.places import PlaceLookup, places

Part = tuple[int, int]
Predict: TypeAlias = Callable[[str], Iterable[Part]]

_KINDS = {"Organisation": "organisations", "Location": "locations", "Nationality": "nationalities"}


def score_found_names(path: Path, gazetteer: PlaceLookup | None = None, baselines: Mapping[str, Predict] | None = None) -> Scored:
    """For each kind of gold name, the share that meets a name or place that was found; `told that is gold` is the share of those found that meet a gold name.

    A line is an object with `text` and `entities`, each with `begin`, `end` and `type`. A name found counts whatever it was judged to be.
    Only three kinds of gold entity are looked at, so what is told beside them (people, weapons, dates) need not be wrong.
    """
    table, actors = gazetteer or places(), actor_list()

    def predict(text: str) -> list[Part]:
        names = find_names(text, actors)
        return [*((one.start, one.end) for one in names), *((one.start, one.end) for one in find_places(text, table, names, named=True))]

    documents = _documents(path)
    kinds = sorted({kind for _, entities in documents for _, _, kind in entities})
    missed: Counter[str] = Counter()
    ours = [_tally(text, entities, predict(text), missed) for text, entities in documents]
    beside = {name: [_tally(text, entities, simple(text), Counter()) for text, entities in documents] for name, simple in (baselines or {}).items()}
    measures = {kind: share(f"{kind} right", f"{kind} of") for kind in kinds} | {"told that is gold": share("told right", "told")}
    return Scored(ours, measures, beside, {"missed": [name for name, _ in missed.most_common(40)]})


def _tally(text: str, entities: Iterable[tuple[int, int, str]], told: Iterable[Part], missed: Counter[str]) -> Tally:
    """The counts of one document; the names that were not found are added to `missed`."""
    found, tally, gold = set(told), Tally(), list(entities)
    for begin, end, kind in gold:
        hit = any(start < end and begin < stop for start, stop in found)
        tally[f"{kind} of"] += 1
        tally[f"{kind} right"] += hit
        if not hit:
            missed[text[begin:end]] += 1
    tally["told"] = len(found)
    tally["told right"] = sum(any(start < end and begin < stop for begin, end, _ in gold) for start, stop in found)
    return tally


def _documents(path: Path) -> list[tuple[str, list[tuple[int, int, str]]]]:
    read = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            document = json.loads(line)
            entities = [(int(one["begin"]), int(one["end"]), _KINDS[one["type"]]) for one in document["entities"] if one["type"] in _KINDS]
            read.append((str(document["text"]), entities))
        except (ValueError, KeyError, TypeError) as wrong:
            raise InputError(f"{path.name}:{number}: is no document with text and entities ({wrong!r})") from wrong
    return read
