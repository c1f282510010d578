"""Records as JSON on standard output, for `--json` of the commands that answer from a ledger."""

import dataclasses
import json
import sys
from collections.abc import Mapping
from enum import Enum
from typing import Any

import click


def print_json(value: Any) -> None:
    """Nothing; the record is on standard output as one indented JSON value, steering characters as escapes."""
    from sayso.export.wording import STEERING

    told = json.dumps(plain(value), ensure_ascii=False, indent=1)
    told = STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", told)  # within strings: there are none between them
    try:
        told.encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:  # a lone surrogate, or a terminal without UTF-8: JSON has escapes for them
        told = json.dumps(plain(value), indent=1)
    click.echo(told)


def plain(value: Any) -> Any:
    """JSON values of a record: dataclasses as objects by their id and public fields, tuples as lists, enumerations as their values."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value) if not field.name.startswith("_")}
        # What is named by its content has no field for it.
        named: object = getattr(type(value), "id", None)
        return {"id": named.__get__(value), **fields} if isinstance(named, property) else fields
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    return value
