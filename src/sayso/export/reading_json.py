"""`sayso.reading/1`: a Reading as the JSON that users, the web and the scorer read (docs/reading.md)."""

from collections.abc import Iterable
from typing import Any

from sayso.export.lookup import Lookup
from sayso.model import ActorTarget, Candidate, Claim, Event, Failure, Figure, Interval, Mention, PlaceTarget, Reading, Resolution, Span, Voice
from sayso.model.words import MentionKind

SCHEMA = "sayso.reading/1"
Json = dict[str, Any]


def reading_view(reading: Reading) -> Json:
    """The JSON view of a reading: claims numbered c1…, mentions m1…, figures f1… in the order of the reading."""
    return _View(reading).whole()


def failure_view(failure: Failure) -> Json:
    """The JSON view of an input that gave no reading: it stands where its reading would."""
    error = {"kind": failure.kind, "reason": failure.reason, "what": failure.what}
    return {"schema": SCHEMA, "error": error, "document": {"given_id": failure.given_id}}


class _View(Lookup):
    """One reading's view, part by part."""

    def whole(self) -> Json:
        """All of it."""
        reading = self.reading
        return {
            "schema": SCHEMA,
            "document": self.document(),
            "mentions": [self.mention(mention) for mention in reading.mentions],
            "claims": [self.claim(claim) for claim in reading.claims],
            "figures": [self.figure(figure) for figure in reading.figures],
            "relations": [
                {"id": relation.id, "kind": relation.kind.value, "from": self.claims[relation.source], "to": self.claims[relation.target], **_at(relation.span)}
                for relation in reading.relations
            ],
            "memberships": [
                {"coalition": self.mentions.get(item.coalition), "member": self.mentions.get(item.member), **_at(item.span)} for item in reading.memberships
            ],
            "loaded": [
                {**_at(word.span), "class": word.loaded_class.value, "voices": _voices(word.voices), "neutral": word.neutral} for word in reading.loaded
            ],
            "events": [self.event(event) for event in reading.events],
            "refusals": [{"what": refusal.what, "why": refusal.why} for refusal in reading.refusals],
            "notes": list(reading.notes),
            "credits": list(self.credits),
        }

    def document(self) -> Json:
        """The report: text, metadata, source."""
        document = self.reading.document
        source = document.source
        return {
            "id": document.id,
            "given_id": document.given_id,
            "title": document.title,
            "published": document.published,
            "language": document.language,
            "url": document.url,
            "text": document.text,
            "text_sha256": document.text_sha256,
            "source": {"name": source.name, "kind": source.kind.value, "side": source.side, "country": source.country},
        }

    def mention(self, mention: Mention) -> Json:
        """A mention with the resolution that is surest, or null."""
        resolution = self.resolutions.get(mention.id)
        return {
            "id": self.mentions[mention.id],
            "kind": mention.kind.value,
            **_at(mention.span),
            "as_written": mention.as_written,
            "resolution": None if resolution is None else _resolution(resolution),
        }

    def claim(self, claim: Claim) -> Json:
        """A claim with the words of each role."""
        roles = claim.roles
        identity = claim.id  # a hash: made once
        figures = [self.figures[figure.id] for figure in self.figures_of.get(identity, ())]
        origin = claim.origin
        return {
            "id": self.claims[identity],
            "record": identity,
            "trigger": _at(claim.trigger),
            "act": {"type": claim.act.type, "mode": claim.act.mode},
            "modality": claim.modality.value,
            "certainty": claim.certainty.value,
            "voices": _voices(claim.voices),
            "responsibility": {
                "status": claim.responsibility.status.value,
                "voices": _voices(claim.responsibility.voices),
                "reason": claim.responsibility.reason or None,
            },
            "victim_status": claim.victim_status.value,
            "historical": claim.historical,
            "roles": {
                "actor": [self.named(span, MentionKind.ACTOR) for span in roles.actor],
                "recipient": [self.named(span, MentionKind.ACTOR) for span in roles.recipient],
                "instrument": [self.named(span, MentionKind.INSTRUMENT) for span in roles.instrument],
                "place": [self.place_view(span) for span in roles.place],
                "time": self.time(roles.time) if roles.time else None,
            },
            "figures": figures,
            "confidence": claim.confidence,
            "reason": claim.reason,
            "origin": {"engine": origin.engine, "version": origin.version, "codebook": origin.codebook, "language": origin.language, "run": origin.run},
        }

    def named(self, span: Span, kind: MentionKind) -> Json:
        """The words of a role, with the number of the mention that they are."""
        return {**_at(span), "mention": self.mentions.get(Mention(kind, span).id)}

    def place_view(self, span: Span) -> Json:
        """The words of a place, and where it was judged to be."""
        resolution = self.resolution(MentionKind.PLACE, span)
        target = self.place(span)
        found = _place(target) if target else {"id": None, "name": None, "country": None, "admin1": None, "lat": None, "lon": None, "precision": None}
        return {**self.named(span, MentionKind.PLACE), **found, **_judged(resolution)}

    def time(self, span: Span) -> Json:
        """The words of a time, and the interval that they were judged to mean."""
        resolution = self.resolution(MentionKind.TIME, span)
        interval = self.interval(span)
        found = _interval(interval) if interval else {"from": None, "to": None, "precision": None, "basis": None}
        others = [_candidate(candidate) for candidate in resolution.candidates if candidate.target != interval] if resolution else []
        reason = resolution.reason if resolution else None
        return {**self.named(span, MentionKind.TIME), **found, "score": resolution.score if resolution else None, "reason": reason, "alternatives": others}

    def figure(self, figure: Figure) -> Json:
        """A figure with its bounds."""
        return {
            "id": self.figures[figure.id],
            "record": figure.id,
            **_at(figure.span),
            "low": figure.low,
            "high": figure.high,
            "point": figure.point,
            "operator": figure.operator,
            "approximate": figure.approximate,
            "term": figure.term,
            "measure": figure.measure.value,
            "group": figure.group,
            "status": figure.status.value,
            "side": figure.side,
            "scope": figure.scope.value,
            "change": figure.change.value,
            "since": figure.since,
            "until": figure.until,
            "part_of": self.figures.get(figure.part_of) if figure.part_of else None,
            "claim": self.claims[figure.claim] if figure.claim else None,
            "modality": figure.modality.value,
            "voices": _voices(figure.voices),
            "confidence": figure.confidence,
        }

    def event(self, event: Event) -> Json:
        """A coded row: the codebook's own fields beside the claims it rests on."""
        claims = [self.claims[claim] for claim in event.claims if claim in self.claims]
        return {**dict(event.fields), "codebook": event.codebook, "digest": event.digest, "claims": claims, "reason": event.reason}


def _at(span: Span) -> Json:
    return {"start": span.start, "end": span.end, "quote": span.quote}


def _voices(voices: Iterable[Voice]) -> list[Json]:
    return [
        {
            "name": voice.name,
            "kind": voice.kind.value,
            "stance": voice.stance.value,
            "start": voice.span.start if voice.span else None,
            "end": voice.span.end if voice.span else None,
            "cue": _at(voice.cue) if voice.cue else None,
            "side": voice.side,
            "relation": voice.relation.value,
            "spoke": voice.spoke,
        }
        for voice in voices
    ]


def _judged(resolution: Resolution | None) -> Json:
    if resolution is None:
        return {"score": None, "reason": None, "candidates": []}
    return {"score": resolution.score, "reason": resolution.reason, "candidates": [_candidate(candidate) for candidate in resolution.candidates]}


def _resolution(resolution: Resolution) -> Json:
    return {**_target(resolution.target), **_judged(resolution), "method": resolution.method}


def _candidate(candidate: Candidate) -> Json:
    return {**_target(candidate.target), "score": candidate.score, "reason": candidate.reason}


def _target(target: ActorTarget | PlaceTarget | Interval | None) -> Json:
    if isinstance(target, ActorTarget):
        return {"id": target.id, "name": target.name, "kind": target.kind.value, "country": target.country}
    if isinstance(target, PlaceTarget):
        return _place(target)
    if isinstance(target, Interval):
        return _interval(target)
    return {"id": None, "name": None}  # a refusal to guess: the reason stands beside it


def _place(target: PlaceTarget) -> Json:
    named = {"id": target.id, "name": target.name, "country": target.country, "admin1": target.admin1}
    return {**named, "lat": target.lat, "lon": target.lon, "precision": target.precision.value}


def _interval(interval: Interval) -> Json:
    return {"from": interval.start, "to": interval.end, "precision": interval.precision.value, "basis": interval.basis.value}
