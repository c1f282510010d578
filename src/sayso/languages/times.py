"""Times: how a language writes times, read from its `times.toml`, and the symbolic values that its rules give."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path

from sayso.languages.strict import StrictTable, read_toml

STAGES = ("points", "parts", "ranges", "bounds", "rest")
READER_CLASSES = (
    *("DAYNUM", "YEARNUM", "NUMBER", "NTH", "DECADE", "CLOCK", "DIGITDATE"),
    *("COMMA", "DASH", "SLASH", "COLON", "STOP", "LPAREN", "RPAREN", "POSS", "NEWLINE", "QUOTE", "OTHER"),
)
_RESULTS = ("POINT", "PARTED", "MONTHLY", "YEARLY", "PERIOD", "RANGE", "OPEN", "LOOSE")
_FIRST_CODE = 0xE000  # private use: no text holds these as words
_ELEMENT = re.compile(r"[()|?]|[A-Z]+|[a-z][a-z'-]*|=[a-z]+(?:\.[a-z]+)?")


class TimeKind(StrEnum):
    """What sort of time words name."""

    DAY = "day"
    WEEKDAY = "weekday"
    NEAR_DAY = "near_day"  # counted from publication: "yesterday"
    FEAST = "feast"
    PART = "part"
    CLOCK = "clock"
    OVERNIGHT = "overnight"
    MONTH = "month"
    YEAR = "year"
    DECADE = "decade"
    SEASON = "season"
    PERIOD = "period"  # a calendar unit: "last week"
    WINDOW = "window"  # a stretch up to or from publication: "the past 24 hours"
    PORTION = "portion"  # "late December"
    SHIFT = "shift"  # "two days ago", "a day earlier"
    RANGE = "range"
    PAIR = "pair"  # "3 and 4 May"
    BOUND = "bound"  # "since Monday"
    DURATION = "duration"
    AHEAD = "ahead"  # "in three days": a time only before a verb that looks ahead
    EVENT = "event"  # counts from something without a date: "the third day of the offensive"
    VAGUE = "vague"


class Lean(StrEnum):
    """Which way the verb beside a time looks."""

    BACK = "back"
    AHEAD = "ahead"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class TimeValue:
    """What words say about a time, before any publication date is known. Weekdays count from 1, Monday."""

    kind: TimeKind
    day: int | None = None
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    count: int | None = None
    unit: str | None = None
    which: str | None = None
    part: str | None = None
    portion: str | None = None
    anchor: str | None = None
    clock: str | None = None
    bound: str | None = None
    swappable: bool = False  # 03/04/2024: day and month may stand the other way round
    exact: bool = False
    of: "TimeValue | None" = None
    to: "TimeValue | None" = None

    @property
    def symbol(self) -> str:
        """The value as a line: "bound(since, of=portion(mid, of=month(11)))"."""
        told = []
        for field in fields(self)[1:]:
            value = getattr(self, field.name)
            if value is None or value is False:
                continue
            shown = value.symbol if isinstance(value, TimeValue) else str(value)
            told.append(f"{field.name}={shown}")
        return f"{self.kind}({', '.join(told)})"


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A stretch of text that names a time: half-open [start, end), its words, value and which way the verb beside it looks."""

    start: int
    end: int
    quote: str
    value: TimeValue
    lean: Lean = Lean.UNKNOWN
    label: bool = False  # opens its line: "17 Aug:", "14:20"

    @property
    def kind(self) -> TimeKind:
        """The sort of time."""
        return self.value.kind


@dataclass(frozen=True, slots=True)
class Slot:
    """Where what a regex group took goes in the value, and in which word tables its meaning stands (none: in any)."""

    group: str
    within: str  # "", "of", "to" or "both"
    name: str
    tables: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One rule of the interval grammar, compiled over codes of words."""

    pattern: re.Pattern[str]
    kind: TimeKind
    nested: TimeKind | None
    given: Mapping[str, int | str | bool]
    code: str  # of the item that it makes
    slots: tuple["Slot", ...]
    needs: tuple[frozenset[str], ...] = ()  # one of each must be in the line, or it cannot match


@dataclass(frozen=True, slots=True)
class Tense:
    """Words that tell which way a verb looks."""

    ahead: frozenset[str]
    led: frozenset[str]
    leads: frozenset[str]
    forward: frozenset[str]
    past: frozenset[str]
    past_endings: tuple[str, ...]
    not_past: frozenset[str]
    passive: frozenset[str]
    perfect: frozenset[str]
    to: frozenset[str]
    articles: frozenset[str]
    breaks: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class TimeWords:
    """The time words and the interval grammar of one language. Compared by identity."""

    codes: Mapping[str, str]  # of words and of the reader's classes
    values: Mapping[str, Mapping[str, int | str]]  # word → what it means, by word table
    capital: frozenset[str]
    dotted: frozenset[str]
    stages: tuple[tuple[Rule, ...], ...]
    tense: Tense

    @classmethod
    def from_file(cls, path: Path) -> "TimeWords":
        """The time words of a language pack; DataError where the file is wrong."""
        top = read_toml(path)
        capital, dotted = frozenset(top.strings("capital")), frozenset(top.strings("dotted"))
        words_table, lists_table, classes_table = top.table("words"), top.table("lists"), top.table("classes")
        words = {name: _values(words_table.table(name)) for name in words_table.names()}
        lists = {name: lists_table.strings(name) for name in lists_table.names()}
        classes = {name: classes_table.strings(name) for name in classes_table.names()}
        tense = _tense(top.table("tense"))
        tables = [(stage, top.tables(stage)) for stage in STAGES]
        top.done()
        codes = _Codes({name: tuple(table) for name, table in words.items()} | lists, classes)
        stages = tuple(tuple(_rule(table, codes) for table in rules) for _, rules in tables)
        values: dict[str, dict[str, int | str]] = {}
        for name, table in words.items():
            for word, value in table.items():
                values.setdefault(word, {})[name] = value
        return cls(codes.known, values, capital, dotted, stages, tense)


class _Codes:
    """One character for each word and class item, so that a pattern over words is a regular expression over characters."""

    def __init__(self, words: Mapping[str, tuple[str, ...]], classes: Mapping[str, tuple[str, ...]]) -> None:
        self.known: dict[str, str] = {}
        for name in (*READER_CLASSES, *_RESULTS):
            self.of(name)
        self._words, self._classes = words, classes
        for members in words.values():
            for word in members:
                self.of(word)

    def of(self, name: str) -> str:
        """The character of a word or of an item class."""
        return self.known.setdefault(name, chr(_FIRST_CODE + len(self.known)))

    def members(self, name: str, table: StrictTable) -> str:
        """All characters that a word or class stands for; DataError for a class that nobody defines."""
        if not name.isupper():
            return self.of(name)
        if name in self._classes:
            return "".join(self.members(member, table) for member in self._classes[name])
        if name in self._words:
            return "".join(self.of(word) for word in self._words[name])
        if name in self.known:
            return self.known[name]
        raise table.wrong("pattern", f"names the class {name!r}, which is not defined")


    def tables(self, name: str) -> frozenset[str]:
        """The word tables that a class is made of."""
        if name in self._classes:
            return frozenset().union(*(self.tables(member) for member in self._classes[name]))
        return frozenset((name,)) & self._words.keys()


def _values(table: StrictTable) -> dict[str, int | str]:
    found: dict[str, int | str] = {}
    for name in table.names():
        value = table.value(name)
        if not isinstance(value, int | str):
            raise table.wrong(name, f"needs a number or a string, not {value!r}")
        found[name] = value
    return found


def _rule(table: StrictTable, codes: _Codes) -> Rule:
    pattern, kind, nested, result = table.string("pattern"), table.string("kind"), table.string("nested", ""), table.string("as")
    sides = {name: table.strings(name) for name in ("after", "unless_after", "only_next", "unless_next")}
    given = _values(table.table("set"))
    table.done()
    if result not in _RESULTS:
        raise table.wrong("as", f"needs one of {', '.join(_RESULTS)}, not {result!r}")
    body, slots, needs = _compiled(pattern, codes, table)
    around = {name: "".join(codes.members(member, table) for member in members) for name, members in sides.items() if members}
    before = (f"(?<=[{around['after']}])" if "after" in around else "") + (f"(?<![{around['unless_after']}])" if "unless_after" in around else "")
    behind = (f"(?=[{around['only_next']}]|$)" if "only_next" in around else "") + (f"(?![{around['unless_next']}])" if "unless_next" in around else "")
    try:
        compiled = re.compile(before + body + behind)
        needs += (frozenset(around["after"]),) if "after" in around else ()
        return Rule(compiled, TimeKind(kind), TimeKind(nested) if nested else None, given, codes.of(result), slots, needs)
    except (re.error, ValueError) as wrong:
        raise table.wrong("pattern", f"{pattern!r} of kind {kind!r} cannot be read: {wrong}") from wrong


def _compiled(pattern: str, codes: _Codes, table: StrictTable) -> tuple[str, tuple[Slot, ...], tuple[frozenset[str], ...]]:
    """The regular expression of a pattern, its slots and what it cannot do without. Alternatives and options stand in groups of their own."""
    out: list[str] = []
    opened: list[int] = []
    needs: list[frozenset[str]] = []  # of the elements outside all groups
    needed = False  # whether the last of `needs` is of the element before
    slots: list[Slot] = []
    tables: frozenset[str] = frozenset()
    whole = True  # no alternatives outside all groups
    last = 0  # where in `out` the element begins that a slot or "?" is about
    for element in _ELEMENT.findall(pattern):
        if element == "(":
            opened.append(len(out))
            out.append("(?:")
            needed = False
        elif element == ")":
            last, tables = opened.pop(), frozenset()
            out.append(")")
        elif element in "|?":
            out.append(element)
            if not opened:
                del needs[0 if element == "|" else len(needs) - needed :]
            whole = whole and (element != "|" or bool(opened))
            needed = False
        elif element.startswith("="):
            group = f"s{len(slots)}"
            out[last:] = [f"(?P<{group}>{''.join(out[last:])})"]
            slots.append(_slot(group, element[1:], tables, table))
        else:
            last, tables = len(out), codes.tables(element)
            out.append(f"[{codes.members(element, table)}]")
            needed = not opened
            needs += [frozenset(codes.members(element, table))] if needed else []
    if opened:
        raise table.wrong("pattern", f"{pattern!r} lacks a closing bracket")
    return f"(?:{''.join(out)})", tuple(slots), tuple(needs) if whole else ()


def _slot(group: str, path: str, tables: frozenset[str], table: StrictTable) -> Slot:
    within, _, name = path.rpartition(".")
    known = {field.name for field in fields(TimeValue)} | {"self"}
    if name not in known or within not in ("", "of", "to", "both"):
        raise table.wrong("pattern", f"names the slot {path!r}, which no value has")
    return Slot(group, within, name, tables)


def _tense(table: StrictTable) -> Tense:
    lists = {field.name: table.strings(field.name) for field in fields(Tense)}
    table.done()
    endings = lists.pop("past_endings")
    return Tense(past_endings=endings, **{name: frozenset(words) for name, words in lists.items()})
