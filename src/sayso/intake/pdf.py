"""PDF files: the text layer, page by page, got by pypdf in the capped child process. Pictures of pages are told to need OCR, not guessed."""

from collections.abc import Iterator
from typing import BinaryIO

from sayso.intake.capped import run_capped
from sayso.intake.metadata import check_size, document_from, extracted_of, library
from sayso.intake.settings import IntakeSettings, Taken, What

MEDIA_TYPE = "application/pdf"


def take_pdf(stream: BinaryIO, what: What, settings: IntakeSettings) -> Iterator[Taken]:
    """The one report of a PDF, with a piece for every page."""
    raw = stream.read(settings.limit + 1)
    check_size(raw, settings)
    result = run_capped("sayso.intake.pdf_child:extract", raw, {"pages": settings.caps.pages, "limit": settings.limit}, settings.caps)
    yield document_from(raw, extracted_of(result, "pdf", library("pypdf"), MEDIA_TYPE), what, settings)
