"""Sharing: how closely an export tells where a recent act at a hospital, shelter, camp or home happened, and who is not named.

After the practice of humanitarian data (HDX, Insecurity Insight; design `standards.md` 6): coordinates that could help somebody find people who were
attacked are coarsened or withheld, and the row says so.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from math import floor
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sayso.export.lookup import Lookup
from sayso.export.private import Stretch, without
from sayso.export.subject import Coarsen, ExportSettings, Subject
from sayso.languages.strict import read_toml
from sayso.link.told import Told
from sayso.model import Interval, PlaceTarget, Span
from sayso.model.words import MentionKind, PlacePrecision
from sayso.text.segmenting import sentence_at, sentences

LEFT_OUT = "[…]"  # in quoted words, where a name or place was
RECENT_DAYS = 30
_CELL = 0.1  # degrees: about eleven kilometres north to south
_TINY = 1e-9
_FINENESS = {name: rank for rank, name in enumerate(PlacePrecision)}
_MOST_BEFORE = 2  # words before a noun that may say that the place is an armed one: "army training camp"


@dataclass(frozen=True, slots=True)
class SharedPlace:
    """A place as an export may show it. Nothing is known of it where `name` is None."""

    name: str | None
    country: str | None  # ISO 3166 alpha-2
    admin1: str | None
    lat: float | None
    lon: float | None
    precision: PlacePrecision | None
    id: str | None = None
    level: Coarsen = Coarsen.NONE  # how it was coarsened
    reason: str = ""  # why; empty where it is as told

    @property
    def withheld(self) -> bool:
        """Whether it is known and not shown."""
        return self.level is Coarsen.WITHHOLD


UNKNOWN_PLACE = SharedPlace(None, None, None, None, None, None)


def shared_place(target: PlaceTarget | None, level: Coarsen, reason: str = "") -> SharedPlace:
    """The place at the closeness of `level` (not AUTO: ask `level_of`)."""
    if target is None:
        return replace(UNKNOWN_PLACE, level=Coarsen.NONE if level is Coarsen.AUTO else level, reason=reason)
    place = SharedPlace(target.name, target.country, target.admin1, target.lat, target.lon, target.precision, target.id)
    if level in (Coarsen.NONE, Coarsen.AUTO):
        return place
    if level is Coarsen.TEN_KM:
        return _ten_km(place, reason)
    precision = _coarser(place.precision, PlacePrecision.ADMIN1)
    admin = replace(place, name=place.admin1 or place.country, lat=None, lon=None, precision=precision, id=None, level=level, reason=reason)
    if level is Coarsen.WITHHOLD:
        return replace(admin, name=place.country, admin1=None, precision=_coarser(place.precision, PlacePrecision.COUNTRY))
    return admin


def _ten_km(place: SharedPlace, reason: str) -> SharedPlace:
    """The middle of the cell of a tenth of a degree that the place lies in; a site loses its name."""
    if place.lat is None or place.lon is None or _FINENESS[place.precision or PlacePrecision.COUNTRY] > _FINENESS[PlacePrecision.NEAR]:
        return place
    named = place.name if place.precision is not PlacePrecision.SITE else place.admin1 or place.country
    # A point on the edge of a cell is written with few digits: what is a billionth below it in binary belongs above.
    middle = (round((floor(value / _CELL + _TINY) + 0.5) * _CELL, 2) for value in (place.lat, place.lon))
    lat, lon = middle
    lat, lon = min(lat, 90.0), min(lon, 180.0)
    return replace(place, name=named, lat=lat, lon=lon, precision=PlacePrecision.NEAR, id=None, level=Coarsen.TEN_KM, reason=reason)


def _coarser(told: PlacePrecision | None, asked: PlacePrecision) -> PlacePrecision:
    return asked if told is None or _FINENESS[told] < _FINENESS[asked] else told


def level_of(subject: Subject, told: Iterable[Told], when: Interval | None, settings: ExportSettings) -> tuple[Coarsen, str]:
    """How closely the place of these claims may be told, and why."""
    if settings.coarsen is not Coarsen.AUTO:
        return settings.coarsen, f"asked for: {settings.coarsen.value}" if settings.coarsen is not Coarsen.NONE else ""
    told = tuple(told)
    # Of one incident all is told alike: what one claim leaves out, another must not tell.
    word = next((word for one in subject.told if (word := sensitive_word(subject, one))), None)
    if word is None or not _is_recent(told, when, settings.made.at[:10]):
        return Coarsen.NONE, ""
    return Coarsen.TEN_KM, f"told of a {word} within the last {RECENT_DAYS} days"


def sensitive_word(subject: Subject, told: Told) -> str | None:
    """The noun in a claim's sentence that names a hospital, shelter, camp or home; None where there is none."""
    text = subject.lookup(told).reading.document.text
    where = sentence_at(sentences(text), told.claim.trigger.start)
    said = text[where.start : where.end] if where is not None else told.claim.trigger.quote
    words = [word.casefold() for word in "".join(char if char.isalnum() or char in "-'" else " " for char in said).split()]
    nouns, armed, homes, owning = (_sensitive()[name] for name in ("nouns", "armed", "homes", "owning"))
    for number, word in enumerate(words):
        before = words[max(0, number - _MOST_BEFORE) : number]
        if word in nouns and armed.isdisjoint(before):
            return word
        owned = bool(before) and (before[-1] in owning or before[-1].endswith("'s"))
        if word in homes and (owned or words[number + 1 : number + 2] in (["of"], ["belonging"])):
            return word
    return None


@cache
def _sensitive() -> dict[str, frozenset[str]]:
    top = read_toml(Path(__file__).parent / "sensitive.toml")
    found = {name: frozenset(top.strings(name)) for name in ("nouns", "armed", "homes", "owning")}
    top.done()
    return found


def _is_recent(told: Iterable[Told], when: Interval | None, today: str) -> bool:
    """Whether it may have happened within the last 30 days; what has no day at all may have."""
    days = [day for day in ((when.end or when.start) if when else None, *(one.report.published for one in told)) if day]
    if when is not None and (when.end or when.start):
        days = days[:1]
    newest = max((day[:10] for day in days), default=None)
    return newest is None or newest >= (date.fromisoformat(today) - timedelta(days=RECENT_DAYS)).isoformat()


def hidden_stretches(lookup: Lookup, level: Coarsen, names: bool) -> tuple[Stretch, ...]:
    """What an export leaves out of a report's words, in order: private names unless `names`, and the places that `level` does not tell."""
    hidden = set(() if names else lookup.private)
    sites = level is Coarsen.TEN_KM
    if sites or level in (Coarsen.ADMIN1, Coarsen.WITHHOLD):
        spans = {mention.span for mention in lookup.reading.mentions if mention.kind is MentionKind.PLACE}
        spans |= {span for claim in lookup.reading.claims for span in claim.roles.place}
        hidden |= {(span.start, span.end) for span in spans if not sites or _is_site(lookup, span)}
    merged: list[Stretch] = []
    for start, end in sorted(hidden):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _is_site(lookup: Lookup, span: Span) -> bool:
    target = lookup.place(span)
    return target is not None and target.precision is PlacePrecision.SITE


def shown_title(lookup: Lookup, level: Coarsen, names: bool) -> str:
    """The headline of a report; "" where it may name a private person or tells places more closely than may be told."""
    title = lookup.reading.document.title or ""
    if level is not Coarsen.NONE or (not names and lookup.title_names):
        return ""
    return title


def shown_url(lookup: Lookup, level: Coarsen, names: bool) -> str:
    """The address of a report; its host alone where the path may name a private person or tells places more closely than may be told."""
    url = lookup.reading.document.url or ""
    parts = urlsplit(url)
    path = {word for word in re.split(r"[^a-z]+", unquote(f"{parts.path} {parts.query} {parts.fragment}").casefold()) if len(word) > 2}
    hidden = {word for word in lookup.private_words if len(word) > 2} if not names else set()
    if not path or (level is Coarsen.NONE and path.isdisjoint(hidden)):
        return url
    return f"{parts.scheme}://{parts.hostname or ''}/{LEFT_OUT}"


def shown(lookup: Lookup, start: int, end: int, hidden: Iterable[Stretch]) -> str:
    """The words of [start, end) as an export may quote them."""
    return without(lookup.reading.document.text, hidden, (start, end), LEFT_OUT)
