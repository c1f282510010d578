"""Double coding in the tables: assignments, codings, hand-ins, skipped claims and deeds, each brought in as it is entered."""

from sqlalchemy import Connection, func, insert, select, update

from sayso.model import Assignment, Coding, HandedIn, Skipped
from sayso.store.fetching import fetch
from sayso.store.tables import assigned, assignments, codings, deeds, hand_ins, skips

KEYED = ("reviewer", "by", "coder", "person")  # what records with a key call whoever did it


def project_coding(connection: Connection, seq: int, record: object, document: str | None) -> None:
    """Nothing; a record of double coding is in the tables, and any record that is a part of a deed is found by it."""
    if isinstance(record, Assignment):
        connection.execute(insert(assignments), {"seq": seq, "id": record.id, "open": True})
        connection.execute(insert(assigned), [{"claim": claim, "assignment": record.id} for claim in record.claims])
    elif isinstance(record, Coding):
        told = {"assignment": record.assignment, "claim": record.claim, "coder": record.coder, "document": document}
        connection.execute(insert(codings), {"seq": seq, "id": record.id, **told})
    elif isinstance(record, HandedIn):
        connection.execute(insert(hand_ins), {"seq": seq, "id": record.id, "assignment": record.assignment, "coder": record.coder})
        _close(connection, record.assignment)
    elif isinstance(record, Skipped):
        connection.execute(insert(skips), {"seq": seq, "id": record.id, "claim": record.claim, "person": record.person, "standing": True})
    key = getattr(record, "key", "")
    if isinstance(key, str) and key and (person := doer(record)):
        connection.execute(insert(deeds), {"seq": seq, "id": str(getattr(record, "id", "")), "person": person, "key": key})


def doer(record: object) -> str:
    """Who made a record that may be a part of a deed; "" of other records."""
    return next((str(getattr(record, name)) for name in KEYED if hasattr(record, name)), "")


def _close(connection: Connection, assignment: str) -> None:
    """Nothing; an assignment is open no more when all its coders have handed in."""
    made = fetch(connection, assignment, "assignment")
    done = connection.execute(select(func.count()).select_from(hand_ins).where(hand_ins.c.assignment == assignment)).scalar_one()
    if isinstance(made, Assignment) and done >= len(made.coders):
        connection.execute(update(assignments).where(assignments.c.id == assignment).values(open=False))


def settle_skip(connection: Connection, skip: str, standing: bool) -> None:
    """Nothing; a skipped claim is back in that person's queue, or out of it again."""
    connection.execute(update(skips).where(skips.c.id == skip).values(standing=standing))
