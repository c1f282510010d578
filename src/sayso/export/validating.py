"""Rules that rows in the layouts of ACLED and UCDP GED should keep. What breaks one is a warning, never an error: published files break most of them.

Each rule has an id, its source, and gives the reason why a row breaks it, or nothing. A cell that is empty or no such value breaks only the rule on values.
A rule is not tried on a file that lacks a column which it reads, and the file's report says so.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cache

from sayso.codebooks.rows import RowBook, load_row_book
from sayso.codebooks.sides import interaction, interaction_code
from sayso.export.imported import Imported, ImportedRow, Layout
from sayso.export.imported_dates import day_of, degrees, whole
from sayso.export.prio_grid import grid_cell
from sayso.gazetteers.country_codes import country_numbers

_GED, _ACLED = "UCDP GED codebook; standards 2.1", "ACLED codebook; standards 1.1 to 1.4"
_NEAR = 1e-4  # degrees between the point and its coordinates
_SPANS = {1: (0, 0), 2: (1, 5), 3: (6, 6), 4: (7, 30), 5: (31, 366)}  # days between first and last by date_prec, as in published rows
_EXAMPLES = 5
_PARTS = ("deaths_a", "deaths_b", "deaths_civilians", "deaths_unknown")
_DEATHS = ("best", "low", "high", *_PARTS)
_ID = re.compile(r"[A-Z]{3}\d+")
FUTURE, TWICE = "future", "twice"
_EVERYWHERE = {FUTURE: "no day is still to come", TWICE: "no id is there twice"}  # rules of no layout: on the calendar, and on the file


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of one layout."""

    id: str
    layout: Layout
    what: str
    source: str
    check: Callable[[ImportedRow], str | None]
    reads: tuple[str, ...] = ()  # columns without which it is not tried


@dataclass(frozen=True, slots=True)
class Warned:
    """A row that breaks a rule."""

    rule: str
    line: int
    row: str  # the row's own id
    why: str


@dataclass(slots=True)
class Validated:
    """How many rows break each rule, with the first of them."""

    layout: Layout
    rows: int = 0
    warned: int = 0  # rows that break any
    by_rule: dict[str, int] = field(default_factory=dict)
    examples: dict[str, list[Warned]] = field(default_factory=dict)
    not_tried: dict[str, str] = field(default_factory=dict)  # by rule, the column that the file lacks

    def share(self, rule: str) -> float:
        """The share of rows that break a rule; 0 where there are no rows."""
        return self.by_rule.get(rule, 0) / self.rows if self.rows else 0.0


def validate(rows: Imported, today: date) -> Validated:
    """All rows of a file held against the rules of its layout."""
    found = Validated(rows.head.layout)
    every = rules_of(rows.head.layout)
    found.not_tried = {rule.id: next(name for name in rule.reads if rows.head.lacks(name)) for rule in every if any(map(rows.head.lacks, rule.reads))}
    rules = [rule for rule in every if rule.id not in found.not_tried]
    found.by_rule = {rule.id: 0 for rule in rules} | dict.fromkeys(_EVERYWHERE, 0)
    ids: set[str] = set()
    for row in rows:
        found.rows += 1
        warned = list(warnings_of(row, rules, today))
        if row_id(row) in ids:
            warned.append(Warned(TWICE, row.line, row_id(row), f"the id {row_id(row)} is that of a row before it"))
        ids.add(row_id(row))
        found.warned += bool(warned)
        for one in warned:
            found.by_rule[one.rule] += 1
            shown = found.examples.setdefault(one.rule, [])
            if len(shown) < _EXAMPLES:
                shown.append(one)
    return found


def warnings_of(row: ImportedRow, rules: Iterable[Rule], today: date) -> Iterator[Warned]:
    """What a row breaks."""
    for rule in rules:
        why = rule.check(row)
        if why is not None:
            yield Warned(rule.id, row.line, row_id(row), why)
    last = day_of(row.get("date_end") or row.get("event_date"))
    if last is not None and last > today:
        yield Warned(FUTURE, row.line, row_id(row), f"{last} has not come yet")


def row_id(row: ImportedRow) -> str:
    """The row's own id, or its line."""
    return row.get("event_id_cnty") or row.get("id") or f"line {row.line}"


def rules_of(layout: Layout) -> tuple[Rule, ...]:
    """The rules of a layout, in the order in which they are told."""
    return tuple(rule for rule in RULES if rule.layout is layout)


def rule_texts(layout: Layout) -> dict[str, tuple[str, str]]:
    """By id, what each rule of a layout asks, and its source."""
    return {rule.id: (rule.what, rule.source) for rule in rules_of(layout)} | {rule: (what, "sayso") for rule, what in _EVERYWHERE.items()}


def _numbers(row: ImportedRow, *columns: str) -> tuple[int, ...] | None:
    """The whole numbers of some columns; None where one of them tells none."""
    found = [whole(row.get(name)) for name in columns]
    return tuple(one for one in found if one is not None) if None not in found else None


def _values(row: ImportedRow) -> str | None:
    for name in ("type_of_violence", "where_prec", "date_prec", *_DEATHS):
        number = whole(row.get(name))
        if not row.head.lacks(name) and (number is None or number < 0):
            return f"{name} is {row.get(name)!r}, no whole number" if number is None else f"{name} is {number}, below 0"
    for name in ("date_start", "date_end"):
        if not row.head.lacks(name) and day_of(row.get(name)) is None:
            return f"{name} is {row.get(name)!r}, no day"
    return None


def _codes(row: ImportedRow) -> str | None:
    for name, last in (("type_of_violence", 3), ("where_prec", 7), ("date_prec", 5), ("event_clarity", 2)):
        code = whole(row.get(name))
        if code is not None and not 1 <= code <= last:
            return f"{name} is {code}, outside 1 to {last}"
    return None


def _low_best(row: ImportedRow) -> str | None:
    told = _numbers(row, "low", "best")
    return f"low {told[0]} is above best {told[1]}" if told and told[0] > told[1] else None


def _best_high(row: ImportedRow) -> str | None:
    told = _numbers(row, "best", "high")
    return f"best {told[0]} is above high {told[1]}" if told and told[0] > told[1] else None


def _sum(row: ImportedRow) -> str | None:
    told = _numbers(row, *_PARTS, "best")
    return f"the deaths of all sides are {sum(told[:4])}, best is {told[4]}" if told and sum(told[:4]) != told[4] else None


def _zero(row: ImportedRow) -> str | None:
    told = _numbers(row, "best", "high")
    return "best and high are 0: at least one death has to be told" if told and told[0] == 0 and told[1] < 1 else None


def _date_order(row: ImportedRow) -> str | None:
    first, last = day_of(row.get("date_start")), day_of(row.get("date_end"))
    return f"it ends on {last}, before it begins on {first}" if first and last and last < first else None


def _date_span(row: ImportedRow) -> str | None:
    first, last, code = day_of(row.get("date_start")), day_of(row.get("date_end")), whole(row.get("date_prec"))
    if first is None or last is None or code not in _SPANS or last < first:
        return None
    span, (least, most) = (last - first).days, _SPANS[code]
    return None if least <= span <= most else f"date_prec {code} with {span} days between first and last"


def _year(row: ImportedRow) -> str | None:
    first, year = day_of(row.get("date_start") or row.get("event_date")), whole(row.get("year"))
    return f"the year is {year}, the day {first}" if first and year is not None and first.year != year else None


def _coordinates(row: ImportedRow) -> str | None:
    lat, lon = degrees(row.get("latitude")), degrees(row.get("longitude"))
    if lat is None or lon is None:
        return f"latitude {row.get('latitude')!r} or longitude {row.get('longitude')!r} is no number"
    return None if -90 <= lat <= 90 and -180 <= lon <= 180 else f"{lat} {lon} is no place on earth"


def _point(row: ImportedRow) -> str | None:
    lat, lon, told = degrees(row.get("latitude")), degrees(row.get("longitude")), row.get("geom_wkt")
    parts = told.upper().removeprefix("POINT").strip(" ()").split()
    if lat is None or lon is None or not told:
        return None
    point = [degrees(part) for part in parts]
    if len(point) != 2 or point[0] is None or point[1] is None:
        return f"geom_wkt is {told[:40]!r}, no point"
    return f"geom_wkt {told} is not at {lat} {lon}" if abs(point[0] - lon) > _NEAR or abs(point[1] - lat) > _NEAR else None


def _grid(row: ImportedRow) -> str | None:
    lat, lon, told = degrees(row.get("latitude")), degrees(row.get("longitude")), whole(row.get("priogrid_gid"))
    if lat is None or lon is None or told is None or not (-90 <= lat < 90 and -180 <= lon < 180):
        return None
    return None if told == grid_cell(lat, lon) else f"priogrid_gid is {told}; the cell of {lat} {lon} is {grid_cell(lat, lon)}"


def _civilians(row: ImportedRow) -> str | None:
    one_sided, other = whole(row.get("type_of_violence")) == 3, row.get("side_b")
    return f"one-sided violence against {other!r}, not Civilians" if one_sided and other != "Civilians" else None


def _government(row: ImportedRow) -> str | None:
    kind, first = whole(row.get("type_of_violence")), row.get("side_a")
    return f"state-based violence of {first!r}, no government" if kind == 1 and not first.startswith("Government of ") else None


def _dyad(row: ImportedRow) -> str | None:
    told, wanted = row.get("dyad_name"), f"{row.get('side_a')} - {row.get('side_b')}"
    if not told or told == wanted:
        return None
    return f"dyad_name is {told!r}, the sides are {wanted!r}" + (": they differ in blanks alone" if told.split() == wanted.split() else "")


def _sources(row: ImportedRow) -> str | None:
    number, offices = whole(row.get("number_of_sources")), row.get("source_office")
    if number is None or number == -1 or not offices:
        return None
    told = len(offices.split(";"))
    return None if told == number else f"number_of_sources is {number}, source_office names {told}"


@cache
def _book() -> RowBook:
    return load_row_book("acled")


def _sub_event(row: ImportedRow) -> str | None:
    event, sub = row.get("event_type"), row.get("sub_event_type")
    known = next((one for one in _book().types if one.name == sub), None)
    if known is None:
        return f"sub_event_type {sub!r} is none of the 25"
    return None if known.event_type == event else f"{sub!r} is of {known.event_type!r}, not {event!r}"


def _disorder(row: ImportedRow) -> str | None:
    told, sub = row.get("disorder_type"), row.get("sub_event_type")
    known = next((one for one in _book().types if one.name == sub), None)
    return f"disorder_type is {told!r}, of {sub!r} it is {known.disorder_type!r}" if known and told != known.disorder_type else None


def _interaction(row: ImportedRow) -> str | None:
    told, first, second = row.get("interaction"), _label(row.get("inter1")), _label(row.get("inter2"))
    if not told or first is None or second is None:
        return None
    if whole(told) is not None:
        wanted = interaction_code(first, second, _book())
        return None if wanted is None or whole(told) == wanted else f"interaction is {told}, of {first!r} and {second!r} it is {wanted}"
    words = interaction(first, second, _book())
    return None if told == words else f"interaction is {told!r}, of {first!r} and {second!r} it is {words!r}"


def _label(told: str) -> str | None:
    """The label of a side told in words or by its number; None where it is neither."""
    code = whole(told)
    if not told or code == 0:
        return ""
    by_code = _labels()
    return told if told in by_code.values() else None if code is None else by_code.get(code)


@cache
def _labels() -> dict[int | None, str]:
    return {side.code: side.label for side in _book().sides}


def _known_label(row: ImportedRow) -> str | None:
    for name in ("inter1", "inter2"):
        if _label(row.get(name)) is None:
            return f"{name} is {row.get(name)!r}, no kind of actor"
    return None


def _target_side(row: ImportedRow) -> str | None:
    label, name = row.get("inter2"), row.get("actor2")
    if row.get("event_type") != "Violence against civilians":
        return None
    civilians = _label(label) == "Civilians" if label else name.startswith("Civilians")
    return None if civilians else f"civilians are attacked, and the second side is {label or name!r}"


def _one_side(row: ImportedRow) -> str | None:
    other, label = row.get("actor2"), _label(row.get("inter2"))
    if not other and label != "":
        return f"there is no actor2, and inter2 is {row.get('inter2')!r}"
    return f"actor2 is {other!r}, and inter2 is empty" if other and label == "" else None


def _targeting(row: ImportedRow) -> str | None:
    told, event = row.get("civilian_targeting"), row.get("event_type")
    if told not in ("", "Civilian targeting"):
        return f"civilian_targeting is {told!r}, neither blank nor 'Civilian targeting'"
    return "civilian_targeting is blank though civilians are attacked" if event == "Violence against civilians" and not told else None


def _precision(row: ImportedRow) -> str | None:
    for name in ("time_precision", "geo_precision"):
        code = whole(row.get(name))
        if code is None or not 1 <= code <= 3:
            return f"{name} is {row.get(name)!r}, outside 1 to 3"
    return None


def _iso(row: ImportedRow) -> str | None:
    code = whole(row.get("iso"))
    return None if not row.get("iso") or code in country_numbers() else f"iso is {row.get('iso')!r}, no country of ISO 3166"


def _fatalities(row: ImportedRow) -> str | None:
    number = whole(row.get("fatalities"))
    return None if number is not None and number >= 0 else f"fatalities is {row.get('fatalities')!r}, no number of people"


def _event_date(row: ImportedRow) -> str | None:
    return None if day_of(row.get("event_date")) is not None else f"event_date is {row.get('event_date')!r}, no day"


def _acled_id(row: ImportedRow) -> str | None:
    told = row.get("event_id_cnty")
    return None if _ID.fullmatch(told) else f"event_id_cnty is {told!r}, not three capitals and a number"


def _source(row: ImportedRow) -> str | None:
    return None if row.get("source") else "source is blank"


RULES = (
    Rule("ged-values", Layout.UCDP, "numbers and days are such", _GED, _values),
    Rule("ged-codes", Layout.UCDP, "codes are of their lists", _GED, _codes),
    Rule("ged-low-best", Layout.UCDP, "low ≤ best", _GED, _low_best, ("low", "best")),
    Rule("ged-best-high", Layout.UCDP, "best ≤ high", _GED, _best_high, ("best", "high")),
    Rule("ged-deaths-sum", Layout.UCDP, "the deaths of all sides add up to best", _GED, _sum, (*_PARTS, "best")),
    Rule("ged-one-death", Layout.UCDP, "best may be 0 only where high is not", _GED, _zero, ("best", "high")),
    Rule("ged-date-order", Layout.UCDP, "date_start ≤ date_end", _GED, _date_order, ("date_start", "date_end")),
    Rule("ged-date-prec", Layout.UCDP, "date_prec fits the days between first and last", _GED, _date_span, ("date_start", "date_end", "date_prec")),
    Rule("ged-year", Layout.UCDP, "the year is that of date_start", _GED, _year, ("year", "date_start")),
    Rule("ged-coordinates", Layout.UCDP, "coordinates are a place on earth", _GED, _coordinates, ("latitude", "longitude")),
    Rule("ged-point", Layout.UCDP, "geom_wkt is at the coordinates", _GED, _point, ("latitude", "longitude", "geom_wkt")),
    Rule("ged-grid", Layout.UCDP, "priogrid_gid is the cell of the coordinates", "PRIO-GRID", _grid, ("latitude", "longitude", "priogrid_gid")),
    Rule("ged-civilians", Layout.UCDP, "one-sided violence is against Civilians", _GED, _civilians, ("type_of_violence", "side_b")),
    Rule("ged-government", Layout.UCDP, "side_a of state-based violence is a government", _GED, _government, ("type_of_violence", "side_a")),
    Rule("ged-dyad", Layout.UCDP, "dyad_name is side_a - side_b", _GED, _dyad, ("dyad_name", "side_a", "side_b")),
    Rule("ged-sources", Layout.UCDP, "number_of_sources counts source_office", _GED, _sources, ("number_of_sources", "source_office")),
    Rule("acled-id", Layout.ACLED, "event_id_cnty is three capitals and a number", _ACLED, _acled_id),
    Rule("acled-source", Layout.ACLED, "at least one source is named", _ACLED, _source, ("source",)),
    Rule("acled-date", Layout.ACLED, "event_date is a day", _ACLED, _event_date, ("event_date",)),
    Rule("acled-sub-event", Layout.ACLED, "the sub-event is one of the 25, of its event type", _ACLED, _sub_event, ("event_type", "sub_event_type")),
    Rule("acled-disorder", Layout.ACLED, "the disorder type is that of the sub-event", _ACLED, _disorder, ("disorder_type", "sub_event_type")),
    Rule("acled-kinds", Layout.ACLED, "inter1 and inter2 are kinds of actors", _ACLED, _known_label, ("inter1", "inter2")),
    Rule("acled-interaction", Layout.ACLED, "the interaction is that of inter1 and inter2", _ACLED, _interaction, ("interaction", "inter1", "inter2")),
    Rule("acled-target-side", Layout.ACLED, "civilians who are attacked are the second side", _ACLED, _target_side, ("event_type", "actor2")),
    Rule("acled-one-side", Layout.ACLED, "actor2 and inter2 are both there or both not", _ACLED, _one_side, ("actor2", "inter2")),
    Rule("acled-targeting", Layout.ACLED, "civilian_targeting is marked where they are attacked", _ACLED, _targeting, ("civilian_targeting", "event_type")),
    Rule("acled-precision", Layout.ACLED, "time_precision and geo_precision are 1 to 3", _ACLED, _precision, ("time_precision", "geo_precision")),
    Rule("acled-year", Layout.ACLED, "the year is that of event_date", _ACLED, _year, ("year", "event_date")),
    Rule("acled-coordinates", Layout.ACLED, "coordinates are a place on earth", _ACLED, _coordinates, ("latitude", "longitude")),
    Rule("acled-iso", Layout.ACLED, "iso is a country's number", "ISO 3166", _iso, ("iso",)),
    Rule("acled-fatalities", Layout.ACLED, "fatalities is a number of people", _ACLED, _fatalities, ("fatalities",)),
)
