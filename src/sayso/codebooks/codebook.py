"""Codebooks: event types, their definitions and triggers, read strictly from one YAML file.

`load_codebook("plover")` gives a built-in book, `load_codebook("my/book.yaml")` a file of the user's.
"""

import gc
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from itertools import islice
from pathlib import Path

from sayso.codebooks.nodes import BookTable, read_yaml
from sayso.codebooks.triggers import Part, Slot, Trigger, expand, parse_frame, parse_trigger
from sayso.errors import DataError

_HOME = Path(__file__).parent
_KINDS = ("acts", "rows")
_NO_WORDS: frozenset[str] = frozenset()

# The 16 types and their modes (facts of the published list): a book named plover has these and no others.
PLOVER_MODES: Mapping[str, frozenset[str]] = {
    "AGREE": frozenset(),
    "CONSULT": frozenset({"visit", "third-party", "multilateral", "phone"}),
    "SUPPORT": frozenset(),
    "CONCEDE": frozenset(),
    "COOPERATE": frozenset(),
    "AID": frozenset(),
    "RETREAT": frozenset({"withdraw", "release", "disarm", "ceasefire", "access", "resign"}),
    "REQUEST": frozenset({"assist", "change", "yield", "meet"}),
    "ACCUSE": frozenset({"disapprove", "investigate", "allege"}),
    "REJECT": frozenset({"assist", "change", "yield", "meet"}),
    "THREATEN": frozenset({"restrict", "arrest", "relations", "expel", "territory", "violence"}),
    "SANCTION": frozenset({"convict", "expel", "withdraw", "discontinue"}),
    "PROTEST": frozenset({"demo", "riot", "strike", "hunger", "boycott", "obstruct", "vandalize"}),
    "MOBILIZE": frozenset({"troops", "weapons", "police", "militia"}),
    "COERCE": frozenset(
        {"seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport", "withhold", "misinformation", "cyber"}
    ),
    "ASSAULT": frozenset(
        {"abduct", "beat", "torture", "sexual", "targeted", "destroy", "primitive", "firearms", "explosives", "suicide-attack", "aerial", "drone",
         "heavy-weapons", "crowd-control", "unconventional"}
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mode:
    """A manner of an act: `words` set it when they are the act's instrument, actor head, modifier or object."""

    name: str
    definition: str
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class EventType:
    """One type of a codebook, in our own words."""

    name: str
    quad: int
    recipient_required: bool
    definition: str
    examples_yes: tuple[str, ...]
    examples_no: tuple[str, ...]
    modes: tuple[Mode, ...]
    also: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # by other book, what it is there

    def mode(self, name: str) -> Mode | None:
        """The mode of that name."""
        return next((mode for mode in self.modes if mode.name == name), None)


@dataclass(frozen=True, slots=True, eq=False)
class Codebook:
    """A codebook of kind `acts`: its types and, by head lemma, the triggers that tell them."""

    name: str
    title: str
    version: str
    licence: str
    kind: str
    digest: str
    types: tuple[EventType, ...]
    verbs: Mapping[str, tuple[Trigger, ...]]
    nouns: Mapping[str, tuple[Trigger, ...]]
    classes: Mapping[str, frozenset[str]]
    precedence: tuple[str, ...]

    def type(self, name: str) -> EventType:
        """The type of that name; KeyError where there is none."""
        for found in self.types:
            if found.name == name:
                return found
        raise KeyError(name)

    def rank(self, name: str) -> int:
        """The place of a type in the precedence: 0 wins."""
        return self.precedence.index(name)

    @property
    def hyphenated(self) -> frozenset[str]:
        """Every word of the book with a hyphen ("sit-in"): what an engine has to join again after splitting at hyphens."""
        words: set[str] = set()
        for trigger in self.triggers():
            words.update((trigger.head, *trigger.rest))
        for members in self.classes.values():
            words.update(word for member in members for word in member.split())
        return frozenset(word for word in words if "-" in word)

    def triggers(self) -> tuple[Trigger, ...]:
        """All triggers, verbs first, in the order of the file within a head."""
        return tuple(trigger for table in (self.verbs, self.nouns) for group in table.values() for trigger in group)


def read_book(path: Path) -> tuple[str, BookTable]:
    """The kind of a codebook file and its strictly read top table (`kind` already taken), for the loader of that kind."""
    table = read_yaml(path)
    kind = table.string("kind")
    if kind not in _KINDS:
        raise table.wrong("kind", f"is {kind!r}: use one of {', '.join(_KINDS)}")
    return kind, table


def book_path(name_or_path: str | Path) -> Path:
    """The file of a built-in book's name or of a path; DataError lists what there is where neither exists."""
    text = str(name_or_path)
    path = Path(text) if text.endswith((".yaml", ".yml")) or Path(text).name != text else _HOME / f"{text}.yaml"
    if not path.is_file():
        known = ", ".join(sorted(file.stem for file in _HOME.glob("*.yaml")))
        raise DataError(f"no codebook {text!r}: use one of {known} or the path of a .yaml file")
    return path.resolve()


def load_codebook(name_or_path: str | Path) -> Codebook:
    """The codebook of kind `acts` of that name or path; cached until the file changes."""
    path = book_path(name_or_path)
    state = path.stat()
    return _load(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=8)
def _load(path: Path, _changed: int, _size: int) -> Codebook:
    collecting = gc.isenabled()
    gc.disable()  # a book is ten thousands of small records that all stay: looking for garbage among them costs half the time
    try:
        return _read(path)
    finally:
        if collecting:
            gc.enable()


def _read(path: Path) -> Codebook:
    kind, top = read_book(path)
    if kind != "acts":
        raise top.wrong("kind", f"is {kind!r}: triggers are in books of kind 'acts'; this one codes incidents into rows")
    with top.whole():
        name, title, version, licence = read_about(top)
        words = _Words(_classes(top.table("classes")), _verb_classes(top.table("verb_classes")))
        types, triggers = _types(top.table("types"), words)
        precedence = _precedence(top, [found.name for found in types])
        top.done()
        if name == "plover":
            _check_plover(path, types)
        found = _check_triggers(top, types, triggers)
    book = Codebook(
        name, title, version, licence, kind, "", types, _by_head(found, "verb"), _by_head(found, "noun"), words.classes, precedence
    )  # fmt: skip
    return replace(book, digest=_digest(book))


def read_about(top: BookTable) -> tuple[str, str, str, str]:
    """Name, title, version and licence of a book; what is missing is noted."""
    found = dict.fromkeys(("name", "title", "version", "licence"), "")
    for key in found:
        with top.noting():
            found[key] = top.string(key)
    return found["name"], found["title"], found["version"], found["licence"]


def _classes(table: BookTable) -> Mapping[str, frozenset[str]]:
    """The classes with their members, classes inside classes opened."""
    raw = {name: (table.line_of(name), table.strings(name)) for name in table.names()}
    done: dict[str, frozenset[str]] = {}

    def opened(name: str, chain: tuple[str, ...]) -> frozenset[str]:
        if name in chain:
            raise DataError(f"{table.path.name}:{raw[name][0]}: the classes {' → '.join((*chain, name))} hold each other: break the circle")
        if name not in done:
            line, members = raw[name]
            for inner in (member[1:] for member in members if member.startswith("@")):
                if inner in raw:
                    opened(inner, (*chain, name))
            try:
                done[name] = expand((member.replace(" ", "_") for member in members), done)
            except ValueError as wrong:
                raise DataError(f"{table.path.name}:{line}: in the class {name}: {wrong}") from wrong
            if not done[name]:
                raise DataError(f"{table.path.name}:{line}: the class {name} is empty: add words or remove it")
            table.opened(name, len(done[name]))
        return done[name]

    for name in raw:
        if name not in done:
            with table.noting():
                opened(name, ())
            done.setdefault(name, _NO_WORDS)  # what is wrong with it is told once, not again wherever it is used
    return done


def _verb_classes(table: BookTable) -> Mapping[str, tuple[str, ...]]:
    """The classes of verbs with their members, each a verb that may have fixed words after it ("send in")."""
    found: dict[str, tuple[str, ...]] = {}
    for name in table.names():
        found[name] = ("be",)  # stands for a class that is wrong, until that is raised
        with table.noting():
            members = table.strings(name)
            if not members or any(not member.replace(" ", "").replace("-", "").isalpha() or member != member.lower() for member in members):
                raise table.wrong(name, "needs verbs as lemmas in lower case, each with the fixed words after it, if any")
            found[name] = members
    return found


@dataclass(frozen=True, slots=True)
class _Words:
    """The word classes, the classes of verbs, and the constraints already opened with them."""

    classes: Mapping[str, frozenset[str]]
    verbs: Mapping[str, tuple[str, ...]]
    seen: dict[str, frozenset[str]] = field(default_factory=dict)


def _types(table: BookTable, opened: _Words) -> tuple[tuple[EventType, ...], list[tuple[Trigger, int]]]:
    types: list[EventType] = []
    triggers: list[tuple[Trigger, int]] = []
    if not table.names():
        raise table.wrong("types", "are missing: a book has at least one")
    for name in table.names():
        with table.noting():
            types.append(_type(table.table(name), name, opened, triggers))
    return tuple(types), triggers


def _type(one: BookTable, name: str, opened: _Words, triggers: list[tuple[Trigger, int]]) -> EventType:
    """One type; its triggers are added to the list."""
    examples = one.table("examples")
    yes, no = examples.strings("yes"), examples.strings("no")
    examples.done()
    if not yes or not no:
        lacking = "has no examples of both sorts: add at least one sentence under examples.yes and one under examples.no"
        one.note(DataError(f"{one.path.name}:{one.line_of('examples')}: {one.where.rstrip('.')} {lacking}"))
    triggers += _triggers(one, name, None, opened)
    modes: list[Mode] = []
    all_modes = one.table("modes")
    for mode_name in all_modes.names():
        with one.noting():
            mode = all_modes.table(mode_name)
            words = _mode_words(mode, opened.classes)
            triggers += _triggers(mode, name, mode_name, opened)
            modes.append(Mode(mode_name, mode.string("definition"), words))
            mode.done()
    quad, needed = 0, False
    with one.noting():
        quad = one.integer("quad")
        if quad not in (1, 2, 3, 4):
            raise one.wrong("quad", f"is {quad}: use 1 to 4")
    with one.noting():
        needed = one.flag("recipient_required")
    also = read_also(one.table("also"))
    made = EventType(name, quad, needed, one.string("definition"), yes, no, tuple(modes), also)
    one.done()
    return made


# The books that types may be mapped to, and what a code of each looks like; acts of PLOVER are checked against its list.
_BOOKS: Mapping[str, re.Pattern[str]] = {
    "acled": re.compile(r"[A-Z][^\n]*"),
    "airwars": re.compile(  # its kinds of strikes
        "airstrike|airstrike-and-or-artillery|artillery|drone-strike|sea-drone|naval-bombardment|mine|ground-operation|counter-terrorism-action-ground|unknown"
    ),
    "cameo": re.compile(r"\d{2,4}"),
    "casualty": re.compile(r"[^\n]+"),
    "plover": re.compile(r"[A-Z]+(/[a-z-]+)?"),
    "ucdp": re.compile(r"[123]"),
    "viina": re.compile(r"[a-z]_[a-z]+"),
}


def read_also(table: BookTable) -> dict[str, tuple[str, ...]]:
    """By other book, what a type is there."""
    found = {}
    for book in table.names():
        shape = _BOOKS.get(book)
        if shape is None:
            raise table.wrong(book, f"is no book that types are mapped to: use {', '.join(_BOOKS)}")
        codes = table.strings(book)
        odd = next((code for code in codes if not shape.fullmatch(code)), None)
        if odd is not None or not codes:
            raise table.wrong(book, f"holds {odd!r}, which is no code of that book" if codes else "is empty: name a code or remove it")
        if book == "plover":
            check_acts(table, book, codes)
        found[book] = codes
    return found


def check_acts(table: BookTable, key: str, acts: Iterable[str]) -> None:
    """Nothing; DataError where an act is no TYPE or TYPE/mode."""
    for act in acts:
        kind, _, mode = act.partition("/")
        if kind not in PLOVER_MODES or (mode and mode not in PLOVER_MODES[kind]) or (mode and key == "type"):
            raise table.wrong(key, f"{act!r} is no act: use a type ({', '.join(PLOVER_MODES)}){'' if key == 'type' else ' or TYPE/mode'}")


def _mode_words(mode: BookTable, classes: Mapping[str, frozenset[str]]) -> frozenset[str]:
    try:
        return expand((word.replace(" ", "_") for word in mode.strings("words")), classes)
    except ValueError as wrong:
        raise mode.wrong("words", str(wrong)) from wrong


def _triggers(table: BookTable, type_name: str, mode: str | None, words: _Words) -> list[tuple[Trigger, int]]:
    found: list[tuple[Trigger, int]] = []
    parts: tuple[tuple[str, Part], ...] = (("verbs", "verb"), ("nouns", "noun"))
    for key, pos in parts:
        slot = Slot(table.path, type_name, mode, pos)
        for entry in table.entries(key):
            known, made = len(words.seen), len(found)
            try:
                if entry.text.startswith("%"):
                    found += [(one, entry.line) for one in parse_frame(entry, slot, words.classes, words.verbs, words.seen)]
                else:
                    found.append((parse_trigger(entry, slot, words.classes, words.seen), entry.line))
            except DataError as wrong:
                table.note(wrong)
            table.opened(key, len(found) - made + sum(map(len, islice(reversed(words.seen.values()), len(words.seen) - known))))
    return found


def _precedence(top: BookTable, names: list[str]) -> tuple[str, ...]:
    order = top.strings("precedence")
    odd = [name for name in order if name not in names] + [name for name in names if name not in order]
    if odd:
        top.note(top.wrong("precedence", f"and types differ in {', '.join(map(repr, odd))}: list every type once"))
    return order


def _check_plover(path: Path, types: Iterable[EventType]) -> None:
    """Nothing; DataError where a type or mode is not of the published list."""
    seen: set[str] = set()
    for found in types:
        seen.add(found.name)
        if found.name not in PLOVER_MODES:
            raise DataError(f"{path.name}: the type {found.name!r} is not one of the 16: rename the book or remove the type")
        for mode in found.modes:
            if mode.name not in PLOVER_MODES[found.name]:
                allowed = ", ".join(sorted(PLOVER_MODES[found.name])) or "none"
                raise DataError(f"{path.name}: {found.name} has no mode {mode.name!r}: its modes are {allowed}")
    missing = sorted(set(PLOVER_MODES) - seen)
    if missing:
        raise DataError(f"{path.name}: the type {missing[0]!r} is missing: add it under types")


def _check_triggers(top: BookTable, types: Iterable[EventType], triggers: Iterable[tuple[Trigger, int]]) -> list[Trigger]:
    """The triggers, without those of frames that another entry names itself; noted is where two entries say the same, or a type or mode is out of reach."""
    said: dict[tuple[object, ...], int] = {}
    reached: set[tuple[str, str | None]] = set()
    kept: list[Trigger] = []
    name = top.path.name
    for trigger, line in sorted(triggers, key=lambda pair: pair[0].framed):
        reached |= {(trigger.type, trigger.mode), (trigger.type, None)}
        bare = (
            trigger.pos, trigger.head, trigger.rest, trigger.objects, trigger.not_objects,
            trigger.subjects, trigger.not_subjects, trigger.company, trigger.not_company,
        )  # fmt: skip
        if bare not in said:
            said[bare] = line
            kept.append(trigger)
        elif not trigger.framed:
            top.note(DataError(f"{name}:{line}: {trigger.source!r} of {trigger.type} says the same as line {said[bare]}: remove one or constrain it"))
    for found in types:
        if (found.name, None) not in reached:
            top.note(DataError(f"{name}: no trigger reaches the type {found.name}: add entries under verbs or nouns"))
        for mode in found.modes:
            if not mode.words and (found.name, mode.name) not in reached:
                top.note(DataError(f"{name}: nothing reaches the mode {mode.name} of {found.name}: add words, verbs or nouns"))
    return kept


def _by_head(triggers: Iterable[Trigger], pos: Part) -> Mapping[str, tuple[Trigger, ...]]:
    found: dict[str, list[Trigger]] = {}
    for trigger in triggers:
        if trigger.pos == pos:
            found.setdefault(trigger.head, []).append(trigger)
    return {head: tuple(group) for head, group in found.items()}


def _digest(book: Codebook) -> str:
    """sha256 over the content, whatever the file's layout and comments."""
    content = {
        "about": [book.name, book.title, book.version, book.licence, book.kind, book.precedence],
        "classes": {name: sorted(members) for name, members in book.classes.items()},
        "types": [asdict(found) for found in book.types],
        "triggers": [(trigger.type, trigger.mode, trigger.pos, trigger.source) for trigger in book.triggers()],
    }
    return "sha256:" + hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False, default=sorted).encode()).hexdigest()
