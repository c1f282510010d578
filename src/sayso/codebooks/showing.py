"""Codebooks as people and programs are shown them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sayso.codebooks.checking import Book, load_book
from sayso.codebooks.row_book import RowBook, RowType
from sayso.errors import DataError

_HOME = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Summary:
    """A codebook in a line."""

    name: str
    kind: str
    title: str
    version: str
    digest: str
    types: int
    rules: int  # of a book of acts, its triggers
    examples: int


def built_in() -> tuple[str, ...]:
    """The names of the codebooks that come with sayso."""
    return tuple(sorted(file.stem for file in _HOME.glob("*.yaml")))


def summary(name_or_path: str | Path) -> Summary:
    """A codebook in a line; DataError where it cannot be read."""
    book = load_book(name_or_path)
    if isinstance(book, RowBook):
        examples = sum(len(rule.examples) + len(rule.counterexamples) for rule in book.rules)
        return Summary(book.name, "rows", book.title, book.version, book.digest, len(book.types), len(book.rules), examples)
    examples = sum(len(one.examples_yes) + len(one.examples_no) for one in book.types)
    return Summary(book.name, "acts", book.title, book.version, book.digest, len(book.types), len(book.triggers()), examples)


def plain_book(book: Book, only: str | None = None) -> dict[str, Any]:
    """A codebook as JSON values: types in the order of precedence, rules in order. `only` leaves one type; DataError where there is none of that name."""
    names = [one.name for one in book.types]
    wanted = next((name for name in names if only is not None and name.casefold() == only.casefold()), None)
    if only is not None and wanted is None:
        raise DataError(f"the codebook {book.name!r} has no type {only!r}: it has {', '.join(names)}")
    kept = [name for name in book.precedence if wanted in (None, name)]
    about = {"name": book.name, "title": book.title, "version": book.version, "licence": book.licence, "digest": book.digest}
    if isinstance(book, RowBook):
        rules = [one for one in book.rules if wanted is None or one.sub_event == wanted]
        told = [
            {"name": one.name, "sub_event": one.sub_event, "reason": one.reason, "examples": [example.says for example in one.examples],
             "counterexamples": [example.says for example in one.counterexamples], "line": one.line}
            for one in rules
        ]  # fmt: skip
        return about | {"kind": "rows", "days": book.days, "weigh": book.weigh, "types": [_row_type(book, name) for name in kept], "rules": told}
    return about | {"kind": "acts", "types": [_act_type(book, name) for name in kept]}


def _row_type(book: RowBook, name: str) -> dict[str, Any]:
    found: RowType = book.type(name)
    yes = [example.says for rule in book.rules if rule.sub_event == name for example in rule.examples]
    more = {"fields": dict(found.fields), "disorder_type": found.disorder_type, "civilian_targeting": found.targeting}
    also = {other: list(codes) for other, codes in found.also.items()}
    return {
        "name": name, "of": found.event_type, "definition": found.definition, "examples_yes": yes[:3], "examples_no": list(found.excludes), "also": also, **more
    }  # fmt: skip


def _act_type(book: Book, name: str) -> dict[str, Any]:
    from sayso.codebooks.codebook import Codebook

    if not isinstance(book, Codebook):
        raise TypeError(f"{book.name} is a book of rows")
    found = book.type(name)
    return {
        "name": name,
        "of": "",
        "definition": found.definition,
        "examples_yes": list(found.examples_yes),
        "examples_no": list(found.examples_no),
        "also": {other: list(codes) for other, codes in found.also.items()},
        "quad": found.quad,
        "recipient_required": found.recipient_required,
        "modes": {mode.name: mode.definition for mode in found.modes},
    }
