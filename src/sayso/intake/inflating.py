"""Compressed bytes made long again, with a cap on how long: a decompression bomb costs no more than its cap."""

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sayso.errors import InputError

_STEP = 1 << 16
_FREE = 1_000_000  # bytes under which no ratio is looked at: a short page of spaces is no bomb


@dataclass(frozen=True, slots=True)
class Bound:
    """The most bytes that may come out, and the most that may come out for each that went in."""

    limit: int
    ratio: int = 200


class TooLong(InputError):
    """More bytes than the cap allows."""


def counted(parts: Iterable[bytes], bound: Bound) -> Iterator[bytes]:
    """The parts as they are; TooLong once they are more than the cap."""
    total = 0
    for part in parts:
        total += len(part)
        if total > bound.limit:
            raise TooLong(f"larger than {bound.limit:,} bytes")
        yield part


def inflated(parts: Iterable[bytes], bound: Bound, bits: int = 31) -> Iterator[bytes]:
    """What gzip (bits 31), zlib (15) or bare deflate (-15) parts hold; TooLong past a cap, zlib.error where they are broken, EOFError where they are cut."""
    machine = zlib.decompressobj(bits)
    taken = given = 0
    for part in parts:
        taken += len(part)
        while part:
            out = machine.decompress(part, _STEP)
            given += len(out)
            if given > bound.limit:
                raise TooLong(f"larger than {bound.limit:,} bytes when decompressed")
            if given > _FREE and given > bound.ratio * taken:
                raise TooLong(f"{taken:,} bytes decompress to more than {bound.ratio} times as much: a decompression bomb")
            if out:
                yield out
            if machine.eof:
                part = machine.unused_data
                if not part.startswith(b"\x1f\x8b") or bits != 31:
                    return  # padding after the last member
                machine = zlib.decompressobj(bits)
            else:
                part = machine.unconsumed_tail
    if not machine.eof and taken:
        raise EOFError("the compressed data is cut short")


def decoded_body(parts: Iterable[bytes], encoding: str, bound: Bound) -> bytes:
    """The body of an HTTP answer without its content encoding; InputError where that cannot be undone or is too long."""
    coding = encoding.strip().lower()
    if coding in ("", "identity"):
        return b"".join(counted(parts, bound))
    if coding not in ("gzip", "x-gzip", "deflate"):
        raise InputError(f"content encoding {encoding!r} is not known: gzip and deflate are")
    try:
        if coding != "deflate":
            return b"".join(inflated(parts, bound))
        whole = b"".join(counted(parts, bound))  # deflate is sent in two ways: the first bytes tell which
        zlib_head = len(whole) > 1 and whole[0] & 15 == 8 and (whole[0] << 8 | whole[1]) % 31 == 0
        return b"".join(inflated((whole,), bound, 15 if zlib_head else -15))
    except (zlib.error, EOFError) as wrong:
        raise InputError(f"content encoding {encoding!r} is broken: {wrong}") from wrong
