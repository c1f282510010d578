"""Exporting a ledger: its incidents, each with claims, reports, reviews and rows, as an export format takes them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Protocol

from sayso.codebooks.rows import RowBook
from sayso.desk.finding import every_claim
from sayso.desk.telling import Teller
from sayso.export.lookup import Lookup
from sayso.export.subject import Subject
from sayso.link.accounts import INCIDENT_TYPES, accounts_of
from sayso.link.told import ReviewStatus, Told, told_of
from sayso.model import Event, Reading
from sayso.model.words import Modality
from sayso.resolve.scenes import scenes
from sayso.store.ledger import Ledger
from sayso.store.query import Query

_MOST_HELD = 256  # readings kept for the incidents that follow: reports of one happening are mostly entered near each other


class Codes(Protocol):
    """Whatever codes claims of stored readings by a book of rows: the pipeline's Coder is one."""

    def events(self, claims: Sequence[str], readings: Sequence[Reading], book: RowBook) -> tuple[Event, ...]:
        """The rows of one incident."""


@dataclass(frozen=True, slots=True)
class Coding:
    """By what rows are coded, and which of them are wanted."""

    coder: Codes
    book: RowBook
    type: str | None = None  # only rows of which a field has this value, such as "Air/drone strike"


@dataclass(slots=True)
class Subjects:
    """The incidents of a ledger of which a claim meets a query; iterating counts what was seen."""

    ledger: Ledger
    query: Query
    coding: Coding | None = None  # None for formats that tell claims
    seen: int = field(default=0, init=False)

    def __iter__(self) -> Iterator[Subject]:
        teller = Teller(self.ledger)
        status = ReviewStatus(self.query.status) if self.query.status in list(ReviewStatus) else None
        numbers, loose = self._found()
        lookup = lru_cache(maxsize=_MOST_HELD)(lambda name: self._lookup(teller, name))
        for number in numbers:
            claims = [(claim.document, claim.id) for claim in self.ledger.incident(number)]
            yield from self._subject(number, claims, (teller, lookup), status)
        for document, wanted in loose.items():
            found = lookup(document)
            if found is None:
                continue
            for incident in found.reading.incidents:
                claims = [(document, name) for name in incident.claims if name in wanted]
                if claims:
                    yield from self._subject(None, claims, (teller, lookup), status)

    def _found(self) -> tuple[list[int], Mapping[str, set[str]]]:
        """The numbers of incidents, those entered first first, and by document the claims that are in none."""
        numbers: set[int] = set()
        loose: dict[str, set[str]] = {}
        for claim in every_claim(self.ledger, self.query):
            if claim.incident is not None:
                numbers.add(claim.incident)
            else:
                loose.setdefault(claim.document, set()).add(claim.id)
        return sorted(numbers), {name: loose[name] for name in reversed(loose)}

    def _lookup(self, teller: Teller, document: str) -> Lookup | None:
        reading = self.ledger.current_reading(document)
        return Lookup(teller.amended(reading)) if reading is not None else None

    def _subject(
        self, number: int | None, claims: Sequence[tuple[str, str]], by: tuple[Teller, Callable[[str], Lookup | None]], status: ReviewStatus | None
    ) -> Iterator[Subject]:
        """The incident of these claims; nothing where none of them has the status asked for, or the rows asked for are none."""
        teller, lookup = by
        wanted: dict[str, set[str]] = {}
        for document, name in claims:
            wanted.setdefault(document, set()).add(name)
        lookups = {name: found for name in wanted if (found := lookup(name)) is not None}
        told = tuple(one for name, found in lookups.items() for one in teller.told(found.reading, wanted[name]))
        told = tuple(one for one in told if status is None or one.status is status)
        events = self._events(told, lookups)
        if told and (self.coding is None or events):
            self.seen += 1
            yield Subject(number, told, lookups, events)

    def _events(self, told: Sequence[Told], lookups: Mapping[str, Lookup]) -> tuple[Event, ...]:
        """The rows of what no reviewer rejected."""
        if self.coding is None:
            return ()
        standing = [one.claim.id for one in told if one.status is not ReviewStatus.REJECTED]
        if not standing:
            return ()
        events = self.coding.coder.events(standing, [found.reading for found in lookups.values()], self.coding.book)
        asked = self.coding.type
        return tuple(one for one in events if asked is None or asked in dict(one.fields).values())


def read_subjects(reading: Reading, coding: Coding | None) -> Iterator[Subject]:
    """The incidents of one reading as an export takes them: what the report tells of one happening in several sentences is one, as it is for linking."""
    lookups = {reading.document.id: Lookup(reading)}
    for claims in _happenings(reading):
        events = coding.coder.events(claims, [reading], coding.book) if coding is not None else ()
        if coding is None or events:
            yield Subject(None, told_of(reading, claims, {}, {}), lookups, events)


def _happenings(reading: Reading) -> list[tuple[str, ...]]:
    """The claims of each happening, in the order of the text.

    Those of an account stand together, others as the reading joined them; and what one sentence tells is one happening unless places or days set it apart.
    Who did it sets nothing apart here: coding gives different actors rows of their own.
    """
    gathered = [account.claims for account in accounts_of(reading) if not account.spoken]
    taken = {name for claims in gathered for name in claims}
    rest = [tuple(name for name in incident.claims if name not in taken) for incident in reading.incidents]
    place = {claim.id: number for number, claim in enumerate(reading.claims)}
    groups = sorted((claims for claims in (*gathered, *rest) if claims), key=lambda claims: min(place[name] for name in claims))
    return _joined(groups, _Apart.of(reading))


@dataclass(frozen=True, slots=True)
class _Apart:
    """What may set claims of one report apart: the sentence, place and days of each."""

    sentence: Mapping[str, int]
    scene: Mapping[str, int]
    days: Mapping[str, tuple[str | None, str | None]]
    held: frozenset[str]  # claims of acts that happen somewhere, told as done

    @classmethod
    def of(cls, reading: Reading) -> "_Apart":
        """Of the claims of a reading."""
        lookup = Lookup(reading)
        targets = {(one.span.start, one.span.end): target for one in reading.mentions if (target := lookup.place(one.span)) is not None}
        days = {claim.id: lookup.interval(claim.roles.time) for claim in reading.claims if claim.roles.time}
        return cls(
            {claim.id: lookup.sentence_number(claim.trigger) for claim in reading.claims},
            scenes([(claim, targets) for claim in reading.claims]),
            {name: (one.start, one.end) for name, one in days.items() if one is not None},
            frozenset(claim.id for claim in reading.claims if claim.act.type in INCIDENT_TYPES and claim.modality is Modality.ACTUAL),
        )

    def keeps(self, some: Sequence[str], others: Sequence[str]) -> bool:
        """Whether two groups of claims are not one happening."""
        here = {self.sentence[name] for name in some if name in self.held}
        if here.isdisjoint(self.sentence[name] for name in others if name in self.held):
            return True
        for told in (self.scene, self.days):
            one, other = ({told[name] for name in names if name in told} for names in (some, others))
            if one and other and one.isdisjoint(other):
                return True
        return False


def _joined(groups: Sequence[tuple[str, ...]], apart: _Apart) -> list[tuple[str, ...]]:
    """The groups, each joined to the first before it that nothing keeps it from."""
    found: list[list[str]] = []
    for group in groups:
        home = next((other for other in found if not apart.keeps(group, other)), None)
        if home is None:
            found.append(list(group))
        else:
            home.extend(group)
    return [tuple(group) for group in found]
