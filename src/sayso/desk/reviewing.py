"""People's verdicts and judgements: entered with name and reason, and found again after documents were read anew."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from uuid import uuid4

from sayso.desk.amending import amended, check_amendment, check_stretches
from sayso.errors import Blinded, InputError, NotAllowed, Outdated
from sayso.link.copies_groups import MAKER
from sayso.model import Claim, Copy, Link, Reading, Review
from sayso.model.words import CarryOutcome, Judgement, Role, Verdict
from sayso.store.batch import Appended, Batch, Head
from sayso.store.ledger import Ledger
from sayso.store.query import FoundClaim

_LONGEST_KEY = 100


@dataclass(frozen=True, slots=True)
class Person:
    """Who decides, why, as what, and by which deed. On a laptop without accounts a person may do everything."""

    name: str
    reason: str = ""
    role: Role = Role.OWNER
    key: str = ""  # made by the client, for one deed: the same again does nothing twice

    def __post_init__(self) -> None:
        if len(self.key) > _LONGEST_KEY or not (self.key + "k").isprintable():
            raise InputError(f"{self.key[:20]!r}… is no key of a deed: at most {_LONGEST_KEY} characters that can be printed")
        if not self.name.strip() or self.name.startswith("sayso "):
            raise InputError(f"{self.name!r} is no person's name to decide under: give your own with --by")

    def must_be(self, role: Role, to: str) -> None:
        """Nothing, where the person's role reaches to something; NotAllowed otherwise."""
        if self.role.rank < role.rank:
            raise NotAllowed(f"{self.name!r} is {self.role.value}: {to} needs the role {role.value}")

    @property
    def keyed(self) -> "Person":
        """The same with a key of their own where the client gave none: so every deed can be undone by its key."""
        return self if self.key else replace(self, key=uuid4().hex)


def claim_of(ledger: Ledger, number: int) -> FoundClaim:
    """The claim of that number in this ledger; InputError where no current reading has it."""
    claim = ledger.claim(number)
    if claim is None:
        raise InputError(f"claim {number} is in no current reading: `sayso find` shows the numbers of claims")
    return claim


def review(ledger: Ledger, number: int, verdict: Verdict, person: Person, amendment: str | None = None) -> tuple[Review, Head]:
    """The review of a claim, as entered, and the head after it. InputError where an amendment could not be followed: it would stand for ever."""
    done = decide(ledger, number, (verdict, amendment), person, ledger.last_decision(claim_of(ledger, number).id))
    return done.review, done.head


def check_decision(ledger: Ledger, claim: FoundClaim, verdict: Verdict, amendment: str | None) -> None:
    """Nothing, where a verdict and its amendment can be followed by whoever reads the claim; InputError otherwise."""
    if (verdict is Verdict.AMEND) != (amendment is not None):
        raise InputError("an amendment goes with the verdict 'amend', and that verdict with an amendment")
    reading = ledger.current_reading(claim.document) if amendment is not None else None
    if amendment is None or reading is None:
        return
    fields = check_amendment(amendment)
    check_stretches(fields, len(reading.document.text))
    mine = {figure.id for figure in reading.figures if figure.claim == claim.id}
    strange = sorted(set(fields.get("figures", ())) - mine)
    if strange:
        raise InputError(f"amendment: {strange[0]!r} is no figure of claim {claim.number}; it has {', '.join(sorted(mine)) or 'none'}")
    # What could not be applied would stand in everybody's way for ever.
    amended(reading, (*ledger.reviews_of([claim.id, *mine]), Review(claim.id, verdict, "check", at_now(), "check", amendment)))


def made_review(record: str, verdict: Verdict, person: Person, amendment: str | None = None, assignment: str = "") -> Review:
    """A review by a person, made now. InputError where it lacks its reason."""
    try:
        return Review(record, verdict, person.name, at_now(), person.reason, amendment, person.key, assignment)
    except ValueError as wrong:
        raise InputError(f"{wrong}: give it with --reason") from wrong


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of a decision: the review as entered, or the earlier one that says the same; and what was decided last now."""

    review: Review
    head: Head
    seen: str | None
    again: bool = False  # it stood already: a retry, or two windows of one person


def decide(ledger: Ledger, number: int, made: tuple[Verdict, str | None], person: Person, seen: str | None) -> Decided:
    """A verdict with its amendment on a claim, as `review` enters it, but only where nothing was decided since `seen`, the last decision that was shown.

    Outdated where somebody decided on it since: nothing is entered. The same decision of the same person twice is one.
    """
    person.must_be(Role.CODER, "deciding on claims")
    return enter_decision(ledger, claim_of(ledger, number), made, person, seen)


def enter_decision(ledger: Ledger, claim: FoundClaim, made: tuple[Verdict, str | None], person: Person, seen: str | None, assignment: str = "") -> Decided:
    """A decision on a claim as `decide` enters it, or the one that settles an assignment."""
    verdict, amendment = made
    last = ledger.last_decision(claim.id)
    before = earlier(ledger, person, (claim.id,))
    done = next((one for one in before if isinstance(one, Review) and one.record == claim.id), None)
    if done is not None and (done.verdict, done.amendment) != made:
        raise InputError(f"the key {person.key!r} was used for another decision: make a new one for each")
    standing = ledger.reviews_of([claim.id])
    mine = next((one for one in reversed(standing) if one.reviewer == person.name), None)
    if last != seen and mine is not None and last == mine.id and (mine.verdict, mine.amendment, mine.reason) == (verdict, amendment, person.reason):
        done = done or mine
    if done is not None:
        return Decided(done, ledger.head(), last, again=True)
    check_decision(ledger, claim, verdict, amendment)
    overrides = standing and standing[-1].reviewer != person.name and (standing[-1].verdict, standing[-1].amendment) != made
    if overrides and last == seen and not person.reason:
        raise InputError(f"{standing[-1].reviewer!r} decided otherwise on claim {claim.number}: overriding that needs a reason: give it with --reason")
    review = made_review(claim.id, verdict, person.keyed, amendment, assignment)
    appended = enter(ledger, Batch(reviews=(review,), expects=((claim.id, seen),), deed=(review.reviewer, review.key)), review)
    if not appended.new:  # a retry that came in between
        return enter_decision(ledger, claim, made, replace(person, key=review.key), seen, assignment)
    return Decided(review, appended.head, review.id)


def earlier(ledger: Ledger, person: Person, about: Sequence[str]) -> tuple[object, ...]:
    """The records of the deed that a person's key names, where it was entered before. InputError where that one was about other things."""
    entries = ledger.coded.deed(person.name, person.key) if person.key else ()
    found = ledger.coded.records(entries)
    told = {str(getattr(one, name)) for one in found.values() for name in ("record", "claim", "first", "second") if hasattr(one, name)}
    if entries and not told.issuperset(about):
        raise InputError(f"the key {person.key!r} was used for another deed: make a new one for each")
    return tuple(found[one] for one in entries if one in found)


def enter(ledger: Ledger, batch: Batch, mine: object) -> Appended:
    """What an append did; where somebody decided in between, Outdated carries `mine`, which was not entered, and theirs."""
    try:
        return ledger.append(batch)
    except Outdated as wrong:
        theirs = ledger.coded.records([wrong.theirs]) if isinstance(wrong.theirs, str) else {}
        raise Outdated(str(wrong), mine, next(iter(theirs.values()), None)) from wrong


def take_back(ledger: Ledger, number: int, person: Person, seen: str | None) -> Decided:
    """The entry that takes back the last decision on a claim that this person made and that stands. InputError where there is none; Outdated as `decide`."""
    person.must_be(Role.CODER, "deciding on claims")
    claim = claim_of(ledger, number)
    unsealed(ledger, [claim.id])
    before = earlier(ledger, person, ())
    if before and isinstance(before[0], Review):
        return Decided(before[0], ledger.head(), ledger.last_decision(claim.id), again=True)
    mine = [one for one in ledger.reviews_of([claim.id]) if one.reviewer == person.name]
    if not mine:
        raise InputError(f"there is no decision of {person.name!r} on claim {number} to take back")
    keyed = replace(person.keyed, reason=person.reason or "taken back")
    review = made_review(mine[-1].id, Verdict.REJECT, keyed)
    head = enter(ledger, Batch(reviews=(review,), expects=((claim.id, seen),), deed=(keyed.name, keyed.key)), review).head
    return Decided(review, head, review.id)


def unsealed(ledger: Ledger, claims: Iterable[str]) -> None:
    """Nothing, where none of the claims is being coded by several people; Blinded otherwise."""
    sealed = ledger.coded.open_for(claims)
    for claim, within in sealed.items():
        raise Blinded(f"claim {claim!r} is being coded in {within[0]!r}: what is decided on it can be seen and changed when its coders have handed in")


def judge(ledger: Ledger, pair: tuple[int, int], judgement: Judgement, person: Person) -> tuple[Link, Head]:
    """The judgement on whether two claims tell of one happening, as entered, and the head after it. The last one on a pair holds: so it is taken back."""
    first, second = claim_of(ledger, pair[0]), claim_of(ledger, pair[1])
    if first.id == second.id:
        raise InputError(f"{pair[0]} and {pair[1]} are one claim: name two")
    made = Link(first.id, second.id, judgement, person.name, person.reason or "judged by a person", 1.0, at_now())
    return made, ledger.append(Batch(links=(made,))).head


def at_now() -> str:
    """The time now, finer than a second: of one person's verdicts the later one holds, also where a program enters several at once."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def judge_documents(ledger: Ledger, pair: tuple[str, str], judgement: Judgement, person: Person) -> tuple[Link, Head]:
    """The judgement on whether two documents are one report, reprinted, or two of them, as entered, and the head after it. The last one on a pair holds."""
    for name in pair:
        if ledger.document(name) is None:
            raise InputError(f"there is no document {name!r} in the ledger: `sayso incident` and `sayso find --json` show the ids of documents")
    if pair[0] == pair[1]:
        raise InputError(f"{pair[0]!r} is named twice: name two documents")
    made = Link(*pair, judgement, person.name, person.reason or "judged by a person", 1.0, at_now())
    return made, ledger.append(Batch(links=(made,))).head


def settle_copies(ledger: Ledger, found: Sequence[Copy]) -> tuple[int, int]:
    """How many copies are new, and how many of earlier runs were taken back: what the machine finds now replaces what it found before."""
    now = {copy.id for copy in found}
    mine = {copy.id for copy in ledger.copies() if copy.by.startswith(MAKER)}
    standing = {copy.id for copy in ledger.copies(standing=True) if copy.by.startswith(MAKER)}
    at, by = at_now(), f"{MAKER}".strip()
    gone = [Review(one, Verdict.REJECT, by, at, "a later run finds it no more") for one in sorted(standing - now)]
    again = [Review(one, Verdict.ACCEPT, by, at, "a later run finds it again") for one in sorted((mine - standing) & now)]
    ledger.append(Batch(copies=tuple(found), reviews=(*gone, *again)))
    return len(now - standing), len(gone)


def current_reviews(ledger: Ledger, records: Iterable[str] | None = None) -> dict[str, list[Review]]:
    """Reviews by the id of the record that they now speak of: all, or those of some records. Those in conflict with a new reading wait in the queue."""
    if records is not None:
        some: dict[str, list[Review]] = {}
        for one in ledger.reviews_of(records):
            some.setdefault(one.record, []).append(one)
        return some
    moved: dict[str, str | None] = {}
    for carried in ledger.carried():
        moved[carried.review] = None if carried.outcome is CarryOutcome.CONFLICT else carried.record
    found: dict[str, list[Review]] = {}
    every = tuple(ledger.reviews())
    gone = ledger.taken_back(one.id for one in every)
    for one in every:
        record = moved.get(one.id, one.record)
        if record is not None and one.id not in gone:
            found.setdefault(record, []).append(replace(one, record=record))
    return found


def current_links(ledger: Ledger, current: Iterable[str], documents: Iterable[str] | None = None) -> tuple[Link, ...]:
    """People's links of claims, each on the claims of current readings: one whose claim was read anew moves to the claim that stands on its words.

    Of all documents, or only of some.
    """
    known = set(current)
    links = [link for link in (ledger.links() if documents is None else ledger.links_of(documents)) if not link.of_documents]
    homes = {identity: identity for identity in known}
    for identity in {end for link in links for end in (link.first, link.second)} - known:
        found = _now(ledger, identity)
        if found is not None:
            homes[identity] = found.id
    kept = []
    for link in links:
        first, second = homes.get(link.first), homes.get(link.second)
        if first is not None and second is not None and first != second:
            kept.append(replace(link, first=first, second=second))
    return tuple(kept)


def _now(ledger: Ledger, identity: str) -> Claim | None:
    """The claim of its document's current reading that is this one, or stands for it: same words and type."""
    document = ledger.document_of_claim(identity)
    readings: tuple[Reading, ...] = ledger.readings_of(document) if document else ()
    still = next((claim for claim in readings[-1].claims if claim.id == identity), None) if readings else None
    if still is not None:
        return still
    old = next((claim for reading in readings for claim in reading.claims if claim.id == identity), None)
    if old is None:
        return None
    near = [claim for claim in readings[-1].claims if claim.act.type == old.act.type and claim.trigger.overlaps(old.trigger)]
    near.sort(key=lambda claim: (abs(claim.trigger.start - old.trigger.start) + abs(claim.trigger.end - old.trigger.end), claim.modality is not old.modality))
    return near[0] if near else None
