"""Subject: one incident with everything that an export may tell of it. ExportSettings: what holds for one export."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sayso.export.lookup import Lookup
from sayso.link.told import Told, told_of
from sayso.link.weigh import Weighed, weigh
from sayso.link.weigh_policies import Policy
from sayso.model import Event, Reading


@dataclass(frozen=True, slots=True)
class Subject:
    """One incident of a ledger or of one reading."""

    number: int | None  # in the ledger; None for an incident of a reading that is in none
    told: tuple[Told, ...]  # its claims as amended, with reports, figures and reviews
    lookups: Mapping[str, Lookup]  # by document id: the readings, as amended
    events: tuple[Event, ...] = ()  # its rows by the export's codebook; () where the format is not coded

    def told_of(self, event: Event) -> tuple[Told, ...]:
        """The claims that a row rests on."""
        wanted = frozenset(event.claims)
        return tuple(one for one in self.told if one.claim.id in wanted)

    def lookup(self, told: Told) -> Lookup:
        """The reading that a claim is of."""
        return self.lookups[told.claim.document]

    def weighed(self, told: Iterable[Told], policy: Policy) -> Weighed:
        """Claims of the incident weighed by a policy."""
        return weigh(tuple(told), policy)


class Coarsen(StrEnum):
    """How closely an export tells where something happened."""

    AUTO = "auto"  # ten kilometres for acts of the last 30 days at hospitals, shelters, camps and homes; else as told
    NONE = "none"
    TEN_KM = "10km"
    ADMIN1 = "admin1"
    WITHHOLD = "withhold"


@dataclass(frozen=True, slots=True)
class MadeBy:
    """By what an export was made: what its files say of themselves."""

    version: str  # of sayso
    at: str  # ISO time, UTC
    head: str | None = None  # of the ledger's hash chain, to be kept elsewhere


@dataclass(frozen=True, slots=True)
class BookLabel:
    """The codebook that rows were coded by."""

    name: str
    title: str
    version: str
    digest: str


@dataclass(frozen=True, slots=True)
class ExportSettings:
    """What holds for one export."""

    made: MadeBy
    policy: Policy
    book: BookLabel | None = None  # None where the format is not coded
    coarsen: Coarsen = Coarsen.AUTO
    names: bool = False  # whether victims and private persons may be named as reports name them
    credits: tuple[str, ...] = field(default=())  # whose place data is shown
    left_out: Callable[[str], None] | None = None  # told the reason of each row that a layout cannot hold

    def leave_out(self, reason: str) -> None:
        """Nothing; whoever listens is told why a row is not in the file."""
        if self.left_out is not None:
            self.left_out(reason)


def subjects_of(reading: Reading, book: BookLabel | None) -> Iterator[Subject]:
    """The incidents of one reading in the order of the text; its rows are those that it was coded with by that very book."""
    lookups = {reading.document.id: Lookup(reading)}
    rows: dict[str, list[Event]] = {}
    for event in reading.events:
        if book is not None and event.digest == book.digest:
            rows.setdefault(event.incident, []).append(event)
    for incident in reading.incidents:
        yield Subject(None, told_of(reading, incident.claims, {}, {}), lookups, tuple(rows.get(incident.id, ())))
