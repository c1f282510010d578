"""The audit log: who did what at the desk."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel

from sayso.model.words import Role
from sayso.store.people import Audited
from sayso.web.asking import Coder, TheLedger
from sayso.web.pages import page
from sayso.web.settings import Asker

router = APIRouter(tags=["audit"])
_SEQ = Annotated[int | None, Query(ge=1, le=2**53)]
_LIMIT = Annotated[int, Query(ge=1, le=500)]


class Deed(BaseModel):
    """One line of the log."""

    seq: int
    at: str
    person: str
    role: str
    what: str
    detail: Mapping[str, Any]
    head: str


class Deeds(BaseModel):
    """Some lines of the log, the newest first."""

    items: list[Deed]
    next: int | None


def _seen(ledger: TheLedger, asker: Asker, before: int | None, limit: int) -> tuple[tuple[Audited, ...], int | None]:
    """Coders see their own deeds, adjudicators and owners everybody's: who coded what would unblind a second coder."""
    found = ledger.people.noted(person=None if asker.may(Role.ADJUDICATOR) else asker.name, below=before, limit=limit + 1)
    return found[:limit], found[limit - 1].seq if len(found) > limit else None


@router.get("/audit", include_in_schema=False)
def audit_page(request: Request, asker: Coder, ledger: TheLedger, before: _SEQ = None) -> Response:
    """The log as a page."""
    found, following = _seen(ledger, asker, before, 100)
    return page(request, "audit.html", asker, deeds=found, following=following)


@router.get("/api/audit")
def deeds(asker: Coder, ledger: TheLedger, before: _SEQ = None, limit: _LIMIT = 100) -> Deeds:
    """The log: a coder's own deeds; everybody's for adjudicators and owners."""
    found, following = _seen(ledger, asker, before, limit)
    told = [Deed(seq=one.seq, at=one.at, person=one.person, role=one.role, what=one.what, detail=one.detail, head=one.head) for one in found]
    return Deeds(items=told, next=following)
