"""Row books: codebooks of kind `rows`, whose ordered rules turn what is known of a claim into one sub-event.

`load_row_book("acled")` gives the built-in book, `load_row_book("my/book.yaml")` a file of the user's. Rules read kinds of actors and
common nouns through `parties` (who or what a role stands for); no rule can name an actor.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from functools import lru_cache
from pathlib import Path

from sayso.codebooks.codebook import book_path, read_book
from sayso.codebooks.inherited import check_chain, home_of, with_parties
from sayso.codebooks.nodes import BookTable
from sayso.codebooks.row_book import (
    NONE,
    ONE_A_DAY,
    RANGE,
    SOMETHING,
    UNKNOWN,
    Condition,
    Example,
    Party,
    RowBook,
    RowType,
    Rule,
    SideLabel,
)
from sayso.codebooks.row_rules import Names, read_example, read_rule, read_words
from sayso.codebooks.row_types import read_groups, read_parties_table, read_sides, read_types
from sayso.errors import DataError

__all__ = [
    "NONE",
    "ONE_A_DAY",
    "RANGE",
    "SOMETHING",
    "UNKNOWN",
    "Condition",
    "Example",
    "Party",
    "RowBook",
    "RowType",
    "Rule",
    "SideLabel",
    "load_row_book",
    "read_example",
]
_DAYS = (ONE_A_DAY, RANGE)
_WEIGH = ("conservative", "range", "graded")


def load_row_book(name_or_path: str | Path) -> RowBook:
    """The codebook of kind `rows` of that name or path; cached until the file changes."""
    return _found(name_or_path, ())


def _found(name_or_path: str | Path, chain: tuple[Path, ...]) -> RowBook:
    """The book, named by the books of `chain`, each like the one after it. A change of the last is seen though the first is as it was."""
    path = book_path(name_or_path)
    state = path.stat()
    book = _load(path, state.st_mtime_ns, state.st_size, chain)
    if book.like and _found(book.like, (*chain, path)).digest != book.like_digest:
        _load.cache_clear()
        return _load(path, state.st_mtime_ns, state.st_size, chain)
    return book


@lru_cache(maxsize=32)
def _load(path: Path, _changed: int, _size: int, chain: tuple[Path, ...]) -> RowBook:
    kind, top = read_book(path)
    if kind != "rows":
        raise top.wrong("kind", f"is {kind!r}: coding needs a book of kind 'rows'; this one tells acts by their triggers")
    name, title, version, licence = (top.string(key) for key in ("name", "title", "version", "licence"))
    check_chain(top, chain)
    like = home_of(top.string("like", ""), top) if "like" in top.names() else ""
    base = _found(like, (*chain, path)) if like else None
    classes = _classes(top.table("classes"), base.classes if base else {})
    parties = with_parties(base.parties if base else (), read_parties_table(top.table("parties"), classes))
    groups = read_groups(top.table("groups"), [party.name for party in parties], base.groups if base else {})
    single = {one: frozenset({one}) for one in (*(party.name for party in parties), UNKNOWN, SOMETHING)}
    known = {**single, **groups}
    sides = read_sides(top, known) or (base.sides if base else ())
    types = read_types(top.table("types"), known, [side.label for side in sides])
    names = [found.name for found in types]
    odd_mutual = next((one for one in types if one.mutual and one.mutual not in names), None)
    if odd_mutual is not None:
        raise top.wrong("types", f"hold {odd_mutual.name!r}, whose `mutual` {odd_mutual.mutual!r} is no sub-event of this book: correct it")
    precedence = top.strings("precedence")
    odd = [one for one in precedence if one not in names] + [one for one in names if one not in precedence]
    if odd:
        raise top.wrong("precedence", f"and types differ in {odd[0]!r}: list every sub-event once")
    rules = tuple(read_rule(table, Names(frozenset(names), known, classes)) for table in top.tables("rules"))
    days, weigh = _one_of(top, "days", _DAYS, RANGE), _one_of(top, "weigh", _WEIGH, "")
    top.done()
    _check_rules(path, names, rules)
    book = RowBook(name, title, version, licence, "", types, precedence, parties, groups, rules, path.name, days, sides, weigh, classes)
    if base:
        book = replace(book, like=str(book_path(like)), like_digest=base.digest)
    return replace(book, digest=_digest(book))


def _one_of(table: BookTable, key: str, allowed: tuple[str, ...], default: str) -> str:
    found = table.string(key, default)
    if found not in (*allowed, default):
        raise table.wrong(key, f"is {found!r}: use one of {', '.join(allowed)}")
    return found


def _classes(table: BookTable, taken: Mapping[str, frozenset[str]]) -> Mapping[str, frozenset[str]]:
    """The word classes, with those taken from another book; one may hold those above it."""
    found = dict(taken)
    for name in table.names():
        found[name] = read_words(table, name, found)
        if not found[name]:
            raise table.wrong(name, "is empty: add words or remove it")
    return found


def _check_rules(path: Path, names: Iterable[str], rules: tuple[Rule, ...]) -> None:
    """Nothing; DataError where two rules have one name or a sub-event has no rule."""
    seen: dict[str, int] = {}
    for rule in rules:
        if rule.name in seen:
            raise DataError(f"{path.name}:{rule.line}: the rule {rule.name!r} is there twice: rename it here or on line {seen[rule.name]}")
        seen[rule.name] = rule.line
    reached = {rule.sub_event for rule in rules}
    for name in names:
        if name not in reached:
            raise DataError(f"{path.name}: no rule gives the sub-event {name!r}: add one under rules")


def _digest(book: RowBook) -> str:
    """sha256 over the content, whatever the file's name, layout and comments."""
    content = asdict(replace(book, classes={})) | {"digest": None, "path": None, "like": None}
    content["rules"] = [asdict(rule) | {"line": 0, "examples": [asdict(example) | {"line": 0} for example in rule.examples]} for rule in book.rules]
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=sorted)
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()
