"""Which column of a table, or key of a JSON object, is which field of a report: as told, or by common names."""

from collections.abc import Mapping, Sequence

from sayso.errors import InputError
from sayso.intake.dates import iso_date, iso_seconds
from sayso.intake.fragment import paragraphs_of

FIELDS = ("text", "title", "published", "source", "url", "id", "language", "source_kind", "side", "country")
_OWN_SOURCE = {"source": "name", "source_kind": "kind", "side": "side", "country": "country"}  # as make_document names them
# In the order of preference: the first that a table has is taken.
_COMMON = {
    "text": ("text", "body", "full_text", "fulltext", "article_text", "article", "content", "story", "message", "description"),
    "title": ("title", "headline", "heading", "subject"),
    "published": ("published", "date", "published_at", "publication_date", "pub_date", "pubdate", "date_published", "datetime", "created_at", "timestamp"),
    "source": ("source", "outlet", "publication", "publisher", "newspaper", "media", "source_name"),
    "url": ("url", "link", "href", "source_url", "article_url"),
    "id": ("id", "article_id", "doc_id", "document_id", "guid", "uid"),
    "language": ("language", "lang"),
    "source_kind": ("source_kind",),
    "side": ("side",),
    "country": ("country",),
}  # fmt: skip


def parse_mapping(told: str) -> tuple[tuple[str, str], ...]:
    """The pairs (field, column) of `text=body,title=headline`; InputError names the known fields."""
    pairs: list[tuple[str, str]] = []
    for part in filter(None, (part.strip() for part in told.split(","))):
        field, equals, column = (side.strip() for side in part.partition("="))
        if not equals or not column or field not in FIELDS:
            raise InputError(f"mapping {part!r} is not FIELD=COLUMN with FIELD one of {', '.join(FIELDS)}")
        if any(field == other for other, _ in pairs):
            raise InputError(f"mapping names {field!r} twice")
        pairs.append((field, column))
    return tuple(pairs)


def columns_of(names: Sequence[str], told: tuple[tuple[str, str], ...]) -> tuple[dict[str, str], tuple[str, ...]]:
    """The column of each field, and notes; InputError where the text, or a column that was told, is not among the names."""
    missing = [column for _, column in told if column not in names]
    if missing:
        raise InputError(f"no column {missing[0]!r}; the columns are {_listed(names)}")
    columns = dict(told)
    lowered = {_plain(name): name for name in reversed(names)}
    taken = set(columns.values())
    for field, common in _COMMON.items():
        found = next((lowered[name] for name in common if name in lowered and lowered[name] not in taken), None)
        if field not in columns and found:
            columns[field] = found
            taken.add(found)
    if "text" not in columns:
        raise InputError(f"no column with the text of the reports among {_listed(names)}: tell it with --map text=COLUMN")
    guessed = [f"{field}={columns[field]}" for field in columns if field not in dict(told) and columns[field] != field]
    return columns, (f"columns taken as {', '.join(guessed)}: tell it with --map if this is wrong",) if guessed else ()


def fields_of(row: Mapping[str, str], columns: Mapping[str, str]) -> tuple[str, dict[str, str], tuple[str, ...]]:
    """The text, the fields as `make_document` takes them, and notes."""
    told = {field: row.get(column, "").strip() for field, column in columns.items()}
    text = _text(told.pop("text"))
    fields = {_OWN_SOURCE.get(field, field): value for field, value in told.items()}
    fields["published"], notes = _published(fields.get("published", ""))
    return text, fields, notes


def as_report(record: Mapping[str, object], told: tuple[tuple[str, str], ...]) -> tuple[dict[str, object], tuple[str, ...]]:
    """A JSON object under the names that a report has, and notes; the object as it is where nothing was told and it has a text, or nothing like one.

    A dot in the mapping looks into an object: `text=article.body`. InputError where no text is found.
    """
    if not told and ("text" in record or not any(_plain(name) in _COMMON["text"] for name in record)):
        return dict(record), ()
    flat = {**record, **{path: _at(record, path) for _, path in told}}
    columns, notes = columns_of([name for name, value in flat.items() if value is not None], told)
    report = {field: flat[column] for field, column in columns.items()}
    source = {_OWN_SOURCE[field]: report.pop(field) for field in _OWN_SOURCE if field in report}
    if source and not isinstance(source.get("name"), dict):
        report["source"] = source
    elif "name" in source:
        report["source"] = source["name"]
    if isinstance(published := report.get("published"), str | int) and not isinstance(published, bool):
        report["published"], more = _published(str(published))
        notes = (*notes, *more)
    return report, notes


def _at(record: Mapping[str, object], path: str) -> object:
    value: object = record
    for key in (path,) if path in record else path.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _published(told: str) -> tuple[str, tuple[str, ...]]:
    """The date in ISO 8601, or nothing and a note."""
    found = iso_date(told) or (iso_seconds(told) if told.isdigit() and len(told) in (9, 10) else None)
    if found or not told.strip():
        return found or "", ()
    return "", (f"published {told[:60]!r} can be read in more than one way, or is no date: left out; write it as 2024-05-04",)


def _text(cell: str) -> str:
    """The text of a cell; HTML, which some exports hold, without its tags."""
    lowered = cell.lower()
    return "\n\n".join(paragraphs_of(cell)) if any(tag in lowered for tag in ("<p>", "<p ", "<br", "<div")) else cell


def _plain(name: str) -> str:
    return "_".join(name.strip().lower().replace("-", " ").replace("_", " ").split())


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(repr(name[:40]) for name in names[:12])
    return shown + (f" and {len(names) - 12} more" if len(names) > 12 else "")
