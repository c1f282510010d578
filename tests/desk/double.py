"""A ledger with two invented reports, and the people who code them."""

from dataclasses import replace

from tests.store.made import FIRST, document, read

from sayso.desk.doubling import Assigning, assign, code, hand_in, items
from sayso.desk.reviewing import Person
from sayso.model.words import Role, Verdict
from sayso.store.batch import Batch
from sayso.store.ledger import Ledger

ADA, BEN = Person("ada", role=Role.CODER), Person("ben", role=Role.CODER)
CY = Person("cy", role=Role.ADJUDICATOR)
ACCEPT = (Verdict.ACCEPT, None)
DENIED = (Verdict.AMEND, '{"modality": "denied"}')


def because(person: Person, reason: str = "so it reads", key: str = "") -> Person:
    return replace(person, reason=reason, key=key)


def filled(ledger: Ledger, reports: int = 1) -> list[str]:
    """The ids of the reports; each has the claims 1, 2, 3 (and so on), and one figure."""
    made = [document(number) for number in range(1, reports + 1)]
    readings = []
    for one in made:
        reading = read(one)
        unsure = tuple(replace(claim, confidence=0.9 - 0.2 * place) for place, claim in enumerate(reading.claims))
        readings.append(replace(reading, claims=unsure))
    ledger.append(Batch(documents=tuple(made), readings=tuple(readings), origin=FIRST))
    return [one.id for one in made]


def assigned(ledger: Ledger) -> str:
    """The id of an assignment of one report's claims to ada and ben."""
    return assign(ledger, Assigning(tuple(filled(ledger)), ("ada", "ben")), CY).id


def code_all(ledger: Ledger, assignment: str, person: Person, other: dict[int, tuple[Verdict, str | None]] | None = None) -> None:
    """All claims accepted by a coder, but for some; then handed in."""
    for one in items(ledger, assignment, person):
        made = (other or {}).get(one.found.number, ACCEPT)
        code(ledger, (assignment, one.found.number), made, because(person), one.seen)
    hand_in(ledger, assignment, person)
