"""The codebooks that come with sayso: what a coder decides by."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from sayso.codebooks.checking import load_book
from sayso.codebooks.showing import built_in, plain_book, summary
from sayso.web.asking import Refusal, Viewer
from sayso.web.pages import page

router = APIRouter(tags=["codebooks"])


def _book(name: str) -> dict[str, Any]:
    """A built-in codebook as JSON values. Names are looked up in a list: a path in an address opens no file."""
    if name not in built_in():
        raise Refusal(404, "no-codebook", f"there is no codebook {name!r} here: {', '.join(built_in())}")
    return plain_book(load_book(name))


@router.get("/codebooks", include_in_schema=False)
def books_page(request: Request, asker: Viewer) -> Response:
    """All codebooks, in a line each."""
    return page(request, "codebooks.html", asker, books=[summary(name) for name in built_in()])


@router.get("/codebooks/{name}", include_in_schema=False)
def book_page(request: Request, name: str, asker: Viewer) -> Response:
    """One codebook: its types in the order of precedence, with definitions and examples."""
    return page(request, "codebook.html", asker, book=_book(name))


@router.get("/api/codebooks")
def books(_asker: Viewer) -> list[dict[str, Any]]:
    """Name, kind, version and digest of each codebook."""
    told = [summary(name) for name in built_in()]
    return [{"name": one.name, "kind": one.kind, "title": one.title, "version": one.version, "digest": one.digest, "types": one.types} for one in told]


@router.get("/api/codebooks/{name}")
def book(name: str, _asker: Viewer) -> dict[str, Any]:
    """One codebook whole."""
    return _book(name)
