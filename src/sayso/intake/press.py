"""Which press archive a text was exported from: known by what stands in it, since its file ends in .txt, .rtf or .docx."""

from collections.abc import Iterator

from sayso.intake import factiva, nexis
from sayso.intake.articles import Archive, take_extracted
from sayso.intake.settings import Extracted, IntakeSettings, Taken, What

_START = 20_000  # characters of the beginning: the first article, or a list of contents and the first article


def archive_of(text: str) -> Archive | None:
    """The archive whose export this text is; None for any other text."""
    start = text[:_START]
    if factiva.looks_like_factiva(start):
        return factiva.ARCHIVE
    if nexis.looks_like_nexis(start):
        return nexis.OLD if nexis.is_old(start) else nexis.UNI
    return None


def take_articles(raw: bytes, whole: Extracted, what: What, settings: IntakeSettings) -> Iterator[Taken]:
    """One Taken an article if the text is an export of a press archive; nothing if it is not."""
    archive = archive_of(whole.text)
    if archive:
        yield from take_extracted(raw, whole, archive, what, settings)
