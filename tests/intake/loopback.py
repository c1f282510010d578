"""A server on this machine that answers as a test says, for the tests of fetching and watching. All pages are invented."""

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from sayso.intake.fetch import Fetcher, FetchSettings, Outside

LOOPBACK = ("127.0.0.0/8",)
Page = Callable[[BaseHTTPRequestHandler], None]


class Site:
    """Pages by path, what was asked for, and where it listens."""

    def __init__(self, server: ThreadingHTTPServer) -> None:
        self.port = server.server_address[1]
        self.pages: dict[str, Page] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def add(self, path: str, body: bytes | str, status: int = 200, **headers: str) -> str:
        raw = body.encode() if isinstance(body, str) else body
        self.pages[path] = lambda request: answer(request, status, raw, headers)
        return self.url(path)

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


def answer(request: BaseHTTPRequestHandler, status: int, body: bytes, headers: dict[str, str]) -> None:
    request.send_response(status)
    for name, value in {"content-type": "text/html", **headers}.items():
        request.send_header(name.replace("_", "-"), value)
    request.send_header("content-length", str(len(body)))
    request.end_headers()
    request.wfile.write(body)


@contextmanager
def served() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
            try:
                site.pages.get(self.path, lambda request: answer(request, 404, b"none", {}))(self)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True  # the fetcher had enough

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.block_on_close = False
    site = Site(server)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def fetcher(site: Site | None = None, outside: Outside | None = None, **more: object) -> Fetcher:
    settings = {"allowed": True, "allow_networks": LOOPBACK, "delay": 0.0, "seconds": 5.0, **more}
    return Fetcher(FetchSettings(**settings), outside)


def slowly(request: BaseHTTPRequestHandler) -> None:
    request.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(200):
        request.wfile.write(b"X-%d: y\r\n" % number)
        request.wfile.flush()
        time.sleep(0.05)


def endlessly(request: BaseHTTPRequestHandler) -> None:
    request.wfile.write(b"HTTP/1.0 200 OK\r\ncontent-type: text/plain\r\n\r\n")
    for _ in range(100_000):
        request.wfile.write(b"x" * 10_000)


def many_headers(request: BaseHTTPRequestHandler) -> None:
    request.wfile.write(b"HTTP/1.1 200 OK\r\n" + b"".join(b"X-%d: %s\r\n" % (number, b"y" * 500) for number in range(160)) + b"\r\n")


BOMB = gzip.compress(b"\0" * 30_000_000)
