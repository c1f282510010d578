"""`acled`: coded rows in the 31 columns of ACLED's layout (design: `standards.md` 1). The rows are sayso's; they are not ACLED data."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import BinaryIO

from sayso.export.acled_names import acled_actors, acled_country, interaction
from sayso.export.columns import ACLED_COLUMNS
from sayso.export.csv_out import Cell, write_csv
from sayso.export.derived import DerivedNumber, acled_fatalities, acled_geo, acled_time
from sayso.export.row_facts import RowFacts, all_rows
from sayso.export.row_ids import row_number
from sayso.export.row_words import attributed, figures_told
from sayso.export.sharing import SharedPlace
from sayso.export.subject import Coarsen, ExportSettings, Subject
from sayso.gazetteers.country_codes import country_codes
from sayso.model import Source
from sayso.model.words import PlacePrecision, SourceKind

NOT_ACLED = "In the layout of ACLED, coded by sayso; not ACLED data."
STRATEGIC = "Strategic developments"
DEMONSTRATIONS = ("Protests", "Riots")
_NO_COUNTRY = "XXX"
_CROWD = re.compile(
    r"(?:(?:about|around|at least|nearly|almost|more than|over|up to|some|as many as|an estimated) )?"
    r"(?:(?:tens|hundreds) of thousands|dozens|scores|hundreds|thousands|several (?:dozen|hundred|thousand)|\d{1,3}(?:,\d{3})+|\d+(?! ?%))",
    re.IGNORECASE,
)
# From the closest to the farthest; the column joins the ends of what is known.
_SCALES = ("Other", "New media", "National", "International")


class Acled:
    """The format."""

    name = "acled"
    suffix = ".csv"
    book = "acled"
    any_book = False
    policy = "conservative"

    def write(self, subjects: Iterable[Subject], out: BinaryIO, settings: ExportSettings) -> int:
        """The number of rows written; those that the layout cannot hold are left out."""
        return write_csv(out, ACLED_COLUMNS, _rows(subjects, settings))

    def left_out(self, facts: RowFacts) -> str | None:
        """Why ACLED's layout holds no such row; None where it does."""
        if acled_time(facts.interval) is None:
            return "dated no closer than a month" if facts.interval is not None else "no day is told, and no report says when it was published"
        return _placeless(facts)


EXPORTER = Acled()


def acled_row(facts: RowFacts, settings: ExportSettings) -> dict[str, Cell]:
    """One row by column name; it must not be one that is left out."""
    place, event = facts.place, facts.event
    codes = country_codes(place.country)
    day, time_precision = acled_time(facts.interval) or ("", 0)
    fatalities = acled_fatalities(facts)
    first, second = acled_actors(facts)
    return {
        "event_id_cnty": f"{codes.iso3 if codes else _NO_COUNTRY}{row_number(facts)}",
        "event_date": day,
        "year": day[:4],
        "time_precision": time_precision,
        **{name: event.get(name) or "" for name in ("disorder_type", "event_type", "sub_event_type", "civilian_targeting")},
        "actor1": first.name,
        "assoc_actor_1": "; ".join(first.others),
        "inter1": first.label,
        "actor2": second.name,
        "assoc_actor_2": "; ".join(second.others),
        "inter2": second.label,
        "interaction": interaction(first.label, second.label),
        "iso": codes.number if codes else "",
        "region": codes.acled_region if codes else "",
        "country": acled_country(place.country),
        **_where(place),
        "source": "; ".join(facts.sources),
        "source_scale": _scale(facts),
        "notes": notes(facts, fatalities, settings),
        "fatalities": fatalities.value,
        "tags": _tags(facts),
        "timestamp": _seconds(settings.made.at),
    }


def notes(facts: RowFacts, fatalities: DerivedNumber, settings: ExportSettings) -> str:
    """The sentences as quoted and on whose word, the figures side by side, and the rule of each number that is derived."""
    rules = [f"fatalities {fatalities.value}: {fatalities.reason} ({'; '.join(fatalities.rules)})"]
    rules += facts.rules
    review = "" if facts.status == "unreviewed" else f" Review: {facts.status.value}."
    told = figures_told(facts, settings)
    return f"{attributed(facts, settings)}{f' {told}' if told else ''} Derived: {'; '.join(rules)}.{review} {NOT_ACLED}"


def _rows(subjects: Iterable[Subject], settings: ExportSettings) -> Iterator[dict[str, Cell]]:
    for facts in all_rows(subjects, settings):
        reason = EXPORTER.left_out(facts)
        if reason is None:
            yield acled_row(facts, settings)
        else:
            settings.leave_out(reason)


def _placeless(facts: RowFacts) -> str | None:
    """Why there is no place close enough. What is withheld was told closely enough, or nobody could know that it was."""
    place = facts.place
    if place.name is None and place.precision is None:
        return "no place is told"
    if place.country is None and place.precision is not PlacePrecision.SEA:
        return "no country is told for the place"
    if place.precision is None:
        return None  # a place that is on no map: named, without a point
    closest = acled_geo(place.precision)
    if closest is None and place.level is not Coarsen.WITHHOLD and facts.event.get("event_type") != STRATEGIC:
        return "placed no closer than a country"
    return None


def _where(place: SharedPlace) -> dict[str, Cell]:
    """The columns of the place: blank where it is withheld."""
    if place.withheld:
        return {"location": "", "latitude": "", "longitude": "", "geo_precision": ""}
    closeness = acled_geo(place.precision or PlacePrecision.COUNTRY)
    return {
        "admin1": place.admin1 or "",
        "location": place.name or "",
        "latitude": f"{place.lat:.4f}" if place.lat is not None else "",
        "longitude": f"{place.lon:.4f}" if place.lon is not None else "",
        "geo_precision": "" if place.precision is None else 3 if closeness is None else closeness,
    }


def _scale(facts: RowFacts) -> str:
    """How close to the place the sources are, as far as their kind and country tell; blank where that is not known."""
    sources = [lookup.reading.document.source for lookup in facts.subject.lookups.values() if lookup.reading.document.id in _documents(facts)]
    found = sorted({scale for source in sources if (scale := _scale_of(source, facts.place.country))}, key=_SCALES.index)
    return "-".join(dict.fromkeys((found[0], found[-1]))) if found else ""


def _documents(facts: RowFacts) -> frozenset[str]:
    return frozenset(one.report.document for one in facts.told)


def _scale_of(source: Source, country: str | None) -> str:
    if source.kind is SourceKind.SOCIAL:
        return "New media"
    if source.kind in (SourceKind.NGO, SourceKind.IGO, SourceKind.ACADEMIC, SourceKind.PARTY):
        return "Other"
    if source.kind is SourceKind.UNKNOWN or not source.country or not country:
        return ""
    return "National" if source.country == country else "International"


def _tags(facts: RowFacts) -> str:
    """What is told of the size of a crowd, in the report's words; "no report" for a demonstration of which nobody tells it."""
    if facts.event.get("event_type") not in DEMONSTRATIONS:
        return ""
    for written in (words for side in (facts.first, facts.second) for actor in side.actors for words in actor.as_written):
        if (found := _CROWD.match(written)) is not None:
            return f"crowd size={found[0].lower()}"
    return "crowd size=no report"


def _seconds(at: str) -> int:
    """Unix seconds of an ISO time."""
    moment = datetime.fromisoformat(at)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
