"""`annotations`: W3C Web Annotations of reports, one a claim's role, figure and voice, each with a position and a quote selector.

Positions are code points of the normalised text whose SHA-256 the source names; the quote is there to check them, never to re-anchor silently. Words
that may name a private person get a position and the digest of no words: their quote is left out.
"""

from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

from sayso.export.json_out import json_bytes
from sayso.export.private import is_hidden
from sayso.export.statements import Shared, Statement, shared_of, statements_of
from sayso.export.subject import ExportSettings, Subject
from sayso.export.wording import many

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32  # code points before and after a quote, as Hypothesis has them
Json = dict[str, Any]


class Annotations:
    """The format: one AnnotationPage, as JSON-LD."""

    name = "annotations"
    suffix = ".jsonld"
    book = None
    any_book = False
    policy = "range"

    def write(self, subjects: Iterable[Subject], out: BinaryIO, settings: ExportSettings) -> int:
        """The number of annotations written; they stream, so the total stands at the end."""
        made = {"type": "Software", "name": f"sayso {settings.made.version}"}
        head = {"@context": [_CONTEXT, {"sayso": "urn:sayso:"}], "type": "AnnotationPage", "generator": made, "generated": settings.made.at}
        out.write(json_bytes(head)[:-1] + b', "items": [\n')
        written = 0
        for one in annotations_of(subjects, settings):
            out.write((b",\n" if written else b"") + json_bytes(one))
            written += 1
        label = f"What reports claim, by whom: {many(written, 'annotation')}"
        out.write(b'\n], "label": ' + json_bytes(label) + b"}\n")
        return written


EXPORTER = Annotations()


def annotations_of(subjects: Iterable[Subject], settings: ExportSettings) -> Iterator[Json]:
    """The annotations of incidents' claims: one a statement that has words."""
    for subject in subjects:
        shared = shared_of(subject, settings)
        for statement in statements_of(subject, settings):
            if statement.span_start:
                yield _annotation(statement, shared[statement.claim_id], settings)


def _annotation(statement: Statement, shared: Shared, settings: ExportSettings) -> Json:
    body = {
        "type": "sayso:Statement", "id": f"urn:sayso:{statement.id}", "claim": f"urn:sayso:{statement.claim_id}", "property": statement.prop,
        "value": statement.value, "modality": statement.modality, "voices": statement.chain.split(" > "), "status": statement.status,
    }  # fmt: skip
    target: Json = {"source": f"urn:sha256:{statement.text_sha256.removeprefix('sha256:')}", "selector": _selectors(statement, shared)}
    if statement.url:
        target["scope"] = statement.url
    return {
        "id": f"urn:sayso:annotation:{statement.id}", "type": "Annotation", "motivation": "identifying",
        "created": settings.made.at, "creator": {"type": "Software", "name": f"sayso, {statement.origin}"}, "body": body, "target": target,
    }  # fmt: skip


def _selectors(statement: Statement, shared: Shared) -> list[Json]:
    """Where the words stand, twice: by position, and by the words with what stands around them; what may not be told is in neither."""
    start, end = int(statement.span_start), int(statement.span_end)
    found: list[Json] = [{"type": "TextPositionSelector", "start": start, "end": end}]
    if not statement.quote:
        return found
    text = shared.lookup.reading.document.text
    before, after = max(0, start - _AROUND), min(len(text), end + _AROUND)
    quote: Json = {"type": "TextQuoteSelector", "exact": statement.quote}
    if not is_hidden(shared.hidden, before, start):
        quote["prefix"] = text[before:start]
    if not is_hidden(shared.hidden, end, after):
        quote["suffix"] = text[end:after]
    return [*found, quote]
