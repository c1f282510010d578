"""Reports with other actors or another outlet: what is swapped so that a reading can be held against that of the report as it is."""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from sayso.extract.places import find_places
from sayso.gazetteers.actors import ActorList
from sayso.gazetteers.name_finder import FoundName, find_names
from sayso.gazetteers.places import places
from sayso.model import Document, Source
from sayso.model.words import ActorKind, SourceKind
from sayso.text.veil import Shape

OTHERS = 2  # other actors of its kind, and of other kinds, tried for each actor of a report
Forms = Mapping[tuple[str, Shape], str]

# Every kind of outlet, with a side and without, state and rebel alike; the names are invented.
OUTLETS = (
    Source("Meridian Wire", SourceKind.AGENCY, None, "CH"),
    Source("Republic Television", SourceKind.STATE, "Russia", "RU"),
    Source("Homeland Radio", SourceKind.STATE, "Israel", "IL"),
    Source("Mountain Front Channel", SourceKind.PARTY, "Hezbollah", "LB"),
    Source("Free Valley Dispatch", SourceKind.SOCIAL),
    Source("Rights Monitor", SourceKind.NGO),
    Source("The Courier", SourceKind.PRESS, None, "US"),
)


@dataclass(frozen=True, slots=True)
class Swap:
    """A document in which something was swapped, and what was."""

    document: Document
    what: str


def forms(actors: ActorList) -> dict[tuple[str, Shape], str]:
    """One form of each actor and shape that means it wherever it stands: not "British" (adjective, people), nor a name that two actors have."""
    uses: dict[str, set[tuple[str, Shape]]] = defaultdict(set)
    for name in actors.names():
        uses[" ".join(name.key)].add((name.actor, name.shape))
    made: dict[tuple[str, Shape], str] = {}
    for name in actors.names():
        long = len(name.text) > (3 if name.shape is Shape.CAPITAL else 4)
        plain = not name.weak and long and "(" not in name.text  # "Alliance (Sudan)" is a canonical name, no report writes it
        if plain and len(uses[" ".join(name.key)]) == 1:
            made.setdefault((name.identity, name.shape), name.text)
    return made


def swaps(document: Document, actors: ActorList, known: Forms | None = None) -> Iterator[Swap]:
    """The document with one actor put in place of another of its kind, and with two of a kind exchanged."""
    known = forms(actors) if known is None else known
    named = _listed(document.text, actors)
    kinds = {identity: kind for identity in named if (kind := _kind(identity, actors)) is not None}
    everybody = sorted({identity for identity, _ in known} - set(named))
    for identity, names in named.items():
        same = [one for one in everybody if _kind(one, actors) is kinds[identity] and _fits(one, names, known)]
        for other in _drawn(same, f"{document.given_id} {identity}"):
            yield from _renamed(document, {other: names}, (actors, known), f"{other} for {identity}")
    for first, second in combinations(named, 2):
        if kinds[first] is kinds[second] and _fits(first, named[second], known) and _fits(second, named[first], known):
            yield from _renamed(document, {first: named[second], second: named[first]}, (actors, known), f"{first} and {second} exchanged")


def swaps_across(document: Document, actors: ActorList, known: Forms | None = None) -> Iterator[Swap]:
    """The document with one actor put in place of another of another kind, where the names have the same shapes."""
    known = forms(actors) if known is None else known
    named = _listed(document.text, actors)
    everybody = sorted({identity for identity, _ in known} - set(named))
    for identity, names in named.items():
        kind = _kind(identity, actors)
        other_kind = [one for one in everybody if _kind(one, actors) is not kind and _fits(one, names, known)]
        for other in _drawn(other_kind, f"{document.given_id} {identity}"):
            yield from _renamed(document, {other: names}, (actors, known), f"{other} ({_kind(other, actors)}) for {identity} ({kind})")


def outlets(document: Document) -> Iterator[Swap]:
    """The document as other outlets would publish it."""
    for source in OUTLETS:
        yield Swap(replace(document, source=source), f"published by {source.name} ({source.kind}, side {source.side or 'none'})")


def _listed(text: str, actors: ActorList) -> dict[str, list[FoundName]]:
    """The names of listed actors in a text, by identity; not those inside a place's name, where another actor makes another place ("West Philippine Sea")."""
    found = defaultdict(list)
    names = find_names(text, actors)
    longer = [(place.start, place.end) for place in find_places(text, places(), ()) if " " in place.name.removeprefix("The ")]
    for name in names:
        inside = any(start <= name.start and name.end <= end and not _same(text[start:end], text[name.start : name.end]) for start, end in longer)
        if not inside and actors.target(name.identity) is not None:
            found[name.identity].append(name)
    return found


def _same(place: str, name: str) -> bool:
    """Whether two stretches differ by an article alone ("The United States")."""
    return place.lower().removeprefix("the ") == name.lower().removeprefix("the ")


def _drawn(identities: Sequence[str], seed: str) -> list[str]:
    """A few of the identities, the same at every run and others for another document."""
    return sorted(identities, key=lambda one: hashlib.sha256(f"{seed} {one}".encode()).digest())[:OTHERS]


def _kind(identity: str, actors: ActorList) -> ActorKind | None:
    target = actors.target(identity)
    return target.kind if target else None


def _fits(identity: str, names: Sequence[FoundName], known: Forms) -> bool:
    return all((identity, name.shape) in known for name in names)


def _renamed(document: Document, whose: Mapping[str, Sequence[FoundName]], listed: tuple[ActorList, Forms], what: str) -> Iterator[Swap]:
    """The document with the names written as those of other actors; nothing where that makes the name of a third ("Malian" before "Armed Forces")."""
    actors, known = listed
    new = {(_start(document.text, name), name.end): known[other, name.shape] for other, names in whose.items() for name in names}
    text, inserted = replaced(document.text, new)
    third = [(one.start, one.end) for one in find_names(text, actors) if actors.target(one.identity) is not None and one.identity not in whose]
    if not any(start <= begin and stop <= end for start, end in third for begin, stop in inserted):
        yield Swap(replace(document, text=text), what)


def _start(text: str, name: FoundName) -> int:
    """Where a name begins with an article that is part of it ("The Hague")."""
    return name.start - 4 if name.shape is Shape.CAPITAL and text[max(0, name.start - 4) : name.start] == "The " else name.start


def replaced(text: str, new: Mapping[tuple[int, int], str]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text with other words at some stretches, and where these then stand."""
    parts, places, at, length = [], [], 0, 0
    for (start, end), words in sorted(new.items()):
        parts += [text[at:start], words]
        length += start - at
        places.append((length, length + len(words)))
        length += len(words)
        at = end
    return "".join([*parts, text[at:]]), tuple(places)
