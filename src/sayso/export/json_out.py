"""JSON as exports write it: UTF-8, one value a line or pretty, and lone surrogates as escapes."""

import json
from typing import Any


def json_bytes(value: Any, indent: int | None = None) -> bytes:
    """The value as JSON in UTF-8; what no UTF-8 holds (a lone surrogate of a broken report) stands as an escape."""
    try:
        return json.dumps(value, ensure_ascii=False, indent=indent).encode()
    except UnicodeEncodeError:
        return json.dumps(value, indent=indent).encode()
