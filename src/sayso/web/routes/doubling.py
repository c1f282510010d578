"""Double coding: claims given to two coders blind, what each codes, adjudication side by side, agreement by field; splits, merges, claims left for later."""

import json
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Request
from fastapi.responses import PlainTextResponse, Response
from pydantic import BaseModel, Field

from sayso.desk.adjudicating import Beside, adopt_agreed, agreement, agreement_csv, settle, side_by_side
from sayso.desk.deeds import Split, merge, skip, split
from sayso.desk.doubling import Assigning, AssignmentState, Item, assign, assignment_of, assignments, code, hand_in, items, uncode
from sayso.desk.reviewing import Person
from sayso.model.words import Role, Verdict
from sayso.web.asking import Adjudicator, Coder, TheDesk, TheLedger
from sayso.web.pages import page
from sayso.web.settings import Asker

router = APIRouter(tags=["double coding"])
Number = Annotated[int, Path(ge=1, le=2**53)]
Name = Annotated[str, Path(max_length=100)]
_KEY = Annotated[str, Field(max_length=100)]
_REASON = Annotated[str, Field(max_length=2000)]


class NewAssignment(BaseModel):
    """What is given to whom: ids of reports, or of claims."""

    records: Annotated[list[Annotated[str, Field(max_length=100)]], Field(min_length=1, max_length=500)]
    coders: Annotated[list[Annotated[str, Field(max_length=60)]], Field(min_length=2, max_length=8)]
    adjudicator: Annotated[str | None, Field(max_length=60)] = None
    name: Annotated[str, Field(max_length=200)] = ""
    key: _KEY = ""


class Assigned(BaseModel):
    """An assignment and how far it is. Coders are told their own count only, until all have handed in."""

    id: str
    name: str
    coders: list[str]
    adjudicator: str | None
    claims: int
    coded: dict[str, int]
    handed_in: list[str]
    open: bool


class Choice(BaseModel):
    """A decision on a claim of an assignment. `seen` is the coder's own last coding, or for who adjudicates the last decision that was shown."""

    verdict: Literal["accept", "reject", "amend", "withdraw"]
    reason: _REASON = ""
    amendment: dict[str, Any] | None = None
    seen: Annotated[str, Field(max_length=100)] = ""
    key: _KEY = ""


class Parts(BaseModel):
    """How a claim becomes two: the fields of the second, with its `trigger` as [start, end]; perhaps those that change in the first."""

    second: dict[str, Any]
    first: dict[str, Any] = {}
    figures: Annotated[list[str], Field(max_length=50)] = []
    reason: Annotated[str, Field(min_length=1, max_length=2000)]
    seen: Annotated[str, Field(max_length=100)] = ""
    key: _KEY = ""


class Merge(BaseModel):
    """Two claims that tell of one happening; of one report and the same voices, the second is told twice."""

    kept: Annotated[int, Field(ge=1, le=2**53)]
    other: Annotated[int, Field(ge=1, le=2**53)]
    reason: Annotated[str, Field(min_length=1, max_length=2000)]
    seen: tuple[str, str] = ("", "")
    key: _KEY = ""


class Key(BaseModel):
    """A client's name for one deed: the same again does nothing twice."""

    key: _KEY = ""


class Done(BaseModel):
    """What a deed came to."""

    told: str
    seen: str
    status: str
    key: str


def person_of(asker: Asker, reason: str = "", key: str = "") -> Person:
    """The asker as the desk knows people."""
    return Person(asker.name, reason.strip(), asker.role, key)


@router.get("/assignments", include_in_schema=False)
def assignments_page(request: Request, asker: Coder, ledger: TheLedger) -> Response:
    """The assignments that concern the asker; adjudicators make new ones."""
    people = [one.name for one in ledger.people.all() if one.active and one.role.rank >= Role.CODER.rank] if asker.may(Role.ADJUDICATOR) else []
    told = [_assigned(one) for one in assignments(ledger, person_of(asker))]
    reports = ledger.listed_documents(None, 50) if people else ()
    return page(request, "assignments.html", asker, assignments=told, people=people, reports=reports)


@router.get("/assignments/{identity}", include_in_schema=False)
def adjudication_page(request: Request, identity: Name, asker: Coder, ledger: TheLedger, every: bool = False) -> Response:
    """Coders, the reader and the final decision side by side, and how far the coders agree."""
    person = person_of(asker)
    rows = side_by_side(ledger, identity, person, agreed=every)
    coders = assignment_of(ledger, identity).coders
    return page(request, "adjudication.html", asker, identity=identity, rows=rows, coders=coders, scores=agreement(ledger, identity, person), every=every)


@router.get("/api/assignments")
def told_assignments(asker: Coder, ledger: TheLedger) -> list[Assigned]:
    """The assignments that concern the asker."""
    return [_assigned(one) for one in assignments(ledger, person_of(asker))]


@router.post("/api/assignments", status_code=201)
def new_assignment(asked: NewAssignment, asker: Adjudicator, desk: TheDesk) -> dict[str, str]:
    """Give claims to coders; until all have handed in, nobody sees what another coded."""
    what = Assigning(tuple(asked.records), tuple(asked.coders), asked.adjudicator, asked.name)
    made = assign(desk.ledger, what, person_of(asker, key=asked.key))
    desk.audit(asker, "claims assigned", {"assignment": made.id, "claims": len(made.claims), "coders": list(made.coders)})
    return {"id": made.id}


@router.get("/api/assignments/{identity}/items")
def told_items(identity: Name, asker: Coder, ledger: TheLedger) -> dict[str, Any]:
    """A coder's own claims of an assignment: nothing of what others decided, nor how sure the reader is."""
    found = [_item(one) for one in items(ledger, identity, person_of(asker))]
    return {"items": found, "total": sum(one["status"] == "unreviewed" for one in found), "next": None}


@router.post("/api/assignments/{identity}/claims/{number}", status_code=201)
def coded(identity: Name, number: Number, asked: Choice, asker: Coder, ledger: TheLedger) -> Done:
    """Code a claim of an assignment, under seal."""
    person, where = person_of(asker, asked.reason, asked.key), (identity, number)
    if asked.verdict == "withdraw":
        made = uncode(ledger, where, person, asked.seen or None)
    else:
        made = code(ledger, where, (Verdict(asked.verdict), _amendment(asked)), person, asked.seen or None)
    status = "unreviewed" if made.coding.verdict is None else f"coded: {made.coding.verdict.value}"
    return Done(told=f"claim {number}: {status}", seen=made.coding.id, status=status, key=made.coding.key)


@router.post("/api/assignments/{identity}/hand-in", status_code=201)
def handed_in(identity: Name, asker: Coder, desk: TheDesk) -> dict[str, str]:
    """Hand in: from now on the asker's codings of this assignment are fixed."""
    head = hand_in(desk.ledger, identity, person_of(asker))
    desk.audit(asker, "assignment handed in", {"assignment": identity})
    return {"head": f"{head.seq} {head.hash}"}


@router.get("/api/assignments/{identity}/beside")
def beside(identity: Name, asker: Coder, ledger: TheLedger, every: bool = False) -> list[dict[str, Any]]:
    """Claims on which coders differ (or every one): each field as the reader, the coders and the final decision say it. Not before all have handed in."""
    return [_beside(one) for one in side_by_side(ledger, identity, person_of(asker), agreed=every)]


@router.post("/api/assignments/{identity}/settle/{number}", status_code=201)
def settled(identity: Name, number: Number, asked: Choice, asker: Coder, desk: TheDesk) -> Done:
    """The final decision on a claim of an assignment."""
    verdict = Verdict(asked.verdict) if asked.verdict != "withdraw" else Verdict.REJECT
    done = settle(desk.ledger, (identity, number), (verdict, _amendment(asked)), person_of(asker, asked.reason, asked.key), asked.seen or None)
    desk.audit(asker, "claim adjudicated", {"assignment": identity, "claim": number, "verdict": verdict.value, "reason": asked.reason})
    found = desk.ledger.claim(number)
    return Done(told=f"claim {number}: settled", seen=done.seen or "", status=found.status if found else "", key=done.review.key)


@router.post("/api/assignments/{identity}/adopt", status_code=201)
def adopted(identity: Name, asker: Coder, desk: TheDesk, asked: Key) -> dict[str, Any]:
    """Enter all that the coders agree on."""
    done = adopt_agreed(desk.ledger, identity, person_of(asker, key=asked.key))
    desk.audit(asker, "agreed codings adopted", {"assignment": identity, "entries": len(done.entries)})
    return {"entries": len(done.entries), "key": done.key}


@router.get("/api/assignments/{identity}/agreement", response_class=PlainTextResponse)
def told_agreement(identity: Name, asker: Coder, ledger: TheLedger) -> PlainTextResponse:
    """Agreement by field as CSV: percent, Cohen's kappa, Krippendorff's alpha, F1 of stretches; an empty cell where it cannot be told, with the reason."""
    told = agreement_csv(agreement(ledger, identity, person_of(asker)))
    headers = {"content-disposition": 'attachment; filename="agreement.csv"'}
    return PlainTextResponse(told, media_type="text/csv", headers=headers)


@router.post("/api/claims/{number}/split", status_code=201)
def parted(number: Number, asked: Parts, asker: Coder, desk: TheDesk) -> dict[str, Any]:
    """Make two claims of one: the second has a number of its own."""
    parts = Split(asked.second, asked.first, tuple(asked.figures))
    done = split(desk.ledger, number, parts, person_of(asker, asked.reason, asked.key), asked.seen or None)
    desk.audit(asker, "claim split", {"claim": number, "second": done.claim, "reason": asked.reason})
    return {"claim": done.claim, "key": done.key}


@router.post("/api/merges", status_code=201)
def merged(asked: Merge, asker: Coder, desk: TheDesk) -> dict[str, Any]:
    """Make one of two claims, or link them as telling of one happening."""
    seen = (asked.seen[0] or None, asked.seen[1] or None)
    done = merge(desk.ledger, (asked.kept, asked.other), person_of(asker, asked.reason, asked.key), seen)
    desk.audit(asker, "claims merged", {"kept": asked.kept, "other": asked.other, "reason": asked.reason})
    return {"key": done.key}


@router.post("/api/claims/{number}/skip", status_code=201)
def skipped(number: Number, asked: Key, asker: Coder, ledger: TheLedger) -> dict[str, Any]:
    """Leave a claim for later in the asker's own queue."""
    return {"key": skip(ledger, number, person_of(asker, key=asked.key)).key}


def _amendment(asked: Choice) -> str | None:
    return json.dumps(asked.amendment, sort_keys=True) if asked.amendment else None


def _assigned(one: AssignmentState) -> Assigned:
    made = one.assignment
    return Assigned(
        id=made.id,
        name=made.name,
        coders=list(made.coders),
        adjudicator=made.adjudicator,
        claims=len(made.claims),
        coded=dict(one.coded),
        handed_in=sorted(one.handed_in),
        open=one.open,
    )


def _item(one: Item) -> dict[str, Any]:
    found = one.found
    told = {"number": found.number, "act": "/".join(filter(None, (found.type, found.mode))), "modality": found.modality, "place": found.place}
    day = found.date_from or found.published
    mine = one.mine.verdict if one.mine is not None else None
    shown = {"day": day, "source": found.source, "quote": found.quote, "urgency": 0.0, "disputed": False}
    return told | shown | {"status": f"coded: {mine.value}" if mine else "unreviewed", "seen": one.seen or ""}


def _beside(one: Beside) -> dict[str, Any]:
    fields = [{"name": field.name, "engine": field.engine, "coders": field.coders, "final": field.final, "agreed": field.agreed} for field in one.fields]
    codings = [{"verdict": each.verdict.value if each.verdict else None, "reason": each.reason} if each is not None else None for each in one.codings]
    about = {"number": one.number, "quote": one.quote, "settled": one.settled, "seen": one.seen or "", "agreed": one.agreed}
    return about | {"fields": fields, "codings": codings}
