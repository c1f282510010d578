"""Reports: a list, one with its claims, and adding by paste or file."""

import io
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, UploadFile
from fastapi.responses import RedirectResponse, Response
from pydantic import BaseModel, Field

from sayso.desk.adding import Became, Step
from sayso.desk.doubling import hidden
from sayso.desk.reviewing import Person
from sayso.errors import InputError
from sayso.export.lookup import Lookup
from sayso.export.reading_json import reading_view
from sayso.export.sharing import shown_title
from sayso.export.subject import Coarsen
from sayso.intake import formats
from sayso.intake.metadata import published_date
from sayso.intake.settings import IntakeSettings, Taken, What
from sayso.model import Document, Reading
from sayso.model.words import Role, SourceKind
from sayso.store.ledger import Ledger
from sayso.web.asking import Coder, Refusal, TheDesk, TheLedger, Viewer
from sayso.web.covering import covered
from sayso.web.graphic import is_graphic
from sayso.web.pages import page
from sayso.web.report_view import article_of, veiled_text
from sayso.web.settings import Asker

router = APIRouter(tags=["reports"])
_WORDS = Annotated[str | None, Query(max_length=400)]
_BELOW = Annotated[int | None, Query(ge=1, le=2**53)]


class Report(BaseModel):
    """A report as a list shows it."""

    id: str
    source: str
    title: str | None
    published: str | None
    claims: int | None = None  # of its current reading; None where words were asked for
    superseded: bool = False


class Reports(BaseModel):
    """Some reports, those entered last first."""

    items: list[Report]
    next: int | None


class NewReport(BaseModel):
    """A report as pasted, with what it does not tell itself."""

    text: Annotated[str, Field(min_length=1, max_length=10_000_000)]
    title: Annotated[str, Field(max_length=500)] = ""
    source: Annotated[str, Field(max_length=200)] = ""
    source_kind: SourceKind = SourceKind.UNKNOWN
    side: Annotated[str, Field(max_length=200)] = ""
    published: Annotated[str, Field(max_length=40)] = ""
    url: Annotated[str, Field(max_length=2000, pattern=r"^(https?://[^\s]+)?$")] = ""


class Added(BaseModel):
    """What became of one input."""

    became: Became
    document: str | None
    claims: int
    notes: list[str]
    failure: str | None


@router.get("/reports", include_in_schema=False)
def reports_page(request: Request, asker: Viewer, ledger: TheLedger, q: _WORDS = None, before: _BELOW = None) -> Response:
    """The list, with search."""
    told = reports(asker, ledger, q, before)
    return page(request, "reports.html", asker, reports=told.items, following=told.next, q=q or "")


@router.get("/reports/new", include_in_schema=False)
def new_page(request: Request, asker: Coder) -> Response:
    """The form to paste a report into."""
    return page(request, "new_report.html", asker, kinds=list(SourceKind))


@router.get("/reports/{identity}", include_in_schema=False)
def report_page(request: Request, identity: str, asker: Viewer, desk: TheDesk, veil: bool = False) -> Response:
    """One report with its claims; under the veil, names are neutral on both sides."""
    document, reading = _known(desk.ledger, identity)
    newer = desk.ledger.superseded_by(identity)
    title = _title(document, reading, asker)
    # Who codes claims of it under seal sees it under the veil, and not how sure the reader is.
    sealed = reading is not None and bool(hidden(desk.ledger, [claim.id for claim in reading.claims], Person(asker.name, role=asker.role)))
    if veil or sealed:
        text, claims = veiled_text(desk.veiled(document), reading or Reading(document))
        return page(request, "veiled.html", asker, document=document, title="", text=text, claims=claims, sealed=sealed)
    lookup = Lookup(reading) if reading is not None else None
    shown = article_of(document, lookup, desk.towns)
    if lookup is not None and not asker.may(Role.CODER):
        shown = covered(shown, lookup.private_words)
    graphic = is_graphic(document.text)
    return page(request, "report.html", asker, document=document, title=title, article=shown, newer=newer, read=reading is not None, graphic=graphic)


@router.get("/claims/{number}", include_in_schema=False)
def claim_page(number: int, _asker: Viewer, ledger: TheLedger) -> Response:
    """On to the claim in its report."""
    found = ledger.claim(number) if number < 2**53 else None
    reading = ledger.current_reading(found.document) if found else None
    if found is None or reading is None:
        raise Refusal(404, "no-claim", f"there is no claim {number}")
    return RedirectResponse(f"/reports/{found.document}#r-{Lookup(reading).claims[found.id]}", 303)


@router.get("/api/reports")
def reports(asker: Viewer, ledger: TheLedger, q: _WORDS = None, before: _BELOW = None) -> Reports:
    """The reports of the ledger, those entered last first; with words, the 50 that have them all and were entered last.

    Viewers see no headline that may name a private person.
    """
    if q and q.strip():
        found = ledger.documents_with(q)
        items = [Report(id=one.id, source=one.source.name, title=one.title, published=one.published) for one in found]
        following = None
    else:
        rows = ledger.listed_documents(before, 51)
        items = [
            Report(id=one.id, source=one.source, title=one.title, published=one.published, claims=one.claims, superseded=one.superseded) for one in rows[:50]
        ]
        following = rows[49].seq if len(rows) > 50 else None
    if not asker.may(Role.CODER):
        for one in items:
            document = ledger.document(one.id)
            one.title = _title(document, ledger.current_reading(one.id), asker) if document is not None else None
    return Reports(items=items, next=following)


@router.get("/api/reports/{identity}")
def report(identity: str, asker: Coder, ledger: TheLedger) -> dict[str, Any]:
    """The current reading, in the form of `docs/reading.md`, with each claim's number and status in this ledger."""
    document, reading = _known(ledger, identity)
    told = reading_view(reading if reading is not None else Reading(document))
    if reading is not None:
        numbers = ledger.claim_numbers([claim.id for claim in reading.claims])
        for view, claim in zip(told["claims"], reading.claims, strict=True):
            found = ledger.claim(numbers[claim.id]) if claim.id in numbers else None
            view |= {"number": numbers.get(claim.id), "record": claim.id}
            view |= {"seen": ledger.last_decision(claim.id) or "", "status": found.status if found else None, "incident": found.incident if found else None}
        sealed = hidden(ledger, [claim.id for claim in reading.claims], Person(asker.name, role=asker.role))
        for view in told["claims"]:
            view |= {"status": "unreviewed", "confidence": None, "seen": ""} if view["record"] in sealed else {}
        for view, figure in zip(told["figures"], reading.figures, strict=True):
            view["record"] = figure.id
    return told


@router.post("/api/reports", status_code=201)
def new_report(asked: NewReport, asker: Coder, desk: TheDesk) -> Added:
    """Add a pasted report and read it."""
    published = published_date(asked.published) if asked.published.strip() else None
    settings = IntakeSettings(published=published, source=asked.source.strip() or None, source_kind=asked.source_kind, side=asked.side.strip() or None)
    front = {"title": asked.title, "url": asked.url}
    text = asked.text.replace("\r\n", "\n")
    if not text.strip():
        raise InputError("the report has no words: paste its text")
    told = "".join(f"{key}: {' '.join(value.split())}\n" for key, value in front.items() if value.strip())
    raw = (f"---\n{told}---\n{text}" if told else text).encode("utf-8", "surrogatepass")
    steps = desk.add(formats.take(io.BytesIO(raw), What("a pasted report", media_type="text/plain"), settings))
    return _added(asker, desk, steps)[0]


@router.post("/api/reports/files", status_code=201)
def new_files(file: UploadFile, asker: Coder, desk: TheDesk) -> list[Added]:
    """Add the reports of one file of any known format, and read them."""
    name = (file.filename or "a file").replace("\\", "/").rsplit("/", 1)[-1]
    taken: list[Taken] = list(formats.take(file.file, What(name), IntakeSettings()))
    return _added(asker, desk, desk.add(taken))


def _added(asker: Coder, desk: TheDesk, steps: list[Step]) -> list[Added]:
    for step in steps:
        desk.audit(asker, "report added", {"became": step.became.value, "document": step.document, "claims": step.claims})
    return [
        Added(
            became=one.became,
            document=one.document,
            claims=one.claims,
            notes=list(one.notes),
            failure=f"{one.failure.kind}: {one.failure.reason}" if one.failure else None,
        )
        for one in steps
    ]


def _title(document: Document, reading: Reading | None, asker: Asker) -> str:
    """The headline as the asker may see it; "" where there is none, or it may name a private person and the asker is a viewer."""
    if asker.may(Role.CODER):
        return document.title or ""
    return shown_title(Lookup(reading), Coarsen.NONE, names=False) if reading is not None else ""


def _known(ledger: Ledger, identity: str) -> tuple[Document, Reading | None]:
    document = ledger.document(identity)
    if document is None:
        gone = ledger.tombstone(identity)
        raise Refusal(410 if gone else 404, "no-report", "this report was taken down" if gone else "there is no such report")
    return document, ledger.current_reading(identity)
