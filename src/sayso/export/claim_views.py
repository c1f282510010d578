"""Incidents of a `claims` file as comparing sees rows: what its claims that are told as done tell of days, place, actors, act and the dead."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from sayso.export.csv_records import BadRow
from sayso.export.imported import Imported, ImportedRow, Layout
from sayso.export.imported_dates import day_of, degrees, whole
from sayso.export.row_views import AROUND_KM, WIDE_KM, RowView, point_of
from sayso.export.view_names import actor_words, folded_name

_MOST_STATEMENTS = 10_000  # of one incident
_LISTED = "listed"  # those of the actors and recipients that are told by the list's name, not as written
_Days = tuple[date, date]


@dataclass(slots=True)
class _Incident:
    """What the statements of one incident tell, each value with how many tell it."""

    line: int
    name: str
    told: dict[str, Counter[str]] = field(default_factory=dict)  # by property
    days: dict[str, dict[str, date]] = field(default_factory=dict)  # by claim and property
    killed: list[tuple[int | None, int | None]] = field(default_factory=list)
    left: int = _MOST_STATEMENTS

    def add(self, row: ImportedRow) -> None:
        """Nothing; one more statement."""
        prop, value = row.get("prop"), row.get("value")
        if self.left <= 0 or row.get("modality") != "actual" or row.get("historical") == "true" or row.get("status") == "rejected":
            return
        self.left -= 1
        if prop in ("dateFrom", "dateTo"):
            day = day_of(value)
            if day is not None:
                self.days.setdefault(row.get("claim_id"), {})[prop] = day
        elif prop == "killed":
            if row.get("scope") == "act":
                self.killed.append((whole(row.get("low")), whole(row.get("high"))))
        elif value:
            self.told.setdefault(prop, Counter())[value] += 1
            if prop in ("actor", "recipient") and value != row.get("original_value"):
                self.told.setdefault(_LISTED, Counter())[value] += 1

    def values(self, *props: str) -> list[str]:
        """The values of some properties, those that most statements tell first."""
        return [value for prop in props for value, _ in self.told.get(prop, Counter()).most_common()]


def incident_views(file: Imported) -> Iterator[RowView | BadRow]:
    """The incidents of a file, in the order in which it tells them; those that are told as done, and when, alone."""
    incidents: dict[str, _Incident] = {}
    for row in file:
        key = row.get("canonical_id") or row.get("claim_id")
        found = incidents.setdefault(key, _Incident(row.line, row.get("incident") or key))
        found.add(row)
    for one in incidents.values():
        if one.told.get("act"):
            yield _view(one)


def _view(one: _Incident) -> RowView | BadRow:
    days = _days(list(one.days.values()))
    if days is None:
        return BadRow(one.line, "dateFrom", "", f"no claim of the incident {one.name} that is told as done tells a day: compare its `rows`, which have one")
    lat, lon = _coordinates(one.values("coordinates"))
    names, acts, country = one.values("place"), one.values("act"), next(iter(one.values("country")), "").upper()
    area = f"country:{country}" if country else ""
    actors = tuple(dict.fromkeys(one.values(_LISTED) or one.values("actor", "recipient")))
    lows, highs = [low for low, _ in one.killed if low is not None], [high for _, high in one.killed]
    vague = "" if names or lat is not None else area
    return RowView(
        layout=Layout.CLAIMS, line=one.line, id=one.name, first=days[0], last=days[1],
        place=next(iter(names), country), places=frozenset(folded for name in names if (folded := folded_name(name))),
        area=frozenset((area,) if area else ()), vague=vague, lat=lat, lon=lon, point=None if vague else point_of(lat, lon),
        reach=WIDE_KM if lat is None else AROUND_KM, actors=actors, words=frozenset(word for name in actors for word in actor_words(name)),
        beside=(), labels=(), kinds=frozenset(), kind=acts[0], same_as=frozenset(acts), violence=None, event=acts[0].partition("/")[0],
        low=min(lows, default=None), best=None,
        high=None if None in highs else max((high for high in highs if high is not None), default=None),
    )  # fmt: skip


def _days(told: Sequence[dict[str, date]]) -> _Days | None:
    """The sharpest of the intervals that claims tell."""
    both = [(days.get("dateFrom") or days["dateTo"], days.get("dateTo") or days["dateFrom"]) for days in told if days]
    sound = [(first, last) for first, last in both if first <= last]
    return min(sound, key=lambda days: (days[1] - days[0], days[0]), default=None)


def _coordinates(told: Sequence[str]) -> tuple[float | None, float | None]:
    """The point that most statements tell."""
    lat, _, lon = (told[0] if told else "").partition(" ")
    return degrees(lat), degrees(lon)
