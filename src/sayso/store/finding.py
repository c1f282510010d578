"""Query → claims: the SQL of `find`. What users write reaches the store as parameters only.

Three filters may match anything from none to most claims: words, names, days. Each is counted up to a bound first; the rarest one drives the search if it
is rare, and the others are tested claim by claim. If all are common, claims are walked from the last one on, and a page is soon full.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, select, text

from sayso.errors import InputError
from sayso.model import Document
from sayso.store import fulltext
from sayso.store.fetching import COLUMNS, decoded
from sayso.store.folding import clean, phrases
from sayso.store.projecting import MONTH, name_words
from sayso.store.query import FoundClaim, FoundFigure, Page, Query
from sayso.store.tables import entries

_RARE = 20_000  # claims that a filter may match to drive the search
_RARE_TOGETHER = 100_000  # with others beside it: few claims meet all, and walking would look at most
_RARE_OF_INCIDENTS = 4_000  # all that meet it are sorted; beyond that, incidents are walked from the last one on, and a page is soon full
_FIRST_STEP, _LARGEST_STEP = 500, 32_000  # claims walked at a time
_FEW = 500  # names that are written into a statement one by one
_ROLES = ("actor", "place", "voice", "side", "source")
_PLAIN = ("type", "status", "modality", "document")
_FAR = "9999-12-31"
_FROM = "FROM claims LEFT JOIN incident_claims ON incident_claims.number = claims.number"
_SELECT = f"SELECT claims.*, incident_claims.incident {_FROM}"
# SQLite keeps to the order of a CROSS JOIN: the word index gives claims from the last one on.
_STREAM = (
    f"FROM {fulltext.CLAIMS} CROSS JOIN claims ON claims.number = {fulltext.CLAIMS}.rowid"
    " LEFT JOIN incident_claims ON incident_claims.number = claims.number"
)


class _Filter:
    """A set of claim numbers: the statement that gives them all, and the test of one claim."""

    def __init__(self, numbers: str, test: str) -> None:
        self.numbers = numbers
        self.test = test


class Finder:
    """Conditions and parameters of one query: for a page of claims, or of the `incidents` that such claims are in."""

    def __init__(self, connection: Connection, query: Query, incidents: bool = False) -> None:
        self.connection = connection
        self.query = query
        self.incidents = incidents
        self.streamed: _Filter | None = None  # common words, whose index is itself walked from the last claim on
        self.values: dict[str, Any] = {}
        self.tests: list[str] = []
        self.nothing = False  # words were given, but none that a text could hold
        words = self._words()
        days = self._days()
        sets = [one for one in (*self._names(), words) if one is not None]
        if days is not None and any("last_day" in one.numbers for one in sets):
            self.tests.append(days.test)  # names are kept by day: the days drive already
        elif days is not None:
            sets.insert(0, days)
        if incidents:
            sets += self._fields()
        self.driven = bool(sets) and not self.nothing and self._drive(sets)
        if not self.driven and query.incident is None and connection.dialect.name == "sqlite":
            self.streamed = words
        self._plain("+" if self.driven and connection.dialect.name == "sqlite" else "")

    @property
    def where(self) -> str:
        """The condition of all filters."""
        return " AND ".join(self.tests) if self.tests else "1 = 1"

    def _words(self) -> _Filter | None:
        if not (self.query.words or "").strip():
            return None
        wanted = phrases(self.query.words or "")
        if not wanted:
            self.nothing = True
            return None
        self.values["words"] = fulltext.asked(self.connection, wanted)
        match = fulltext.matches(self.connection, fulltext.CLAIMS, "words")
        numbers = f"SELECT rowid FROM {fulltext.CLAIMS} WHERE {match}"  # noqa: S608 constants
        return _Filter(numbers, f"EXISTS ({numbers} AND rowid = claims.number)")

    def _names(self) -> Iterable[_Filter]:
        for role in _ROLES:
            name = getattr(self.query, role)
            if not (name or "").strip():
                continue
            words = name_words(name)
            if not words:
                self.nothing = True
                continue
            self.values[role] = f"%{words}%"
            called = f"SELECT id FROM names WHERE role = '{role}' AND words LIKE :{role}"  # noqa: S608 a constant
            found = list(self.connection.execute(text(f"{called} LIMIT {_FEW + 1}"), {role: self.values[role]}).scalars())
            if not found:
                self.nothing = True
                continue
            # Numbers that the store itself made: no words of a user's stand in the statement.
            ids = ", ".join(str(int(one)) for one in found) if len(found) <= _FEW else called
            when = self._when("claim_names.")
            numbers = f"SELECT number FROM claim_names WHERE name IN ({ids}){when}"  # noqa: S608 whole numbers
            yield _Filter(numbers, f"EXISTS (SELECT 1 FROM claim_names WHERE claim_names.number = claims.number AND name IN ({ids}))")  # noqa: S608

    def _days(self) -> _Filter | None:
        if not self.query.since and not self.query.until:
            return None
        self.values |= {"since": _day(self.query.since) or "0", "until": _day(self.query.until) or _FAR}
        test = self._when("claims.").removeprefix(" AND ")
        # Claims of a month at most end near the days asked for; the few longer ones are looked at wherever they end.
        self.values["near"] = _later(self.values["until"])
        numbers = (
            f"SELECT number FROM claims WHERE long = false AND last_day <= :near AND {test} UNION ALL SELECT number FROM claims WHERE long = true AND {test}"  # noqa: S608 constants
        )
        return _Filter(numbers, test)

    def _fields(self) -> Iterable[_Filter]:
        """Single fields as filters that may drive: of claims that meet all else, the page of incidents is walked over many."""
        for name in (*_PLAIN, "country"):
            value = getattr(self.query, name)
            if value:
                self.values[name] = clean(str(value).strip().upper() if name == "country" else str(value))
                yield _Filter(f"SELECT number FROM claims WHERE {name} = :{name}", f"+claims.{name} = :{name}" if self._sqlite else f"claims.{name} = :{name}")  # noqa: S608

    @property
    def _sqlite(self) -> bool:
        return self.connection.dialect.name == "sqlite"

    def _when(self, table: str) -> str:
        """Days overlap: the same in claims and beside their names, where the search need not look at the claims."""
        if not self.query.since and not self.query.until:
            return ""
        return f" AND {table}last_day >= :since AND {table}first_day <= :until AND {table}first_day <> ''"

    def _plain(self, no_index: str) -> None:
        """Tests of single fields. SQLite, which knows no numbers of rows, is told (by a `+`) to use no index of theirs where a rare filter drives."""
        for name in _PLAIN:
            value = getattr(self.query, name)
            if value:
                self.values[name] = clean(str(value))
                self.tests.append(f"{no_index}claims.{name} = :{name}")
        if self.query.country:
            self.values["country"] = clean(self.query.country.strip().upper())
            self.tests.append(f"{no_index}claims.country = :country")
        if self.query.incident is not None:
            self.values["incident"] = self.query.incident
            self.tests.append("claims.number IN (SELECT number FROM incident_claims WHERE incident = :incident)")
        if not self.query.superseded:
            self.tests.append("NOT claims.superseded")

    def _drive(self, sets: Sequence[_Filter]) -> bool:
        """Whether one filter is rare enough to drive the search."""
        most = _RARE_OF_INCIDENTS if self.incidents else _RARE if len(sets) == 1 else _RARE_TOGETHER
        counts = [self._count(one, most) for one in sets]
        if 0 in counts:
            self.nothing = True
            return False
        least = min(counts)
        driver = sets[counts.index(least)] if least < most and self.query.incident is None else None
        for one in sets:
            self.tests.append(f"claims.number IN ({one.numbers})" if one is driver else one.test)
        return driver is not None

    def _count(self, one: _Filter, most: int) -> int:
        found = self.connection.execute(text(f"SELECT count(*) FROM ({one.numbers} LIMIT {most}) AS counted"), self._used(one.numbers)).scalar()  # noqa: S608
        return int(found or 0)

    def _used(self, statement: str) -> dict[str, Any]:
        return {name: value for name, value in self.values.items() if f":{name}" in statement}

    def rows(self) -> tuple[Sequence[RowMapping], int | None]:
        """The rows of the page, and where the next begins."""
        if self.nothing:
            return (), None
        found = self._walked("claims.*, incident_claims.incident", self.query.after, self.query.limit + 1)
        page = found[: self.query.limit]
        return page, page[-1]["number"] if len(found) > self.query.limit else None

    def incidents_down(self, after: int | None) -> Iterator[int]:
        """The numbers of the incidents that claims which meet the query are in, the highest first; those below `after`.

        Claims are walked from the last one on. No claim is older than its incident's number: what a walk has not met stands below where it is.
        """
        below = after
        high = after
        met: set[int] = set()
        size = _FIRST_STEP
        while True:
            rows = self._walked("claims.number, incident_claims.incident", below, size)
            below = int(rows[-1]["number"]) if len(rows) == size else None
            met.update(row["incident"] for row in rows if row["incident"] is not None)
            if after is not None and high is not None:
                met.update(self._later((below or 0, high), after))
                high = below
            sure = sorted((one for one in met if below is None or one >= below), reverse=True)
            yield from sure
            if below is None:
                return
            met.difference_update(sure)
            size = min(2 * size, _LARGEST_STEP)

    def _later(self, between: tuple[int, int], after: int) -> Iterable[int]:
        """The incidents with numbers between two that a claim meets which was entered after where the walk began."""
        values = {"low": between[0], "high": between[1], "begun": after}
        cross = "CROSS JOIN" if self._sqlite else "JOIN"
        statement = (
            f"SELECT DISTINCT incident_claims.incident FROM incident_claims {cross} claims ON claims.number = incident_claims.number"  # noqa: S608 constants
            f" WHERE incident_claims.incident >= :low AND incident_claims.incident < :high AND incident_claims.number >= :begun AND {self.where}"
        )
        return self.connection.execute(text(statement), self._used(statement) | values).scalars()

    def _walked(self, columns: str, below: int | None, limit: int) -> Sequence[RowMapping]:
        """The last claims below a number that meet the query."""
        tests = list(self.tests)
        number, start = "claims.number", f"SELECT {columns} {_FROM} WHERE "
        if self.streamed is not None:
            tests = [one for one in tests if one != self.streamed.test]
            number, start = f"{fulltext.CLAIMS}.rowid", f"SELECT {columns} {_STREAM} WHERE {fulltext.matches(self.connection, fulltext.CLAIMS, 'words')} AND "
        if below is not None:
            self.values["after"] = below
            tests.append(f"{number} < :after")
        statement = f"{start}{' AND '.join(tests) or '1 = 1'} ORDER BY {number} DESC LIMIT {limit}"
        return self.connection.execute(text(statement), self._used(statement)).mappings().all()


def find(connection: Connection, query: Query) -> Page:
    """A page of the claims that meet a query, those entered last first."""
    rows, following = Finder(connection, query).rows()
    return Page(shown_claims(connection, rows), following)


def claim(connection: Connection, number: int) -> FoundClaim | None:
    """The claim of that number; None where no current reading holds it."""
    rows = connection.execute(text(f"{_SELECT} WHERE claims.number = :number"), {"number": number}).mappings().all()
    return next(iter(shown_claims(connection, rows)), None)


def shown_claims(connection: Connection, rows: Sequence[RowMapping]) -> tuple[FoundClaim, ...]:
    """Rows of claims with their figures."""
    figures: dict[int, list[FoundFigure]] = defaultdict(list)
    numbers = [int(row["number"]) for row in rows]
    for start in range(0, len(numbers), 500):
        some = ", ".join(map(str, numbers[start : start + 500]))
        asked = f"SELECT number, measure, low, high, status, modality FROM figures WHERE number IN ({some}) ORDER BY number, position"  # noqa: S608 whole numbers
        for number, *told in connection.execute(text(asked)):
            figures[number].append(FoundFigure(*told))
    return tuple(_claim(row, tuple(figures[row["number"]])) for row in rows)


def _claim(row: RowMapping, figures: tuple[FoundFigure, ...]) -> FoundClaim:
    shown = json.loads(row["shown"])
    names: dict[str, Any] = {role: tuple(shown[role]) for role in ("voices", "actor", "recipient")}
    names["kinds"] = tuple(tuple(some) for some in shown.get("kinds", ((), ())))
    same = (
        "number", "id", "document", "source", "title", "published", "type", "mode", "modality", "place", "country", "admin1", "lat", "lon",
        "date_from", "date_to", "status", "incident", "quote",
    )  # fmt: skip
    return FoundClaim(**{name: row[name] for name in same}, **names, figures=figures, superseded=bool(row["superseded"]))


def _later(day: str) -> str:
    """The day on which a claim of a month that begins on a day ends."""
    try:
        return (date.fromisoformat(day) + timedelta(days=MONTH)).isoformat()
    except (ValueError, OverflowError):
        return _FAR


def _day(value: str | None) -> str | None:
    """A day as days are compared; InputError where it is none."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value[:10]).isoformat()
    except ValueError as wrong:
        raise InputError(f"{value!r} is no day: write it as 2024-05-04") from wrong


def documents_with(connection: Connection, words: str, limit: int) -> tuple[Document, ...]:
    """The documents whose title and text hold all the words, those entered last first."""
    wanted = phrases(words)
    if not wanted:
        return ()
    match = fulltext.matches(connection, fulltext.DOCUMENTS, "words")
    asked = text(f"SELECT rowid FROM {fulltext.DOCUMENTS} WHERE {match} ORDER BY rowid DESC LIMIT :limit")  # noqa: S608 constants
    found = connection.execute(asked, {"words": fulltext.asked(connection, wanted), "limit": limit}).scalars().all()
    rows = connection.execute(select(*COLUMNS).where(entries.c.seq.in_(found), entries.c.body.is_not(None)).order_by(entries.c.seq.desc()))
    return tuple(decoded(row) for row in rows)
