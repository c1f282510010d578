"""Which addresses may be connected to: global ones only, checked by list, since `is_global` of Python lets several special ranges through."""

import ipaddress
import queue
import socket
import threading
from collections.abc import Callable, Sequence

from sayso.errors import NotFetched

Resolver = Callable[[str, int], Sequence[str]]

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# What Python 3.11's is_global calls global, measured, and is not, or what no report is served from.
_SPECIAL = tuple(
    (ipaddress.ip_network(network), what)
    for network, what in (
        ("0.0.0.0/8", "this host"),
        ("100.64.0.0/10", "a carrier's own network"),
        ("168.63.129.16/32", "a cloud's own service"),
        ("192.0.0.0/24", "protocol assignments and a cloud's metadata"),
        ("192.88.99.0/24", "a 6to4 relay"),
        ("198.18.0.0/15", "benchmarks"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
        ("2001::/23", "protocol assignments, Teredo"),
        ("2001:db8::/32", "documentation"),
        ("2002::/16", "6to4"),
        ("3fff::/20", "documentation"),
    )
)
_GLOBAL_V6 = ipaddress.ip_network("2000::/3")  # the only part of IPv6 given out to hosts: leaves out mapped, NAT64, link-local, unique local, multicast
_ISATAP = (0x00005EFE, 0x02005EFE)  # upper half of an interface id that carries an IPv4 address


def refusal(address: str, allowed: Sequence[str] = ()) -> str | None:
    """Why an address is not connected to, or None; `allowed` are networks that tests let through."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return f"{address!r} is no address"
    if any(found in ipaddress.ip_network(network) for network in allowed):
        return None
    what = _special(found)
    return f"{address} is not a public address ({what})" if what else None


def checked_addresses(host: str, port: int, resolver: Resolver, allowed: Sequence[str] = ()) -> tuple[str, ...]:
    """The addresses of a host, resolved once; NotFetched if one of them is not public: a name that mixes them is up to no good."""
    try:
        found = tuple(dict.fromkeys(resolver(host, port)))
    except (OSError, UnicodeError, ValueError) as wrong:
        raise NotFetched(f"host {host!r} cannot be found: {wrong}") from wrong
    if not found:
        raise NotFetched(f"host {host!r} has no address")
    for address in found:
        if why := refusal(address, allowed):
            raise NotFetched(f"host {host!r} is refused: {why}")
    return found


def resolve(host: str, port: int) -> tuple[str, ...]:
    """The addresses that the system gives for a host."""
    return tuple(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))


def within(seconds: float, resolver: Resolver) -> Resolver:
    """The resolver, given up on after some seconds: the system's own waits as long as a name server likes."""

    def timed(host: str, port: int) -> Sequence[str]:
        answer: queue.Queue[Sequence[str] | Exception] = queue.Queue()

        def ask() -> None:
            try:
                answer.put(resolver(host, port))
            except (OSError, UnicodeError, ValueError) as wrong:
                answer.put(wrong)

        threading.Thread(target=ask, daemon=True, name="sayso-resolver").start()
        try:
            found = answer.get(timeout=max(0.0, seconds))
        except queue.Empty:
            raise TimeoutError(f"no answer from the name server within {seconds:.0f} s") from None
        if isinstance(found, Exception):
            raise found
        return found

    return timed


def _special(address: _Address) -> str | None:
    for network, what in _SPECIAL:
        if address in network:
            return what
    if isinstance(address, ipaddress.IPv6Address):
        if address.scope_id or address not in _GLOBAL_V6:
            return "outside global IPv6"
        if (int(address) >> 32) & 0xFFFFFFFF in _ISATAP:
            return "carries an IPv4 address"
    elif not address.is_global:
        return "loopback" if address.is_loopback else "private or special"
    return None if address.is_global else "private or special"
