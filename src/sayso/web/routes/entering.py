"""Logging in and out."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from sayso.desk.people import key_of, logged_in
from sayso.web.asking import COOKIE, SECURE_COOKIE, Refusal, TheDesk, TheLedger, Viewer, asker_or_none, secret_of
from sayso.web.pages import page

router = APIRouter()


@router.get("/login", include_in_schema=False)
def login_page(request: Request) -> Response:
    """The form; whoever is logged in goes on to the desk."""
    if asker_or_none(request) is not None:
        return RedirectResponse("/", 303)
    return page(request, "login.html", None, wrong="", name="")


@router.post("/login", include_in_schema=False)
def login(request: Request, desk: TheDesk, name: Annotated[str, Form(max_length=200)], password: Annotated[str, Form(max_length=2000)]) -> Response:
    """A session, or the form again; slow to guess at, by name and by address."""
    if not desk.settings.auth:
        return RedirectResponse("/", 303)
    keys = (f"name {name.casefold()}", f"address {request.client.host if request.client else ''}")
    if any(desk.tries.full(key) for key in keys):
        return page(request, "login.html", None, status=429, wrong="too_many", name=name)
    secret = logged_in(desk.ledger, name, password)
    if secret is None:
        for key in keys:
            desk.tries.count(key)
        return page(request, "login.html", None, status=401, wrong="wrong", name=name)
    desk.tries.forget(keys[0])
    answered = RedirectResponse("/", 303)
    https = desk.settings.https
    answered.set_cookie(SECURE_COOKIE if https else COOKIE, secret, httponly=True, samesite="lax", secure=https, path="/")
    return answered


@router.post("/api/logout", status_code=204, tags=["people"])
def logout(request: Request, asker: Viewer, ledger: TheLedger, desk: TheDesk) -> Response:
    """End the session that asks."""
    if asker.token:
        raise Refusal(400, "token", "a token is ended under /people, not by logging out")
    if desk.settings.auth:
        ledger.people.close(key_of(secret_of(request)), asker.name)
    answered = Response(status_code=204)
    answered.delete_cookie(SECURE_COOKIE if desk.settings.https else COOKIE, path="/", secure=desk.settings.https, httponly=True, samesite="lax")
    return answered
