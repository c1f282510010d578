"""The invented gold reports of this folder as documents, for tests that read whole reports."""

from pathlib import Path
from typing import Any

import yaml

from sayso.model import Document, Source
from sayso.model.words import SourceKind

FOLDER = Path(__file__).parent / "gold"


def gold(part: str) -> list[dict[str, Any]]:
    """The gold of one part ("dev", "test") in the order of the files."""
    return [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted((FOLDER / part).glob("*.yaml"))]


def document(report: dict[str, Any], text: str | None = None) -> Document:
    """The report as a document, with another text if given."""
    source = report["source"]
    made = Source(source["name"], SourceKind(source.get("kind") or "unknown"), source.get("side"))
    return Document(text or report["text"], made, given_id=report["id"], title=report.get("title"), published=str(report["published"]), language="en")
