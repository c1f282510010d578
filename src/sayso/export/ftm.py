"""`ftm`: FollowTheMoney entities, one a line, for Aleph and its kin: incidents as Event, reports as Article, listed actors as Organization or PublicBody.

An Event has no room for who says what: its summary tells it, its `description` whose word each figure is, and `proof` points at the reports. Only
listed actors become entities: nobody private is put into a graph of people.
"""

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from sayso.export.json_out import json_bytes
from sayso.export.lookup import Lookup
from sayso.export.private import voice_name
from sayso.export.sharing import level_of, shared_place, shown_title, shown_url
from sayso.export.statements import bounds
from sayso.export.subject import Coarsen, ExportSettings, Subject
from sayso.export.wording import act_words
from sayso.link.told import Told
from sayso.model import ActorTarget, Interval, content_id
from sayso.model.words import ActorKind, Modality

Json = dict[str, Any]
_WORDS = ("ACCUSE", "REJECT", "REQUEST", "THREATEN")  # said, not done: the Event of what they speak of shows them
_PUBLIC = (ActorKind.STATE, ActorKind.GOVERNMENT, ActorKind.STATE_FORCE, ActorKind.INTERGOVERNMENTAL)


class FollowTheMoney:
    """The format: entities in the order in which they are first needed."""

    name = "ftm"
    suffix = ".ftm.json"
    book = None
    any_book = False
    policy = "range"

    def write(self, subjects: Iterable[Subject], out: BinaryIO, settings: ExportSettings) -> int:
        """The number of entities written; each report and actor once."""
        seen: set[str] = set()
        for subject in subjects:
            for one in entities_of(subject, settings):
                if one["id"] not in seen:
                    seen.add(one["id"])
                    out.write(json_bytes(one) + b"\n")
        return len(seen)


EXPORTER = FollowTheMoney()


def entities_of(subject: Subject, settings: ExportSettings) -> Iterator[Json]:
    """The entities of one incident: its reports and listed actors before the Event that points at them. Nothing where nobody tells of it as done."""
    done = [one for one in subject.told if one.claim.modality is Modality.ACTUAL and one.claim.act.type not in _WORDS]
    if not done:
        return
    level, _ = level_of(subject, done, None, settings)
    reports = {one.claim.document: _article(subject.lookup(one), level, settings) for one in subject.told}
    actors = {target.id: _actor(target) for one in done for target in _targets(subject, one)}
    yield from reports.values()
    yield from actors.values()
    yield _event(subject, done, (list(reports.values()), list(actors.values())), settings)


def _event(subject: Subject, done: list[Told], beside: tuple[list[Json], list[Json]], settings: ExportSettings) -> Json:
    reports, actors = beside
    days = [day for one in done if (day := _interval(subject, one)) is not None]
    sharpest = min(days, key=lambda day: (day.precision, day.start or "", day.end or ""), default=None)
    level, reason = level_of(subject, done, sharpest, settings)
    places = {shared_place(target, level, reason) for one in done for span in one.claim.roles.place if (target := subject.lookup(one).place(span))}
    acts = sorted({act_words(one.claim) for one in done})
    where = sorted({place.name for place in places if place.name})
    told = {
        "name": [f"Reported {', '.join(acts[:3])}{f' in {where[0]}' if where else ''}"],
        "startDate": [sharpest.start] if sharpest and sharpest.start else [],
        "endDate": [sharpest.end] if sharpest and sharpest.end else [],
        "location": where,
        "country": sorted({place.country.lower() for place in places if place.country}),
        "involved": [one["id"] for one in actors],
        "proof": [one["id"] for one in reports],
        "publisher": sorted({name for one in reports for name in one["properties"].get("publisher", ())}),
        "sourceUrl": sorted({url for one in reports for url in one["properties"].get("sourceUrl", ())}),
        "summary": [_said(subject, one, settings) for one in subject.told],
        "description": [line for one in subject.told for line in _counted(subject, one, settings)],
        "notes": [reason] if reason else [],
        "recordId": [] if subject.number is None else [str(subject.number)],
    }
    identity = content_id("inc", sorted(one.claim.id for one in subject.told))
    return _entity(identity, "Event", told)


def _said(subject: Subject, told: Told, settings: ExportSettings) -> str:
    """One claim in words: who says that it was done, or denies it."""
    lookup = subject.lookup(told)
    chain = [voice.name if settings.names else voice_name(lookup, voice) for voice in told.claim.voices]
    return f"{' > '.join(chain)}: {act_words(told.claim)} ({told.claim.modality.value}, {told.claim.certainty.value}, {told.status.value})"


def _counted(subject: Subject, told: Told, settings: ExportSettings) -> Iterator[str]:
    """Each figure in words, with whose it is."""
    lookup = subject.lookup(told)
    for figure in told.figures:
        who = figure.voices[-1].name if settings.names else voice_name(lookup, figure.voices[-1])
        whom = "" if figure.status == "unknown" else f" ({figure.status.value})"
        yield f"{figure.measure.value}: {bounds(figure.low, figure.high) or 'number unknown'}{whom}, {figure.modality.value}, by {who}"


def _interval(subject: Subject, told: Told) -> Interval | None:
    span = told.claim.roles.time
    return subject.lookup(told).interval(span) if span else None


def _targets(subject: Subject, told: Told) -> Iterator[ActorTarget]:
    for span in (*told.claim.roles.actor, *told.claim.roles.recipient):
        target = subject.lookup(told).actor(span)
        if target is not None and target.id:
            yield target


def _actor(target: ActorTarget) -> Json:
    schema = "PublicBody" if target.kind in _PUBLIC else "Organization"
    country = [target.country.lower()] if target.country else []
    return _entity(content_id("act", target.id), schema, {"name": [target.name], "country": country, "classification": [target.kind.value]})


def _article(lookup: Lookup, level: Coarsen, settings: ExportSettings) -> Json:
    document = lookup.reading.document
    title, url = shown_title(lookup, level, settings.names), shown_url(lookup, level, settings.names)
    told = {
        "title": [title] if title else [],
        "publisher": [document.source.name],
        "publishedAt": [document.published] if document.published else [],
        "sourceUrl": [url] if url else [],
        "language": [document.language] if document.language else [],
    }
    return _entity(content_id("art", document.id), "Article", told)


def _entity(identity: str, schema: str, properties: dict[str, list[str]]) -> Json:
    # FollowTheMoney takes no underscore in an id.
    return {"id": _entity_id(identity), "schema": schema, "properties": {name: list(dict.fromkeys(values)) for name, values in properties.items() if values}}


def _entity_id(identity: str) -> str:
    return f"sayso-{identity.replace('_', '-')}"
