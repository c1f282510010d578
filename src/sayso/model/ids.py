"""Content-hash ids: the same record has the same id on every machine, in every run."""

import hashlib
import json
from typing import Any

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)  # made once: `dumps` makes one a call
_LENGTH = 24  # hex digits: 96 bits, far from collisions at a billion records


def content_id(prefix: str, *parts: Any) -> str:
    """`prefix_` and a hash of the parts, which must be JSON values."""
    body = _ENCODER.encode(parts)
    return f"{prefix}_{hashlib.sha256(body.encode('utf-8', 'surrogatepass')).hexdigest()[:_LENGTH]}"


def sha256_text(text: str) -> str:
    """`sha256:` and the digest of the text's UTF-8 bytes."""
    return "sha256:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def sha256_bytes(raw: bytes) -> str:
    """`sha256:` and the digest of the bytes."""
    return "sha256:" + hashlib.sha256(raw).hexdigest()
