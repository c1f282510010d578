"""Exports of what is filtered: the formats of `sayso export`, with names and places as closely as the asker may have them; each goes into the audit log."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime
from tempfile import SpooledTemporaryFile
from typing import Annotated, BinaryIO, Literal, cast

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from sayso import __version__
from sayso.codebooks.rows import load_row_book
from sayso.desk.exporting import Coding, Subjects
from sayso.export.formats import FORMATS, exporter
from sayso.export.subject import BookLabel, Coarsen, ExportSettings, MadeBy
from sayso.link.weigh_policies import load_policy
from sayso.model.words import Role
from sayso.store.viewing import IncidentFilter
from sayso.web.asking import Refusal, TheDesk, Viewer
from sayso.web.routes.incidents import Filter, query_of

router = APIRouter(tags=["exports"])
_IN_MEMORY = 8_000_000  # bytes of an export that are held before it goes to a file
_PIECE = 1 << 16


@router.get("/api/export/{format_name}")
def export(
    format_name: str,
    asker: Viewer,
    desk: TheDesk,
    told: Filter,
    names: bool = False,
    coarsen: Annotated[Literal["auto", "none", "10km", "admin1", "withhold"], Query()] = "auto",
) -> StreamingResponse:
    """A file of the incidents of which a claim meets the filter. Victims' names are for owners who ask; viewers see places by ten kilometres at the closest."""
    if format_name not in FORMATS:
        raise Refusal(404, "no-format", f"there is no format {format_name!r}: {', '.join(FORMATS)}")
    if names and not asker.may(Role.OWNER):
        raise Refusal(403, "names", "names of victims and private persons are exported by owners alone")
    if coarsen == "none" and not asker.may(Role.CODER):
        raise Refusal(403, "places", "viewers export places by ten kilometres at the closest")
    made = exporter(format_name)
    book = load_row_book(made.book) if made.book else None
    head = desk.ledger.head()
    left_out: Counter[str] = Counter()
    settings = ExportSettings(
        made=MadeBy(__version__, datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"), f"{head.seq} {head.hash}"),
        policy=load_policy(made.policy),
        book=BookLabel(book.name, book.title, book.version, book.digest) if book else None,
        coarsen=Coarsen.TEN_KM if coarsen == "auto" and not asker.may(Role.CODER) else Coarsen(coarsen),
        names=names,
        left_out=lambda reason: left_out.update((reason,)),
    )
    subjects = Subjects(desk.ledger, query_of(told), Coding(desk.rows, book, None) if book else None)
    held: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 closed when all is sent
    written = made.write(subjects, cast("BinaryIO", held), settings)
    detail = {"format": format_name, "rows": written, "names": names, "coarsen": settings.coarsen.value, "filter": _words(told), "left out": dict(left_out)}
    desk.audit(asker, "exported", detail)
    headers = {
        "content-disposition": f'attachment; filename="sayso-{format_name}{made.suffix}"',
        "x-sayso-rows": str(written),
        "x-sayso-left-out": str(left_out.total()),
        "x-sayso-head": f"{head.seq} {head.hash}",
    }
    return StreamingResponse(_pieces(held), media_type="application/octet-stream", headers=headers)


def _words(told: IncidentFilter) -> str:
    """The filter as the audit log shows it."""
    return ", ".join(f"{field.name}={getattr(told, field.name)}" for field in fields(told) if getattr(told, field.name) is not None) or "everything"


def _pieces(held: "SpooledTemporaryFile[bytes]") -> Iterator[bytes]:
    with held:
        held.seek(0)
        while piece := held.read(_PIECE):
            yield piece
