"""All claims that meet a query, page by page."""

from collections.abc import Iterator
from dataclasses import replace

from sayso.store.ledger import Ledger
from sayso.store.query import FoundClaim, Query

PAGE = 1000


def every_claim(ledger: Ledger, query: Query) -> Iterator[FoundClaim]:
    """The claims that meet a query, those entered last first; whatever its limit."""
    after: int | None = None
    while True:
        page = ledger.find(replace(query, limit=PAGE, after=after))
        yield from page.rows
        if page.next is None:
            return
        after = page.next
