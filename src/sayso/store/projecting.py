"""What a reading's claims look like in the tables that answer questions: pure, from the records alone. Private persons who speak are roles there."""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sayso.link.private import private_roles
from sayso.model import ActorTarget, Claim, Interval, Mention, PlaceTarget, Reading, Resolution, Span
from sayso.model.words import MentionKind, Modality
from sayso.store.folding import clean, folded_words

Row = dict[str, Any]
_AROUND = 300  # code points on either side of a trigger within which its sentence is looked for
_MOST_NAME = 200  # code points of a name that are kept
_END = re.compile(r"(?<=[.!?…。！？؟।])[\"'”’»)\]]*\s+|\n\s*\n?")
UNREVIEWED = "unreviewed"
MONTH = 31  # days: a claim of more is long


@dataclass(frozen=True, slots=True)
class Projected:
    """The rows of one reading's claims."""

    claims: list[Row] = field(default_factory=list)
    names: dict[int, Row] = field(default_factory=dict)
    claim_names: list[Row] = field(default_factory=list)
    figures: list[Row] = field(default_factory=list)
    words: list[tuple[int, list[str]]] = field(default_factory=list)


def project(reading: Reading, numbers: Mapping[str, int], superseded: bool) -> Projected:
    """The rows of a reading whose claims have these numbers; of claims told twice with the same id, the first."""
    found = Projected()
    resolved = _surest(reading.resolutions)
    figures: dict[str, list[Row]] = {}
    for figure in reading.figures:
        if figure.claim is not None:
            words = {"measure": figure.measure.value, "status": figure.status.value, "modality": figure.modality.value}
            figures.setdefault(figure.claim, []).append({**words, "low": _bound(figure.low), "high": _bound(figure.high)})
    title = folded_words(reading.document.title or "")
    roles = private_roles(reading)
    done: set[str] = set()
    for claim in reading.claims:
        if claim.id in done:
            continue
        done.add(claim.id)
        view = _View(reading, claim, resolved, roles)
        number = numbers[claim.id]
        row = view.row(number, superseded)
        found.claims.append(row)
        found.words.append((number, folded_words(row["quote"]) + title + folded_words(" ".join(sorted(view.spoken())))))
        found.figures.extend({"number": number, "position": position, **one} for position, one in enumerate(figures.get(claim.id, ())))
        for name in view.named():
            found.names.setdefault(name["id"], name)
            found.claim_names.append({"name": name["id"], "number": number, "first_day": row["first_day"], "last_day": row["last_day"]})
    return found


def surroundings(text: str, span: Span) -> str:
    """The sentence of a span, or as much of it as stands near."""
    left, right = max(0, span.start - _AROUND), min(len(text), span.end + _AROUND)
    for match in _END.finditer(text, left, span.start):
        left = match.end()
    after = _END.search(text, span.end, right)
    return text[left : after.start() if after else right].strip()


def name_words(name: str) -> str:
    """A name as it is looked for by whole words; "" where it has none."""
    words = folded_words(name[:_MOST_NAME])
    return f" {' '.join(words)} " if words else ""


class _View:
    """One claim with what its roles were judged to be."""

    def __init__(self, reading: Reading, claim: Claim, resolved: Mapping[str, Resolution], roles: Mapping[str, str]) -> None:
        self.reading = reading
        self.claim = claim
        self.resolved = resolved
        self.roles = roles  # of private persons, by their names
        self.targets: dict[tuple[MentionKind, Span], ActorTarget | PlaceTarget | Interval | None] = {}  # asked for several times, hashed once
        self.called = tuple(dict.fromkeys(self._called()))

    def target(self, kind: MentionKind, span: Span | None) -> ActorTarget | PlaceTarget | Interval | None:
        if span is None:
            return None
        if (kind, span) not in self.targets:
            found = self.resolved.get(Mention(kind, span).id)
            self.targets[kind, span] = found.target if found else None
        return self.targets[kind, span]

    def people(self, spans: Iterable[Span]) -> list[str]:
        """Resolved names, else as written."""
        named = []
        for span in spans:
            target = self.target(MentionKind.ACTOR, span)
            named.append(_short(target.name if isinstance(target, ActorTarget) else span.quote))
        return list(dict.fromkeys(named))

    def kinds(self, spans: Iterable[Span]) -> list[str]:
        """The kind of each of the `people`: "unknown" where nothing tells it."""
        found: dict[str, str] = {}
        for span in spans:
            target = self.target(MentionKind.ACTOR, span)
            actor = target if isinstance(target, ActorTarget) else None
            found.setdefault(_short(actor.name if actor else span.quote), actor.kind.value if actor else "unknown")
        return list(found.values())

    def place(self) -> PlaceTarget | None:
        """Where it was judged to have happened: the first of its places that has a position, else the first that is known."""
        targets = [self.target(MentionKind.PLACE, span) for span in self.claim.roles.place]
        places = [target for target in targets if isinstance(target, PlaceTarget)]
        return next((place for place in places if place.lat is not None), places[0] if places else None)

    def row(self, number: int, superseded: bool) -> Row:
        claim, document, roles = self.claim, self.reading.document, self.claim.roles
        place = self.place()
        interval = self.target(MentionKind.TIME, roles.time)
        start, end = (interval.start, interval.end) if isinstance(interval, Interval) else (None, None)
        published = (document.published or "")[:10]
        return {
            "number": number,
            "id": claim.id,
            "document": document.id,
            "source": clean(document.source.name),
            "title": _text(document.title),
            "published": _text(document.published),
            "type": clean(claim.act.type),
            "mode": _text(claim.act.mode),
            "modality": claim.modality.value,
            "place": _text(place.name if place else roles.place[0].quote if roles.place else None),
            "country": _text(place.country if place else None),
            "admin1": _text(place.admin1 if place else None),
            "lat": place.lat if place else None,
            "lon": place.lon if place else None,
            "precision": place.precision.value if place else None,
            "date_from": _text(start),
            "date_to": _text(end),
            "first_day": clean((start or end or published)[:10]),
            "last_day": clean((end or start or published)[:10]),
            "status": UNREVIEWED,
            "superseded": superseded,
            "urgency": round(1 - claim.confidence, 4),
            "disputed": claim.modality is Modality.DENIED,
            "long": _long((start or end or published)[:10], (end or start or published)[:10]),
            "quote": clean(surroundings(document.text, claim.trigger)),
            "shown": json.dumps(
                {
                    "voices": [_short(self.roles.get(voice.name, voice.name)) for voice in claim.voices],
                    "actor": self.people(roles.actor),
                    "recipient": self.people(roles.recipient),
                    "kinds": [self.kinds(roles.actor), self.kinds(roles.recipient)],
                },
                ensure_ascii=False,
            ),
        }

    def _called(self) -> Iterable[tuple[str, str]]:
        """Every name that the claim can be found by, with its role: resolved names, and words as written."""
        roles = self.claim.roles
        yield "source", self.reading.document.source.name
        for role, spans in (("actor", roles.actor), ("recipient", roles.recipient)):
            for span in spans:
                yield role, span.quote
            for name in self.people(spans):
                yield role, name
        for side in (self.reading.document.source.side, *(voice.side for voice in self.claim.voices)):
            if side:
                yield "side", side
        for voice in self.claim.voices:
            yield "voice", self.roles.get(voice.name, voice.name)
            if voice.name in self.roles:
                continue
            target = self.target(MentionKind.ACTOR, voice.span)
            if isinstance(target, ActorTarget):
                yield "voice", target.name
        for span in roles.place:
            yield "place", span.quote
            place = self.target(MentionKind.PLACE, span)
            if isinstance(place, PlaceTarget):
                yield "place", place.name
                if place.admin1:
                    yield "place", place.admin1

    def named(self) -> list[Row]:
        """The names that the claim can be found by, each once."""
        found: dict[int, Row] = {}
        for role, name in self.called:
            words = name_words(clean(name))
            if words:
                identity = int.from_bytes(hashlib.sha256(f"{role}{words}".encode()).digest()[:8]) >> 1
                found.setdefault(identity, {"id": identity, "role": role, "words": words})
        return list(found.values())

    def spoken(self) -> set[str]:
        """The names whose words a search finds the claim by, as well as by its sentence."""
        return {clean(name) for role, name in self.called if role not in ("source", "side")}


def _long(first: str, last: str) -> bool:
    """Whether days lie far apart; days that are none do (they are compared as words)."""
    try:
        return abs(date.fromisoformat(last) - date.fromisoformat(first)).days > MONTH
    except ValueError:
        return first != last


def _surest(resolutions: Iterable[Resolution]) -> dict[str, Resolution]:
    """By mention, the judgement that is surest."""
    found: dict[str, Resolution] = {}
    for one in resolutions:
        known = found.get(one.mention)
        if known is None or one.score > known.score:
            found[one.mention] = one
    return found


def _bound(value: int | None) -> int | None:
    """A bound as a column holds it; the record keeps a number beyond 64 bits."""
    return None if value is None else min(value, 2**63 - 1)


def _text(value: str | None) -> str | None:
    return None if value is None else clean(value)


def _short(name: str) -> str:
    """A name on one line."""
    return clean(" ".join(name.split()))[:_MOST_NAME]
