"""A reader without a parser, and inputs for it: readings made by hand, or made before and handed out again. All text is invented."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from tests.store.made import FIRST, TEXT, read, with_raw

from sayso.intake.settings import Taken
from sayso.model import Document, Extraction, Failure, Origin, Reading
from sayso.store.ledger import Ledger
from sayso.store.query import Query


@dataclass
class Scripted:
    """Reads as it is told: triggers and their acts, and documents (by given id) that it cannot read; notes what it was asked for."""

    origin: Origin = FIRST
    triggers: dict[str, str] | None = None
    failing: frozenset[str] = frozenset()
    asked: list[str | None] = field(default_factory=list)

    def read(self, documents: Iterable[Document | Failure]) -> Iterator[Reading | Failure]:
        for document in documents:
            assert isinstance(document, Document)
            self.asked.append(document.given_id)
            if document.given_id in self.failing:
                yield Failure(document.given_id or "", "NoLanguagePack", "no pack: add one", document.given_id)
            else:
                yield read(document, self.origin, self.triggers)


@dataclass
class Replayed:
    """Hands out readings that were made before, by document id."""

    readings: Mapping[str, Reading]
    origin: Origin

    def read(self, documents: Iterable[Document | Failure]) -> Iterator[Reading | Failure]:
        for document in documents:
            assert isinstance(document, Document)
            yield self.readings[document.id]


def taken(number: int, text: str | None = None, **fields: object) -> Taken:
    """A report as intake gives it: raw bytes, and how its text was got out of them."""
    made, raw = with_raw(number, TEXT if text is None else text)
    if fields:
        from dataclasses import replace

        made = replace(made, **fields)  # type: ignore[arg-type]
    return Taken(made, ("a note",), raw, Extraction(made.id, "html", "sayso 1", "text/html", made.raw_sha256))


def state(ledger: Ledger) -> dict[str, object]:
    """What a ledger holds and answers, without times and hashes: the same after a disturbed run as after an undisturbed one."""
    ids = {kind: [one.id for one in getattr(ledger, kind)()] for kind in ("documents", "readings", "copies", "reviews", "links", "failures")}
    incidents = [(one.number, tuple(claim.id for claim in ledger.incident(one.number))) for one in ledger.incidents(Query(limit=1000)).rows]
    found = [(row.number, row.id, row.incident) for row in ledger.find(Query(limit=1000)).rows]
    return {**ids, "incidents": incidents, "found": found, "counts": ledger.counts(), "entries": ledger.head().seq}
