"""Who asks, and whether that person may: what every route but the log-in depends on."""

import hashlib
import hmac
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends, Request

from sayso.desk.people import key_of, who
from sayso.model.words import Role
from sayso.store.ledger import Ledger
from sayso.web.desk import Desk
from sayso.web.guard import SAFE
from sayso.web.settings import Asker

COOKIE, SECURE_COOKIE, CSRF = "sayso_session", "__Host-sayso_session", "x-csrf-token"


class Refusal(Exception):
    """A request that is not followed: status, a code for programs, and why for people."""

    def __init__(self, status: int, code: str, why: str, **more: Any) -> None:
        super().__init__(why)
        self.status, self.code, self.why, self.more = status, code, why, more


def desk_of(request: Request) -> Desk:
    """The desk that the request's application serves."""
    desk: Desk = request.app.state.desk
    return desk


def ledger_of(request: Request) -> Ledger:
    """The ledger of the desk."""
    return desk_of(request).ledger


def secret_of(request: Request) -> str:
    """The secret of the session that a request's cookie names; "" where it has none."""
    return request.cookies.get(SECURE_COOKIE if desk_of(request).settings.https else COOKIE, "")


def asker_or_none(request: Request) -> Asker | None:
    """Who asks; None where nobody is logged in."""
    desk = desk_of(request)
    bearer = request.headers.get("authorization", "")
    if bearer[:7].lower() == "bearer ":
        return _known(desk, bearer[7:].strip(), "token")
    if not desk.settings.auth:
        return Asker(desk.settings.by, Role.OWNER, _csrf(desk, "the laptop's one person"))
    return _known(desk, secret_of(request), "session")


def _known(desk: Desk, secret: str, kind: str) -> Asker | None:
    found = who(desk.ledger, secret)
    if found is None or found[0].kind != kind:
        return None
    return Asker(found[1].name, found[1].role, _csrf(desk, key_of(secret)), kind == "token")


def _csrf(desk: Desk, about: str) -> str:
    return hmac.new(desk.secret, about.encode(), hashlib.sha256).hexdigest()


def asking(role: Role) -> Callable[[Request], Asker]:
    """The dependency of a route that asks for at least that role: 401 where nobody is logged in, 403 where the role or the header of a change lacks."""

    def asked(request: Request) -> Asker:
        asker = asker_or_none(request)
        if asker is None:
            raise Refusal(401, "log-in", "log in first, or give a token as `Authorization: Bearer …`")
        if not asker.may(role):
            raise Refusal(403, "role", f"this needs the role {role.value!r}; you are {asker.role.value!r}")
        if request.method not in SAFE:
            if not asker.token and not hmac.compare_digest(request.headers.get(CSRF, "").encode(), asker.csrf.encode()):
                raise Refusal(403, "csrf", f"the header {CSRF} does not fit your session: open the page anew")
            writes = desk_of(request).writes
            if writes.full(asker.name):
                raise Refusal(429, "too-many", "too many changes in a minute: wait a little")
            writes.count(asker.name)
        return asker

    return asked


Viewer = Annotated[Asker, Depends(asking(Role.VIEWER))]
Coder = Annotated[Asker, Depends(asking(Role.CODER))]
Adjudicator = Annotated[Asker, Depends(asking(Role.ADJUDICATOR))]
Owner = Annotated[Asker, Depends(asking(Role.OWNER))]
TheDesk = Annotated[Desk, Depends(desk_of)]
TheLedger = Annotated[Ledger, Depends(ledger_of)]
