"""A toll over time from a ledger's claims: each voice's totals and figures of single acts, never mixed."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from sayso.desk.incident import told_in
from sayso.desk.reviewing import current_reviews
from sayso.link.copies import copy_groups
from sayso.link.told import ToldFigure, loose_figures, sources_by_name
from sayso.link.toll import Toll, toll
from sayso.model import Reading
from sayso.model.words import Measure
from sayso.store.ledger import Ledger
from sayso.store.query import FoundClaim, Query

_PAGE = 1000


def toll_of(ledger: Ledger, query: Query, since: date | None, measure: Measure) -> Toll:
    """The toll that the claims meeting a query tell, and the loose figures of their reports ("the toll rose to 112").

    Where the query asks for everything, reports without a claim are among them: many a toll stands in such a one.
    """
    claims = list(_all(ledger, query))
    groups, sources = copy_groups(ledger.copies()), sources_by_name(ledger.sources())
    reviews = [review for several in current_reviews(ledger).values() for review in several]
    readings = list(_readings(ledger, query, dict.fromkeys(claim.document for claim in claims)))
    told = told_in(ledger, readings, [claim.id for claim in claims])
    loose: list[ToldFigure] = []
    for reading in readings:
        loose += loose_figures(reading, groups, sources, reviews)
    return toll(told, since, measure, loose)


def _readings(ledger: Ledger, query: Query, documents: Iterable[str]) -> Iterator[Reading]:
    if replace(query, limit=_PAGE, after=None) == Query(limit=_PAGE):
        yield from (reading for reading in ledger.readings() if ledger.superseded_by(reading.document.id) is None)
        return
    for name in documents:
        reading = ledger.current_reading(name)
        if reading is not None:
            yield reading


def _all(ledger: Ledger, query: Query) -> Iterator[FoundClaim]:
    after: int | None = None
    while True:
        page = ledger.find(replace(query, limit=_PAGE, after=after))
        yield from page.rows
        if page.next is None:
            return
        after = page.next
