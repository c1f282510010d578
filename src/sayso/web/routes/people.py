"""People, roles and tokens."""

from typing import Annotated

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from sayso.desk.people import TOKEN_DAYS, add_person, change_person, make_token
from sayso.model.words import Role
from sayso.store.people import Account, Pass
from sayso.web.asking import Owner, Refusal, TheDesk, TheLedger, Viewer
from sayso.web.pages import page

router = APIRouter(tags=["people"])


class Person(BaseModel):
    """An account as others see it."""

    name: str
    role: Role
    made: str
    active: bool


class NewPerson(BaseModel):
    """Whom to add."""

    name: Annotated[str, Field(min_length=1, max_length=60)]
    role: Role
    password: Annotated[str, Field(max_length=1000)]


class PersonChange(BaseModel):
    """What to change about a person; what is left out stays."""

    role: Role | None = None
    password: Annotated[str, Field(max_length=1000)] | None = None
    active: bool | None = None


class NewToken(BaseModel):
    """A token for a program that acts for whoever asks."""

    label: Annotated[str, Field(min_length=1, max_length=60)]
    days: Annotated[int, Field(ge=1, le=366)] = TOKEN_DAYS


class Token(BaseModel):
    """A token as a list shows it."""

    key: str
    label: str
    made: str
    expires: str


class MadeToken(BaseModel):
    """A new token's secret, which is shown this once."""

    secret: str


def _person(account: Account) -> Person:
    return Person(name=account.name, role=account.role, made=account.made, active=account.active)


def _token(made: Pass) -> Token:
    return Token(key=made.key, label=made.label, made=made.made, expires=made.expires)


@router.get("/people", include_in_schema=False)
def people_page(request: Request, asker: Viewer, ledger: TheLedger, desk: TheDesk) -> Response:
    """Everybody's own tokens; for owners, all people too."""
    known = ledger.people.all() if asker.may(Role.OWNER) else ()
    return page(request, "people.html", asker, people=known, tokens=ledger.people.passes(asker.name, "token"), auth=desk.settings.auth, all_roles=list(Role))


@router.get("/api/me")
def me(asker: Viewer) -> dict[str, str]:
    """Who asks, and as what."""
    return {"name": asker.name, "role": asker.role.value}


@router.get("/api/people")
def people(_asker: Owner, ledger: TheLedger) -> list[Person]:
    """All accounts."""
    return [_person(one) for one in ledger.people.all()]


@router.post("/api/people", status_code=201)
def new_person(asked: NewPerson, asker: Owner, ledger: TheLedger, desk: TheDesk) -> Person:
    """Add a person."""
    made = add_person(ledger, asked.name, asked.role, asked.password)
    desk.audit(asker, "person added", {"name": made.name, "role": made.role.value})
    return _person(made)


@router.patch("/api/people/{name}")
def changed_person(name: str, asked: PersonChange, asker: Owner, ledger: TheLedger, desk: TheDesk) -> Person:
    """Change a person's role or password, or let them work no more. Their sessions and tokens end."""
    if ledger.people.get(name) is None:
        raise Refusal(404, "no-person", f"there is no person {name!r}")
    made = change_person(ledger, name, asked.role, asked.password, asked.active)
    told = {"name": name, "role": made.role.value, "active": made.active, "password": "changed" if asked.password is not None else "kept"}
    desk.audit(asker, "person changed", told)
    return _person(made)


@router.get("/api/tokens")
def tokens(asker: Viewer, ledger: TheLedger) -> list[Token]:
    """The asker's own tokens."""
    return [_token(one) for one in ledger.people.passes(asker.name, "token")]


@router.post("/api/tokens", status_code=201)
def new_token(asked: NewToken, asker: Viewer, ledger: TheLedger, desk: TheDesk) -> MadeToken:
    """A token with the asker's role."""
    if not desk.settings.auth or asker.token:
        raise Refusal(400, "no-token", "tokens are made by people who are logged in: serve with --auth")
    secret = make_token(ledger, asker.name, asked.label, asked.days)
    desk.audit(asker, "token made", {"label": asked.label, "days": asked.days})
    return MadeToken(secret=secret)


@router.delete("/api/tokens/{key}", status_code=204)
def no_token(key: str, asker: Viewer, ledger: TheLedger, desk: TheDesk) -> Response:
    """End one of the asker's own tokens."""
    if not ledger.people.close(key, asker.name):
        raise Refusal(404, "no-token", "you have no such token")
    desk.audit(asker, "token ended", {"key": key[:12]})
    return Response(status_code=204)
