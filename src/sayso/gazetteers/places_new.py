"""Places read from files of others before they are in the table, and what was passed over while reading."""

from collections import Counter
from dataclasses import dataclass, field

_MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class NewPlace:
    """One place of an import: `country` and `admin1` as the table writes them."""

    ref: str  # what it is called in its own list: "281133", "wof:421168683"
    name: str
    country: str | None
    admin1: str | None
    lat: float
    lon: float
    level: str
    kind: str
    population: int = 0
    names: tuple[str, ...] = ()
    capital: bool = False
    geonames: str | None = None  # the GeoNames id, where the list tells it
    code: str | None = None  # a country's or a first-level unit's code: the ref of its row in the built table


@dataclass(slots=True)
class Skips:
    """What was passed over: broken lines one by one as far as there is room, the rest as counts."""

    broken: int = 0
    first: list[str] = field(default_factory=list)
    passed: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    def wrong(self, where: str, why: str) -> None:
        """Nothing; counts a broken line or file."""
        self.broken += 1
        if len(self.first) < _MOST_TOLD:
            self.first.append(f"{where}: {why}")

    def count(self) -> int:
        """How many lines or files gave no place of their own."""
        return self.broken + self.passed.total()

    def reasons(self) -> tuple[str, ...]:
        """Why, in plain words: the broken ones first, then the counts, then what else is worth knowing."""
        more = [f"… and {self.broken - len(self.first):,} more that cannot be read"] if self.broken > len(self.first) else []
        return (*self.first, *more, *(f"{count:,} {why}" for why, count in sorted(self.passed.items())), *self.notes)
