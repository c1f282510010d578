"""Reviewing: the queue, one claim with everything that it rests on, decisions on it, judgements on two."""

import json
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from sayso.codebooks.checking import load_book
from sayso.codebooks.codebook import PLOVER_MODES
from sayso.codebooks.showing import plain_book
from sayso.desk.doubling import hidden
from sayso.desk.queueing import queue as queue_of
from sayso.desk.reviewing import Decided, Person, decide, judge, take_back
from sayso.errors import DataError, Outdated
from sayso.export.cards import claim_marks
from sayso.export.lookup import Lookup
from sayso.export.reading_json import reading_view
from sayso.model import Claim, Review
from sayso.model.words import Certainty, Judgement, Modality, Verdict, VictimStatus
from sayso.store.query import QueueQuery
from sayso.web.asking import Coder, Refusal, TheDesk, TheLedger
from sayso.web.pages import page

router = APIRouter(tags=["review"])
Number = Annotated[int, Path(ge=1, le=2**53)]
_AROUND = 600  # code points of the report on either side of a claim
_MOST_OTHERS = 12  # claims of the incident that stand beside


class Waiting(BaseModel):
    """A claim of the queue."""

    number: int
    act: str
    modality: str
    place: str | None
    day: str | None
    source: str
    quote: str
    urgency: float
    disputed: bool
    status: str


class Queue(BaseModel):
    """Some claims of the queue in its order, how many wait in all, and where the next ones begin."""

    items: list[Waiting]
    total: int
    next: str | None


class Decision(BaseModel):
    """A verdict on a claim. `seen` is the last decision that was shown with it; `key` makes a retry the same decision."""

    verdict: Literal["accept", "reject", "amend", "withdraw"]
    reason: Annotated[str, Field(max_length=2000)] = ""
    amendment: dict[str, Any] | None = None
    seen: Annotated[str, Field(max_length=100)] = ""
    key: Annotated[str, Field(max_length=100)] = ""


class Done(BaseModel):
    """What a decision made of its claim."""

    status: str
    seen: str
    told: str
    head: str


class Pair(BaseModel):
    """A judgement on whether two claims tell of one happening."""

    first: Annotated[int, Field(ge=1, le=2**53)]
    second: Annotated[int, Field(ge=1, le=2**53)]
    judgement: Judgement
    reason: Annotated[str, Field(min_length=1, max_length=2000)]


@router.get("/queue", include_in_schema=False)
def queue_page(request: Request, asker: Coder) -> Response:
    """The queue, worked through by keys."""
    closed = (("modality", Modality), ("certainty", Certainty), ("victim_status", VictimStatus))
    choices = {"type": list(PLOVER_MODES)} | {name: [one.value for one in words] for name, words in closed}
    return page(request, "queue.html", asker, choices=choices)


@router.get("/api/queue")
def queue(
    asker: Coder,
    ledger: TheLedger,
    type: Annotated[str | None, Query(max_length=40)] = None,  # noqa: A002 the filter's name in every address
    country: Annotated[str | None, Query(pattern="^[A-Za-z]{2}$")] = None,
    document: Annotated[str | None, Query(max_length=100)] = None,
    source: Annotated[str | None, Query(max_length=200)] = None,
    after: Annotated[str | None, Query(max_length=60, pattern=r"^[01]:[0-9.]+:[0-9]+$")] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 25,
) -> Queue:
    """The claims that wait for review: the disputed first, then those that the reader is least sure of."""
    at = None
    if after:
        disputed, urgency, number = after.split(":")
        try:
            at = (disputed == "1", float(urgency), min(int(number), 2**53))
        except ValueError:
            raise Refusal(422, "cursor", f"{after!r} is no place in the queue: take the `next` of the page before") from None
    upper = country.upper() if country else None
    asked = QueueQuery(type=type.upper() if type else None, country=upper, document=document, source=source, limit=limit, after=at)
    found = queue_of(ledger, asked, Person(asker.name, role=asker.role))
    items = [
        Waiting(
            number=one.claim.number,
            act="/".join(filter(None, (one.claim.type, one.claim.mode))),
            modality=one.claim.modality,
            place=one.claim.place,
            day=one.claim.date_from or one.claim.published,
            source=one.claim.source,
            quote=one.claim.quote,
            urgency=one.urgency,
            disputed=one.disputed,
            status=one.claim.status,
        )
        for one in found.rows
    ]
    following = f"{int(found.next[0])}:{found.next[1]}:{found.next[2]}" if found.next else None
    return Queue(items=items, total=ledger.waiting(), next=following)


@router.get("/api/claims/{number}")
def claim(number: Number, asker: Coder, ledger: TheLedger) -> dict[str, Any]:
    """A claim with the words around it, its figures, who decided what on it, the others of its incident, and what the codebook says of its type."""
    found = ledger.claim(number)
    reading = ledger.current_reading(found.document) if found else None
    told = next((one for one in reading.claims if one.id == found.id), None) if reading and found else None
    if found is None or reading is None or told is None:
        raise Refusal(404, "no-claim", f"there is no claim {number}")
    view = reading_view(reading)
    at = list(reading.claims).index(told)
    figures = [one for one in view["figures"] if one.get("claim") == view["claims"][at]["id"]]
    others = ledger.incident(found.incident) if found.incident is not None else ()
    beside = [
        {"number": one.number, "voices": one.voices, "modality": one.modality, "quote": one.quote, "source": one.source}
        for one in others
        if one.number != number
    ]
    answer = {
        "number": number,
        "record": told.id,
        "status": found.status,
        "seen": ledger.last_decision(told.id) or "",
        "type": found.type,
        "mode": found.mode,
        "modality": found.modality,
        "claim": view["claims"][at],
        "figures": figures,
        "document": view["document"] | {"text": None},
        "context": _context(Lookup(reading), told),
        "incident": found.incident,
        "others": beside[:_MOST_OTHERS],
        "reviews": [_told(one) for one in ledger.reviews_of([told.id])],
        "definition": _definition(found.type),
    }
    if hidden(ledger, [told.id], Person(asker.name, role=asker.role)):  # to be coded blind
        answer |= {"status": "unreviewed", "reviews": [], "others": [], "incident": None}
        answer["claim"] = answer["claim"] | {"confidence": None}
    return answer


@router.post("/api/claims/{number}/decisions", status_code=201)
def decided(number: Number, asked: Decision, asker: Coder, desk: TheDesk) -> Done:
    """Enter a verdict. Where somebody else decided since the claim was shown, nothing is entered, and the answer (409) tells what was decided."""
    person, seen = Person(asker.name, asked.reason.strip(), asker.role, asked.key), asked.seen or None
    amendment = json.dumps(asked.amendment, sort_keys=True) if asked.amendment else None
    if desk.ledger.claim(number) is None:
        raise Refusal(404, "no-claim", f"there is no claim {number}")
    try:
        if asked.verdict == "withdraw":
            done = take_back(desk.ledger, number, person, seen)
        else:
            done = decide(desk.ledger, number, (Verdict(asked.verdict), amendment), person, seen)
    except Outdated as wrong:
        found = desk.ledger.claim(number)
        others = [_told(one) for one in desk.ledger.reviews_of([found.id])] if found else []
        raise Refusal(409, "conflict", f"somebody decided on claim {number} since it was shown", reviews=others) from wrong
    return _done(number, asked, asker, desk, done)


@router.post("/api/links", status_code=201)
def linked(asked: Pair, asker: Coder, desk: TheDesk) -> dict[str, str]:
    """Judge whether two claims tell of one happening; the next `sayso link` follows it."""
    made, head = judge(desk.ledger, (asked.first, asked.second), asked.judgement, Person(asker.name, asked.reason.strip(), asker.role))
    desk.audit(asker, "claims judged", {"first": asked.first, "second": asked.second, "judgement": asked.judgement.value, "reason": asked.reason})
    return {"id": made.id, "judgement": made.judgement.value, "head": f"{head.seq} {head.hash}"}


def _done(number: int, asked: Decision, asker: Coder, desk: TheDesk, done: Decided) -> Done:
    found = desk.ledger.claim(number)
    status = found.status if found else ""
    if not done.again:
        detail = {"claim": number, "verdict": asked.verdict, "reason": asked.reason, "amendment": asked.amendment, "entry": done.review.id}
        desk.audit(asker, "claim reviewed", {name: value for name, value in detail.items() if value})
    return Done(status=status, seen=done.seen or "", told=f"claim {number}: {status}", head=f"{done.head.seq} {done.head.hash}")


def _told(one: Review) -> dict[str, Any]:
    amendment = json.loads(one.amendment) if one.amendment else None
    return {"id": one.id, "verdict": one.verdict.value, "by": one.reviewer, "at": one.at, "reason": one.reason, "amendment": amendment}


def _context(lookup: Lookup, told: Claim) -> dict[str, Any]:
    """The words around a claim, with the stretches of its roles; offsets are those of the report's text, in code points."""
    text = lookup.reading.document.text
    marks = list(claim_marks(lookup, told))
    inside = [one for one in marks if abs(one.start - told.trigger.start) < _AROUND]
    first, last = min(one.start for one in inside), max(one.end for one in inside)
    start, end = max(0, first - _AROUND), min(len(text), last + _AROUND)
    spans = sorted({(one.start, one.end, one.role) for one in inside})
    return {"start": start, "text": text[start:end], "marks": [{"start": one, "end": other, "role": role} for one, other, role in spans]}


def _definition(kind: str) -> dict[str, Any] | None:
    """What the codebook of acts says of a type."""
    try:
        (found,) = plain_book(load_book("plover"), kind)["types"]
    except DataError:
        return None
    return {"name": found["name"], "definition": found["definition"], "yes": found["examples_yes"][:3], "no": found["examples_no"][:3], "modes": found["modes"]}


