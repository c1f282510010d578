"""Reports into a ledger: stored with their raw bytes, recognised as new versions, and read; a few at a time, each few in one transaction."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from sayso.desk.reads import Reads
from sayso.desk.registry import Registry
from sayso.desk.versions import Versions
from sayso.intake.settings import Taken
from sayso.model import Document, Failure, Origin, Reading
from sayso.store.batch import Batch
from sayso.store.ledger import Ledger

_FEW = 16  # documents of one transaction: a kill loses no more than these, and the next run takes them again
_MUCH = 200_000  # code points after which no more are waited for
_HEAVY = 64_000_000  # raw bytes after which no more are waited for


class Became(StrEnum):
    """What became of one input."""

    ADDED = "added"
    KNOWN = "known"
    READ = "read"  # stored before, and read now
    FAILED = "failed"  # nothing is stored
    UNREAD = "unread"  # stored, but cannot be read


@dataclass(frozen=True, slots=True)
class Step:
    """One input of an add: what became of it, and why where it failed."""

    became: Became
    document: str | None = None
    failure: Failure | None = None
    notes: tuple[str, ...] = ()
    claims: int = 0
    supersedes: str | None = None  # the id of the document that it is a new version of


def add(taken: Iterable[Taken], ledger: Ledger, reader: Reads | None) -> Iterator[Step]:
    """One Step an input, in order, each after it is safely stored. Without a reader documents are stored unread.

    What the ledger knows by its id is left as it is, but read where an earlier run was broken off before it was.
    """
    adding = _Adding(ledger, reader)
    few: list[Taken] = []
    held = heavy = 0
    for one in taken:
        few.append(one)
        held += len(one.item.text) if isinstance(one.item, Document) else 0
        heavy += len(one.raw or b"")
        if len(few) >= _FEW or held > _MUCH or heavy > _HEAVY:
            yield from adding.store(few)
            few, held, heavy = [], 0, 0
    yield from adding.store(few)


class _Adding:
    """What is kept from one few to the next: the registry, what was taken down, and the versions."""

    def __init__(self, ledger: Ledger, reader: Reads | None) -> None:
        self._ledger, self._reader = ledger, reader
        self._registry = Registry.of(ledger.sources())
        self._gone = {stone.document: stone for stone in ledger.tombstones()}
        self._versions = Versions(ledger)

    def store(self, few: Sequence[Taken]) -> list[Step]:
        """The steps of a few inputs, whose new documents and readings are stored in one transaction."""
        fresh: dict[str, tuple[Taken, Document]] = {}
        known: dict[str, Document] = {}
        for one in few:
            document = one.item
            if not isinstance(document, Document) or document.id in self._gone or document.id in fresh:
                continue
            if self._ledger.has(document.id):
                known[document.id] = document
            else:
                fresh[document.id] = (one, self._completed(document))
        stored = [document for _, document in fresh.values()]
        unread = [missed for identity in known if (missed := self._missed(identity)) is not None]
        readings, failures = self._read([*stored, *unread])
        if fresh or readings or failures:
            self._ledger.append(
                Batch(
                    documents=tuple(stored),
                    extractions=tuple(one.extraction for one, _ in fresh.values() if one.extraction is not None),
                    raws=tuple(one.raw for one, _ in fresh.values() if one.raw is not None),
                    readings=tuple(readings.values()),
                    failures=tuple(failures.items()),
                    origin=self._reader.origin if self._reader is not None else Origin(),
                )
            )
        self._versions.stored()
        told: set[str] = set()
        return [self._step(one, fresh, readings, failures, told) for one in few]

    def _completed(self, document: Document) -> Document:
        """The document with what the registry knows of its source, and the one that it supersedes."""
        document = replace(document, source=self._registry.completed(document.source))
        return self._versions.marked(document)

    def _missed(self, identity: str) -> Document | None:
        """The stored document where nobody has read it yet; None where somebody has, or could not."""
        if self._reader is None or self._ledger.is_read(identity):
            return None
        return self._ledger.document(identity)

    def _read(self, documents: Sequence[Document]) -> tuple[dict[str, Reading], dict[str, Failure]]:
        if self._reader is None or not documents:
            return {}, {}
        readings: dict[str, Reading] = {}
        failures: dict[str, Failure] = {}
        for document, result in zip(documents, self._reader.read(documents), strict=True):
            if isinstance(result, Failure):
                failures[document.id] = result
            else:
                readings[document.id] = result
        return readings, failures

    def _step(
        self, one: Taken, fresh: dict[str, tuple[Taken, Document]], readings: dict[str, Reading], failures: dict[str, Failure], told: set[str]
    ) -> Step:  # fmt: skip
        if isinstance(one.item, Failure):
            return Step(Became.FAILED, failure=one.item, notes=one.notes)
        identity = one.item.id
        if identity in self._gone:
            stone = self._gone[identity]
            why = f"was taken down on {stone.at[:10]} by {stone.by}: {stone.reason}. It is not stored again"
            return Step(Became.FAILED, identity, Failure(_name(one.item), "TakenDown", why, one.item.given_id), one.notes)
        if identity in failures and identity not in told:
            told.add(identity)
            return Step(Became.UNREAD, identity, failures[identity], one.notes)
        claims = len(readings[identity].claims) if identity in readings else 0
        if identity in told or (identity not in fresh and identity not in readings):
            return Step(Became.KNOWN, identity, notes=one.notes)
        told.add(identity)
        if identity not in fresh:
            return Step(Became.READ, identity, notes=one.notes, claims=claims)
        return Step(Became.ADDED, identity, notes=one.notes, claims=claims, supersedes=fresh[identity][1].supersedes)


def reread(ledger: Ledger, reader: Reads) -> Iterator[Step]:
    """One Step a document that this reader has not read yet: its reading is stored beside the earlier ones, and people's reviews are carried over."""
    few: list[Document] = []
    held = 0
    for document in ledger.unread(reader.origin):
        few.append(document)
        held += len(document.text)
        if len(few) >= _FEW or held > _MUCH:
            yield from _reread_few(few, ledger, reader)
            few, held = [], 0
    yield from _reread_few(few, ledger, reader)


def _reread_few(few: Sequence[Document], ledger: Ledger, reader: Reads) -> Iterator[Step]:
    if not few:
        return
    results = list(reader.read(few))
    readings = tuple(result for result in results if isinstance(result, Reading))
    failures = tuple((document.id, result) for document, result in zip(few, results, strict=True) if isinstance(result, Failure))
    ledger.append(Batch(readings=readings, failures=failures, origin=reader.origin))
    for document, result in zip(few, results, strict=True):
        if isinstance(result, Failure):
            yield Step(Became.UNREAD, document.id, result)
        else:
            yield Step(Became.READ, document.id, claims=len(result.claims))


def _name(document: Document) -> str:
    return document.given_id or document.url or document.title or document.id
