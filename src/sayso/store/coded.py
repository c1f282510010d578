"""What is coded by several people, under seal; deeds by their keys; and what of a batch may not be entered because of them."""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import Connection, Select, and_, or_, select

from sayso.errors import Blinded, InputError, Outdated
from sayso.model import Assignment, Coding, Skipped
from sayso.store.batch import Batch
from sayso.store.fetching import COLUMNS, current_reading_id, decoded, fetch
from sayso.store.judged import last_about
from sayso.store.projector import chunks
from sayso.store.tables import assigned, assignments, claim_ids, codings, deeds, entries, hand_ins, links, skips


class Coded:
    """Assignments and codings of one ledger. It answers whoever holds the ledger: who may see what, `desk.doubling` decides."""

    def __init__(self, read: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._read = read

    def assignments(self) -> tuple[Assignment, ...]:
        """All assignments, in the order of entry."""
        return tuple(self._records(select(*COLUMNS).join(assignments, assignments.c.seq == entries.c.seq)))

    def assignment(self, identity: str) -> Assignment | None:
        """An assignment by id; None where there is none."""
        with self._read() as connection:
            found: Assignment | None = fetch(connection, identity, "assignment")
        return found

    def handed_in(self, assignment: str) -> frozenset[str]:
        """The coders of an assignment who have handed in."""
        with self._read() as connection:
            return frozenset(connection.execute(select(hand_ins.c.coder).where(hand_ins.c.assignment == assignment)).scalars())

    def codings(self, assignment: str, coder: str) -> dict[str, Coding]:
        """A coder's last coding of each claim of an assignment, by the claim's id; also one that takes the coding back."""
        asked = select(*COLUMNS).join(codings, codings.c.seq == entries.c.seq)
        rows = self._records(asked.where(codings.c.assignment == assignment, codings.c.coder == coder, entries.c.body.is_not(None)))
        return {one.claim: one for one in rows}

    def history(self, assignment: str, coder: str, claim: str) -> tuple[Coding, ...]:
        """All that a coder decided on a claim of an assignment, in the order of entry."""
        asked = select(*COLUMNS).join(codings, codings.c.seq == entries.c.seq).where(codings.c.assignment == assignment, codings.c.coder == coder)
        return tuple(self._records(asked.where(codings.c.claim == claim, entries.c.body.is_not(None))))

    def open_for(self, claims: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """The open assignments that some claims are in: their ids by the claim's; claims in none are left out."""
        with self._read() as connection:
            return open_for(connection, claims)

    def deed(self, person: str, key: str) -> tuple[str, ...]:
        """The ids of the entries of somebody's deed, in the order of entry; none where there is no such deed."""
        with self._read() as connection:
            return deed(connection, person, key)

    def doers(self, key: str) -> tuple[str, ...]:
        """Who did a deed with that key."""
        with self._read() as connection:
            return tuple(connection.execute(select(deeds.c.person).distinct().where(deeds.c.key == key).order_by(deeds.c.person)).scalars())

    def skip_of(self, claim: str, person: str) -> Skipped | None:
        """That somebody left a claim for later, the last time; None where that was taken back, or never was."""
        asked = select(*COLUMNS).join(skips, skips.c.seq == entries.c.seq).where(skips.c.claim == claim, skips.c.person == person, skips.c.standing)
        found = self._records(asked)
        return found[-1] if found else None

    def records(self, ids: Iterable[str]) -> dict[str, object]:
        """Records other than readings by id; those that were never entered or were taken down are left out."""
        found: dict[str, object] = {}
        with self._read() as connection:
            for some in chunks(dict.fromkeys(ids)):
                asked = select(*COLUMNS).where(entries.c.id.in_(some), entries.c.kind != "reading", entries.c.body.is_not(None))
                found |= {row.id: decoded(row) for row in connection.execute(asked)}
        return found

    def version(self, record: str) -> str | None:
        """What a writer names as seen: the last decision about a record, a document's current reading, or the last link of "claim claim"."""
        with self._read() as connection:
            return version_of(connection, record)

    def _records(self, asked: Select[Any]) -> list[Any]:
        with self._read() as connection:
            return [decoded(row) for row in connection.execute(asked.order_by(entries.c.seq))]


def open_for(connection: Connection, claims: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The open assignments that some claims are in, as `Coded.open_for`."""
    found: dict[str, tuple[str, ...]] = {}
    for some in chunks(dict.fromkeys(claims)):
        asked = select(assigned.c.claim, assigned.c.assignment).join(assignments, assignments.c.id == assigned.c.assignment)
        for row in connection.execute(asked.where(assigned.c.claim.in_(some), assignments.c.open).order_by(assignments.c.seq)):
            found[row.claim] = (*found.get(row.claim, ()), row.assignment)
    return found


def deed(connection: Connection, person: str, key: str) -> tuple[str, ...]:
    """The ids of the entries of somebody's deed, in the order of entry."""
    asked = select(deeds.c.id).where(deeds.c.person == person, deeds.c.key == key).order_by(deeds.c.seq)
    return tuple(connection.execute(asked).scalars())


def pair_name(first: str, second: str) -> str:
    """Two claims as a batch names them together in `expects`."""
    return " ".join(sorted((first, second)))


def version_of(connection: Connection, record: str) -> str | None:
    """The last that was entered about a record, as `Coded.version`."""
    if " " in record:
        one, other = record.split(" ")
        either = or_(and_(links.c.first == one, links.c.second == other), and_(links.c.first == other, links.c.second == one))
        found: str | None = connection.execute(select(links.c.id).where(either).order_by(links.c.seq.desc()).limit(1)).scalar()
        return found
    return current_reading_id(connection, record) if record.startswith("doc_") else last_about(connection, record)


def check_decisions(connection: Connection, batch: Batch) -> None:
    """Nothing, where the decisions of a batch rest on what stands, and break no seal. Outdated or Blinded otherwise, InputError of a misplaced coding."""
    for record, seen in batch.expects:
        last = version_of(connection, record)
        if last != seen:
            raise Outdated(f"{record!r} was decided on since it was shown: look at it again, then decide", theirs=last)
    sealed = open_for(connection, [one.record for one in batch.reviews])
    for one in batch.reviews:
        if one.record in sealed:
            raise Blinded(f"claim {one.record!r} is being coded in {sealed[one.record][0]!r}: decide on it when its coders have handed in")
    for assignment in batch.assignments:
        taken = open_for(connection, assignment.claims)
        if taken:
            claim = next(iter(taken))
            raise InputError(f"claim {claim!r} is being coded in {taken[claim][0]!r} already: assign it again when its coders have handed in")
    for coding in batch.codings:
        _check_coding(connection, coding)


def _check_coding(connection: Connection, coding: Coding) -> None:
    made = fetch(connection, coding.assignment, "assignment")
    if not isinstance(made, Assignment) or coding.claim not in made.claims or coding.coder not in made.coders:
        raise InputError(f"{coding.assignment!r} does not give claim {coding.claim!r} to {coding.coder!r}: `sayso assigned` shows what it gives")
    there = select(hand_ins.c.seq).where(hand_ins.c.assignment == coding.assignment, hand_ins.c.coder == coding.coder)
    if connection.execute(there).first() is not None:
        raise InputError(f"{coding.coder!r} has handed in {coding.assignment!r}: its codings are final; what is wrong in them, adjudication settles")
    asked = select(codings.c.id).where(codings.c.assignment == coding.assignment, codings.c.coder == coding.coder, codings.c.claim == coding.claim)
    last = connection.execute(asked.order_by(codings.c.seq.desc()).limit(1)).scalar()
    if last != coding.before:
        raise Outdated(f"{coding.coder!r} coded {coding.claim!r} anew since it was shown: look at it again, then decide", mine=coding, theirs=last)


def document_of(connection: Connection, claim: str) -> str | None:
    """The document that a claim of any reading is from."""
    found: str | None = connection.execute(select(claim_ids.c.document).where(claim_ids.c.id == claim)).scalar()
    return found
