"""Pages fetched from the net, only where that is allowed: http(s), public addresses, robots.txt, capped in size and time, politely.

No cookies, no passwords, no proxies, no scripts; every redirect is checked as the first URL was. What comes back is the page as it was sent,
without its transfer's compression: the archive copy.
"""

import re
import ssl
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from urllib.parse import urljoin

import httpcore
import httpx

from sayso import __version__
from sayso.errors import InputError, NotFetched
from sayso.intake.addresses import Resolver, resolve
from sayso.intake.connecting import Budget, CheckedBackend
from sayso.intake.inflating import Bound, counted, decoded_body
from sayso.intake.robots import ROBOTS_LIMIT, Robots
from sayso.intake.settings import DEFAULT_LIMIT

ALLOW = "give --fetch to allow it"
_MOVED = (301, 302, 303, 307, 308)
_KEPT = ("content-type", "content-language", "date", "etag", "last-modified", "content-location")
_LONGEST_URL = 4_000
_LONGEST_VALUE = 1_000
_HOST = re.compile(rb"[\w.-]+|[0-9A-Fa-f:.]+")
_PASSWORD = re.compile(r"//[^/?#]*@")
_HOSTS = 5_000  # whose last request is remembered
_BROKEN = (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, ssl.SSLError, OSError)


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """Whether pages are fetched at all, and how much one may cost."""

    allowed: bool = False
    limit: int = DEFAULT_LIMIT  # bytes of one page, decompressed
    ratio: int = 200
    seconds: float = 60.0  # for one page with its redirects
    header_limit: int = 64_000
    redirects: int = 5
    delay: float = 1.0  # seconds between two requests to one host
    user_agent: str = f"sayso/{__version__} (reads reports of conflict; respects robots.txt)"
    allow_networks: tuple[str, ...] = ()  # for tests with servers on this machine: no command sets it


@dataclass(frozen=True, slots=True)
class Outside:
    """The world as the fetcher meets it; tests give their own."""

    resolver: Resolver = resolve
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server told about the last copy of a page, to be asked whether it changed."""

    etag: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """One page as it came."""

    url: str
    final_url: str
    status: int  # 200, or 304 where it did not change since the Validators
    media_type: str
    body: bytes
    retrieved: str  # ISO 8601, UTC
    headers: tuple[tuple[str, str], ...] = field(default=())

    def header(self, name: str) -> str | None:
        """The value of a kept header."""
        return next((value for key, value in self.headers if key == name.lower()), None)


@dataclass(frozen=True, slots=True)
class _Answer:
    """One answer of a server, before redirects are looked at."""

    status: int
    headers: dict[str, str]
    body: bytes


def checked_url(url: str) -> httpx.URL:
    """The URL taken apart; NotFetched unless it is one that may be fetched."""
    if len(url) > _LONGEST_URL:
        raise NotFetched(f"a URL of {len(url):,} characters: at most {_LONGEST_URL:,} are taken")
    shown = _PASSWORD.sub("//…@", url)
    try:
        parts = httpx.URL(url.strip())
    except (httpx.InvalidURL, ValueError, UnicodeError) as wrong:
        raise NotFetched(f"{shown!r} is no URL: {_PASSWORD.sub('//…@', str(wrong))}") from wrong
    if parts.scheme not in ("http", "https"):
        raise NotFetched(f"{shown!r}: only http and https are fetched, not {parts.scheme or 'a name without a scheme'!r}")
    if parts.userinfo:
        raise NotFetched(f"{shown!r} holds a user name or password: take it out, credentials are never sent")
    if not _HOST.fullmatch(parts.raw_host):
        raise NotFetched(f"{shown!r} names no host")
    if parts.port is not None and parts.port not in (80, 443) and not 1024 <= parts.port <= 65_535:
        raise NotFetched(f"{shown!r}: port {parts.port} is not one of the web")
    return parts.copy_with(fragment=None)


class Fetcher:
    """Fetches one page at a time."""

    def __init__(self, settings: FetchSettings, outside: Outside | None = None) -> None:
        self._settings, self._outside = settings, outside or Outside()
        self._last: dict[str, float] = {}
        self._budget = self._new_budget()
        self._ssl: ssl.SSLContext | None = None
        self._robots = Robots(settings.user_agent, self._ask_robots, self._outside.monotonic)

    @property
    def allowed(self) -> bool:
        """Whether it fetches at all."""
        return self._settings.allowed

    def get(self, url: str, known: Validators | None = None) -> Fetched:
        """The page; NotFetched with the reason where it is refused, cannot be had, or is no page."""
        if not self._settings.allowed:
            raise NotFetched(f"nothing is fetched unless it is allowed: {ALLOW}")
        self._budget = self._new_budget()
        answer, final = self._followed(checked_url(url), _headers(known), self._settings.limit, polite=True)
        if answer.status not in (200, 203) and not (answer.status == 304 and known):
            again = f"; it asks to wait {answer.headers['retry-after']!r}" if answer.headers.get("retry-after", "")[:40].strip() else ""
            raise NotFetched(f"{str(final)!r} answered {answer.status}{again[:120]}")
        kept = tuple((name, answer.headers[name]) for name in _KEPT if name in answer.headers and len(answer.headers[name]) <= _LONGEST_VALUE)
        media_type = answer.headers.get("content-type", "").split(";")[0].strip().lower()[:100]
        retrieved = self._outside.clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return Fetched(url, str(final), answer.status, media_type, answer.body, retrieved, kept)

    def _new_budget(self) -> Budget:
        wire = self._settings.limit + self._settings.header_limit * (self._settings.redirects + 2) + 2 * ROBOTS_LIMIT
        return Budget(self._settings.seconds, wire, self._outside.monotonic)

    def _followed(self, url: httpx.URL, headers: tuple[tuple[str, str], ...], limit: int, polite: bool) -> tuple[_Answer, httpx.URL]:
        """The answer at the end of the redirects, each of which is checked as the first URL was, and its URL."""
        for _ in range(self._settings.redirects + 1):
            if polite:
                self._permitted(url)
            answer = self._ask(url, headers, limit)
            target = answer.headers.get("location")
            if answer.status not in _MOVED or not target:
                return answer, url
            try:
                joined = urljoin(str(url), target.strip())
            except ValueError as wrong:
                raise NotFetched(f"{str(url)!r} leads to {target[:200]!r}, which is no URL: {wrong}") from wrong
            url = checked_url(joined)
        raise NotFetched(f"more than {self._settings.redirects} redirects, the last to {str(url)!r}")

    def _permitted(self, url: httpx.URL) -> None:
        """Nothing; NotFetched if robots.txt says no. Waits so that no host is asked too often."""
        if why := self._robots.refusal(str(url)):
            raise NotFetched(f"{str(url)!r} is not fetched: {why}")
        delay = max(self._settings.delay, self._robots.delay(str(url)))
        now = self._outside.monotonic()
        wait = self._last.get(url.host, now - delay) + delay - now
        if wait > 0:
            self._outside.sleep(wait)
            self._budget.wait(wait)
        if len(self._last) >= _HOSTS:
            self._last.pop(next(iter(self._last)))
        self._last[url.host] = self._outside.monotonic()

    def _ask_robots(self, url: str) -> tuple[int, bytes]:
        answer, _ = self._followed(checked_url(url), _headers(None), ROBOTS_LIMIT, polite=False)
        return answer.status, answer.body

    def _ask(self, url: httpx.URL, headers: tuple[tuple[str, str], ...], limit: int) -> _Answer:
        """One request to one checked address; the body only where it is one that is wanted."""
        backend = CheckedBackend(self._outside.resolver, self._settings.allow_networks, self._budget)
        sent = [("Host", url.netloc.decode("ascii")), ("User-Agent", self._settings.user_agent), *headers]
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        try:
            with (
                httpcore.ConnectionPool(ssl_context=self._context(url), network_backend=backend, max_keepalive_connections=0) as pool,
                pool.stream("GET", target, headers=sent) as response,
            ):
                got = self._checked_headers(response.headers)
                body = self._body(response.iter_stream(), got, limit) if response.status in (200, 203) else b""
                return _Answer(response.status, got, body)
        except httpcore.TimeoutException as wrong:
            raise NotFetched(f"{str(url)!r} did not answer within {self._settings.seconds:.0f} s") from wrong
        except _BROKEN as wrong:
            raise NotFetched(f"{str(url)!r} could not be fetched: {str(wrong)[:300] or type(wrong).__name__}") from wrong

    def _checked_headers(self, headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
        pairs = list(headers)
        size = sum(len(name) + len(value) + 4 for name, value in pairs)
        if size > self._settings.header_limit:
            raise NotFetched(f"headers of {size:,} bytes: at most {self._settings.header_limit:,} are taken")
        return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in pairs}

    def _body(self, parts: Iterable[bytes], headers: dict[str, str], limit: int) -> bytes:
        bound = Bound(limit, self._settings.ratio)
        told = headers.get("content-length", "")
        if told.isascii() and told.isdigit() and int(told[:20]) > limit:
            raise NotFetched(f"larger than {limit:,} bytes ({int(told[:20]):,}): raise --limit")
        try:
            return decoded_body(counted(parts, bound), headers.get("content-encoding", ""), bound)
        except InputError as wrong:
            raise NotFetched(str(wrong)) from wrong

    def _context(self, url: httpx.URL) -> ssl.SSLContext | None:
        if url.scheme != "https":
            return None
        if self._ssl is None:
            self._ssl = httpx.create_ssl_context(trust_env=False)
        return self._ssl


def _headers(known: Validators | None) -> tuple[tuple[str, str], ...]:
    sent = [("Accept", "text/html,application/xhtml+xml,application/xml,application/rss+xml,application/pdf,text/plain,*/*;q=0.5"), ("Accept-Encoding", "gzip")]
    if known and known.etag:
        sent.append(("If-None-Match", known.etag))
    if known and known.modified:
        sent.append(("If-Modified-Since", known.modified))
    return tuple(sent)
