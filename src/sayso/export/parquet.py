"""`parquet`: the columns of `rows`, typed: days as dates, numbers as integers, several names as lists. For DuckDB, pandas, Arrow and R."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, BinaryIO

from sayso.export.row_facts import RowFacts, all_rows
from sayso.export.row_words import quotations, shown_urls
from sayso.export.rows import table_of
from sayso.export.subject import ExportSettings, Subject

if TYPE_CHECKING:
    import pyarrow as pa

_DAYS = ("date_from", "date_to")
_DEGREES = ("latitude", "longitude")
_LISTS = ("reported_actor_1", "reported_actor_2", "sources", "voices", "urls", "quotes", "claims", "rules")
_COUNTS = ("n_reports", "n_independent_voices", "incident")
_BOUNDS = ("_min", "_max")


class Parquet:
    """The format: one row group, compressed; what the file is stands in its schema's metadata."""

    name = "parquet"
    suffix = ".parquet"
    book = "acled"
    any_book = True
    policy = "graded"

    def write(self, subjects: Iterable[Subject], out: BinaryIO, settings: ExportSettings) -> int:
        """The number of rows written."""
        import pyarrow as pa
        import pyarrow.parquet as pq

        told = list(all_rows(subjects, settings))
        columns, rows = table_of(told, settings)
        typed: list[dict[str, Any]] = [{**row, **_lists(facts, settings)} for facts, row in zip(told, rows, strict=True)]
        schema = pa.schema([pa.field(name, _type(name)) for name in columns], metadata=_about(settings))
        arrays = [pa.array([_value(name, row.get(name)) for row in typed], type=_type(name)) for name in columns]
        pq.write_table(pa.Table.from_arrays(arrays, schema=schema), out, compression="zstd")
        return len(rows)


EXPORTER = Parquet()


def _type(column: str) -> "pa.DataType":
    import pyarrow as pa

    if column in _DAYS:
        return pa.date32()
    if column in _DEGREES:
        return pa.float64()
    if column in _LISTS:
        return pa.list_(pa.string())
    if column in _COUNTS or (column.startswith(("reported_", "conceded_")) and column.endswith(_BOUNDS)):
        return pa.int64()
    return pa.string()


def _value(column: str, told: Any) -> Any:
    """The value as its column's type takes it; unknown is null, never 0 or an empty word."""
    if told is None or told == "":
        return [] if column in _LISTS else None
    if column in _DAYS:
        return date.fromisoformat(told)
    if column in _DEGREES:
        return float(told)
    return told if isinstance(told, (int, list)) else str(told).encode("utf-8", "backslashreplace").decode()


def _lists(facts: RowFacts, settings: ExportSettings) -> Mapping[str, list[str]]:
    """The columns that hold several values, as lists."""
    told = {
        "reported_actor_1": [one.name for one in facts.first.actors],
        "reported_actor_2": [one.name for one in facts.second.actors],
        "sources": facts.sources,
        "voices": facts.voices,
        "urls": shown_urls(facts, settings),
        "quotes": [words for words, _ in quotations(facts, settings)],
        "claims": [one.claim.id for one in facts.told],
        "rules": facts.rules,
    }
    return {name: [word.encode("utf-8", "backslashreplace").decode() for word in words] for name, words in told.items()}


def _about(settings: ExportSettings) -> dict[str, str]:
    book = settings.book
    return {
        "sayso": settings.made.version,
        "generated": settings.made.at,
        "ledger_head": settings.made.head or "",
        "codebook": f"{book.name} {book.version} {book.digest}" if book else "",
        "weighed_by": f"{settings.policy.name} {settings.policy.version}",
        "note": "Reported claims, not verified facts; not data of the codebook's publisher.",
        "credits": "; ".join(settings.credits),
    }
