"""Row books: codebooks of kind `rows`, whose ordered rules turn what is known of a claim into one sub-event.

`load_row_book("acled")` gives the built-in book, `load_row_book("my/book.yaml")` a file of the user's. Rules read kinds of actors and
common nouns through `parties` (who or what a role stands for); no rule can name an actor.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from sayso.codebooks.codebook import PLOVER_MODES, book_path, read_book
from sayso.codebooks.nodes import BookTable
from sayso.codebooks.triggers import expand
from sayso.errors import DataError
from sayso.model.words import ActorKind, Modality, VictimStatus

UNKNOWN = "unknown"  # the party of a role of which nothing is known
SOMETHING = "something"  # beside `unknown`: somebody or something is told, and is of no known kind
NONE = "none"  # in a rule: no row; in a list of modes: an act without a mode
_TARGETING = ("always", "civilians", "never")
_NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RowType:
    """One sub-event type: where it stands and what it is, in our own words."""

    name: str
    event_type: str
    disorder_type: str
    targeting: str  # when civilian targeting is marked: always, civilians (they are the only target), never
    definition: str
    excludes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Party:
    """Who or what a role may stand for: told by kinds, or by common nouns where no kind is known (a thing: always by nouns)."""

    name: str
    kinds: frozenset[ActorKind]
    words: frozenset[str]
    thing: bool


@dataclass(frozen=True, slots=True)
class Condition:
    """What has to hold for a rule; an empty field holds always."""

    type: frozenset[str]
    mode: frozenset[str] = _NOTHING
    actor: frozenset[str] = _NOTHING
    not_actor: frozenset[str] = _NOTHING
    recipient: frozenset[str] = _NOTHING
    not_recipient: frozenset[str] = _NOTHING
    words: frozenset[str] = _NOTHING  # anywhere in the claim
    not_words: frozenset[str] = _NOTHING
    means: frozenset[str] = _NOTHING  # in instrument, act or actor
    not_means: frozenset[str] = _NOTHING
    trigger_words: frozenset[str] = _NOTHING
    not_trigger_words: frozenset[str] = _NOTHING
    context: frozenset[str] = _NOTHING  # anywhere in the sentence
    not_context: frozenset[str] = _NOTHING
    company: frozenset[str] = _NOTHING
    not_company: frozenset[str] = _NOTHING
    nearby: frozenset[str] = _NOTHING
    not_nearby: frozenset[str] = _NOTHING
    victim_status: frozenset[VictimStatus] = frozenset()
    harm: bool | None = None
    home: bool | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """An invented sentence with what coding is told of it: the rule that holds it has to be the one that codes it."""

    says: str
    type: str
    mode: str | None
    actor: tuple[ActorKind, ...] = ()
    recipient: tuple[ActorKind, ...] = ()
    actor_words: frozenset[str] = _NOTHING
    recipient_words: frozenset[str] = _NOTHING
    instrument_words: frozenset[str] = _NOTHING
    trigger_words: frozenset[str] = _NOTHING
    context_words: frozenset[str] = _NOTHING
    company: frozenset[str] = _NOTHING
    nearby: frozenset[str] = _NOTHING
    victim_status: VictimStatus = VictimStatus.UNKNOWN
    modality: Modality = Modality.ACTUAL
    harm: bool = False
    home: bool | None = None
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Rule:
    """One decision: the first rule whose condition holds codes the claim; `sub_event` None says that no row is right."""

    name: str
    sub_event: str | None
    when: Condition
    reason: str
    examples: tuple[Example, ...]
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, eq=False)
class RowBook:
    """A codebook of kind `rows`."""

    name: str
    title: str
    version: str
    licence: str
    digest: str
    types: tuple[RowType, ...]
    precedence: tuple[str, ...]  # sub-events, highest first
    parties: tuple[Party, ...]
    groups: Mapping[str, frozenset[str]]  # names that stand for several parties
    rules: tuple[Rule, ...]
    path: str = ""

    def type(self, name: str) -> RowType:
        """The sub-event type of that name."""
        return next(found for found in self.types if found.name == name)


@dataclass(frozen=True, slots=True)
class _Names:
    """What rules may refer to, while a file is read."""

    types: frozenset[str]
    parties: Mapping[str, frozenset[str]]  # party or group → parties
    classes: Mapping[str, frozenset[str]]


def load_row_book(name_or_path: str | Path) -> RowBook:
    """The codebook of kind `rows` of that name or path; cached until the file changes."""
    path = book_path(name_or_path)
    state = path.stat()
    return _load(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=8)
def _load(path: Path, _changed: int, _size: int) -> RowBook:
    kind, top = read_book(path)
    if kind != "rows":
        raise top.wrong("kind", f"is {kind!r}: coding needs a book of kind 'rows'; this one tells acts by their triggers")
    name, title, version, licence = (top.string(key) for key in ("name", "title", "version", "licence"))
    types = _types(top.table("types"))
    precedence = top.strings("precedence")
    names = [found.name for found in types]
    odd = [one for one in precedence if one not in names] + [one for one in names if one not in precedence]
    if odd:
        raise top.wrong("precedence", f"and types differ in {odd[0]!r}: list every sub-event once")
    classes = _classes(top.table("classes"))
    parties = _parties(top.table("parties"), classes)
    groups = _groups(top.table("groups"), [party.name for party in parties])
    single = {name: frozenset({name}) for name in (*(party.name for party in parties), UNKNOWN, SOMETHING)}
    known = _Names(frozenset(names), {**single, **groups}, classes)
    rules = tuple(_rule(table, known) for table in top.tables("rules"))
    top.done()
    _check_rules(path, names, rules)
    book = RowBook(name, title, version, licence, "", types, precedence, parties, groups, rules, path.name)
    return replace(book, digest=_digest(book))


def _types(table: BookTable) -> tuple[RowType, ...]:
    found: list[RowType] = []
    for event_type in table.names():
        one = table.table(event_type)
        disorder = one.string("disorder_type")
        subs = one.table("sub_events")
        for name in subs.names():
            sub = subs.table(name)
            targeting = sub.string("civilian_targeting", "never")
            if targeting not in _TARGETING:
                raise sub.wrong("civilian_targeting", f"is {targeting!r}: use one of {', '.join(_TARGETING)}")
            found.append(RowType(name, event_type, sub.string("disorder_type", disorder), targeting, sub.string("definition"), sub.strings("excludes")))
            sub.done()
        one.done()
    return tuple(found)


def _classes(table: BookTable) -> Mapping[str, frozenset[str]]:
    """The word classes; one may hold those above it."""
    found: dict[str, frozenset[str]] = {}
    for name in table.names():
        found[name] = _words(table, name, found)
        if not found[name]:
            raise table.wrong(name, "is empty: add words or remove it")
    return found


def _words(table: BookTable, key: str, classes: Mapping[str, frozenset[str]]) -> frozenset[str]:
    try:
        return expand((word.replace(" ", "_") for word in table.strings(key)), classes)
    except ValueError as wrong:
        raise table.wrong(key, str(wrong)) from wrong


def _parties(table: BookTable, classes: Mapping[str, frozenset[str]]) -> tuple[Party, ...]:
    found: list[Party] = []
    taken: dict[ActorKind, str] = {}
    for name in table.names():
        one = table.table(name)
        kinds = _kinds(one, "kinds")
        for kind in kinds:
            if kind in taken:
                raise one.wrong("kinds", f"holds {kind.value!r}, which the party {taken[kind]} has: keep one")
            taken[kind] = name
        found.append(Party(name, frozenset(kinds), _words(one, "words", classes), one.flag("thing")))
        if name in (UNKNOWN, SOMETHING):
            raise table.wrong(name, "is the party of roles of which nothing is known: use another name")
        one.done()
    return tuple(found)


def _kinds(table: BookTable, key: str) -> tuple[ActorKind, ...]:
    try:
        return tuple(ActorKind(word) for word in table.strings(key))
    except ValueError:
        raise table.wrong(key, f"holds an unknown kind: use {', '.join(ActorKind)}") from None


def _groups(table: BookTable, parties: list[str]) -> Mapping[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for name in table.names():
        members = table.strings(name)
        odd = [member for member in members if member not in parties and member not in found]
        if odd or not members or name in parties:
            raise table.wrong(name, f"needs parties or groups above it; {odd[0] if odd else name!r} is none")
        found[name] = frozenset(party for member in members for party in found.get(member, frozenset({member})))
    return found


def _rule(table: BookTable, names: _Names) -> Rule:
    name, sub_event, reason = table.string("name"), table.string("sub_event"), table.string("reason")
    if sub_event != NONE and sub_event not in names.types:
        raise table.wrong("sub_event", f"{sub_event!r} is no sub-event of this book: correct it or write {NONE}")
    when = _condition(table.table("when"), names)
    examples = tuple(read_example(one) for one in table.tables("examples"))
    if not examples:
        raise table.wrong("examples", f"of the rule {name!r} are missing: add at least one, so that the rule is proved to be reached")
    table.done()
    return Rule(name, None if sub_event == NONE else sub_event, when, reason, examples, table.line)


def _condition(table: BookTable, names: _Names) -> Condition:
    types = frozenset(table.strings("type"))
    if not types:
        raise table.wrong("type", "is missing: name the acts that the rule is about")
    _check_acts(table, "type", types)
    modes = frozenset(table.strings("mode"))
    allowed = frozenset[str]().union(*(PLOVER_MODES[name] for name in types)) | {NONE}
    if modes - allowed:
        raise table.wrong("mode", f"{min(modes - allowed)!r} is no mode of {', '.join(sorted(types))}: use {', '.join(sorted(allowed))}")
    roles = {key: _roles(table, key, names) for key in ("actor", "not_actor", "recipient", "not_recipient")}
    kept = ("words", "not_words", "means", "not_means", "trigger_words", "not_trigger_words", "context", "not_context")
    words = {key: _words(table, key, names.classes) for key in kept}
    company = {key: frozenset(table.strings(key)) for key in ("company", "not_company", "nearby", "not_nearby")}
    for key, acts in company.items():
        _check_acts(table, key, acts)
    found = Condition(
        types, modes, **roles, **words, **company, victim_status=_statuses(table), harm=_maybe(table, "harm"), home=_maybe(table, "home")
    )  # fmt: skip
    table.done()
    return found


def _roles(table: BookTable, key: str, names: _Names) -> frozenset[str]:
    found: set[str] = set()
    for name in table.strings(key):
        if name not in names.parties:
            raise table.wrong(key, f"{name!r} is no party or group: use {', '.join(sorted(names.parties))}")
        found |= names.parties[name]
    return frozenset(found)


def _check_acts(table: BookTable, key: str, acts: Iterable[str]) -> None:
    """Nothing; DataError where an act is no TYPE or TYPE/mode."""
    for act in acts:
        kind, _, mode = act.partition("/")
        if kind not in PLOVER_MODES or (mode and mode not in PLOVER_MODES[kind]) or (mode and key == "type"):
            raise table.wrong(key, f"{act!r} is no act: use a type ({', '.join(PLOVER_MODES)}){'' if key == 'type' else ' or TYPE/mode'}")


def _statuses(table: BookTable) -> frozenset[VictimStatus]:
    try:
        return frozenset(VictimStatus(word) for word in table.strings("victim_status"))
    except ValueError:
        raise table.wrong("victim_status", f"holds an unknown status: use {', '.join(VictimStatus)}") from None


def _maybe(table: BookTable, key: str) -> bool | None:
    return table.flag(key) if key in table.names() else None


def read_example(table: BookTable) -> Example:
    """What coding is told of an example, read from its table: of a book, or of cases kept outside it."""
    says, act, mode = table.string("says"), table.string("type"), table.string("mode", NONE)
    _check_acts(table, "type", [act])
    if mode != NONE and mode not in PLOVER_MODES[act]:
        raise table.wrong("mode", f"{mode!r} is no mode of {act}")
    beside = {key: frozenset(table.strings(key)) for key in ("company", "nearby")}
    for key, acts in beside.items():
        _check_acts(table, key, acts)
    actor, recipient = _kinds(table, "actor"), _kinds(table, "recipient")
    words = {key: _words(table, key, {}) for key in ("actor_words", "recipient_words", "instrument_words", "trigger_words", "context_words")}
    status, modality = table.string("victim_status", VictimStatus.UNKNOWN), table.string("modality", Modality.ACTUAL)
    if status not in list(VictimStatus) or modality not in list(Modality):
        raise table.wrong("victim_status", f"or modality is none of the closed lists: {status!r}, {modality!r}")
    found = Example(
        says, act, None if mode == NONE else mode, actor, recipient, **words, **beside, victim_status=VictimStatus(status),
        modality=Modality(modality), harm=table.flag("harm"), home=_maybe(table, "home"), line=table.line,
    )  # fmt: skip
    table.done()
    return found


def _check_rules(path: Path, names: Iterable[str], rules: tuple[Rule, ...]) -> None:
    """Nothing; DataError where two rules have one name or a sub-event has no rule."""
    seen: dict[str, int] = {}
    for rule in rules:
        if rule.name in seen:
            raise DataError(f"{path.name}:{rule.line}: the rule {rule.name!r} is there twice: rename it here or on line {seen[rule.name]}")
        seen[rule.name] = rule.line
    reached = {rule.sub_event for rule in rules}
    for name in names:
        if name not in reached:
            raise DataError(f"{path.name}: no rule gives the sub-event {name!r}: add one under rules")


def _digest(book: RowBook) -> str:
    """sha256 over the content, whatever the file's name, layout and comments."""
    content = asdict(book) | {"digest": None, "path": None}
    content["rules"] = [asdict(rule) | {"line": 0, "examples": [asdict(example) | {"line": 0} for example in rule.examples]} for rule in book.rules]
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=sorted)
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()
