"""What stands around a time and decides what it means: the publication date, the dates told before it, which way the verb looks."""

from dataclasses import dataclass, replace
from datetime import date

from sayso.languages.times import Lean
from sayso.resolve.time_calendar import Found, UnresolvedError


@dataclass(frozen=True, slots=True)
class TimeContext:
    """Publication date; the last day and the last time of any length told before; the date of the header that labels hang on; a date with a year,
    long past, whose story is being told; the verb's lean."""

    published: date | None = None
    last_day: Found | None = None
    last_any: Found | None = None
    header: Found | None = None
    story: Found | None = None
    lean: Lean = Lean.UNKNOWN

    def day(self, what: str) -> date:
        """The publication date; UnresolvedError without one: today's date is never put in its place."""
        if self.published is None:
            raise UnresolvedError(f"{what} counts from the publication date, which is not known")
        return self.published

    def as_of(self, day: date, lean: Lean) -> "TimeContext":
        """The same, seen from another day."""
        return replace(self, published=day, lean=lean)

    def leaning(self, lean: Lean) -> "TimeContext":
        """The same with another lean."""
        return replace(self, lean=lean)
