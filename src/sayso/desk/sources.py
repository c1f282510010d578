"""Sources side by side: who they are, what each tells that others do not, and whose words take a side. Counts, and no ranking."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from sayso.desk.registry import Registry, folded
from sayso.model import LoadedWord, RegisteredSource, Source
from sayso.model.words import SourceKind, VoiceKind
from sayso.store.ledger import Ledger
from sayso.store.query import IncidentSummary, Query

_PAGE = 1000


@dataclass(frozen=True, slots=True)
class SourceRow:
    """What the ledger holds of one source."""

    name: str
    kind: SourceKind
    side: str | None
    country: str | None
    registered: RegisteredSource | None  # what somebody set, who and why; None where only reports name it
    documents: int
    claims: int
    incidents: int  # that at least one of its reports tells of
    alone: tuple[int, ...]  # numbers of the incidents that no other source tells of
    loaded: tuple[tuple[str, int], ...]  # loaded words in its own wording, by class: not those that it quotes
    quoted: tuple[tuple[str, int], ...]  # loaded words that it prints as another's


@dataclass(slots=True)
class _Counts:
    source: Source
    documents: int = 0
    claims: int = 0
    incidents: int = 0
    alone: list[int] = field(default_factory=list)
    loaded: Counter[str] = field(default_factory=Counter)
    quoted: Counter[str] = field(default_factory=Counter)


def source_rows(ledger: Ledger) -> tuple[SourceRow, ...]:
    """One row a source, in the order of their names: those of reports, and those that are only registered. Aliases count under the registered name.

    Reports that a newer version replaces are left out: their claims and words stand in the newer one.
    """
    registry = Registry.of(ledger.sources())
    counted: dict[str, _Counts] = {}

    def of(source: Source) -> _Counts:
        known = registry.get(source.name)
        name = known.name if known else source.name
        return counted.setdefault(folded(name), _Counts(source))

    for reading in ledger.readings(superseded=False):
        counts = of(reading.document.source)
        counts.claims += len(reading.claims)
        for word in reading.loaded:
            (counts.loaded if _is_own(word) else counts.quoted)[word.loaded_class.value] += 1
    for name, several in ledger.documents_by_source().items():
        of(Source(name)).documents += several
    for incident in _incidents(ledger):
        told = {id(one): one for one in (of(Source(name)) for name in incident.sources)}
        for one in told.values():
            one.incidents += 1
            if len(told) == 1:
                one.alone.append(incident.number)
    for record in registry.by_name.values():
        counted.setdefault(folded(record.name), _Counts(Source(record.name)))
    rows = [_row(one, registry) for one in counted.values()]
    return tuple(sorted(rows, key=lambda row: folded(row.name)))


def _is_own(word: LoadedWord) -> bool:
    return not word.voices or word.voices[-1].kind is VoiceKind.OUTLET


def _incidents(ledger: Ledger) -> Iterator[IncidentSummary]:
    after: int | None = None
    while True:
        page = ledger.incidents(Query(limit=_PAGE, after=after))
        yield from page.rows
        if page.next is None:
            return
        after = page.next


def _row(counts: _Counts, registry: Registry) -> SourceRow:
    source = registry.completed(counts.source)
    known = registry.get(source.name)
    return SourceRow(
        name=known.name if known else source.name,
        kind=source.kind,
        side=source.side,
        country=source.country,
        registered=known,
        documents=counts.documents,
        claims=counts.claims,
        incidents=counts.incidents,
        alone=tuple(sorted(counts.alone)),
        loaded=tuple(sorted(counts.loaded.items())),
        quoted=tuple(sorted(counts.quoted.items())),
    )
