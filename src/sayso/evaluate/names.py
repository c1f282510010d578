"""How many names of organisations and locations of a corpus are found: documents with entities, as JSON lines."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from sayso.errors import InputError
from sayso.extract.places import find_places
from sayso.gazetteers.actors import actor_list
from sayso.gazetteers.name_finder import find_names
from sayso.gazetteers.places import PlaceLookup, places

_KINDS = {"Organisation": "organisations", "Location": "locations", "Nationality": "nationalities"}


def score_found_names(path: Path, gazetteer: PlaceLookup | None = None) -> dict[str, Any]:
    """For each kind of gold name, how many meet a name or place that was found; and the names that are missed most.

    A line is an object with `text` and `entities`, each with `begin`, `end` and `type`. A name found counts whatever it was judged to be.
    """
    table, actors = gazetteer or places(), actor_list()
    right, wanted, missed = Counter[str](), Counter[str](), Counter[str]()
    for text, entities in _documents(path):
        names = find_names(text, actors)
        found = [(one.start, one.end) for one in names]
        found += [(one.start, one.end) for one in find_places(text, table, names, named=True)]
        for begin, end, kind in entities:
            hit = any(start < end and begin < stop for start, stop in found)
            wanted[kind] += 1
            right[kind] += hit
            if not hit:
                missed[text[begin:end]] += 1
    shares = {kind: {"right": right[kind], "of": wanted[kind], "share": round(right[kind] / wanted[kind], 4)} for kind in sorted(wanted)}
    return {**shares, "missed": [name for name, _ in missed.most_common(40)]}


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
