"""What a row book takes from the book that it names under `like`: word classes, parties, groups and labels of sides, each of which it may change or add to."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from sayso.codebooks.nodes import BookTable
from sayso.codebooks.row_book import Party

MOST_BOOKS = 5  # a book like a book like a book …


def check_chain(top: BookTable, chain: tuple[Path, ...]) -> None:
    """Nothing; DataError where books are like each other in a ring, or the chain is too long to be meant."""
    if top.path.resolve() in chain:
        ring = " like ".join(path.name for path in (*chain[chain.index(top.path.resolve()) :], top.path))
        raise top.wrong("like", f"makes a ring, {ring}: let one of them stand alone")
    if len(chain) >= MOST_BOOKS:
        raise top.wrong("like", f"goes on for more than {MOST_BOOKS} books: name the last one directly")


def home_of(name: str, top: BookTable) -> str:
    """The name of a built-in book as it is; a path as seen from the file that names it."""
    return str(top.path.parent / name) if name.endswith((".yaml", ".yml")) else name


def with_parties(taken: Iterable[Party], own: Iterable[Party]) -> tuple[Party, ...]:
    """The parties of the other book, those of the same name replaced, and a book's own; a kind that an own party holds is no other's any more."""
    own = tuple(own)
    kinds = frozenset(kind for party in own for kind in party.kinds)
    names = {party.name for party in own}
    return (*(replace(party, kinds=party.kinds - kinds) for party in taken if party.name not in names), *own)
