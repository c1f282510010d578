"""The registry of sources: what is known of each, who set it and why; read from a ledger and filled from a table."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sayso.errors import InputError
from sayso.model import RegisteredSource, Source
from sayso.model.words import SourceKind

_COLUMNS = ("name", "kind", "side", "country", "aliases", "agency", "reason")
_MOST = 100_000  # rows of one import
_LARGEST_CELL = 131_072  # letters: what Python's csv takes unless somebody lifts it


@dataclass(frozen=True, slots=True)
class Registry:
    """Sources by folded name and alias; a later record of a name replaces what an earlier one says."""

    by_name: Mapping[str, RegisteredSource]

    @classmethod
    def of(cls, records: Iterable[RegisteredSource]) -> "Registry":
        """The registry that records give in their order."""
        named: dict[str, RegisteredSource] = {}
        for record in records:
            named[folded(record.name)] = record
        found: dict[str, RegisteredSource] = {}
        for record in named.values():
            for alias in record.aliases:
                found.setdefault(folded(alias), record)
        return cls({**found, **named})

    def get(self, name: str) -> RegisteredSource | None:
        """What is known of a source by its name or an alias."""
        return self.by_name.get(folded(name))

    def completed(self, source: Source) -> Source:
        """The source with kind, side and country from the registry where it tells none itself; its name stays as given."""
        known = self.get(source.name)
        if known is None:
            return source
        return replace(
            source,
            kind=known.kind if source.kind is SourceKind.UNKNOWN else source.kind,
            side=source.side or known.side,
            country=source.country or known.country,
        )


def folded(name: str) -> str:
    """A name as it is compared: case and runs of space do not count."""
    return " ".join(name.casefold().split())


def read_sources(raw: bytes, what: str, set_by: str, at: str) -> tuple[RegisteredSource, ...]:
    """The sources of a CSV with a head row, or of JSON lines: name, kind, side, country, aliases (split at ";"), agency, reason.

    InputError names the line that is wrong: a registry half imported would be worse than none.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise InputError(f"{what}: not UTF-8 at byte {wrong.start}: save the table as UTF-8") from wrong
    rows = _json_rows(text, what) if text.lstrip().startswith("{") else _csv_rows(text, what)
    found = tuple(_source(row, where, set_by, at) for where, row in rows)
    if not found:
        raise InputError(f"{what}: no source in it: a row is {', '.join(_COLUMNS)}")
    if len(found) > _MOST:
        raise InputError(f"{what}: {len(found):,} rows, more than {_MOST:,}: split it")
    return found


def _csv_rows(text: str, what: str) -> list[tuple[str, dict[str, str]]]:
    reader = csv.reader(io.StringIO(text))
    rows: list[tuple[str, dict[str, str]]] = []
    heads: list[str] = []
    before = csv.field_size_limit(_LARGEST_CELL)  # the limit is the process's: other libraries lift it
    try:
        for cells in reader:
            where = f"{what}:{reader.line_num}"
            if not any(cell.strip() for cell in cells):
                continue
            if not heads:
                heads = [cell.strip().lower() for cell in cells]
                _check_columns(heads, where)
                continue
            if len(cells) > len(heads):
                raise InputError(f"{where}: more cells than columns: quote a cell that holds a comma")
            rows.append((where, {head: cell.strip() for head, cell in zip(heads, cells, strict=False)}))
    except csv.Error as wrong:
        raise InputError(f"{what}:{reader.line_num}: no CSV: {wrong}") from wrong
    finally:
        csv.field_size_limit(before)
    return rows


def _json_rows(text: str, what: str) -> list[tuple[str, dict[str, str]]]:
    rows = []
    for number, line in enumerate(text.split("\n"), 1):  # other ends of lines may stand within a string
        if not line.strip():
            continue
        where = f"{what}:{number}"
        try:
            row = json.loads(line)
        except (ValueError, RecursionError) as wrong:
            raise InputError(f"{where}: no JSON: {wrong}") from wrong
        if not isinstance(row, dict):
            raise InputError(f"{where}: no object")
        _check_columns(list(row), where)
        aliases = row.get("aliases") or ()
        if isinstance(aliases, list) and all(isinstance(alias, str) for alias in aliases):
            row["aliases"] = ";".join(aliases)
        wrong_keys = [key for key, value in row.items() if value is not None and not isinstance(value, str)]
        if wrong_keys:
            raise InputError(f"{where}: {wrong_keys[0]!r} is no string")
        rows.append((where, {key: (value or "").strip() for key, value in row.items()}))
    return rows


def _check_columns(columns: list[str], where: str) -> None:
    unknown = [column for column in columns if column not in _COLUMNS]
    twice = [column for column in columns if columns.count(column) > 1]
    if unknown or twice or "name" not in columns:
        wrong = f"unknown column {unknown[0]!r}" if unknown else f"column {twice[0]!r} twice" if twice else "no column 'name'"
        raise InputError(f"{where}: {wrong}; known are {', '.join(_COLUMNS)}")


def _source(row: Mapping[str, str], where: str, set_by: str, at: str) -> RegisteredSource:
    if not row.get("name"):
        raise InputError(f"{where}: a source without a name")
    try:
        kind = SourceKind(row.get("kind") or "unknown")
    except ValueError:
        raise InputError(f"{where}: kind {row['kind']!r} is none of {', '.join(SourceKind)}") from None
    country = row.get("country") or None
    if country is not None and not (len(country) == 2 and country.isalpha() and country.isascii()):
        raise InputError(f"{where}: country {country!r} is no code of two letters (ISO 3166-1 alpha-2)")
    return RegisteredSource(
        name=row["name"],
        kind=kind,
        side=row.get("side") or None,
        country=country.upper() if country else None,
        aliases=tuple(alias.strip() for alias in row.get("aliases", "").split(";") if alias.strip()),
        agency=row.get("agency") or None,
        set_by=set_by,
        reason=row.get("reason") or f"imported from {what_of(where)}",
        at=at,
    )


def what_of(where: str) -> str:
    """The file of `file:line`."""
    return where.rpartition(":")[0]
