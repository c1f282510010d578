"""Reports by address: a page is fetched, and goes through the one door as a file does. Paths and addresses of a command come together here."""

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from sayso.errors import InputError, NotFetched
from sayso.intake import formats, signs
from sayso.intake import signs_exports as exports
from sayso.intake.archives import opened, read_member
from sayso.intake.fetch import Fetcher
from sayso.intake.files import take_paths
from sayso.intake.gdelt import Wanted, wanted_of
from sayso.intake.metadata import failed, host_of
from sayso.intake.settings import IntakeSettings, Taken, What
from sayso.model import Document

_LARGEST_LIST = 500_000_000  # bytes of a list of GDELT inside a ZIP archive, as it publishes them


def is_url(told: str) -> bool:
    """Whether an input of a command is an address and no path."""
    return "://" in told[:12]


def take_inputs(inputs: Iterable[str], fetcher: Fetcher, settings: IntakeSettings, standard_input: BinaryIO) -> Iterator[Taken]:
    """One Taken a report of paths and addresses, in their order; the pages of a list of GDELT too, where fetching is allowed."""
    for told in inputs:
        if is_url(told):
            yield from take_url(Wanted(told), fetcher, settings)
        elif fetcher.allowed and (listed := listed_in(told, settings)) is not None:
            yield from take_urls(listed, fetcher, settings)
        else:
            yield from take_paths((told,), settings, standard_input)


def take_urls(wanted: Iterable[Wanted], fetcher: Fetcher, settings: IntakeSettings) -> Iterator[Taken]:
    """One Taken a report of the pages, fetched one after the other as they are asked for."""
    for one in wanted:
        yield from take_url(one, fetcher, settings)


def take_url(wanted: Wanted, fetcher: Fetcher, settings: IntakeSettings) -> Iterator[Taken]:
    """The reports of one page, or the Failure that says why it was not fetched."""
    try:
        page = fetcher.get(wanted.url)
    except NotFetched as wrong:
        yield failed(wrong, What(shown(wanted.url)))
        return
    what = What(page.final_url, url=page.final_url, retrieved=page.retrieved, media_type=page.header("content-type"))
    moved = (f"the address led to {page.final_url}",) if host_of(page.final_url) != host_of(wanted.url) else ()
    for taken in formats.take(io.BytesIO(page.body), what, settings):
        yield _dated(replace(taken, notes=(*moved, *taken.notes)), wanted.seen)


def listed_in(path: str, settings: IntakeSettings) -> list[Wanted] | None:
    """The addresses of a file that is a list of GDELT, in a ZIP archive or not; None for any other file."""
    try:
        with Path(path).open("rb") as stream:
            head = stream.read(formats.HEAD)
            stream.seek(0)
            if exports.gdelt_list(signs.as_utf8(head)):
                return list(wanted_of(stream, settings))
            return _zipped(stream, settings) if signs.zip_archive(head) else None
    except (OSError, InputError):
        return None  # its taker says what is wrong


def shown(url: str) -> str:
    """An address as messages name it: without a password."""
    scheme, _, rest = url.partition("://")
    authority, slash, path = rest.partition("/")
    return f"{scheme}://{authority.rsplit('@', 1)[-1]}{slash}{path}"[:500] if rest else url[:500]


def _zipped(stream: BinaryIO, settings: IntakeSettings) -> list[Wanted] | None:
    """The addresses of a list that is alone in an archive."""
    try:
        with opened(stream, settings.caps) as archive:
            names = archive.namelist()
            if len(names) != 1 or not names[0].lower().endswith(".csv"):
                return None
            inside = io.BytesIO(read_member(archive, names[0], settings.caps, _LARGEST_LIST))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return None
    return list(wanted_of(inside, settings)) if exports.gdelt_list(signs.as_utf8(inside.getvalue()[: formats.HEAD])) else None


def _dated(taken: Taken, seen: str | None) -> Taken:
    """The report with the day on which a list saw it, if it tells no date itself."""
    document, extraction = taken.item, taken.extraction
    if not isinstance(document, Document) or document.published or not seen:
        return taken
    dated = replace(document, published=seen[:10])
    note = f"the page tells no date: {seen[:10]} is the day on which the list saw it"
    return Taken(dated, (*taken.notes, note), taken.raw, replace(extraction, document=dated.id) if extraction else None)
