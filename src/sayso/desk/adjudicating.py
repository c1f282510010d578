"""Adjudication: what coders and the reader say of each claim, side by side; the final decision; and how far the coders agree, field by field."""

import csv
import io
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from sayso.desk.amending import amended
from sayso.desk.deeds import Deed
from sayso.desk.doubling import unveiled
from sayso.desk.reviewing import Decided, Person, claim_of, enter, enter_decision, made_review
from sayso.errors import InputError, NotAllowed
from sayso.evaluate.agreement import Level, Score, cohen_kappa, krippendorff_alpha, percent, span_f1
from sayso.model import Assignment, Claim, Coding, Reading, Review, Span
from sayso.model.words import Certainty, Role, Verdict
from sayso.store.batch import Batch
from sayso.store.ledger import Ledger

_KEPT, _REJECTED = "kept", "rejected"
_NONE = "none"  # said to be none: other than missing
_UNKNOWN = "unknown"  # a bound that the words do not tell: other than nought
_CODES = ("claim", "type", "mode", "modality", "certainty", "victim_status")
_SPANS = ("actor", "recipient", "place", "instrument", "time")
_BOUNDS = ("low", "high")
_FIGURE = (*_BOUNDS, "measure", "status")
_MOST_APART = 2  # coders of whom κ can be told

Value = Hashable | None  # None: that coder says nothing of it


@dataclass(frozen=True, slots=True)
class FieldBeside:
    """One field of a claim, as each says it. Stretches of text are (start, end); None where somebody says nothing of it."""

    name: str  # type, actor, …; "fig_…: low" of a figure
    engine: Value
    coders: tuple[Value, ...]  # in the order of the assignment's coders
    final: Value

    @property
    def agreed(self) -> bool:
        """Whether all coders say the same."""
        return len(set(self.coders)) == 1


@dataclass(frozen=True, slots=True)
class Beside:
    """A claim of an assignment as its coders, the reader and the adjudicator say it."""

    number: int
    claim: str
    quote: str
    confidence: float  # of the reader
    fields: tuple[FieldBeside, ...]
    codings: tuple[Coding | None, ...]
    settled: bool
    seen: str | None  # what the adjudicator's decision names as seen

    @property
    def agreed(self) -> bool:
        """Whether all coders coded it, and alike in every field."""
        return None not in self.codings and all(one.agreed for one in self.fields)


@dataclass(frozen=True, slots=True)
class FieldAgreement:
    """How far coders agree in one field: only the measures that the field's values allow."""

    field: str
    level: str  # nominal, ordinal, interval, spans
    percent: Score
    kappa: Score | None = None  # of two coders
    alpha: Score | None = None
    f1_exact: Score | None = None
    f1_overlap: Score | None = None


def side_by_side(ledger: Ledger, identity: str, person: Person, agreed: bool = False) -> tuple[Beside, ...]:
    """The claims of an assignment on which its coders differ, in the order of entry; with `agreed` all of them. Blinded until all have handed in."""
    found = _beside(ledger, *unveiled(ledger, identity, person))
    return found if agreed else tuple(one for one in found if not one.agreed)


def settle(ledger: Ledger, where: tuple[str, int], made: tuple[Verdict, str | None], person: Person, seen: str | None) -> Decided:
    """The adjudicator's decision on a claim of an assignment: a review, which holds from now on. NotAllowed for its coders; Outdated as `decide`."""
    assignment, _ = unveiled(ledger, where[0], person)
    _may_settle(assignment, person)
    claim = claim_of(ledger, where[1])
    if claim.id not in assignment.claims:
        raise InputError(f"claim {claim.number} is not in {assignment.id!r}: `sayso adjudicate` shows its claims")
    return enter_decision(ledger, claim, made, person, seen, assignment.id)


def adopt_agreed(ledger: Ledger, identity: str, person: Person) -> Deed:
    """The deed that enters, as the adjudicator's, what all coders of an assignment agree on. What is settled already is left."""
    made, codings = unveiled(ledger, identity, person)
    _may_settle(made, person)
    if person.key and (entries := ledger.coded.deed(person.name, person.key)):
        return Deed(person.key, entries, ledger.head(), again=True)
    person = person.keyed
    reviews, expects = [], []
    for one in _beside(ledger, made, codings):
        first = one.codings[0]
        if one.agreed and not one.settled and first is not None and first.verdict is not None:
            told = "all coders agree" + (f": {first.reason}" if first.reason else "")
            reviews.append(made_review(one.claim, first.verdict, replace(person, reason=told), first.amendment, made.id))
            expects.append((one.claim, one.seen))
    if not reviews:
        raise InputError(f"there is nothing in {identity!r} that all coders agree on and that is not settled")
    batch = Batch(reviews=tuple(reviews), expects=tuple(expects), deed=(person.name, person.key))
    done = enter(ledger, batch, reviews[0])
    return Deed(person.key, ledger.coded.deed(person.name, person.key), done.head, again=not done.new)


def _may_settle(made: Assignment, person: Person) -> None:
    if made.adjudicator is not None and made.adjudicator != person.name:
        raise NotAllowed(f"{made.adjudicator!r} adjudicates {made.id!r}, not {person.name!r}")
    if made.adjudicator is None:
        person.must_be(Role.ADJUDICATOR, "adjudicating")
        if person.name in made.coders:
            raise NotAllowed(f"{person.name!r} coded {made.id!r}: somebody else adjudicates it, unless the assignment named who does")


def agreement(ledger: Ledger, identity: str, person: Person) -> tuple[FieldAgreement, ...]:
    """How far the coders of an assignment agree, a row for each field. Blinded until all have handed in."""
    made, codings = unveiled(ledger, identity, person)
    found = _beside(ledger, made, codings)
    units: dict[str, list[tuple[Value, ...]]] = {name: [] for name in (*_CODES, *_SPANS, *(f"figure {name}" for name in _FIGURE))}
    for field in (field for one in found for field in one.fields):
        figure, _, name = field.name.rpartition(": ")
        units[f"figure {name}" if figure else name].append(field.coders)
    return tuple(_agreement(name, told, len(made.coders)) for name, told in units.items())


def agreement_csv(rows: Sequence[FieldAgreement]) -> str:
    """The rows as CSV. A measure that cannot be told is an empty cell, and `why` says why."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    measures = ("percent", "kappa", "alpha", "f1_exact", "f1_overlap")
    writer.writerow(("field", "level", "units", *measures, "why"))
    for row in rows:
        scores = [getattr(row, name) for name in measures]
        cells = ["" if one is None or one.value is None else f"{one.value:.4f}" for one in scores]
        why = dict.fromkeys(one.why for one in scores if one is not None and one.why)
        writer.writerow((row.field, row.level, row.percent.of, *cells, "; ".join(why)))
    return stream.getvalue()


def _agreement(name: str, units: Sequence[tuple[Value, ...]], coders: int) -> FieldAgreement:
    pairs = [pair for unit in units for pair in combinations(unit, 2)]
    same = percent(pairs)
    if name in _SPANS:
        both = [(one, other) for one, other in pairs if isinstance(one, tuple) and isinstance(other, tuple)]
        return FieldAgreement(name, "spans", same, f1_exact=span_f1(both), f1_overlap=span_f1(both, overlap=True))
    kappa = cohen_kappa([(unit[0], unit[1]) for unit in units]) if coders == _MOST_APART else None
    if name.removeprefix("figure ") in _BOUNDS:
        numbers = [[value if isinstance(value, int) else None for value in unit] for unit in units]
        return FieldAgreement(name, Level.INTERVAL, same, kappa, krippendorff_alpha(numbers, Level.INTERVAL))
    if name == "certainty":
        return FieldAgreement(name, Level.ORDINAL, same, kappa, krippendorff_alpha(units, Level.ORDINAL, [one.value for one in Certainty]))
    return FieldAgreement(name, Level.NOMINAL, same, kappa, krippendorff_alpha(units))


def _beside(ledger: Ledger, made: Assignment, codings: Mapping[str, Mapping[str, Coding]]) -> tuple[Beside, ...]:
    """All claims of an assignment that a current reading has."""
    numbers = sorted((number, claim) for claim, number in ledger.claim_numbers(made.claims).items())
    readings: dict[str, Reading | None] = {}
    found = []
    for number, identity in numbers:
        document = ledger.document_of_claim(identity) or ""
        if document not in readings:
            readings[document] = ledger.current_reading(document)
        reading = readings[document]
        claim = next((one for one in reading.claims if one.id == identity), None) if reading else None
        if reading is not None and claim is not None:
            found.append(_side(ledger, (made, number, claim), reading, [codings[coder].get(identity) for coder in made.coders]))
    return tuple(found)


def _side(ledger: Ledger, what: tuple[Assignment, int, Claim], reading: Reading, codings: Sequence[Coding | None]) -> Beside:
    made, number, claim = what
    figures = [figure.id for figure in reading.figures if figure.claim == claim.id]
    final = ledger.reviews_of([claim.id, *figures])
    settled = any(one.assignment == made.id for one in final)
    engine = _told(reading, claim.id, ())
    says = [_told(reading, claim.id, (_review(one),)) if one is not None else {} for one in codings]
    last = _told(reading, claim.id, final) if settled else {}
    fields = tuple(FieldBeside(name, value, tuple(one.get(name) for one in says), last.get(name)) for name, value in engine.items())
    seen = ledger.last_decision(claim.id)
    return Beside(number, claim.id, claim.trigger.quote, claim.confidence, fields, tuple(codings), settled, seen)


def _review(coding: Coding) -> Review:
    return Review(coding.claim, coding.verdict or Verdict.ACCEPT, coding.coder, coding.at, coding.reason or "coded", coding.amendment)


def _told(reading: Reading, identity: str, reviews: Sequence[Review]) -> dict[str, Value]:
    """A claim's fields as reviews make them. Of a rejected claim only that it is."""
    own = [one for one in reviews if one.record == identity]
    if own and own[-1].verdict is Verdict.REJECT:
        return {"claim": _REJECTED}
    now = amended(reading, reviews)
    claim = next(one for one in now.claims if one.id == identity)
    roles = claim.roles
    told: dict[str, Value] = {
        "claim": _KEPT,
        "type": claim.act.type,
        "mode": claim.act.mode or _NONE,
        "modality": claim.modality.value,
        "certainty": claim.certainty.value,
        "victim_status": claim.victim_status.value,
        **{name: _stretches(getattr(roles, name)) for name in _SPANS[:-1]},
        "time": _stretches((roles.time,) if roles.time else ()),
    }
    for figure in (one for one in now.figures if one.claim == identity):
        bounds = {name: _UNKNOWN if (value := getattr(figure, name)) is None else value for name in _BOUNDS}
        told |= {f"{figure.id}: {name}": value for name, value in (bounds | {"measure": figure.measure.value, "status": figure.status.value}).items()}
    return told


def _stretches(spans: Iterable[Span]) -> tuple[tuple[int, int], ...]:
    return tuple(sorted((span.start, span.end) for span in spans))
