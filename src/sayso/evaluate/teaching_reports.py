"""Teaching reports: lines `id:`, `source: name | kind | side`, `published:` and maybe `title:`, an empty line, and the text in the notation of `teaching`."""

from pathlib import Path

from sayso.errors import DataError, InputError
from sayso.evaluate.teaching import TaughtItem, read_marked
from sayso.model import Document, Source
from sayso.model.words import SourceKind

_NEEDED = ("id", "source", "published")
_FIELDS = (*_NEEDED, "title")


def is_taught_report(path: Path) -> bool:
    """Whether the file begins as a teaching report does."""
    try:
        with path.open(encoding="utf-8") as lines:
            return lines.readline().startswith("id:")
    except (OSError, UnicodeDecodeError) as wrong:
        raise InputError(f"{path.name!r} cannot be read as UTF-8 text: {wrong}") from wrong


def read_taught_report(path: Path) -> tuple[TaughtItem, Document]:
    """What is told in a report, and the report; DataError names file and line of the first fault."""
    head, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    fields: dict[str, str] = {}
    for number, line in enumerate(head.splitlines(), 1):
        name, colon, value = (part.strip() for part in line.partition(":"))
        if not colon or name not in _FIELDS or name in fields:
            raise DataError(f"{path.name}:{number}: {line!r} is no line of a head: write {', '.join(_FIELDS)}, each once, then an empty line")
        fields[name] = value
    missing = [name for name in _NEEDED if not fields.get(name)]
    if missing:
        raise DataError(f"{path.name}:1: the head does not tell {', '.join(missing)}")
    marked = body.strip()
    # A report that tells no act needs no sign for it.
    item = read_marked(path.name, len(head.splitlines()) + 2, marked if "[" in marked or marked.startswith("~") else f"~{marked}")
    source = _source(path, fields["source"])
    return item, Document(item.text, source, given_id=fields["id"], title=fields.get("title") or None, published=fields["published"], language="en")


def _source(path: Path, told: str) -> Source:
    name, kind, side = (*(part.strip() for part in told.split("|")), "", "")[:3]
    if kind and kind not in {one.value for one in SourceKind}:
        raise DataError(f"{path.name}: {kind!r} is no kind of source: use one of {', '.join(SourceKind)}")
    return Source(name, SourceKind(kind or "unknown"), None if side in ("", "none", "null", "-") else side)
