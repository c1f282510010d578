"""Feeds watched in rounds: what is new in each is handed on, and what was seen is kept, so that a broken-off watch goes on where it was.

The state is one small file a feed, in a folder beside the ledger, replaced whole after the feed's reports were handed on: a kill between the two
costs nothing but the same reports again, which a ledger knows.
"""

import hashlib
import io
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sayso.desk.watch_waiting import MOST, Waiting, in_words, waiting_of
from sayso.errors import InputError, NotFetched, Unwritable
from sayso.intake import formats
from sayso.intake.feed import Entry, Feed, read_feed, take_entry
from sayso.intake.fetch import Fetched, Fetcher, Validators, checked_url
from sayso.intake.metadata import failed
from sayso.intake.opml import Listed
from sayso.intake.settings import IntakeSettings, Taken, What
from sayso.intake.signs import as_utf8
from sayso.intake.signs_exports import feed as looks_like_feed
from sayso.intake.urls import shown
from sayso.model import Document, Failure

Add = Callable[[Iterable[Taken]], object]  # takes all that it is given before it returns

_REMEMBERED = 1_000  # entries of a feed that are no longer in it
_UNITS = {"s": 1.0, "m": 60.0, "h": 3_600.0, "d": 86_400.0}
_LEAST = 10.0  # seconds between two rounds
_MOST = 30 * 86_400.0


@dataclass(frozen=True, slots=True)
class WatchSettings:
    """How often, how much, and whether pages are fetched where a feed gives their addresses."""

    every: float = 900.0  # seconds from the beginning of a round to that of the next
    rounds: int | None = None  # None: until it is stopped
    fetch_articles: bool = False
    entries: int = 200  # new ones of one feed in one round; the rest waits for the next
    most_bytes: int = 500_000_000  # of one round; feeds beyond that wait for the next


@dataclass(frozen=True, slots=True)
class FeedRound:
    """What one round brought of one feed."""

    round: int
    url: str
    title: str = ""
    new: int = 0  # entries handed on
    waiting: int = 0  # new entries left for the next round
    unchanged: bool = False  # the server said so
    failures: tuple[Failure, ...] = ()
    notes: tuple[str, ...] = ()
    fetched_later: int = 0  # pages that an earlier round could not fetch


@dataclass(frozen=True, slots=True)
class _State:
    """What is kept of one feed."""

    validators: Validators = field(default_factory=Validators)
    seen: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    waiting: tuple[Waiting, ...] = ()  # pages that could not be fetched yet


def seconds_of(told: str) -> float:
    """The seconds of `30s`, `15m`, `2h` or `1d`; InputError for anything else."""
    number, unit = told.strip()[:-1], told.strip()[-1:].lower()
    if unit not in _UNITS or not number.isascii() or not number.isdigit() or len(number) > 7:
        raise InputError(f"time {told!r} is none: write 30s, 15m, 2h or 1d")
    seconds = int(number) * _UNITS[unit]
    if not _LEAST <= seconds <= _MOST:
        raise InputError(f"time {told!r} is out of range: from {_LEAST:.0f}s to {_MOST / 86_400:.0f}d")
    return seconds


class _Never(NotFetched):
    """A page that no later try would bring."""


class Watching:
    """Watches a list of feeds."""

    def __init__(self, feeds: Sequence[Listed], state: Path, fetcher: Fetcher, settings: IntakeSettings, config: WatchSettings) -> None:
        self._feeds, self._state, self._fetcher = feeds, state, fetcher
        self._settings, self._config = settings, config
        self._addresses = {feed.url for feed in feeds}
        self._spent = 0

    def rounds(self, add: Add, stopped: Callable[[], bool], wait: Callable[[float], None], now: Callable[[], float]) -> Iterator[FeedRound]:
        """One FeedRound a feed and round, each after its reports were handed on and its state was kept; ends after the last round, or when stopped."""
        number = 0
        while not stopped() and (self._config.rounds is None or number < self._config.rounds):
            number += 1
            began, self._spent = now(), 0
            for feed in self._feeds:
                if stopped():
                    return
                yield self._one(number, feed, add, stopped)
            left = began + self._config.every - now()
            if left > 0 and not stopped() and number != self._config.rounds:
                wait(left)

    def _one(self, number: int, feed: Listed, add: Add, stopped: Callable[[], bool]) -> FeedRound:
        """What the round brought of one feed: what is new in it, and pages of earlier rounds that could not be fetched then."""
        if self._spent > self._config.most_bytes:
            return FeedRound(number, feed.url, feed.title, notes=(f"{self._spent:,} bytes were fetched in this round: the feed waits for the next",))
        state = self._kept(feed.url)
        told = FeedRound(number, feed.url, feed.title, notes=state.notes)
        due = [one for one in state.waiting if one.rounds <= 1]
        later = [one.passed() for one in state.waiting if one.rounds > 1]
        try:
            page = self._fetcher.get(feed.url, state.validators)
            self._spent += len(page.body)
            if page.status == 304:
                told = replace(told, unchanged=True)
            else:
                told, state = self._news(told, state, (read_feed(page.body), page), add, stopped)
        except InputError as wrong:
            told = replace(told, failures=(Failure(shown(feed.url), type(wrong).__name__, str(wrong)),))
        if not due and not later:
            return told
        fetched, failures, still = self._again(due, add, stopped)
        fresh = state.waiting[len(due) + len(later) :]  # `_news` puts those of this round behind the others
        self._keep(feed.url, replace(state, waiting=(*later, *still, *fresh)))
        return replace(told, fetched_later=fetched, failures=(*told.failures, *failures))

    def _news(self, told: FeedRound, state: _State, read: tuple[Feed, Fetched], add: Add, stopped: Callable[[], bool]) -> tuple[FeedRound, _State]:
        """What is new in a feed, handed on and kept. Entries are taken as they are asked for, so that a stop waits for one page and not for all."""
        found, page = read
        keys = {_key(entry): entry for entry in found.entries}
        seen = set(state.seen)
        fresh = [key for key in keys if key not in seen]
        done: list[str] = []
        failures: list[Failure] = []
        notes: list[str] = []
        waits: list[Waiting] = []

        def handed() -> Iterator[Taken]:
            for key in fresh[: self._config.entries]:
                if stopped():
                    return
                several, wait = self._taken(keys[key], found, page)
                for taken in several:
                    if isinstance(taken.item, Failure):
                        failures.append(taken.item)
                    yield taken
                if wait is not None and len(state.waiting) + len(waits) < MOST:
                    waits.append(wait[0])
                    notes.append(f"{shown(wait[0].link)}: {in_words(wait[1], wait[0])}")
                done.append(key)

        add(handed())
        left = len(fresh) - len(done)
        # While entries wait, the server must not answer that nothing changed.
        validators = Validators() if left else Validators(page.header("etag"), page.header("last-modified"))
        current = [key for key in keys if key in seen or key in done]
        gone = [key for key in state.seen if key not in keys][-_REMEMBERED:]
        now = _State(validators, (*gone, *current), waiting=(*state.waiting, *waits))
        self._keep(told.url, now)
        brought = replace(told, title=told.title or found.title, new=len(done), waiting=left, failures=tuple(failures))
        return replace(brought, notes=(*told.notes, *found.notes, *notes)), now

    def _taken(self, entry: Entry, feed: Feed, page: Fetched) -> tuple[list[Taken], tuple[Waiting, str] | None]:
        """The reports of one new entry: of its page if that is wanted and can be had, else of the feed itself; then the page may wait, with the reason."""
        what = What(page.final_url, url=page.final_url, retrieved=page.retrieved)
        from_feed = take_entry(entry, feed, what, self._settings)
        if not self._config.fetch_articles or not entry.link:
            return [from_feed], None
        wanted = Waiting(entry.link, entry.id, entry.published, feed.title or None)
        try:
            return self._article(wanted), None
        except NotFetched as wrong:
            wait = wanted.failed() if not isinstance(wrong, _Never) else None
            kept = (wait, str(wrong)) if wait is not None else None
            if not isinstance(from_feed.item, Document):
                return [failed(wrong, What(shown(entry.link)), entry.id or None)], kept
            return [replace(from_feed, notes=(*from_feed.notes, f"its page was not fetched, so this is what the feed holds: {wrong}"))], kept

    def _article(self, wanted: Waiting) -> list[Taken]:
        """The reports of a page; NotFetched where it cannot be had, _Never where it never will be."""
        try:
            checked_url(wanted.link)
        except NotFetched as wrong:
            raise _Never(str(wrong)) from wrong
        if wanted.link in self._addresses:
            raise _Never("the entry's address is one of the watched feeds")
        if self._spent > self._config.most_bytes:
            raise NotFetched(f"{self._spent:,} bytes were fetched in this round")
        article = self._fetcher.get(wanted.link)
        self._spent += len(article.body)
        if looks_like_feed(as_utf8(article.body[: formats.HEAD])):
            raise _Never("the entry's address is a feed itself: not followed")
        told = self._settings
        known = replace(told, published=wanted.published or told.published, source=told.source or wanted.source)
        where = What(article.final_url, wanted.id or None, article.final_url, article.retrieved, article.header("content-type"))
        return list(formats.take(io.BytesIO(article.body), where, known))

    def _again(self, due: Sequence[Waiting], add: Add, stopped: Callable[[], bool]) -> tuple[int, list[Failure], list[Waiting]]:
        """How many pages of earlier rounds were fetched now, those that failed again, and those that wait on."""
        fetched = 0
        failures: list[Failure] = []
        still: list[Waiting] = []

        def handed() -> Iterator[Taken]:
            nonlocal fetched
            for one in due:
                if stopped():
                    still.append(one)
                    continue
                try:
                    several = self._article(one)
                except NotFetched as wrong:
                    wait = None if isinstance(wrong, _Never) else one.failed()
                    told = str(wrong) if isinstance(wrong, _Never) else in_words(wrong, wait)
                    failures.append(Failure(shown(one.link), "NotFetched", told, one.id or None))
                    still.extend([wait] if wait is not None else [])
                    continue
                fetched += 1
                failures.extend(taken.item for taken in several if isinstance(taken.item, Failure))
                yield from several

        add(handed())
        return fetched, failures, still

    def _path(self, url: str) -> Path:
        return self._state / f"{hashlib.sha256(url.encode('utf-8', 'replace')).hexdigest()[:32]}.json"

    def _kept(self, url: str) -> _State:
        """The state of a feed; an empty one where there is none, or it is broken: a ledger knows what it has."""
        try:
            told: Any = json.loads(self._path(url).read_text("utf-8"))
            validators = Validators(*(told[name] if isinstance(told[name], str) else None for name in ("etag", "modified")))
            return _State(validators, tuple(str(key) for key in told["seen"]), waiting=tuple(waiting_of(one) for one in told.get("waiting", ())))
        except FileNotFoundError:
            return _State()
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as wrong:
            return _State(notes=(f"what was seen of this feed could not be read ({type(wrong).__name__}): all of it is taken as new",))

    def _keep(self, url: str, state: _State) -> None:
        """Nothing; the state is on the disk, whole. Unwritable where it cannot be."""
        told: dict[str, object] = {"url": url, "etag": state.validators.etag, "modified": state.validators.modified, "seen": list(state.seen)}
        told["waiting"] = [one.told() for one in state.waiting]
        path = self._path(url)
        beside = None
        try:
            self._state.mkdir(parents=True, exist_ok=True)
            handle, beside = tempfile.mkstemp(prefix=".", suffix=".new", dir=self._state)
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                json.dump(told, stream)
                stream.flush()
                os.fsync(stream.fileno())
            os.replace(beside, path)
        except OSError as wrong:
            if beside:
                Path(beside).unlink(missing_ok=True)
            raise Unwritable(f"what was seen cannot be kept in {str(self._state)!r}: {wrong.strerror or wrong}; name another folder with --state") from wrong


def _key(entry: Entry) -> str:
    """What an entry is known by: an entry whose words change is a new one, as a corrected report is."""
    told = json.dumps([entry.id or entry.link, entry.title, entry.fragment])
    return hashlib.sha256(told.encode("utf-8", "replace")).hexdigest()[:16]
