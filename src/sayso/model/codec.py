"""Records as JSON values and back. Unknown fields are errors; what is written is read back equal.

A ledger writes and reads thousands of readings of a thousand values each: what can be known of a type is found out once, and the place of a wrong value is
put together only when there is one.
"""

import dataclasses
import types
import typing
from collections.abc import Callable
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

from sayso.errors import DataError

T = TypeVar("T")
_Decoder = Callable[[Any], Any]
_PLAIN = frozenset({str, int, float, bool, type(None)})


class _Misfit(Exception):
    """A value that is not what its place takes; the place grows on the way up."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why
        self.place = ""


def to_json(record: Any) -> Any:
    """JSON values of a record: dataclasses as objects with their type's name, tuples as lists."""
    kind: Any = type(record)
    if kind in _PLAIN:
        return record
    if kind is tuple or kind is list:
        return [item if type(item) in _PLAIN else to_json(item) for item in record]
    names = _names(kind)
    if names is None:
        return record.value if isinstance(record, StrEnum) else record
    written = {"$record": kind.__name__}
    for name in names:
        value = getattr(record, name)
        written[name] = value if type(value) in _PLAIN else to_json(value)
    return written


def from_json(kind: type[T], value: Any) -> T:
    """The record of the given type that `to_json` wrote; DataError names the field that is wrong."""
    try:
        return typing.cast(T, _decoder(typing.cast(Any, kind))(value))
    except _Misfit as wrong:
        raise DataError(f"{kind.__name__}{wrong.place}: {wrong.why}") from wrong.__cause__


@cache
def _names(kind: type) -> tuple[str, ...] | None:
    """The fields of a dataclass that its record is made from; None of another type."""
    return tuple(field.name for field in dataclasses.fields(kind) if field.init) if dataclasses.is_dataclass(kind) else None


@cache
def _decoder(kind: Any) -> _Decoder:
    """What makes a value of a type from JSON values."""
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        return _union_decoder(typing.get_args(kind))
    if origin is tuple:
        return _tuple_decoder(typing.get_args(kind))
    if isinstance(kind, type) and dataclasses.is_dataclass(kind):
        return _record_decoder(kind)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _word_decoder(kind)
    return _plain_decoder(kind)


def _plain_decoder(kind: type) -> _Decoder:
    def decode(value: Any) -> Any:
        if type(value) is kind:
            return value
        if kind is float and type(value) is int:
            return float(value)
        raise _Misfit(f"{value!r} is no {kind.__name__}")

    return decode


def _word_decoder(kind: type[StrEnum]) -> _Decoder:
    words = {word.value: word for word in kind}

    def decode(value: Any) -> Any:
        try:
            return words[value]
        except (KeyError, TypeError):
            raise _Misfit(f"{value!r} is none of {', '.join(kind)}") from None

    return decode


def _union_decoder(options: tuple[Any, ...]) -> _Decoder:
    optional = type(None) in options
    named = [option for option in options if option is not type(None)]
    first = _decoder(named[0])
    records = {option.__name__: _decoder(option) for option in named} if len(named) > 1 else {}

    def decode(value: Any) -> Any:
        if value is None and optional:
            return None
        if records and isinstance(value, dict):
            chosen = records.get(str(value.get("$record")))
            if chosen is None:
                raise _Misfit(f"{value.get('$record')!r} is no record that may stand here")
            return chosen(value)
        return first(value)

    return decode


def _tuple_decoder(options: tuple[Any, ...]) -> _Decoder:
    repeated = options[-1] is Ellipsis
    decoders = [_decoder(option) for option in options if option is not Ellipsis]

    def decode(value: Any) -> Any:
        if not isinstance(value, list):
            raise _Misfit(f"{value!r} is no list")
        if not repeated and len(decoders) != len(value):
            raise _Misfit(f"{len(value)} items for {len(decoders)}")
        found = []
        for index, item in enumerate(value):
            try:
                found.append(decoders[0 if repeated else index](item))
            except _Misfit as wrong:
                wrong.place = f"[{index}]{wrong.place}"
                raise
        return tuple(found)

    return decode


def _record_decoder(kind: Any) -> _Decoder:
    hints = typing.get_type_hints(kind)
    fields = {name: _decoder(hints[name]) for name in _names(kind) or ()}
    known = {"$record", *fields}

    def decode(value: Any) -> Any:
        if not isinstance(value, dict):
            raise _Misfit(f"{value!r} is no object")
        if value.get("$record", kind.__name__) != kind.__name__:
            raise _Misfit(f"a record {value['$record']!r} where {kind.__name__} belongs")
        if not value.keys() <= known:
            raise _Misfit(f"unknown field {min(value.keys() - known)!r}; known are {', '.join(fields)}")
        given = {}
        for name, item in value.items():
            if name != "$record":
                try:
                    given[name] = fields[name](item)
                except _Misfit as wrong:
                    wrong.place = f".{name}{wrong.place}"
                    raise
        try:
            return kind(**given)
        except (TypeError, ValueError) as wrong:
            raise _Misfit(str(wrong)) from wrong

    return decode
