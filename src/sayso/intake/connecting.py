"""Connections of the fetcher: to a checked address only, within a budget of time and bytes."""

import ssl
from collections.abc import Callable, Iterable
from typing import Any

import httpcore

from sayso.errors import NotFetched
from sayso.intake.addresses import Resolver, checked_addresses, within

_TRIED = 3  # addresses of one host
_CONNECT = 10.0  # seconds for one of them


class Budget:
    """What one fetch may still spend: seconds by the clock, and bytes off the wire."""

    def __init__(self, seconds: float, limit: int, now: Callable[[], float]) -> None:
        self._seconds, self._now = seconds, now
        self._until = now() + seconds
        self._bytes = self._limit = limit

    def left(self) -> float:
        """The seconds left; NotFetched when they are spent: a server that sends a byte a second is given up on."""
        left = self._until - self._now()
        if left <= 0:
            raise NotFetched(f"not answered in full within {self._seconds:.0f} s")
        return left

    def wait(self, seconds: float) -> None:
        """Nothing; time that we waited by ourselves is not the server's."""
        self._until += seconds

    def spend(self, count: int) -> None:
        """Nothing; NotFetched when more bytes came than the limit."""
        self._bytes -= count
        if self._bytes < 0:
            raise NotFetched(f"larger than {self._limit:,} bytes")


class CheckedBackend(httpcore.NetworkBackend):
    """Connects to the very address that was checked: the name is resolved once a connection, so a name that changes its answer gains nothing."""

    def __init__(self, resolver: Resolver, allowed: tuple[str, ...], budget: Budget) -> None:
        self._resolver, self._allowed, self._budget = resolver, allowed, budget
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.NetworkStream:
        """A connection to one of the host's addresses, all of which are public."""
        addresses = checked_addresses(host, port, within(self._budget.left(), self._resolver), self._allowed)
        for number, address in enumerate(addresses[:_TRIED], start=1):
            try:
                stream = self._plain.connect_tcp(address, port, timeout=min(_CONNECT, self._budget.left()), socket_options=socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if number == len(addresses[:_TRIED]):
                    raise
            else:
                return _Metered(stream, self._budget)
        raise NotFetched(f"host {host!r} has no address")

    def connect_unix_socket(self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None) -> httpcore.NetworkStream:
        """Never: a report is not fetched from a socket of this machine."""
        raise NotFetched(f"{path!r} is a socket of this machine: only http and https are fetched")


class _Metered(httpcore.NetworkStream):
    """A connection whose every step is paid from the budget."""

    def __init__(self, stream: httpcore.NetworkStream, budget: Budget) -> None:
        self._stream, self._budget = stream, budget

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """The next bytes."""
        got = self._stream.read(max_bytes, self._budget.left())
        self._budget.spend(len(got))
        return got

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Nothing; the bytes are sent."""
        self._stream.write(buffer, self._budget.left())

    def close(self) -> None:
        """Nothing; the connection is gone."""
        self._stream.close()

    def start_tls(self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None) -> httpcore.NetworkStream:
        """The same under TLS; the certificate is checked against the name, not the address."""
        return _Metered(self._stream.start_tls(ssl_context, server_hostname, self._budget.left()), self._budget)

    def get_extra_info(self, info: str) -> Any:
        """What the connection tells about itself."""
        return self._stream.get_extra_info(info)
