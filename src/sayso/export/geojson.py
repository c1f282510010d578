"""`geojson`: one feature a coded row, after RFC 7946: longitude before latitude, WGS 84, no crs member; withheld and unknown places have geometry null."""

from collections.abc import Iterable
from typing import Any, BinaryIO

from sayso.export.json_out import json_bytes
from sayso.export.row_facts import RowFacts, RowSide, all_rows
from sayso.export.row_words import quotations, shown_urls
from sayso.export.sharing import SharedPlace
from sayso.export.subject import ExportSettings, Subject

Json = dict[str, Any]
_DIGITS = 4  # of a degree: about ten metres, closer than any named place


class GeoJson:
    """The format: a FeatureCollection whose features stream; what the file is stands in its foreign members."""

    name = "geojson"
    suffix = ".geojson"
    book = "acled"
    any_book = True
    policy = "range"

    def write(self, subjects: Iterable[Subject], out: BinaryIO, settings: ExportSettings) -> int:
        """The number of features written."""
        book = settings.book
        about = {
            "type": "FeatureCollection",
            "generator": f"sayso {settings.made.version}",
            "generated": settings.made.at,
            "ledger_head": settings.made.head,
            "codebook": {"name": book.name, "version": book.version, "digest": book.digest} if book else None,
            "note": "Reported claims, not verified facts. Coded in the types of the codebook named here by sayso; not data of that codebook's publisher.",
            "credits": list(settings.credits),
        }
        out.write(json_bytes(about)[:-1] + b', "features": [\n')
        written = 0
        for facts in all_rows(subjects, settings):
            out.write((b",\n" if written else b"") + json_bytes(feature(facts, settings)))
            written += 1
        out.write(b"\n]}\n")
        return written


EXPORTER = GeoJson()


def feature(facts: RowFacts, settings: ExportSettings) -> Json:
    """One row as a feature."""
    place, interval = facts.place, facts.interval
    numbers = {
        f"reported_{tally.measure.value}_{tally.population.value}{f'_{tally.side}' if tally.side else ''}_{one.name}": one.value
        for tally in facts.weighed.tallies
        for one in tally.numbers
    }
    properties = {
        **dict(facts.event.fields),
        "codebook": facts.event.codebook,
        "codebook_version": facts.event.version,
        "codebook_digest": facts.event.digest,
        "incident": facts.subject.number,
        "date_from": interval.start if interval else None,
        "date_to": interval.end if interval else None,
        "date_precision": interval.precision.value if interval else None,
        "dated_by": facts.dated_by,
        "country": place.country,
        "admin1": place.admin1,
        "location": place.name,
        "place_precision": place.precision.value if place.precision else None,
        "place_shared": place.level.value,
        "place_shared_because": place.reason or None,
        "reported_actor_1": _names(facts.first),
        "reported_actor_2": _names(facts.second),
        **numbers,
        "figures_weighed_by": facts.weighed.policy,
        "grade": facts.weighed.graded.grade.value,
        "corroboration": facts.weighed.graded.corroboration.value,
        "reports": facts.weighed.voices.n_documents,
        "independent_voices": facts.weighed.voices.n_independent,
        "status": facts.status.value,
        "sources": list(facts.sources),
        "voices": list(facts.voices),
        "urls": list(shown_urls(facts, settings)),
        "quotes": [words for words, _ in quotations(facts, settings)],
        "claims": [one.claim.id for one in facts.told],
        "reason": facts.event.reason,
        "rules": list(facts.rules),
    }
    return {"type": "Feature", "id": facts.id, "geometry": geometry(place), "properties": properties}


def geometry(place: SharedPlace) -> Json | None:
    """The point of a place; None where it is unknown or withheld."""
    if place.lat is None or place.lon is None:
        return None
    return {"type": "Point", "coordinates": [round(place.lon, _DIGITS), round(place.lat, _DIGITS)]}


def _names(side: RowSide) -> list[str]:
    return [one.name for one in (side.lead, *side.others) if one is not None]
