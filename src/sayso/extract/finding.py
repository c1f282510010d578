"""Everything that is found in a report before an engine reads it: names, places, times, loaded words; and the hints an engine gets of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from sayso.engines.engine import LOOSE, Hint, Stretch
from sayso.extract.levelling import plain_words
from sayso.extract.loaded import FoundLoaded, find_loaded
from sayso.extract.names import FoundName, find_names
from sayso.extract.places import find_places
from sayso.extract.times import find_times
from sayso.gazetteers.actors import ActorList
from sayso.gazetteers.places import PlaceLookup
from sayso.gazetteers.places_mentions import FoundPlace
from sayso.languages.pack import LanguagePack
from sayso.languages.times import TimeExpression, TimeKind
from sayso.model.words import MentionKind
from sayso.text.veil import PlainWord, Veiled

# Times that say how long or how often, or count from what has no date.
_NO_POSITION = frozenset({TimeKind.DURATION, TimeKind.AHEAD, TimeKind.VAGUE, TimeKind.EVENT})


@dataclass(frozen=True, slots=True)
class Found:
    """What was found in one text; offsets are the document's."""

    names: tuple[FoundName, ...] = ()
    places: tuple[FoundPlace, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    loaded: tuple[FoundLoaded, ...] = ()
    levelled: tuple[PlainWord, ...] = ()

    @property
    def dated(self) -> tuple[TimeExpression, ...]:
        """The times that can tell when something happened."""
        return tuple(one for one in self.times if one.kind not in _NO_POSITION)


def find(text: str, actors: ActorList, table: PlaceLookup, pack: LanguagePack) -> Found:
    """The names, places, times and loaded words of a text. Names are looked for again where the places tell which of several is meant."""
    names = find_names(text, actors)
    places = tuple(place for place in find_places(text, table, names) if not _party(place))
    countries = _countries(places)
    if countries and any(name.identity.startswith("ambiguous:") for name in names):
        names = find_names(text, actors, countries)
    named = [(name.start, name.end) for name in names]
    times = tuple(one for one in find_times(text, pack.times) if not _within(one, named))
    loaded = find_loaded(text, pack.loaded, named)
    kept = [*named, *((one.start, one.end) for stretches in (places, times) for one in stretches)]
    return Found(names, places, times, loaded, plain_words(text, pack.levels, loaded, kept))


def _within(time: TimeExpression, named: Sequence[tuple[int, int]]) -> bool:
    """Whether a name holds the time: "the 19th of April Movement" tells no day."""
    return any(time.start < end and start < time.end for start, end in named)


def _party(place: FoundPlace) -> bool:
    """Whether "The Front", "The Axis" … is a party rather than the small town of that name: towns are told without an article."""
    return place.name.startswith("The ") and all(row.level == "settlement" and not row.name.startswith("The ") for row in place.rows)


def _countries(places: Sequence[FoundPlace]) -> list[str]:
    """The countries of places that can only be in one."""
    sure = [{row.country for row in place.rows if row.country} for place in places if place.rows]
    return sorted({next(iter(found)) for found in sure if len(found) == 1})


def hints(found: Found, veiled: Veiled) -> tuple[Hint, ...]:
    """What an engine is told: where actors (by kind), places and times stand in the veiled text."""
    made = [Hint(MentionKind.ACTOR, _at(veiled, name.start, name.end), name.kind or "") for name in found.names]
    made += [Hint(MentionKind.PLACE, _at(veiled, place.start, place.end), place.spatial or ("in" if place.dateline else "")) for place in found.places]
    made += [Hint(MentionKind.TIME, _at(veiled, time.start, time.end), LOOSE if time.kind in _NO_POSITION else "") for time in found.times]
    return tuple(made)


def _at(veiled: Veiled, start: int, end: int) -> Stretch:
    return Stretch(*veiled.from_source(start, end))
