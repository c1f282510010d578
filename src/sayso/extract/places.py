"""Place names in a text, found before anything is judged: capitalised names beside words of place, in lists and in datelines."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sayso.gazetteers.name_context import FoundName
from sayso.gazetteers.places import PlaceLookup, PlaceRow
from sayso.gazetteers.places_mentions import FoundPlace
from sayso.gazetteers.places_relations import goes_on, paired_ends, with_containers
from sayso.gazetteers.places_tokens import HARD, WORD, Word, dateline_spans, held_words, is_calendar, place_tokens
from sayso.gazetteers.places_words import PlaceWords, place_words

__all__ = ["FoundPlace", "find_places", "places_at"]

_GAP = re.compile(r"[ \t\xa0]|[ \t]*\n[ \t]*|-|–|['’ʼ‘`]")
_DOTTED = frozenset(("st", "ste", "mt", "ft"))  # a dot after these ends no sentence
_ARTICLES = frozenset(("al", "el", "ash", "esh", "as", "es", "ad", "ed", "an", "en", "ar", "er", "at", "et", "az", "ez", "ul", "ol"))
_PARTICLES = _ARTICLES | frozenset(
    ("de", "del", "la", "las", "los", "le", "les", "du", "des", "da", "do", "dos", "of", "the", "upon", "sur", "bin", "ibn", "y", "ye", "e")
)
_DIRECTIONS = frozenset(
    ["north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "north-east", "north-west", "south-east", "south-west"]
)
_DISTANCES = frozenset(
    ["km", "kms", "kilometre", "kilometres", "kilometer", "kilometers", "mile", "miles", "metres", "meters", "away", "hours", "hour", "minutes"]
)
_UNITS = {
    "km": 1.0,
    "kms": 1.0,
    "kilometre": 1.0,
    "kilometres": 1.0,
    "kilometer": 1.0,
    "kilometers": 1.0,
    "mile": 1.609,
    "miles": 1.609,
    "metres": 0.001,
    "meters": 0.001,
}
_SITE_ENDS = frozenset(
    [
        "camp",
        "airport",
        "airfield",
        "airbase",
        "base",
        "crossing",
        "dam",
        "prison",
        "checkpoint",
        "port",
        "barracks",
        "plant",
        "junction",
        "bridge",
        "oilfield",
        "field",
        "road",
        "highway",
        "border",
    ]
)
_SITE_STARTS = frozenset(("refugee", "idp", "displacement", "border", "international", "air", "military", "nuclear", "power"))
_NO_UNIT = frozenset(("community", "front", "capital", "park", "state", "axis", "port"))  # nouns behind a name that seldom belong to it
_LONGEST = 6  # words of one name
_BACK = 7  # words looked at before a name
_KNOWN_TOWN = 15_000  # people: smaller towns need a plain word of place
_CAPS = 0.7  # share of capitals from which case tells nothing
_STRONG = frozenset(("in", "near", "between", "along", *(f"{word} of" for word in _DIRECTIONS)))
_PLAIN = frozenset(("in", "at", "near", "outside", "into", "around", "nr"))  # words that place even a name nobody knows
_PASSIVE = frozenset(("was", "were", "is", "are", "been", "being", "came", "comes", "has", "had", "again", "also", "under"))


@dataclass(frozen=True, slots=True)
class _Before:
    """What stands before a name: the relation, and what else the words say."""

    spatial: str | None = None
    level: str | None = None
    part: str | None = None
    containers: tuple[str, ...] = ()
    border: bool = False
    motion: bool = True
    offset: tuple[float, str] | None = None


def find_places(text: str, gazetteer: PlaceLookup, names: Iterable[FoundName] = (), named: bool = False) -> tuple[FoundPlace, ...]:
    """The places that `text` speaks of as places, in order. `names` are actors, which are no places; `named` adds names without a word of place beside them."""
    return _Finder(text, gazetteer, tuple(names), named).found()


def places_at(text: str, spans: Iterable[tuple[int, int]], gazetteer: PlaceLookup) -> tuple[FoundPlace, ...]:
    """One found place a span that somebody else calls a place, in the order of the text, with what the words around say of it."""
    finder = _Finder(text, gazetteer, (), True)
    for start, end in sorted(spans):
        finder.places.append(finder.given(start, end))
    return tuple(paired_ends(text, with_containers(text, finder.places)))


class _Finder:
    """Walks one text."""

    def __init__(self, text: str, gazetteer: PlaceLookup, names: Sequence[FoundName], named: bool) -> None:
        self.text, self.gazetteer, self.named = text, gazetteer, named
        self.lists: PlaceWords = place_words()
        self.words = place_tokens(text)
        self.held = held_words(self.words, names)
        letters = sum(map(str.isalpha, text))
        self.caps = letters > 20 and sum(map(str.isupper, text)) > _CAPS * letters
        # Code points that are upper case but no letters ("Ⓐ") count with neither.
        self.caps = self.caps and sum(char.isupper() for char in text if char.isalpha()) > _CAPS * letters
        self.datelines = dateline_spans(text)
        self.places: list[FoundPlace] = []

    def found(self) -> tuple[FoundPlace, ...]:
        """All places, with what holds them and what they are paired with."""
        index = 0
        while index < len(self.words):
            index = self._at(index)
        places = paired_ends(self.text, with_containers(self.text, self.places))
        return tuple(place for place in places if place.locative or place.level or self.named or self._again(place, places))

    def given(self, start: int, end: int) -> FoundPlace:
        """The span as a place, whatever the gazetteer knows of it."""
        name = self.text[start:end]
        rows = self.gazetteer.lookup(name) or self.gazetteer.lookup(re.sub(r"^(?:the|an?)\s+|['’]s$", "", name, flags=re.IGNORECASE))
        inside = [index for index, word in enumerate(self.words) if word.start < end and start < word.end]
        if not inside:
            return FoundPlace(start, end, name, None, rows)
        before = self._before(inside[0])
        _, level = self._noun_after(inside[-1] + 1, before.level)
        level = self._told_inside(name, rows) or level
        dateline = any(one <= start < other for one, other in self.datelines)
        return FoundPlace(
            start, end, name, self._relation(before, rows, inside[-1] + 1, level), rows, level, before.part, before.containers, None, dateline, before.offset
        )

    def _told_inside(self, name: str, rows: tuple[PlaceRow, ...]) -> str | None:
        """The level that the last word of a name tells: "Donetsk Oblast", "Red Sea"; None where the gazetteer knows the whole name as something else."""
        *others, last = name.split()
        told = self.lists.level(last.lower()) if others and rows else None
        known = told in ("sea", "admin1", "admin2") and any(row.level == told for row in rows)
        return told if rows and (known or rows[0].match != "exact") else None

    def _at(self, index: int) -> int:
        """The word to go on with, after taking the longest place that begins at `index`."""
        word = self.words[index]
        if (not word.raw[0].isupper() and word.low not in _ARTICLES) or self.held[index] or not self._begins(index):
            return index + 1
        for stop in range(self._reach(index), index, -1):
            if (place := self._place(index, stop)) is not None:
                self.places.append(place)
                while index < len(self.words) and self.words[index].start < place.end:
                    index += 1
                return index
        return index + 1

    def _begins(self, index: int) -> bool:
        word = self.words[index]
        if word.low in _ARTICLES and index + 1 < len(self.words) and self._gap(index) in ("-", " ", "'", "’"):
            following = self.words[index + 1]
            if word.low in ("at", "as", "an", "es") and self._gap(index) == " ":  # mostly the English word at the head of a sentence
                rows = self.gazetteer.lookup(f"{word.raw} {following.raw}") if word.raw[0].isupper() and following.raw[0].isupper() else ()
                return bool(rows) and rows[0].match == "exact"
            return following.raw[0].isupper() and (self._gap(index) != " " or word.raw[0].isupper())
        return word.raw[0].isupper()

    def _reach(self, index: int) -> int:
        """One past the last word that could belong to a name that begins at `index`."""
        stop = index + 1
        at = index
        while at + 1 < len(self.words) and at + 1 - index < _LONGEST and self._joined(at) and not self.words[at].owns and self.held[at + 1] != HARD:
            following = self.words[at + 1]
            if (following.raw[0].isupper() and not self.held[at + 1]) or (following.raw.isdigit() and self._gap(at) == " "):
                stop = at + 2
            elif following.low not in _PARTICLES and not self.held[at + 1] and not self._within_hyphens(at + 1):
                break
            at += 1
        return stop

    def _gap(self, index: int) -> str:
        return self.text[self.words[index].end : self.words[index + 1].start] if index + 1 < len(self.words) else "\0"

    def _within_hyphens(self, index: int) -> bool:
        """Whether hyphens join the word to names on both sides: "Port-au-Prince"."""
        return self._gap(index - 1) == self._gap(index) == "-" and self.words[index + 1].raw[0].isupper()

    def _joined(self, index: int) -> bool:
        gap = self._gap(index)
        return bool(_GAP.fullmatch(gap)) or (gap == ". " and self.words[index].low in _DOTTED)

    def _place(self, index: int, stop: int) -> FoundPlace | None:
        """The words [index, stop) as a place, or None."""
        first, last = self.words[index], self.words[stop - 1]
        inner = [word.low for word in self.words[index:stop]]
        if stop - index == 1 and self.lists.has("never", first.low):
            return None
        if (self.lists.spatial(first.low) and stop - index > 1 and first.low not in _ARTICLES) or last.low in ("of", "the", "and"):
            return None
        name = self.text[first.start : last.end]
        dateline = any(start <= first.start < end for start, end in self.datelines)
        before = self._before(index)
        end, level = self._noun_after(stop, before.level)
        rows = self._rows(name, self.text[first.start : end], before, dateline)
        if not self._whole(index, stop) and not dateline:
            return None
        if rows and (rows[0].kind == "people" or (rows[0].match != "exact" and self.lists.has("never", inner[-1]) and not self.lists.level(inner[-1]))):
            return None
        level = self._told_inside(name, rows) or level
        spatial = self._relation(before, rows, stop, level)
        if not rows and (dateline or not self._unknown(index, stop, before, level)):
            return None
        if rows and not dateline and not self._credible(name, rows, spatial, level):
            return None
        if not rows and before.spatial is None and not level:
            return None
        return FoundPlace(first.start, end, self.text[first.start : end], spatial, rows, level, before.part, before.containers, None, dateline, before.offset)

    def _rows(self, name: str, extended: str, before: _Before, dateline: bool) -> tuple[PlaceRow, ...]:
        if len(name) < 4 and not (name.isupper() or "." in name or dateline) and before.spatial is None:
            return ()
        rows = self.gazetteer.lookup(extended) if extended != name else ()
        rows = rows or self.gazetteer.lookup(name)
        if rows and rows[0].match == "sound" and (dateline or (before.spatial not in _STRONG and before.level is None)):
            return ()
        if rows and len(name) <= 2 and not all(row.level == "country" for row in rows[:1]):
            return ()
        return rows

    def _noun_after(self, stop: int, level: str | None) -> tuple[int, str | None]:
        """Where the name with its noun ends, and the level that the noun tells."""
        end = self.words[stop - 1].end
        if self.words[stop - 1].owns or stop >= len(self.words) or self._gap(stop - 1) not in (" ", "-"):
            return end, level
        word, spaced = self.words[stop], self._gap(stop - 1) == " "
        if spaced and word.low in _SITE_STARTS and stop + 1 < len(self.words) and self.words[stop + 1].low in _SITE_ENDS and self._gap(stop) == " ":
            return self.words[stop + 1].end, "site"
        told = self.lists.level(word.low)
        if told == "site":
            return (word.end if word.low in _SITE_ENDS and spaced else end), level or "site"
        if told and (word.low not in _NO_UNIT or (word.low == "state" and word.raw.islower())):
            return word.end, told
        return end, level

    def _before(self, index: int) -> _Before:
        """What the words before a name say of it: read backwards over adjectives, nouns of place and owners."""
        level, part, containers = None, None, list[str]()
        at, steps = index - 1, 0
        while at >= 0 and steps < _BACK:
            word, gap = self.words[at], self._gap(at)
            if word.owns:
                gap = gap[2:]
            if gap not in (" ", "\n", "-", " \n") and not (gap == ", " and self.lists.has("between_words", word.low)):
                return self._listed(index, _Before(None, level, part, tuple(containers)))
            if self.lists.spatial(word.low) or self.lists.has("verbs", word.low):
                return self._preposition(at, _Before(None, level, part, tuple(containers)))
            if word.low == "of":
                if (found := self._of(at, _Before(None, level, part, tuple(containers)))) is not None:
                    return found
                level = level or self.lists.level(self.words[at - 1].low)
            elif self.lists.has("parts", word.low):
                part = part or word.low
            elif (people := self._people(at)) is not None:
                containers.append(people)
                at -= people.count(" ")
            elif word.owns or self._demonym(word):
                if not self.gazetteer.lookup(word.raw):
                    break
                containers.append(word.raw)
            elif self.lists.level(word.low) and (
                self.words[at + 1].low == "of" or (at + 1 == index and self.lists.has("settlement_nouns", word.low) and word.raw.islower())
            ):
                level = level or self.lists.level(word.low)
            elif (word.low == "and" and at + 1 == index) or not self.lists.has("between_words", word.low):
                break
            at, steps = at - 1, steps + 1
        return self._listed(index, _Before(None, level, part, tuple(containers)))

    def _preposition(self, at: int, told: _Before) -> _Before:
        word = self.words[at]
        previous = self.words[at - 1].low if at else ""
        spatial = self.lists.spatial(word.low) or "in"
        border = previous in ("border", "frontier", "road", "highway", "boundary")
        offset = None
        if word.low == "from" and previous in _DISTANCES:
            spatial, offset = "near", self._kilometres(at - 1 - (previous == "away"), "")
        if spatial == "on":
            behind = {one.low for one in self.words[max(0, at - 4) : at]}
            if not any(self.lists.has("strike_nouns", one) for one in behind) and previous not in ("border", "coast", "outskirts"):
                return replace(told, spatial=None)
        motion = not self.lists.has("no_motion", previous)
        return replace(told, spatial=spatial, border=border, motion=motion, offset=offset)

    def _of(self, at: int, told: _Before) -> _Before | None:
        """The relation that "… of" tells, or None where the words before it are a noun of place that is read on."""
        noun = self.words[at - 1].low if at else ""
        direction = noun in _DIRECTIONS or (noun.endswith("ern") is False and noun in ("northwards", "southwards"))
        if direction:
            if at >= 3 and self.words[at - 2].low == "the" and self.lists.spatial(self.words[at - 3].low) in ("in", "from", "to", "on"):
                return replace(told, spatial="in", part=told.part or noun)  # "in the north of Iraq"
            return replace(told, spatial=f"{noun} of", offset=self._kilometres(at - 2, noun))
        if noun in ("outskirts", "vicinity", "suburbs", "edge"):
            return replace(told, spatial="near")
        if self.lists.level(noun) and noun not in ("hospital", "university", "church", "school", "port", "border"):
            return None if at >= 2 and self._leads_on(at - 2) else replace(told, spatial="in", level=told.level or self.lists.level(noun))
        if self.lists.has("of_nouns", noun):
            return replace(told, spatial="in")
        if self.lists.level(noun):
            return None
        plain = at > 0 and self.words[at - 1].raw.islower() and not self.lists.has("no_place_of", noun)
        return replace(told, spatial="of" if plain else None)

    def _kilometres(self, at: int, direction: str) -> tuple[float, str] | None:
        """The distance that ends with the word at `at`: "20 km", "some 12 miles"; None where none is told."""
        if at < 1 or self.words[at].low not in _UNITS:
            return None
        number = re.search(r"([0-9][0-9.,]*)\s*$", self.text[max(0, self.words[at].start - 12) : self.words[at].start])
        if not number or not (digits := number[1].replace(",", "").strip(".")):
            return None
        return float(digits) * _UNITS[self.words[at].low], direction

    def _leads_on(self, at: int) -> bool:
        word = self.words[at].low
        return bool(self.lists.spatial(word) or self.lists.has("between_words", word) or self.lists.has("parts", word) or self._demonym(self.words[at]))

    def _people(self, at: int) -> str | None:
        """The adjective of a country that ends with the word at `at` and has two words: "South Sudanese" is not Sudan's."""
        if at < 1 or self._gap(at - 1) != " " or not (self.words[at].raw[0].isupper() and self.words[at - 1].raw[0].isupper()):
            return None
        name = f"{self.words[at - 1].raw} {self.words[at].raw}"
        return name if any(row.kind == "people" and row.match == "exact" for row in self.gazetteer.lookup(name)[:2]) else None

    def _demonym(self, word: Word) -> bool:
        if not word.raw[0].isupper() or self.lists.has("never", word.low):
            return False
        rows = self.gazetteer.lookup(word.raw)
        return bool(rows) and any(row.kind == "people" for row in rows[:2])

    def _listed(self, index: int, told: _Before) -> _Before:
        """The relation of the place before, where this one goes on with its list."""
        if not self.places or self.places[-1].end > self.words[index].start:
            return told
        last = self.places[-1]
        between = self.text[last.end : self.words[index].start]
        if last.spatial is not None and not last.dateline and goes_on(between):
            return replace(told, spatial=last.spatial)
        return told

    def _relation(self, before: _Before, rows: tuple[PlaceRow, ...], stop: int, level: str | None) -> str | None:
        """How the text places things relative to the name; None where it does not."""
        spatial = before.spatial
        after = self.words[stop].low if stop < len(self.words) and self._gap(stop - 1) in (" ", "-") else ""
        country = bool(rows) and rows[0].level == "country" and level is None
        if after in ("border", "frontier"):
            return "near"
        if country and spatial is not None:
            if spatial in ("from", "to", "near") and not before.motion:
                return None
            if spatial == "between" and not before.border:
                return None
            if spatial == "to" and after in ("to", "for"):
                return None
        if spatial == "of":  # "the depots of Port Sudan": any noun, if the name is surely a place
            return "in" if rows and not country and rows[0].match == "exact" and (rows[0].level != "settlement" or rows[0].population >= _KNOWN_TOWN) else None
        if spatial is None and not country and (level is not None or self._happens(stop)):
            return "in"
        return spatial if before.motion or spatial not in ("from", "to") else None

    def _happens(self, stop: int) -> bool:
        """Whether the words behind a name say that something happens there: "the X blast", "X was shelled", "X came under fire"."""
        if stop >= len(self.words) or self._gap(stop - 1) != " ":
            return False
        following = [word.low for word in self.words[stop : stop + 4]]
        if self.lists.has("event_nouns", following[0]):
            return True
        while following and following[0] in _PASSIVE:
            passive = following.pop(0)
            if following and (
                self.lists.has("verbs", following[0]) or (passive == "under" and following[0] in ("fire", "attack", "siege", "bombardment", "shelling"))
            ):
                return True
        return False

    def _whole(self, index: int, stop: int) -> bool:
        """Whether the words are a name of their own and no part of a longer one (a person, an office)."""
        if self.caps:
            return True
        if index and self._gap(index - 1) in (" ", "-") and not self.words[index - 1].owns:
            word = self.words[index - 1]
            known = (
                self.lists.has("before_name", word.low)
                or self.lists.spatial(word.low)
                or self.lists.has("verbs", word.low)
                or self.lists.has("between_words", word.low)
            )
            if self.lists.has("titles", word.low):
                return False
            if (
                word.raw[0].isupper()
                and not known
                and not self.held[index - 1]
                and not self._demonym(word)
                and not self._place_before(index)
                and not self.lists.level(word.low)
            ):
                return False
        if stop < len(self.words) and self._gap(stop - 1) == " " and not self.words[stop - 1].owns:
            word = self.words[stop]
            if (
                word.raw[0].isupper()
                and not self.held[stop]
                and not self.lists.level(word.low)
                and not is_calendar(word.low)
                and not self.lists.spatial(word.low)
            ):
                return False
        return True

    def _place_before(self, index: int) -> bool:
        return bool(self.places) and self.places[-1].end == self.words[index - 1].end

    def _unknown(self, index: int, stop: int, before: _Before, level: str | None) -> bool:
        """Whether a name that the gazetteer lacks is told to be a place: "the village of X", "X district", or plainly "in X"."""
        words = self.words[index:stop]
        if (
            self.caps
            or before.spatial is None
            or any(word.raw.isdigit() or "\n" in self._gap(index + number) for number, word in enumerate(words[:-1]))
            or words[-1].raw.isdigit()
        ):
            return False
        if self.lists.has("never", words[0].low) or self.lists.has("never", words[-1].low) or self.lists.level(words[-1].low):
            return False
        if before.level is not None or level in ("admin1", "admin2", "settlement", "region"):
            return True
        plain = index > 0 and (self.words[index - 1].low in _PLAIN or before.spatial.endswith(" of") or self._goes_on(index))
        shaped = all(len(word.raw) > 1 and not word.raw.isupper() for word in words) and len(words[-1].raw) > 3
        return plain and shaped and stop - index <= 3 and not self._heading(words[0].start)

    def _goes_on(self, index: int) -> bool:
        """Whether the name goes on with a list of places."""
        return bool(self.places) and self.places[-1].locative and self.places[-1].end == self.words[index - 1].end

    def _heading(self, at: int) -> bool:
        """Whether the line is written With Capitals Throughout, so that they tell nothing."""
        start, end = self.text.rfind("\n", 0, at) + 1, self.text.find("\n", at)
        line = [word for word in WORD.findall(self.text[start : end if end >= 0 else len(self.text)]) if len(word) > 3]
        return len(line) > 2 and sum(word[0].isupper() for word in line) > 0.8 * len(line)

    def _credible(self, name: str, rows: tuple[PlaceRow, ...], spatial: str | None, level: str | None) -> bool:
        """Whether a known name is a place here: small towns and two-letter codes need a plain word of place."""
        best = rows[0]
        if len(name) <= 3 and not (best.level == "country" or (spatial in _STRONG and name[1:].islower() and name[0].isupper())):
            return False
        if spatial in _STRONG or level is not None:
            return True
        weighty = best.level != "settlement" or max(row.population for row in rows) >= _KNOWN_TOWN
        return weighty and best.match != "sound"

    def _again(self, place: FoundPlace, places: Sequence[FoundPlace]) -> bool:
        """Whether a name without a word of place was told to be a place elsewhere, and speaks for no government here."""
        if place.rows and place.rows[0].level == "country":
            return False
        following = self.text[place.end : place.end + 24].split()
        if following and self.lists.has("speaking", following[0].strip(",").lower()):
            return False
        return any(other.name == place.name and other.locative for other in places)
