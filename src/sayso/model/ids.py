"""Content-hash ids: the same record has the same id on every machine, in every run."""

import hashlib
import json
from collections.abc import Callable
from typing import Any

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)  # made once: `dumps` makes one a call


def _writer() -> Callable[[Any], str]:
    """What writes JSON as the encoder does: its own inner part, which it makes anew at each call, made once where Python has it."""
    made = getattr(json.encoder, "c_make_encoder", None)
    if made is None:
        return _ENCODER.encode
    inner = made(None, _ENCODER.default, json.encoder.encode_basestring, None, ":", ",", True, False, True)
    return lambda parts: "".join(inner(parts, 0))


_write = _writer()
_LENGTH = 24  # hex digits: 96 bits, far from collisions at a billion records


def content_id(prefix: str, *parts: Any) -> str:
    """`prefix_` and a hash of the parts, which must be JSON values."""
    return f"{prefix}_{hashlib.sha256(_write(parts).encode('utf-8', 'surrogatepass')).hexdigest()[:_LENGTH]}"


def sha256_text(text: str) -> str:
    """`sha256:` and the digest of the text's UTF-8 bytes."""
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def sha256_bytes(raw: bytes) -> str:
    """`sha256:` and the digest of the bytes."""
    return "sha256:" + hashlib.sha256(raw).hexdigest()
