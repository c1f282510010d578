"""`plover`: the acts of incidents as PLOVER's JSON, one event a line (design: `standards.md` 3.1 to 3.3). The events are sayso's.

Only acts told as done are events; an act of history has the auxiliary mode `historical`. What is denied, planned or only possible is left to the format
`claims`, since a reader of PLOVER's files does not look for such modes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, BinaryIO

from sayso.export.json_out import json_bytes
from sayso.export.plover_entities import Entity, entities_of, entity_json
from sayso.export.row_facts import by_publication
from sayso.export.row_figures import with_sides
from sayso.export.row_where_when import AS_TOLD, Dated, dated, most_told_place
from sayso.export.row_words import shown_title, shown_words
from sayso.export.sharing import LEFT_OUT, SharedPlace, level_of, shared_place, shown_url
from sayso.export.subject import Coarsen, ExportSettings, Subject
from sayso.export.wording import country_name
from sayso.gazetteers.country_codes import country_codes
from sayso.gazetteers.places_merge import FIRST_NUMBER
from sayso.link.told import Told
from sayso.link.voices_apart import is_told_as_done
from sayso.model import Interval, content_id
from sayso.model.words import Measure, Modality, PlacePrecision, Scope

Json = dict[str, Any]
HISTORICAL = "historical"
LICENCE = "PLOVER's event types are CC BY-SA 4.0; the report's rights are its publisher's"
NOTE = "In the layout of PLOVER, coded by sayso; reported claims, not verified facts"
# Quad class and score by type; of ACCUSE the manual's score contradicts those of its modes, so that none is written.
QUAD = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "CONCEDE": 1, "COOPERATE": 2, "AID": 2, "RETREAT": 2, "REQUEST": 3, "ACCUSE": 3, "REJECT": 3, "THREATEN": 3,
    "SANCTION": 4, "PROTEST": 4, "MOBILIZE": 4, "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip
SCALE: Mapping[str, float | None] = {
    "AGREE": 2.5, "CONSULT": 2.5, "SUPPORT": 5.0, "CONCEDE": 4.5, "COOPERATE": 9.5, "AID": 10.0, "RETREAT": 6.5, "REQUEST": 0.0, "ACCUSE": None,
    "REJECT": -2.0, "THREATEN": -3.5, "PROTEST": -5.0, "SANCTION": -6.0, "MOBILIZE": -5.5, "COERCE": -7.0, "ASSAULT": -9.0,
}  # fmt: skip
RECIPIENT_REQUIRED = frozenset({"COOPERATE", "AID", "SANCTION"})
RESOLUTION = {
    PlacePrecision.SITE: 5, PlacePrecision.SETTLEMENT: 4, PlacePrecision.NEAR: 4, PlacePrecision.ADMIN2: 3, PlacePrecision.ADMIN1: 2,
    PlacePrecision.REGION: 2, PlacePrecision.COUNTRY: 1, PlacePrecision.SEA: None,
}  # fmt: skip
NO_DAY = "no day is told, and no report says when it was published"
NO_RECIPIENT = "its type needs a recipient, and none is told"
_CITIES = (PlacePrecision.SITE, PlacePrecision.SETTLEMENT, PlacePrecision.NEAR)


class Plover:
    """The format."""

    name = "plover"
    suffix = ".jsonl"
    book = None
    any_book = False
    policy = "conservative"

    def write(self, subjects: Iterable[Subject], out: BinaryIO, settings: ExportSettings) -> int:
        """The number of events written."""
        written = 0
        for subject in subjects:
            for event in plover_events(subject, settings):
                out.write(json_bytes(event) + b"\n")
                written += 1
        return written


EXPORTER = Plover()


def plover_events(subject: Subject, settings: ExportSettings) -> Iterator[Json]:
    """The events of an incident: one for the claims of one act of the same actors."""
    for told, actors, recipients in _groups(subject, settings):
        when = dated(subject, None, told)
        if when.interval is None or when.interval.start is None:
            settings.leave_out(NO_DAY)
        elif told[0].claim.act.type in RECIPIENT_REQUIRED and not recipients:
            settings.leave_out(NO_RECIPIENT)
        else:
            yield _event(subject, told, (actors, recipients), (when, settings))


def _groups(subject: Subject, settings: ExportSettings) -> Iterator[tuple[list[Told], tuple[Entity, ...], tuple[Entity, ...]]]:
    """The claims told as done by act, mode and who, each with its actors and recipients; an act of which no actor is told joins those of one."""
    found: dict[tuple[object, ...], tuple[list[Told], tuple[Entity, ...], tuple[Entity, ...]]] = {}
    for one in by_publication(with_sides(subject, subject.told)):
        if not is_told_as_done(one) or one.claim.act.type not in QUAD:
            continue
        lookup, claim = subject.lookup(one), one.claim
        actors, recipients = (entities_of(lookup, claim, spans, settings) for spans in (claim.roles.actor, claim.roles.recipient))
        who = (frozenset(entity.key for entity in side) for side in (actors, recipients))
        key = (claim.act.type, claim.act.mode, claim.historical, *who)
        found.setdefault(key, ([], actors, recipients))[0].append(one)
    yield from found.values()


def _event(subject: Subject, told: Sequence[Told], sides: tuple[Sequence[Entity], Sequence[Entity]], by: tuple[Dated, ExportSettings]) -> Json:
    when, settings = by
    first, interval = told[0], when.interval
    lookup, act = subject.lookup(first), first.claim.act
    target, placed_by = most_told_place(subject, told)
    place = shared_place(target, *level_of(subject, told, interval, settings))
    sentence = lookup.sentence(first.claim.trigger)
    coded_date, _, coded_time = settings.made.at.partition("T")
    modes = [act.mode] if act.mode else []
    text = shown_words(lookup, sentence, place, settings)
    return {
        "id": content_id("plv", sorted(one.claim.id for one in told)),
        "has_event": True,
        "date": interval.start if interval else None,
        "time": None,
        "enddate": _end(interval),
        "endtime": None,
        "actor": [entity_json(one, shown_words(lookup, one.span, place, settings)) for one in sides[0]],
        "recipient": [entity_json(one, shown_words(lookup, one.span, place, settings)) for one in sides[1]],
        "event": [act.type],
        "event_loc": _location(subject, told, place, settings),
        "event_text": list(dict.fromkeys(shown_words(subject.lookup(one), one.claim.trigger, place, settings) for one in told)),
        "quad_code": QUAD[act.type],
        "event_scale": SCALE[act.type],
        "mode": [*modes, *([HISTORICAL] if first.claim.historical else [])],
        "context": [],
        "size": _size(subject, told, settings),
        "link": shown_url(lookup, place.level, settings.names) or None,
        "text": text,
        # Offsets are those of the report; with names or places taken out, the text is shorter than they tell.
        "text_info": {"sequence": lookup.sentence_number(sentence), "start": sentence.start, "end": sentence.end, "text_story": lookup.reading.document.id},
        "cite_info": _citation(subject, first, place, settings),
        "coder": f"sayso {settings.made.version}",
        "coded_date": coded_date,
        "coded_time": coded_time or None,
        "comment": _comment(told, (placed_by, when.rule), place, shortened=LEFT_OUT in text),
    }


def _end(interval: Interval | None) -> str | None:
    return interval.end if interval is not None and interval.end != interval.start else None


def _location(subject: Subject, told: Sequence[Told], place: SharedPlace, settings: ExportSettings) -> Json:
    """Where, no closer than it may be told; everything null where nobody tells it."""
    words = [shown_words(subject.lookup(one), span, place, settings) for one in told for span in one.claim.roles.place]
    codes = country_codes(place.country)
    whole = place.precision is PlacePrecision.COUNTRY
    number = int(place.id) if place.id is not None and place.id.isdecimal() and int(place.id) < FIRST_NUMBER else None
    return {
        "extracted_place": words[0] if words else None,
        "resolved_place": place.name,
        "geonameid": number,
        "lat": place.lat,
        "lon": place.lon,
        "city": place.name if place.precision in _CITIES else None,
        "district": place.name if place.precision is PlacePrecision.ADMIN2 else None,
        "province": place.admin1,
        "country": place.name if whole else country_name(place.country) or None,
        "country_code": codes.iso3 if codes else None,
        "feature_class": None,
        "feature_code": None,
        "resolution": RESOLUTION[place.precision] if place.precision is not None else None,
    }


def _size(subject: Subject, told: Sequence[Told], settings: ExportSettings) -> Json:
    """The lowest numbers told of this act; null where none is."""
    weighed = subject.weighed(told, settings.policy)
    found: Json = {}
    for name, measure in (("dead", Measure.KILLED), ("injured", Measure.INJURED), ("arrested", Measure.DETAINED)):
        tally = weighed.tally(measure)
        numbers = [tally.number(number) for number in ("value", "low", "best")] if tally is not None else []
        numbers += [min(_parts(told, measure), default=None)]
        found[name] = next((number for number in numbers if number is not None), None)
    return found


def _parts(told: Sequence[Told], measure: Measure) -> Iterator[int]:
    """Numbers of a part of a crowd ("four of them were arrested"), which is no part of those arrested."""
    for one in told:
        wholes = {figure.id for figure in one.figures if figure.measure is measure}
        for figure in one.figures:
            stands = figure.modality is Modality.ACTUAL and figure.scope is Scope.ACT and figure.part_of not in wholes
            if figure.measure is measure and stands and figure.low is not None:
                yield figure.low


def _citation(subject: Subject, told: Told, place: SharedPlace, settings: ExportSettings) -> Json:
    """The report, and by which codebook its acts were read."""
    lookup = subject.lookup(told)
    document, origin = lookup.reading.document, told.claim.origin
    return {
        "corpus": None,
        "citation": document.id,
        "url": shown_url(lookup, place.level, settings.names) or None,
        "title": shown_title(lookup, place, settings) or None,
        "language": document.language,
        "publication": told.report.outlet.name,
        "license": LICENCE,
        "copyright": None,
        "coder": f"{origin.engine} {origin.version}",
        "codebook": "plover",
        "version": origin.codebook,
        "published": document.published,
    }


def _comment(told: Sequence[Told], rules: tuple[str, str], place: SharedPlace, *, shortened: bool) -> str:
    """What the event is, the rules of what is derived, and the claims that it rests on."""
    parts = [NOTE, f"claims {', '.join(one.claim.id for one in told)}"]
    parts += [f"{what}: {rule}" for what, rule in zip(("place", "date"), rules, strict=True) if rule != AS_TOLD]
    parts += [f"place: {place.level.value}, {place.reason}"] if place.level is not Coarsen.NONE else []
    parts += [f"{LEFT_OUT} stands for a private name or a place that is not told"] if shortened else []
    return "; ".join(parts)
