"""Numbers for rows of layouts that ask for one: the same number for the same row in every export of a ledger."""

from sayso.export.row_facts import RowFacts
from sayso.model import Event, content_id

_OWN = 1_000_000  # numbers of one incident
_UNNUMBERED = 10**14  # below it are rows of numbered incidents; all stay within the 15 digits that a spreadsheet keeps


def row_number(facts: RowFacts) -> int:
    """A positive number: the incident's and six digits of what the row is; of an incident in no ledger, of which claims it rests on.

    For a numbered incident the digits hash the coded fields and days and not the claims, so that another report of the same row keeps the number.
    """
    number, event = facts.subject.number, facts.event
    if number is None:
        return _UNNUMBERED + _digits(facts.id, 9 * _UNNUMBERED)
    alike = sorted((one for one in facts.subject.events if _what(one) == _what(event)), key=lambda one: one.id)
    return number * _OWN + _digits(_what(event), _OWN - len(alike)) + alike.index(event)


def _what(event: Event) -> str:
    return content_id("row", event.codebook, event.fields, event.days, [side.label for side in event.sides])


def _digits(name: str, below: int) -> int:
    return int(name.rpartition("_")[2], 16) % below
