"""`rows`: sayso's own layout for rows of any codebook: everything that is told of a row, with whose word it is."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from sayso.export.csv_out import Cell, write_csv
from sayso.export.derived import conceded, vague_rules
from sayso.export.row_facts import RowFacts, RowSide, all_rows
from sayso.export.row_words import quotations, responsibility, shown_urls, shown_words, voice_of
from sayso.export.subject import ExportSettings, Subject
from sayso.link.weigh import Tally
from sayso.link.weigh_rows import Category, Population
from sayso.model.words import Measure

_BEFORE = ("event_id", "incident", "codebook", "codebook_version", "codebook_digest")
_MEASURES = (Measure.KILLED, Measure.INJURED)
_CLASSES = (Population.PEOPLE, Population.CIVILIANS, Population.COMBATANTS, Population.CHILDREN, Population.WOMEN)
_BOUNDS = ("min", "max")
_FIGURES = tuple(f"reported_{measure.value}_{population.value}_{bound}" for measure in _MEASURES for population in _CLASSES for bound in _BOUNDS)
_CONCEDED = tuple(f"conceded_{measure.value}_{name}" for measure in _MEASURES for name in (*_BOUNDS, "by"))
_AFTER = (
    "date_from", "date_to", "date_precision", "dated_by", "country", "admin1", "location", "latitude", "longitude", "place_precision", "place_shared",
    "side_1", "reported_actor_1", "actor_1_as_written", "side_2", "reported_actor_2", "actor_2_as_written", *_FIGURES, *_CONCEDED, "harm_denied_by",
    "weighed_by", "grade", "corroboration", "responsibility", "n_reports", "n_independent_voices", "sources", "voices", "urls", "quotes", "claims",
    "status", "rules", "reason", "made_by",
)  # fmt: skip
_JOIN = "; "


class Rows:
    """The format: the columns between the codebook and the date are the codebook's own."""

    name = "rows"
    suffix = ".csv"
    book = "acled"
    any_book = True
    policy = "graded"

    def write(self, subjects: Iterable[Subject], out: BinaryIO, settings: ExportSettings) -> int:
        """The number of rows written. A header names every field of the book that a row has, so the rows are held until all are known."""
        columns, rows = table_of(all_rows(subjects, settings), settings)
        return write_csv(out, columns, rows)


EXPORTER = Rows()


def table_of(told: Iterable[RowFacts], settings: ExportSettings) -> tuple[tuple[str, ...], list[dict[str, Cell]]]:
    """The columns of the layout with the codebook's own fields between them, and the rows by column name."""
    rows = [(dict(facts.event.fields), facts_row(facts, settings)) for facts in told]
    own = tuple(dict.fromkeys(field_column(name) for fields, _ in rows for name in fields))
    return (*_BEFORE, *own, *_AFTER), [{**{field_column(name): value for name, value in fields.items()}, **row} for fields, row in rows]


def field_column(name: str) -> str:
    """The column of a codebook's own field: its name, told apart where the layout has that column itself."""
    return f"coded_{name}" if name in _BEFORE or name in _AFTER else name


def facts_row(facts: RowFacts, settings: ExportSettings) -> dict[str, Cell]:
    """One row by column name, without the codebook's own fields."""
    place, interval, weighed = facts.place, facts.interval, facts.weighed
    return {
        "event_id": facts.id,
        "incident": facts.subject.number,
        "codebook": facts.event.codebook,
        "codebook_version": facts.event.version,
        "codebook_digest": facts.event.digest,
        "date_from": interval.start if interval else None,
        "date_to": interval.end if interval else None,
        "date_precision": interval.precision.value if interval else None,
        "dated_by": facts.dated_by,
        "country": place.country,
        "admin1": place.admin1,
        "location": None if place.withheld else place.name,
        "latitude": f"{place.lat:.4f}" if place.lat is not None else None,
        "longitude": f"{place.lon:.4f}" if place.lon is not None else None,
        "place_precision": place.precision.value if place.precision else None,
        "place_shared": place.level.value,
        **_side("1", facts.first, facts, settings),
        **_side("2", facts.second, facts, settings),
        **_figures(facts, settings),
        "harm_denied_by": _JOIN.join(_denying(facts, settings)),
        "weighed_by": weighed.policy,
        "grade": weighed.graded.grade.value,
        "corroboration": weighed.graded.corroboration.value,
        "responsibility": _JOIN.join(responsibility(facts, settings)),
        "n_reports": weighed.voices.n_documents,
        "n_independent_voices": weighed.voices.n_independent,
        "sources": _JOIN.join(facts.sources),
        "voices": _JOIN.join(facts.voices),
        "urls": _JOIN.join(shown_urls(facts, settings)),
        "quotes": " | ".join(words for words, _ in quotations(facts, settings)),
        "claims": _JOIN.join(one.claim.id for one in facts.told),
        "status": facts.status.value,
        "rules": _JOIN.join((*facts.rules, *_figure_rules(facts))),
        "reason": facts.event.reason,
        "made_by": f"sayso {settings.made.version}; claims as reported, not verified facts; not data of the codebook's publisher",
    }


def _side(number: str, side: RowSide, facts: RowFacts, settings: ExportSettings) -> dict[str, Cell]:
    lookups = facts.subject.lookups
    written = dict.fromkeys(shown_words(lookups[span.document], span, facts.place, settings) for actor in side.actors for span in actor.spans)
    names = _JOIN.join(actor.name for actor in side.actors)
    return {f"side_{number}": side.label, f"reported_actor_{number}": names, f"actor_{number}_as_written": _JOIN.join(written)}


def _figures(facts: RowFacts, settings: ExportSettings) -> dict[str, Cell]:
    """The lowest and highest number told of each class, and apart from them what the side said to have done it concedes. Unknown is empty, never 0."""
    found: dict[str, Cell] = {}
    for measure in _MEASURES:
        for population in _CLASSES:
            own = [one for one in facts.weighed.tallies if one.measure is measure and one.population is population]
            low, high = _bounds(own)
            found |= {f"reported_{measure.value}_{population.value}_min": low, f"reported_{measure.value}_{population.value}_max": high}
        rows = conceded(facts.weighed, measure)
        lows, highs = [row.low for row in rows if row.low is not None], [row.high for row in rows if row.high is not None]
        by = dict.fromkeys(voice_of(row, facts, settings) for row in rows)
        least, most = min(lows, default=None), max(highs, default=None) if len(highs) == len(rows) else None
        found |= {f"conceded_{measure.value}_min": least, f"conceded_{measure.value}_max": most, f"conceded_{measure.value}_by": _JOIN.join(by)}
    return found


def _bounds(tallies: list[Tally]) -> tuple[int | None, int | None]:
    """The bounds of a class; of combatants of several sides their sum, unknown where one of them is."""
    lows = [next((value for name in ("low", "value", "best") if (value := one.number(name)) is not None), None) for one in tallies]
    highs = [one.number("high") if any(number.name == "high" for number in one.numbers) else one.number("value") for one in tallies]
    return _sum(lows), _sum(highs)


def _sum(values: list[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known and len(known) == len(values) else None


def _denying(facts: RowFacts, settings: ExportSettings) -> Iterator[str]:
    """Whoever denies the harm: their word lowers no number."""
    rows = [row for tally in facts.weighed.tallies for row in tally.beside]
    yield from dict.fromkeys(voice_of(row, facts, settings) for row in rows if row.category is Category.DENIED)


def _figure_rules(facts: RowFacts) -> Iterator[str]:
    """The rules of the numbers that are written, each once."""
    found: dict[str, None] = {}
    for tally in facts.weighed.tallies:
        if tally.measure in _MEASURES:
            found |= dict.fromkeys(f"{one.name}: {one.rule} ({one.policy})" for one in tally.numbers if one.value is not None)
            found |= dict.fromkeys(vague_rules(tally, [name for row in tally.rows for name in row.figures]))
    yield from found
