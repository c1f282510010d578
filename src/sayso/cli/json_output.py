"""Records as JSON on standard output, for `--json` of the commands that answer from a ledger."""

import dataclasses
import json
from collections.abc import Mapping
from enum import Enum
from typing import Any

import click


def print_json(value: Any) -> None:
    """Nothing; the record is on standard output as one indented JSON value."""
    click.echo(json.dumps(plain(value), ensure_ascii=False, indent=1))


def plain(value: Any) -> Any:
    """JSON values of a record: dataclasses as objects by their public fields, tuples as lists, enumerations as their values."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value) if not field.name.startswith("_")}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): plain(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(one) for one in value]
    return value
