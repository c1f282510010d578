"""`ucdp`: coded rows in the 49 columns of UCDP GED's layout (design: `standards.md` 2). The rows are sayso's; they are not UCDP data.

Ids of conflicts, dyads and sides are UCDP's to give: these columns are blank.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from sayso.export.columns import GED_COLUMNS
from sayso.export.csv_out import Cell, write_csv
from sayso.export.derived import KILLED_WITHOUT_NUMBER, DerivedDeaths, one_sided, ucdp_date, ucdp_deaths, ucdp_where
from sayso.export.lookup import Lookup
from sayso.export.prio_grid import grid_cell
from sayso.export.row_facts import RowActor, RowFacts, RowSide, all_rows
from sayso.export.row_ids import row_number
from sayso.export.row_where_when import width
from sayso.export.row_words import published_days, shown_title, shown_words
from sayso.export.sharing import SharedPlace
from sayso.export.subject import Coarsen, ExportSettings, Subject
from sayso.export.wording import country_name, visible
from sayso.gazetteers.country_codes import country_codes
from sayso.gazetteers.gleditsch_ward import number_of
from sayso.model.words import ActorKind, Measure

STATE_BASED, NON_STATE, ONE_SIDED = "1", "2", "3"
CIVILIANS = "Civilians"
UNIDENTIFIED = "Unidentified armed group"
REPORTED, CHECK_DEATHS, CHECK_ACTOR = "Reported", "Reported: check deaths", "Reported: check actor"
NOT_UCDP = "coded by sayso, not UCDP data"
_TYPE_FIELD = "type_of_violence"
_LONGEST = 366  # days: UCDP dates no event more vaguely
_STATE = frozenset({ActorKind.STATE, ActorKind.GOVERNMENT, ActorKind.STATE_FORCE})
_PEOPLE = frozenset({ActorKind.CIVILIANS, ActorKind.PROTESTERS, ActorKind.RIOTERS, ActorKind.MEDIA, ActorKind.NGO})


class Ucdp:
    """The format."""

    name = "ucdp"
    suffix = ".csv"
    book = "ucdp"
    any_book = False
    policy = "range"

    def write(self, subjects: Iterable[Subject], out: BinaryIO, settings: ExportSettings) -> int:
        """The number of rows written; those that the layout cannot hold are left out."""
        return write_csv(out, GED_COLUMNS, _rows(subjects, settings))

    def left_out(self, facts: RowFacts) -> str | None:
        """Why UCDP's layout holds no such row; None where it does."""
        if facts.interval is None:
            return "no day is told, and no report says when it was published"
        if width(facts.interval) > _LONGEST:
            return "dated no closer than a year"
        if facts.place.precision is None and facts.place.name is None:
            return "no place is told"
        if violence_type(facts) is None:
            return "nobody tells which sides it was between"
        if ucdp_deaths(facts) is None:
            return "only totals that may cover more tell of people killed" if _is_summary(facts) else "nobody is told to have been killed"
        return None


EXPORTER = Ucdp()


def ucdp_row(facts: RowFacts, settings: ExportSettings) -> dict[str, Cell]:
    """One row by column name; it must not be one that is left out."""
    told, interval, kind = ucdp_deaths(facts), facts.interval, violence_type(facts)
    deaths = one_sided(told) if told is not None and kind == ONE_SIDED else told
    if deaths is None or interval is None or kind is None:
        raise ValueError(f"the row {facts.id} is left out of the layout of UCDP: {EXPORTER.left_out(facts)}")
    side_a, side_b = ordered_sides(facts, kind)
    names = [side_name(side, facts) for side in (side_a, side_b)]
    number, year = row_number(facts), (interval.start or "")[:4]
    codes = country_codes(facts.place.country)
    return {
        "id": number,
        "relid": f"{codes.iso3 if codes else 'XXX'}-{year}-{kind}-0-{number}",
        "year": year,
        "code_status": _status(deaths, side_a, facts.rules),
        "type_of_violence": kind,
        "conflict_name": f"{ucdp_country(_state_of(side_a))}: {names[1]}" if kind == STATE_BASED else " - ".join(names),
        "dyad_name": " - ".join(names),
        "side_a": names[0],
        "side_b": names[1],
        **_sources(facts, settings),
        **_where(facts, settings),
        "country": ucdp_country(facts.place.country),
        "country_id": number_of(facts.place.country),
        "region": codes.ucdp_region if codes else "",
        "event_clarity": 2 if _is_summary(facts) else 1,
        "date_prec": ucdp_date(interval),
        "date_start": interval.start,
        "date_end": interval.end,
        **_deaths(deaths, swapped=side_a is not facts.first),
        "gwnoa": number_of(_state_of(side_a)),
        "gwnob": number_of(_state_of(side_b)),
    }


def violence_type(facts: RowFacts) -> str | None:
    """1 state-based, 2 non-state, 3 one-sided, as coded; None where the book that coded it has no such field."""
    coded = (facts.event.get(_TYPE_FIELD) or "").strip()[:1]
    return coded if coded in (STATE_BASED, NON_STATE, ONE_SIDED) else None


def ordered_sides(facts: RowFacts, kind: str) -> tuple[RowSide, RowSide]:
    """Side a and side b: a government first where one fights, whoever did it first where civilians were the target."""
    first, second = facts.first, facts.second
    state_second = kind == STATE_BASED and not _is_state(first) and _is_state(second)
    civilians_first = kind == ONE_SIDED and _is_people(first) and not _is_people(second)
    return (second, first) if state_second or civilians_first else (first, second)


def side_name(side: RowSide, facts: RowFacts) -> str:
    """A side as the layout names it: a government for whatever is a state's, civilians, else the group's name as listed."""
    lead = side.lead
    if lead is None:
        return CIVILIANS if side is facts.second and violence_type(facts) == ONE_SIDED else UNIDENTIFIED
    if _is_state(side):
        return f"Government of {ucdp_country(_state_of(side))}" if _state_of(side) else "Unidentified government"
    if _is_people(side) or (lead.id is None and lead.kind is ActorKind.UNKNOWN and side.label == CIVILIANS):
        return CIVILIANS
    return lead.name if lead.id is not None or lead.kind is ActorKind.UNKNOWN else UNIDENTIFIED


def ucdp_country(code: str | None) -> str:
    """A country's name as the layout writes it, with its historic name; empty for none."""
    codes = country_codes(code)
    return (codes.ucdp_name if codes else "") or country_name(code)


def _rows(subjects: Iterable[Subject], settings: ExportSettings) -> Iterator[dict[str, Cell]]:
    for facts in all_rows(subjects, settings):
        reason = EXPORTER.left_out(facts)
        if reason is None:
            yield ucdp_row(facts, settings)
        else:
            settings.leave_out(reason)


def _is_state(side: RowSide) -> bool:
    return side.lead is not None and side.lead.kind in _STATE


def _is_people(side: RowSide) -> bool:
    return side.lead is not None and side.lead.kind in _PEOPLE


def _state_of(side: RowSide) -> str | None:
    """The country whose government a side is; None where it is none."""
    return side.lead.country if side.lead is not None and _is_state(side) else None


def _status(deaths: DerivedDeaths, side_a: RowSide, rules: Sequence[str]) -> str:
    """What a coder has to look at, and by which rules the row's numbers and days are derived: the layout has no other column for them.

    Never "Clear": that is UCDP's own word for a checked row.
    """
    lead: RowActor | None = side_a.lead
    checks = CHECK_DEATHS if KILLED_WITHOUT_NUMBER in deaths.rules else REPORTED if lead is not None and lead.id is not None else CHECK_ACTOR
    return "; ".join((checks, NOT_UCDP, *deaths.rules, *rules))


def _is_summary(facts: RowFacts) -> bool:
    """Whether only totals that may cover more than this event tell of the dead."""
    tally = facts.weighed.tally(Measure.KILLED)
    return (tally is None or not tally.rows) and any(row.measure is Measure.KILLED for row in facts.weighed.totals)


def _deaths(deaths: DerivedDeaths, *, swapped: bool) -> dict[str, Cell]:
    of_a, of_b = (deaths.deaths_b, deaths.deaths_a) if swapped else (deaths.deaths_a, deaths.deaths_b)
    parts = {"deaths_a": of_a, "deaths_b": of_b, "deaths_civilians": deaths.deaths_civilians, "deaths_unknown": deaths.deaths_unknown}
    return {**parts, "best": deaths.best, "high": deaths.high, "low": deaths.low}


def _sources(facts: RowFacts, settings: ExportSettings) -> dict[str, Cell]:
    """The reports, and whom they credit. The lists run in parallel, so that the marks that part them are taken out of what they hold."""
    rows = [
        [_part(text) for text in (_office(facts, lookup), day, shown_title(lookup, facts.place, settings))] for lookup, day in published_days(facts)
    ]
    return {
        "number_of_sources": len(rows),
        "source_article": ";".join(f'"{",".join(row)}"' for row in rows),
        "source_office": _parallel([row[0] for row in rows]),
        "source_date": _parallel([row[1] for row in rows]),
        "source_headline": _parallel([row[2] for row in rows]),
        "source_original": "; ".join(_part(voice) for voice in facts.voices),
    }


def _office(facts: RowFacts, lookup: Lookup) -> str:
    return next(one.report.outlet.name for one in facts.told if one.report.document == lookup.reading.document.id)


def _part(text: str) -> str:
    return visible(text).replace('"', "'").replace(";", ",")


def _parallel(values: Sequence[str]) -> str:
    return ";".join(values) if any(values) else ""


def _where(facts: RowFacts, settings: ExportSettings) -> dict[str, Cell]:
    """The columns of the place: how it is told, and nothing closer than it may be shared."""
    place = facts.place
    if place.withheld or place.name is None:
        return {"where_description": f"withheld: {place.reason}" if place.withheld else ""}
    described = f"{place.level.value}: {place.reason}" if place.level is not Coarsen.NONE else "; ".join(dict.fromkeys(_told_places(facts, settings)))
    return {
        "where_prec": ucdp_where(place.precision) if place.precision is not None else "",
        "where_coordinates": place.name or "",
        "where_description": described,
        "adm_1": place.admin1 or "",
        **_point(place),
    }


def _told_places(facts: RowFacts, settings: ExportSettings) -> Iterator[str]:
    for one in facts.told:
        yield from (shown_words(facts.subject.lookup(one), span, facts.place, settings) for span in one.claim.roles.place)


def _point(place: SharedPlace) -> dict[str, Cell]:
    if place.lat is None or place.lon is None:
        return {}
    lat, lon = f"{place.lat:.6f}", f"{place.lon:.6f}"
    return {"latitude": lat, "longitude": lon, "geom_wkt": f"POINT ({lon} {lat})", "priogrid_gid": grid_cell(place.lat, place.lon)}

