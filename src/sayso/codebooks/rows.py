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

from sayso.codebooks.codebook import book_path, read_about, read_book
from sayso.codebooks.inherited import check_chain, home_of, with_parties
from sayso.codebooks.nodes import BookTable, out_of_order
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
_MOST_RULES = 2_000  # each is compared with those before it when a book is checked
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
    check_chain(top, chain)
    like = home_of(top.string("like", ""), top) if "like" in top.names() else ""
    base = _found(_there(top, like), (*chain, path)) if like else None
    with top.whole():
        book = _book(top, base)
    if base:
        book = replace(book, like=str(book_path(like)), like_digest=base.digest)
    return replace(book, digest=_digest(book))


def _there(top: BookTable, like: str) -> Path:
    """The path of the book that another is like; DataError that names the line where there is none."""
    try:
        return book_path(like)
    except DataError as wrong:
        raise top.wrong("like", f"names a book that is not there: {wrong}") from wrong


def _book(top: BookTable, base: RowBook | None) -> RowBook:
    """The book, without its digest; what is wrong is noted where reading can go on."""
    name, title, version, licence = read_about(top)
    classes = _classes(top.table("classes"), base.classes if base else {})
    parties = with_parties(base.parties if base else (), read_parties_table(top.table("parties"), classes))
    groups = read_groups(top.table("groups"), [party.name for party in parties], base.groups if base else {})
    single = {one: frozenset({one}) for one in (*(party.name for party in parties), UNKNOWN, SOMETHING)}
    known = {**single, **groups}
    sides = read_sides(top, known, classes) or (base.sides if base else ())
    types = read_types(top.table("types"), known, [side.label for side in sides])
    names = [found.name for found in types]
    for one in types:
        if one.mutual and one.mutual not in names:
            top.note(top.wrong("types", f"hold {one.name!r}, whose `mutual` {one.mutual!r} is no sub-event of this book: correct it"))
    precedence = top.strings("precedence")
    odd = [one for one in precedence if one not in names] + [one for one in names if one not in precedence]
    if odd:
        top.note(top.wrong("precedence", f"and types differ in {', '.join(map(repr, odd))}: list every sub-event once"))
    days, weigh = _one_of(top, "days", _DAYS, RANGE), _one_of(top, "weigh", _WEIGH, "")
    pooled, rules = top.flag("pooled"), _rules(top, Names(frozenset(names), known, classes))
    top.done()
    _check_rules(top, types, rules)
    return RowBook(name, title, version, licence, "", types, precedence, parties, groups, rules, top.path.name, days, sides, weigh, pooled, classes)


def _rules(top: BookTable, names: Names) -> tuple[Rule, ...]:
    """The rules in their order; those that cannot be read are noted."""
    tables = top.tables("rules")
    if len(tables) > _MOST_RULES:
        raise top.wrong("rules", f"are {len(tables):,}, more than the {_MOST_RULES:,} that a book may have: join some by their lists of words")
    found: list[Rule] = []
    for table in tables:
        with top.noting():
            found.append(read_rule(table, names))
    return tuple(found)


def _one_of(table: BookTable, key: str, allowed: tuple[str, ...], default: str) -> str:
    told = table.string(key, default)
    if told in (*allowed, default):
        return told
    table.note(table.wrong(key, f"is {told!r}: use one of {', '.join(allowed)}"))
    return default


def _classes(table: BookTable, taken: Mapping[str, frozenset[str]]) -> Mapping[str, frozenset[str]]:
    """The word classes, with those taken from another book; one may hold those above it."""
    found = dict(taken)
    held = {name: _held(table, name) for name in table.names()}
    for name in table.names():
        with table.noting():
            misplaced = out_of_order(name, held, found)
            if misplaced is not None:
                raise table.wrong(name, misplaced)
            found[name] = read_words(table, name, found)
            if not found[name] and not held[name]:
                raise table.wrong(name, "is empty: add words or remove it")
        found.setdefault(name, frozenset())  # what is wrong with it is told once, not again wherever it is used
    return found


def _held(table: BookTable, name: str) -> tuple[str, ...]:
    """The classes that stand in the list of a class."""
    return tuple(word[1:] for word in table.peek(name) if word.startswith("@"))


def _check_rules(top: BookTable, types: Iterable[RowType], rules: tuple[Rule, ...]) -> None:
    """Nothing; noted is where two rules have one name or a sub-event has no rule."""
    seen: dict[str, int] = {}
    for rule in rules:
        if rule.name in seen:
            top.note(DataError(f"{top.path.name}:{rule.line}: the rule {rule.name!r} is there twice: rename it here or on line {seen[rule.name]}"))
        seen.setdefault(rule.name, rule.line)
    reached = {rule.sub_event for rule in rules} | {one.mutual for one in types if one.name in {rule.sub_event for rule in rules}}
    for one in types:
        if one.name not in reached:
            top.note(DataError(f"{top.path.name}:{one.line}: no rule gives the sub-event {one.name!r}: add one under rules"))


def _digest(book: RowBook) -> str:
    """sha256 over the content, whatever the file's name, layout and comments."""
    content = asdict(replace(book, classes={})) | {"digest": None, "path": None, "like": None}
    for one in content["types"]:
        del one["line"]
    for rule in content["rules"]:
        kept = [*rule["examples"], *rule["counterexamples"]]
        for unlined in (rule, *kept):
            unlined["line"] = 0
        if not rule["counterexamples"]:
            del rule["counterexamples"]
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=sorted)
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()
