"""A toll over time from a ledger's claims: each voice's totals and figures of single acts, never mixed."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from sayso.desk.finding import PAGE, every_claim
from sayso.desk.telling import Teller
from sayso.link.toll import Toll, toll
from sayso.model import Reading
from sayso.model.words import Measure
from sayso.store.ledger import Ledger
from sayso.store.query import Query

if TYPE_CHECKING:
    from sayso.link.told import Told, ToldFigure


def toll_of(ledger: Ledger, query: Query, since: date | None, measure: Measure) -> Toll:
    """The toll that the claims meeting a query tell, and the loose figures of their reports ("the toll rose to 112").

    Where the query asks for everything, reports without a claim are among them: many a toll stands in such a one.
    """
    claims: set[str] = set()
    documents: dict[str, None] = {}
    for claim in every_claim(ledger, query):
        claims.add(claim.id)
        documents[claim.document] = None
    teller = Teller(ledger)
    told: list[Told] = []
    loose: list[ToldFigure] = []
    for reading in _readings(ledger, query, documents):
        # One reading at a time, and of it only what counts: of a hundred thousand reports few tell a number of what is asked for.
        if any(figure.measure is measure for figure in reading.figures):
            told += (one for one in teller.told(reading, claims) if any(figure.measure is measure for figure in one.figures))
            loose += teller.loose(reading)
    return toll(told, since, measure, loose)


def _readings(ledger: Ledger, query: Query, documents: Iterable[str]) -> Iterator[Reading]:
    if replace(query, limit=PAGE, after=None) == Query(limit=PAGE):
        yield from ledger.readings(superseded=False)
        return
    for name in documents:
        reading = ledger.current_reading(name)
        if reading is not None:
            yield reading

