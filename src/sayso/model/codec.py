"""Records as JSON values and back. Unknown fields are errors; what is written is read back equal."""

import dataclasses
import types
import typing
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from sayso.errors import DataError

T = TypeVar("T")


def to_json(record: Any) -> Any:
    """JSON values of a record: dataclasses as objects with their type's name, tuples as lists."""
    if dataclasses.is_dataclass(record) and not isinstance(record, type):
        named = {field.name: to_json(getattr(record, field.name)) for field in dataclasses.fields(record) if field.init}
        return {"$record": type(record).__name__, **named}
    if isinstance(record, StrEnum):
        return record.value
    if isinstance(record, tuple | list):
        return [to_json(item) for item in record]
    return record


def from_json(kind: type[T], value: Any) -> T:
    """The record of the given type that `to_json` wrote; DataError names the field that is wrong."""
    return typing.cast(T, _decode(kind, value, kind.__name__))


@cache
def _hints(kind: type) -> dict[str, Any]:
    hints = typing.get_type_hints(kind)
    return {field.name: hints[field.name] for field in dataclasses.fields(kind) if field.init}


def _decode(kind: Any, value: Any, where: str) -> Any:
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return _decode_union(kind, value, where)
    if origin is tuple:
        return _decode_tuple(kind, value, where)
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return _decode_record(kind, value, where)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        try:
            return kind(value)
        except ValueError:
            raise DataError(f"{where}: {value!r} is none of {', '.join(kind)}") from None
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise DataError(f"{where}: {value!r} is no {kind.__name__}")
    return value


def _decode_union(kind: Any, value: Any, where: str) -> Any:
    options = typing.get_args(kind)
    if value is None and type(None) in options:
        return None
    named = [option for option in options if option is not type(None)]
    if len(named) > 1 and isinstance(value, dict):
        named = [option for option in named if option.__name__ == value.get("$record")]
        if not named:
            raise DataError(f"{where}: {value.get('$record')!r} is no record that may stand here")
    return _decode(named[0], value, where)


def _decode_tuple(kind: Any, value: Any, where: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise DataError(f"{where}: {value!r} is no list")
    options = typing.get_args(kind)
    if options[-1] is Ellipsis:
        return tuple(_decode(options[0], item, f"{where}[{index}]") for index, item in enumerate(value))
    if len(options) != len(value):
        raise DataError(f"{where}: {len(value)} items for {len(options)}")
    return tuple(_decode(option, item, f"{where}[{index}]") for index, (option, item) in enumerate(zip(options, value, strict=True)))


def _decode_record(kind: type, value: Any, where: str) -> Any:
    if not isinstance(value, dict):
        raise DataError(f"{where}: {value!r} is no object")
    given = dict(value)
    if given.pop("$record", kind.__name__) != kind.__name__:
        raise DataError(f"{where}: a record {value['$record']!r} where {kind.__name__} belongs")
    hints = _hints(kind)
    unknown = sorted(set(given) - set(hints))
    if unknown:
        raise DataError(f"{where}: unknown field {unknown[0]!r}; known are {', '.join(hints)}")
    try:
        return kind(**{name: _decode(hints[name], item, f"{where}.{name}") for name, item in given.items()})
    except (TypeError, ValueError) as wrong:
        raise DataError(f"{where}: {wrong}") from wrong
