"""The application: routes, errors, static files, behind the guard."""

from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from sayso import __version__
from sayso.errors import Blinded, InputError, LedgerError, MissingPart, NotAllowed, Outdated, SaysoError
from sayso.store.ledger import Ledger
from sayso.web.asking import Refusal, asker_or_none
from sayso.web.desk import Desk
from sayso.web.guard import Guard, TooMuch, refusal
from sayso.web.pages import page
from sayso.web.routes import ROUTERS
from sayso.web.settings import WebSettings
from sayso.web.static import Static

if TYPE_CHECKING:
    from sayso.desk.reads import Reads


def create_app(ledger: Ledger, settings: WebSettings, reader: "Reads | None" = None) -> FastAPI:
    """The workbench over a ledger. The caller closes the ledger."""
    app = FastAPI(title="sayso", version=__version__, docs_url=None, redoc_url=None, openapi_url="/api/openapi.json")
    app.state.desk = Desk(ledger, settings, reader)
    for router in ROUTERS:
        app.include_router(router)
    app.mount("/static", Static(Path(str(files("sayso.web").joinpath("static")))))
    app.add_exception_handler(Refusal, _refused)
    app.add_exception_handler(SaysoError, _sayso_error)
    app.add_exception_handler(RequestValidationError, _not_valid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(TooMuch, _too_much)
    app.add_middleware(Guard, settings=settings)
    return app


def _answer(request: Request, status: int, code: str, why: str, **more: object) -> Response:
    """The refusal as the asker can use it: JSON from the API, else a page."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": {"code": code, "message": why, **more}}, status)
    return page(request, "wrong.html", asker_or_none(request), status=status, code=code, why=why)


def _refused(request: Request, wrong: Exception) -> Response:
    if not isinstance(wrong, Refusal):
        raise wrong
    if wrong.status == 401 and not request.url.path.startswith("/api/"):
        return RedirectResponse("/login", 303)
    return _answer(request, wrong.status, wrong.code, wrong.why, **wrong.more)


def _sayso_error(request: Request, wrong: Exception) -> Response:
    """Input that will not do is the asker's; what is wrong with the store or the installation is told, and logged by the server."""
    if isinstance(wrong, NotAllowed | Blinded):
        return _answer(request, 403, "role" if isinstance(wrong, NotAllowed) else "blind", str(wrong))
    if isinstance(wrong, Outdated):
        return _answer(request, 409, "conflict", str(wrong))
    if isinstance(wrong, InputError):
        return _answer(request, 422, "input", str(wrong))
    return _answer(request, 503 if isinstance(wrong, LedgerError | MissingPart) else 500, "desk", str(wrong))


def _not_valid(request: Request, wrong: Exception) -> Response:
    if not isinstance(wrong, RequestValidationError):
        raise wrong
    told = "; ".join(f"{'.'.join(str(part) for part in one['loc'])}: {one['msg']}" for one in wrong.errors())
    return _answer(request, 422, "form", told)


def _http(request: Request, wrong: Exception) -> Response:
    if not isinstance(wrong, HTTPException):
        raise wrong
    words = {404: "there is nothing here", 405: "this address does not take that method"}
    answered = _answer(request, wrong.status_code, "http", words.get(wrong.status_code, str(wrong.detail)))
    answered.headers.update(wrong.headers or {})
    return answered


def _too_much(_request: Request, _wrong: Exception) -> Response:
    return refusal(413, "too-large", "the request is larger than this workbench takes")
