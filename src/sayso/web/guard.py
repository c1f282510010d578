"""What stands before every route: names of hosts, sizes, origins, headers; and how often somebody may try."""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from sayso.web.settings import WebSettings

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; worker-src 'self'; "
    "manifest-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_KEPT = 4096  # names and addresses that are counted at a time


class Guard:
    """The ASGI application behind checks that hold for every request, whoever asks: what fails them reaches no route."""

    def __init__(self, app: ASGIApp, settings: WebSettings) -> None:
        self._app, self._settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await (self._app(scope, receive, send) if scope["type"] == "lifespan" else _closed(send))
            return
        headers = Headers(scope=scope)

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                answered = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    answered.setdefault(name, value)
                if not scope["path"].startswith("/static/"):
                    answered.setdefault("cache-control", "no-store")
                if self._settings.https:
                    answered.setdefault("strict-transport-security", "max-age=31536000")
            await send(message)

        wrong = self._wrong(scope["method"], headers)
        if wrong is not None:
            await refusal(*wrong)(scope, receive, sent)
            return
        tagged = scope["method"] == "GET" and scope["path"].startswith("/api/") and not scope["path"].startswith("/api/export/")
        await self._app(scope, _capped(receive, self._settings.largest), _Tagged(sent, headers.get("if-none-match", "")) if tagged else sent)

    def _wrong(self, method: str, headers: Headers) -> tuple[int, str, str] | None:
        host = headers.get("host", "")
        if host_name(host) not in self._settings.hosts:
            return 421, "wrong-host", f"this workbench does not answer at {host!r}: open it at {self._settings.hosts[0]}, or name the host with --host-name"
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self._settings.largest:
            return 413, "too-large", f"a request has at most {self._settings.largest:,} bytes: add larger reports by `sayso add`"
        if method not in SAFE:
            origin, site = headers.get("origin"), headers.get("sec-fetch-site", "same-origin")
            scheme = "https" if self._settings.https else "http"
            if (origin is not None and origin != f"{scheme}://{host}") or site not in ("same-origin", "none"):
                return 403, "other-site", "changes are taken from the workbench's own pages only"
        return None


class _Tagged:
    """Sends an answer with its ETag, or a 304 where the asker has it already. Holds the answer: only for those of some pages' size."""

    def __init__(self, send: Send, known: str) -> None:
        self._send, self._known, self._start, self._body = send, known, dict[str, Any](), bytearray()

    async def __call__(self, message: Message) -> None:
        """Take one part of the answer."""
        if message["type"] == "http.response.start":
            self._start = dict(message)
            return
        self._body += message.get("body", b"")
        if message.get("more_body"):
            return
        headers = MutableHeaders(raw=list(self._start["headers"]))
        if self._start["status"] == 200:
            tag = f'"{hashlib.sha256(self._body).hexdigest()[:32]}"'
            headers["etag"], headers["cache-control"] = tag, "private, no-cache"
            if tag in [one.strip().removeprefix("W/") for one in self._known.split(",")]:
                del headers["content-length"]
                self._start["status"], self._body = 304, bytearray()
        await self._send(self._start | {"headers": headers.raw})
        await self._send({"type": "http.response.body", "body": bytes(self._body)})


def host_name(host: str) -> str:
    """The name of a Host header without its port, in small letters."""
    host = host.strip().lower()
    if host.startswith("["):
        return host[1:].split("]", 1)[0]
    return host.rsplit(":", 1)[0] if host.count(":") == 1 else host


def refusal(status: int, code: str, why: str) -> JSONResponse:
    """The answer to a request that is not followed, in the API's form of errors."""
    return JSONResponse({"error": {"code": code, "message": why}}, status)


class TooMuch(Exception):
    """A request's body went on beyond the cap."""


def _capped(receive: Receive, most: int) -> Receive:
    seen = 0

    async def capped() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b"")) if message["type"] == "http.request" else 0
        if seen > most:
            raise TooMuch
        return message

    return capped


async def _closed(send: Send) -> None:
    """Nothing here speaks over web sockets."""
    await send({"type": "websocket.close", "code": 1003})


class Tries:
    """How often something was tried lately, by key: a window that slides. Kept in memory, for so many keys; the oldest are forgotten."""

    def __init__(self, most: int, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._seconds, self._clock = most, seconds, clock
        self._times: OrderedDict[str, list[float]] = OrderedDict()
        self._lock = Lock()

    def full(self, key: str) -> bool:
        """Whether the key has used up its tries."""
        with self._lock:
            return len(self._lately(key)) >= self._most

    def count(self, key: str) -> None:
        """Count one more try."""
        with self._lock:
            self._lately(key).append(self._clock())

    def forget(self, key: str) -> None:
        """Start the key's count anew."""
        with self._lock:
            self._times.pop(key, None)

    def _lately(self, key: str) -> list[float]:
        since = self._clock() - self._seconds
        kept = [at for at in self._times.get(key, ()) if at > since]
        self._times[key] = kept
        self._times.move_to_end(key)
        while len(self._times) > _KEPT:
            self._times.popitem(last=False)
        return kept
