"""Deeds of reviewers that are more than one verdict: splitting and merging claims, leaving one for later, and undoing any deed as a whole.

A deed is one or more entries of one person under one key. Nothing is ever taken out: an undo is a deed itself, whose entries name those that it takes back.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sayso.desk.amending import amended, amended_claim, check_amendment, check_stretches, is_stretch
from sayso.desk.reviewing import Person, at_now, check_decision, claim_of, earlier, enter, made_review, take_back, unsealed
from sayso.errors import InputError, Outdated
from sayso.model import Claim, Link, Origin, Reading, Review, Skipped
from sayso.model.words import Judgement, Role, Verdict
from sayso.store.batch import Batch, Head
from sayso.store.coded import pair_name
from sayso.store.ledger import Ledger
from sayso.store.query import FoundClaim

DESK = "desk"  # the engine of claims that people made


@dataclass(frozen=True, slots=True)
class Deed:
    """What was entered under a key; `again` where it stood already, and nothing was entered now."""

    key: str
    entries: tuple[str, ...]
    head: Head
    again: bool = False
    claim: int | None = None  # the number of the claim that a split made


@dataclass(frozen=True, slots=True)
class Split:
    """How one claim becomes two: what is other in the second, perhaps what changes in the first, and which figures count the second's harm."""

    second: Mapping[str, Any]  # fields as of an amendment, and `trigger`: the stretch [start, end] that tells the second act
    first: Mapping[str, Any] = field(default_factory=dict)
    figures: tuple[str, ...] = ()


def split(ledger: Ledger, number: int, parts: Split, person: Person, seen: str | None) -> Deed:
    """The deed after which a claim is two: the first keeps its number, the second has a new one and is accepted. Outdated as `decide`.

    The claim that the reader made stays in its reading; the second stands in a reading of the desk. InputError where the two would be one.
    """
    person.must_be(Role.CODER, "splitting claims")
    claim = claim_of(ledger, number)
    if done := _before(ledger, person, (claim.id,)):
        return replace(done, claim=_made_by_split(ledger, done.entries, claim.id))
    reading = ledger.current_reading(claim.document)
    if reading is None:
        raise InputError(f"the report of claim {number} was taken down: there is nothing to split")
    person = replace(person.keyed, reason=person.reason or f"claim {number} tells of two acts")
    made, changed = _divided(ledger, claim, reading, parts, person)
    first = made_review(claim.id, Verdict.AMEND if changed else Verdict.ACCEPT, person, changed)
    second = made_review(made.id, Verdict.ACCEPT, replace(person, reason=f"split from claim {number}: {person.reason}"))
    anew = _reading_with(reading, made, claim.id, parts.figures, person.key)
    batch = Batch(readings=(anew,), reviews=(first, second), expects=((claim.id, seen), (claim.document, reading.id)), deed=(person.name, person.key))
    found = _entered(ledger, batch, person, first)
    return replace(found, claim=ledger.claim_numbers([made.id]).get(made.id))


def _divided(ledger: Ledger, claim: FoundClaim, reading: Reading, parts: Split, person: Person) -> tuple[Claim, str | None]:
    """The second claim, and the amendment of the first; InputError where either cannot be followed."""
    import json

    told = dict(parts.second)
    trigger = told.pop("trigger", None)
    length = len(reading.document.text)
    if told:
        check_stretches(check_amendment(json.dumps(told)), length)
    if "figures" in told:
        raise InputError("split: figures are given by their ids beside the fields of the second claim, and are amended in a deed of their own")
    changed = json.dumps(dict(parts.first), sort_keys=True) if parts.first else None
    if changed is not None:
        check_decision(ledger, claim, Verdict.AMEND, changed)
    now = amended(reading, ledger.reviews_of([claim.id]))
    old = next(one for one in now.claims if one.id == claim.id)
    if "type" in told:
        told.setdefault("mode", None)  # a mode is one of its type
    made = amended_claim(old, told, reading.document)
    made = replace(made, confidence=1.0, reason=f"split from another claim by {person.name}", origin=Origin(DESK, person.key))
    if trigger is not None:
        if not is_stretch(trigger) or trigger[1] > length:
            raise InputError(f"split: trigger {trigger!r} is no stretch of the report: write [start, end], in code points, up to {length:,}")
        made = replace(made, trigger=reading.document.span(*trigger))
    if any(one.id == made.id for one in reading.claims):
        raise InputError("split: the second claim would be one that the report has already: give it other words, another type or other roles")
    return made, changed


def _reading_with(reading: Reading, made: Claim, beside: str, figures: Iterable[str], key: str) -> Reading:
    """The reading with one claim more, behind the one that it was split from, and those figures its own."""
    own = {one.id for one in reading.figures if one.claim == beside}
    strange = sorted(set(figures) - own)
    if strange:
        raise InputError(f"split: {strange[0]!r} is no figure of the claim; it has {', '.join(sorted(own)) or 'none'}")
    at = next(place for place, one in enumerate(reading.claims) if one.id == beside) + 1
    return replace(
        reading,
        claims=(*reading.claims[:at], made, *reading.claims[at:]),
        figures=tuple(replace(one, claim=made.id) if one.id in set(figures) else one for one in reading.figures),
        origin=replace(reading.origin, engine=DESK, version=key),  # each split is a reading of its own
    )


def _made_by_split(ledger: Ledger, entries: Iterable[str], first: str) -> int | None:
    ids = [one.record for one in ledger.coded.records(entries).values() if isinstance(one, Review) and one.record != first]
    return next(iter(ledger.claim_numbers(ids).values()), None)


def merge(ledger: Ledger, pair: tuple[int, int], person: Person, seen: tuple[str | None, str | None]) -> Deed:
    """The deed after which two claims tell of one happening: a link between them. Outdated where either was decided on, or the two judged, since shown.

    Where they stand in one report and the same voices tell them, the reader took one claim for two: the second is rejected as told twice. Claims of two
    reports or of two voices stay two: they are two accounts.
    """
    person.must_be(Role.CODER, "merging claims")
    kept, other = claim_of(ledger, pair[0]), claim_of(ledger, pair[1])
    if kept.id == other.id:
        raise InputError(f"{pair[0]} and {pair[1]} are one claim: name two")
    if done := _before(ledger, person, (kept.id, other.id)):
        return done
    unsealed(ledger, (kept.id, other.id))
    person = person.keyed
    told = f"the same as claim {kept.number}" + (f": {person.reason}" if person.reason else "")
    link = Link(kept.id, other.id, Judgement.SAME, person.name, told, 1.0, at_now(), person.key)
    twice = (made_review(other.id, Verdict.REJECT, replace(person, reason=f"told twice, {told}")),) if _told_twice(ledger, kept, other) else ()
    name = pair_name(kept.id, other.id)
    expects = ((kept.id, seen[0]), (other.id, seen[1]), (name, ledger.coded.version(name)))
    return _entered(ledger, Batch(reviews=twice, links=(link,), expects=expects, deed=(person.name, person.key)), person, link)


def _told_twice(ledger: Ledger, kept: FoundClaim, other: FoundClaim) -> bool:
    reading = ledger.current_reading(kept.document) if kept.document == other.document else None
    voices = {claim.id: [voice.key for voice in claim.voices] for claim in reading.claims} if reading else {}
    return bool(voices) and voices.get(kept.id) == voices.get(other.id)


def skip(ledger: Ledger, number: int, person: Person) -> Deed:
    """The deed after which a claim is left for later in that person's queue; in others' queues it stays. Undoing it brings it back."""
    person.must_be(Role.CODER, "reviewing claims")
    claim = claim_of(ledger, number)
    if done := _before(ledger, person, (claim.id,)):
        return done
    person = person.keyed
    made = Skipped(claim.id, person.name, at_now(), person.key)
    return _entered(ledger, Batch(skipped=(made,), deed=(person.name, person.key)), person, made)


def undo(ledger: Ledger, key: str, person: Person) -> Deed:
    """The deed that takes back all of the deed with that key: the person's own, or with a reason and as an adjudicator another's.

    Undoing an undo brings back what it took. InputError where there is no such deed, or it is taken back already; Outdated where two undo it at once.
    """
    person.must_be(Role.CODER, "undoing deeds")
    if done := _before(ledger, person, ()):
        return done
    entries = ledger.coded.deed(_doer(ledger, key, person), key)
    records = ledger.coded.records(entries)
    unsealed(ledger, _claims(ledger, records.values()))
    person = replace(person.keyed, reason=person.reason or "taken back")
    gone = ledger.taken_back(records)
    reviews: list[Review] = []
    links: list[Link] = []
    expects: list[tuple[str, str | None]] = []
    for identity, record in records.items():
        if isinstance(record, Link):
            links.append(_unlinked(ledger, record, person))
            name = pair_name(record.first, record.second)
            expects.append((name, record.id))
        elif isinstance(record, Review | Skipped):
            if identity in gone:
                raise InputError(f"the deed {key!r} was taken back already: undo what took it back")
            reviews.append(made_review(identity, Verdict.REJECT, person))
            expects.append((identity, ledger.last_decision(identity)))
        else:
            raise InputError(f"the deed {key!r} is a part of double coding: a coder takes a coding back before handing in")
    without = replace(person, reason=f"its split was undone: {person.reason}")
    reviews += [made_review(one, Verdict.REJECT, without) for one in _split_off(ledger, records.values())]
    batch = Batch(reviews=tuple(reviews), links=tuple(links), expects=tuple(expects), deed=(person.name, person.key))
    return _entered(ledger, batch, person, (*reviews, *links)[0])


def undo_last(ledger: Ledger, number: int, person: Person, seen: str | None) -> Deed:
    """The deed that takes back the person's last deed on a claim that stands, whole: a split, a merge, a verdict, a claim left for later."""
    claim = claim_of(ledger, number)
    if done := _before(ledger, person, ()):
        return done
    mine = [one for one in ledger.reviews_of([claim.id]) if one.reviewer == person.name]
    left = ledger.coded.skip_of(claim.id, person.name)
    last = mine[-1] if mine else None
    if left is not None and (last is None or left.at > last.at):
        return undo(ledger, left.key, person)
    if last is not None and last.key:
        if ledger.last_decision(claim.id) != seen:
            theirs = ledger.coded.records([ledger.last_decision(claim.id) or ""])
            raise Outdated(f"claim {number} was decided on since it was shown: look at it again, then undo", last, next(iter(theirs.values()), None))
        return undo(ledger, last.key, person)
    done_so = take_back(ledger, number, person, seen)
    return Deed(done_so.review.key, (done_so.review.id,), done_so.head, done_so.again)


def _doer(ledger: Ledger, key: str, person: Person) -> str:
    """Whose deed is to be undone."""
    if ledger.coded.deed(person.name, key):
        return person.name
    doers = ledger.coded.doers(key)
    if len(doers) != 1:
        raise InputError(f"there is no deed {key!r}: `sayso review` tells the key of each deed")
    person.must_be(Role.ADJUDICATOR, f"undoing what {doers[0]!r} did")
    if not person.reason:
        raise InputError(f"{doers[0]!r} did that: undoing it needs a reason: give it with --reason")
    return doers[0]


def _unlinked(ledger: Ledger, link: Link, person: Person) -> Link:
    """The link that puts back what was judged of a pair before; unsure where nothing was."""
    documents = [one for one in map(ledger.document_of_claim, (link.first, link.second)) if one is not None]
    of_pair = [one for one in ledger.links_of(documents) if {one.first, one.second} == {link.first, link.second}]
    at = next((place for place, one in enumerate(of_pair) if one.id == link.id), 0)
    before = of_pair[at - 1].judgement if at else Judgement.UNSURE
    return Link(link.first, link.second, before, person.name, f"takes back {link.id}: {person.reason}", 1.0, at_now(), person.key)


def _split_off(ledger: Ledger, records: Iterable[object]) -> tuple[str, ...]:
    """The claims that a split made, whose acceptance is now taken back."""
    accepted = [one.record for one in records if isinstance(one, Review) and one.verdict is Verdict.ACCEPT]
    keys = {one.record: one.key for one in records if isinstance(one, Review)}
    return tuple(one for one in accepted if (made := _claim(ledger, one)) is not None and made.origin == Origin(DESK, keys[one]))


def _claim(ledger: Ledger, identity: str) -> Claim | None:
    document = ledger.document_of_claim(identity)
    reading = ledger.current_reading(document) if document else None
    return next((one for one in reading.claims if one.id == identity), None) if reading else None


def _claims(ledger: Ledger, records: Iterable[object]) -> tuple[str, ...]:
    """The claims that verdicts speak of, through verdicts on verdicts."""
    found: list[str] = []
    fresh = [one.record for one in records if isinstance(one, Review)]
    while fresh:
        found += [one for one in fresh if one.startswith("clm_")]
        fresh = [one.record for one in ledger.coded.records(fresh).values() if isinstance(one, Review)]
    return tuple(found)


def _before(ledger: Ledger, person: Person, about: tuple[str, ...]) -> Deed | None:
    """The deed that the person's key names, where it was entered already."""
    if not earlier(ledger, person, about):
        return None
    return Deed(person.key, ledger.coded.deed(person.name, person.key), ledger.head(), again=True)


def _entered(ledger: Ledger, batch: Batch, person: Person, mine: object) -> Deed:
    done = enter(ledger, batch, mine)
    return Deed(person.key, ledger.coded.deed(person.name, person.key), done.head, again=not done.new)
