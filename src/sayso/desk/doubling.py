"""Double coding: the same claims given to several people, each of whom decides without seeing the others or how sure the reader is.

Who asks is told to every function here that reads decisions, and it refuses what that person must not see yet. The seal is one of the desk: whoever holds
the ledger's file can read all of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sayso.desk.reviewing import Person, at_now, check_decision, claim_of, earlier, enter
from sayso.errors import Blinded, InputError, NotAllowed
from sayso.model import Assignment, Coding, HandedIn, Review
from sayso.model.words import Role, Verdict
from sayso.store.batch import Batch, Head
from sayso.store.ledger import Ledger
from sayso.store.query import MOST, FoundClaim, Query


@dataclass(frozen=True, slots=True)
class Assigning:
    """What is given to whom: ids of reports (all their claims) or of claims."""

    records: tuple[str, ...]
    coders: tuple[str, ...]
    adjudicator: str | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class AssignmentState:
    """An assignment and how far it is: how many of its claims each coder has coded, and who has handed in."""

    assignment: Assignment
    coded: tuple[tuple[str, int], ...]
    handed_in: frozenset[str]

    @property
    def open(self) -> bool:
        """Whether the seal is on: somebody has not handed in."""
        return not self.handed_in.issuperset(self.assignment.coders)


@dataclass(frozen=True, slots=True)
class Item:
    """A claim as one of its coders is given it: without confidence, and without anything that others decided."""

    found: FoundClaim
    mine: Coding | None  # None: not coded, or taken back
    seen: str | None  # what the next coding of it names as seen


@dataclass(frozen=True, slots=True)
class Coded:
    """A coding as entered, or the earlier one of the same key."""

    coding: Coding
    head: Head
    again: bool = False


def assign(ledger: Ledger, what: Assigning, person: Person) -> Assignment:
    """The assignment, as entered. NotAllowed under the role of adjudicator; InputError where a claim was decided on, or is being coded already."""
    person.must_be(Role.ADJUDICATOR, "assigning claims")
    before = next((one for one in earlier(ledger, person, ()) if isinstance(one, Assignment)), None)
    if before is not None:
        return before
    coders = tuple(Person(name).name for name in what.coders)
    claims = _chosen(ledger, what.records)
    if not claims:
        raise InputError("there is no unreviewed claim to assign in what was named: `sayso queue` shows what waits")
    if len(claims) > MOST:
        raise InputError(f"{len(claims):,} claims are more than the {MOST:,} of one assignment: make several")
    if what.name and (what.name.startswith("asg_") or any(one.name == what.name for one in ledger.coded.assignments())):
        raise InputError(f"an assignment cannot be called {what.name!r}: it is an id, or another's name")
    person = person.keyed
    try:
        made = Assignment(claims, coders, person.name, at_now(), what.adjudicator, what.name, person.key)
    except ValueError as wrong:
        raise InputError(f"{wrong}: name them again") from wrong
    ledger.append(Batch(assignments=(made,), deed=(person.name, person.key)))
    return made


def _chosen(ledger: Ledger, records: Sequence[str]) -> tuple[str, ...]:
    """The claims that ids of reports and claims name; of reports those that nobody has decided on."""
    found: dict[str, None] = {}
    numbers = ledger.claim_numbers([one for one in records if not one.startswith("doc_")])
    for record in records:
        if record.startswith("doc_"):
            found |= dict.fromkeys(one.id for one in _claims_of(ledger, record) if one.status == "unreviewed")
            continue
        claim = claim_of(ledger, numbers[record]) if record in numbers else None
        if claim is None:
            raise InputError(f"{record!r} is neither a report nor a claim of the ledger: `sayso find --json` shows their ids")
        if claim.status != "unreviewed":
            raise InputError(f"claim {claim.number} is {claim.status} already: what was decided would not be blind")
        found[claim.id] = None
    return tuple(found)


def _claims_of(ledger: Ledger, document: str) -> Iterable[FoundClaim]:
    if ledger.document(document) is None:
        raise InputError(f"there is no report {document!r} in the ledger: `sayso find --json` shows the ids of documents")
    after = None
    pages: list[FoundClaim] = []
    while True:
        page = ledger.find(Query(document=document, limit=MOST, after=after))
        pages += page.rows
        if page.next is None:
            return reversed(pages)
        after = page.next


def assignments(ledger: Ledger, person: Person) -> tuple[AssignmentState, ...]:
    """The assignments that concern a person, in the order of entry: a coder's own, an adjudicator's all. Only their own count is told to coders."""
    held = []
    for made in ledger.coded.assignments():
        if person.name in made.coders or person.role.rank >= Role.ADJUDICATOR.rank:
            handed = ledger.coded.handed_in(made.id)
            told = made.coders if person.name not in made.coders or handed.issuperset(made.coders) else (person.name,)
            held.append(AssignmentState(made, tuple((coder, len(_mine(ledger, made, coder))) for coder in told), handed))
    return tuple(held)


def assignment_of(ledger: Ledger, identity: str) -> Assignment:
    """The assignment of that id or name; InputError where there is none."""
    named = None if identity.startswith("asg_") else next((one for one in ledger.coded.assignments() if one.name == identity), None)
    made = named or ledger.coded.assignment(identity)
    if made is None:
        raise InputError(f"there is no assignment {identity!r}: `sayso assigned` lists them")
    return made


def items(ledger: Ledger, identity: str, person: Person) -> tuple[Item, ...]:
    """The claims of an assignment as this coder codes them, in the order of entry. NotAllowed for anybody else.

    Claims that no current reading has any more are left out.
    """
    made = _for_coder(ledger, identity, person)
    last = ledger.coded.codings(made.id, person.name)
    numbers = ledger.claim_numbers(made.claims)
    found = [claim for number in sorted(numbers.values()) if (claim := ledger.claim(number)) is not None]
    return tuple(Item(replace(one, status="unreviewed"), _standing(last.get(one.id)), _version(last.get(one.id))) for one in found)


def code(ledger: Ledger, where: tuple[str, int], made: tuple[Verdict, str | None], person: Person, seen: str | None) -> Coded:
    """A coder's decision on a claim of an assignment, under seal. `seen` is the coder's own last coding of it: Outdated where another tab was faster."""
    assignment, claim = _for_coder(ledger, where[0], person), claim_of(ledger, where[1])
    verdict, amendment = made
    before = _earlier(ledger, person, claim.id, made)
    if before is not None:
        return Coded(before, ledger.head(), again=True)
    check_decision(ledger, claim, verdict, amendment)
    return _coded(ledger, (assignment, claim), made, person, seen)


def uncode(ledger: Ledger, where: tuple[str, int], person: Person, seen: str | None) -> Coded:
    """A coder's last coding of a claim taken back: a new entry that names it, after which the one before stands again. InputError where none stands."""
    assignment, claim = _for_coder(ledger, where[0], person), claim_of(ledger, where[1])
    before = next((one for one in earlier(ledger, person, (claim.id,)) if isinstance(one, Coding)), None)
    if before is not None:
        return Coded(before, ledger.head(), again=True)
    told = ledger.coded.history(assignment.id, person.name, claim.id)
    last = told[-1] if told else None
    if last is None or last.verdict is None:
        raise InputError(f"there is no coding of claim {claim.number} by {person.name!r} to take back")
    old = next((one for one in told if one.id == last.before), None)
    restored = (old.verdict, old.amendment) if old is not None else (None, None)
    reason = old.reason if old is not None else person.reason or "taken back"
    return _coded(ledger, (assignment, claim), restored, replace(person, reason=reason), seen)


def _coded(
    ledger: Ledger, where: tuple[Assignment, FoundClaim], made: tuple[Verdict | None, str | None], person: Person, seen: str | None
) -> Coded:
    (assignment, claim), person = where, person.keyed
    try:
        coding = Coding(assignment.id, claim.id, person.name, made[0], at_now(), person.reason, made[1], seen, person.key)
    except ValueError as wrong:
        raise InputError(f"{wrong}: give it with --reason") from wrong
    done = enter(ledger, Batch(codings=(coding,), deed=(person.name, person.key)), coding)
    if not done.new and (before := _earlier(ledger, person, claim.id, made)) is not None:
        return Coded(before, done.head, again=True)
    return Coded(coding, done.head)


def _earlier(ledger: Ledger, person: Person, claim: str, made: tuple[Verdict | None, str | None]) -> Coding | None:
    """The coding that the person's key names, where it was entered before."""
    found = next((one for one in earlier(ledger, person, (claim,)) if isinstance(one, Coding)), None)
    if found is not None and (found.verdict, found.amendment) != made:
        raise InputError(f"the key {person.key!r} was used for another decision: make a new one for each")
    return found


def hand_in(ledger: Ledger, identity: str, person: Person, coder: str | None = None) -> Head:
    """The head after a coder's codings of an assignment became final. InputError where claims are left to code, or it was done before.

    An adjudicator, with a reason, closes it for a `coder` who will not code the rest.
    """
    made = assignment_of(ledger, identity)
    identity, name = made.id, coder or person.name
    if name != person.name:
        person.must_be(Role.ADJUDICATOR, f"handing in for {name!r}")
        if not person.reason:
            raise InputError(f"handing in for {name!r} needs a reason: give it with --reason")
        if name not in made.coders:
            raise InputError(f"{identity!r} is not assigned to {name!r}: its coders are {', '.join(made.coders)}")
    else:
        left = [one.found.number for one in items(ledger, identity, person) if one.mine is None]
        if left:
            raise InputError(f"{len(left)} claims of {identity!r} are not coded yet, the first is {left[0]}: code them, then hand in")
    if name in ledger.coded.handed_in(identity):
        return ledger.head()  # a retry
    return ledger.append(Batch(handed_in=(HandedIn(identity, name, person.name, at_now(), person.reason),))).head


def hidden(ledger: Ledger, claims: Iterable[str], person: Person) -> frozenset[str]:
    """Those of the claims, by id, that this person is coding under seal: of them no view may show decisions or confidence."""
    sealed = ledger.coded.open_for(claims)
    made = {one: assignment_of(ledger, one) for one in {within[0] for within in sealed.values()}}
    return frozenset(claim for claim, within in sealed.items() if person.name in made[within[0]].coders)


def decisions_on(ledger: Ledger, number: int, person: Person) -> tuple[Review, ...]:
    """The decisions on a claim that stand, in the order of entry. Blinded where this person is coding it under seal."""
    claim = claim_of(ledger, number)
    if hidden(ledger, [claim.id], person):
        raise Blinded(f"claim {number} is yours to code: what others decide on it, and how sure the reader is, is shown when all have handed in")
    return ledger.reviews_of([claim.id])


def unveiled(ledger: Ledger, identity: str, person: Person) -> tuple[Assignment, dict[str, dict[str, Coding]]]:
    """An assignment with the codings of all its coders, by coder and claim. Blinded, for everybody, until all have handed in."""
    made = assignment_of(ledger, identity)
    identity = made.id
    if person.name not in made.coders and person.name != made.adjudicator:
        person.must_be(Role.ADJUDICATOR, "seeing what others coded")
    missing = sorted(set(made.coders) - ledger.coded.handed_in(identity))
    if missing:
        raise Blinded(f"{identity!r} is under seal: {', '.join(missing)} {'has' if len(missing) == 1 else 'have'} not handed in")
    return made, {coder: _mine(ledger, made, coder) for coder in made.coders}


def _mine(ledger: Ledger, made: Assignment, coder: str) -> dict[str, Coding]:
    return {claim: one for claim, one in ledger.coded.codings(made.id, coder).items() if one.verdict is not None}


def _for_coder(ledger: Ledger, identity: str, person: Person) -> Assignment:
    person.must_be(Role.CODER, "coding claims")
    made = assignment_of(ledger, identity)
    if person.name not in made.coders:
        raise NotAllowed(f"{identity!r} is not assigned to {person.name!r}")
    return made


def _standing(coding: Coding | None) -> Coding | None:
    return coding if coding is not None and coding.verdict is not None else None


def _version(coding: Coding | None) -> str | None:
    return coding.id if coding is not None else None
