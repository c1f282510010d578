"""Paths and URLs as inputs: files from the disk, pages and lists of pages from the net where that is allowed."""

import io
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from sayso.errors import InputError
from sayso.intake.fetch import ALLOW, Fetcher, FetchSettings
from sayso.intake.files import take_paths
from sayso.intake.formats import take
from sayso.intake.gdelt import looks_like_articles, looks_like_rows, wanted_of
from sayso.intake.settings import IntakeSettings, Taken, What
from sayso.model import Failure

_MOST_PAGES = 10_000  # of one run's lists


class Taking:
    """What turns paths and URLs into inputs, with what a user said about all of them."""

    def __init__(self, settings: IntakeSettings, fetch: bool, fetching: FetchSettings | None = None) -> None:
        self._settings = settings
        self._fetcher = Fetcher(fetching or FetchSettings(allowed=fetch, limit=settings.limit))
        self._allowed = fetch

    def take(self, paths: Iterable[str], standard_input: BinaryIO) -> Iterator[Taken]:
        """One Taken a report, in the order of the paths."""
        for path in paths:
            if path.startswith(("http://", "https://")):
                yield from self._page(path)
            elif self._allowed and _is_list(path):
                yield from self._listed(path)
            else:
                yield from take_paths((path,), self._settings, standard_input)

    def _page(self, url: str) -> Iterator[Taken]:
        if not self._allowed:
            yield Taken(Failure(url, "NotFetched", f"pages are not fetched unasked: {ALLOW}"))
            return
        try:
            page = self._fetcher.get(url)
            what = What(name=url, url=page.final_url, retrieved=page.retrieved, media_type=page.media_type)
            yield from take(io.BytesIO(page.body), what, self._settings)
        except InputError as wrong:
            yield Taken(Failure(url, type(wrong).__name__, str(wrong)))

    def _listed(self, path: str) -> Iterator[Taken]:
        """The pages of a list of GDELT, fetched one after another."""
        with Path(path).open("rb") as stream:
            try:
                wanted = [one.url for _, one in zip(range(_MOST_PAGES), wanted_of(stream, self._settings), strict=False)]
            except InputError as wrong:
                yield Taken(Failure(path, type(wrong).__name__, str(wrong)))
                return
        for url in wanted:
            yield from self._page(url)


def _is_list(path: str) -> bool:
    if not os.path.isfile(path):
        return False
    with Path(path).open("rb") as stream:
        head = stream.read(4096)
    return looks_like_rows(head) or looks_like_articles(head)
