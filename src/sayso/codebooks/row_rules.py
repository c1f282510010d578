"""Rules and examples of a row book, read strictly from their tables."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sayso.codebooks.codebook import PLOVER_MODES, check_acts
from sayso.codebooks.nodes import BookTable
from sayso.codebooks.row_book import NONE, Condition, Example, Rule
from sayso.codebooks.triggers import expand
from sayso.model.words import ActorKind, Modality, VictimStatus

_ROLES = ("actor", "not_actor", "recipient", "not_recipient")
_WORDS = ("words", "not_words", "means", "not_means", "trigger_words", "not_trigger_words", "context", "not_context")
_ACTS = ("company", "not_company", "nearby", "not_nearby")


@dataclass(frozen=True, slots=True)
class Names:
    """What rules may refer to, while a file is read."""

    types: frozenset[str]
    parties: Mapping[str, frozenset[str]]  # party or group → parties
    classes: Mapping[str, frozenset[str]]


def read_rule(table: BookTable, names: Names) -> Rule:
    """One rule of a book."""
    name, sub_event, reason = table.string("name"), table.string("sub_event"), table.string("reason")
    if sub_event != NONE and sub_event not in names.types:
        raise table.wrong("sub_event", f"{sub_event!r} is no sub-event of this book: correct it or write {NONE}")
    when, two_sided, beside = _condition(table.table("when"), names), table.flag("two_sided"), table.flag("beside")
    examples = tuple(read_example(one) for one in table.tables("examples"))
    counterexamples = tuple(read_example(one) for one in table.tables("counterexamples"))
    if not examples:
        raise table.wrong("examples", f"of the rule {name!r} are missing: add at least one, so that the rule is proved to be reached")
    table.done()
    return Rule(name, None if sub_event == NONE else sub_event, when, reason, examples, two_sided, beside, table.line, counterexamples)


def read_example(table: BookTable) -> Example:
    """What coding is told of an example, read from its table: of a book, or of cases kept outside it."""
    says, act, mode = table.string("says"), table.string("type"), table.string("mode", NONE)
    check_acts(table, "type", [act])
    if mode != NONE and mode not in PLOVER_MODES[act]:
        raise table.wrong("mode", f"{mode!r} is no mode of {act}")
    beside = {key: frozenset(table.strings(key)) for key in ("company", "nearby")}
    for key, acts in beside.items():
        check_acts(table, key, acts)
    actor, recipient = read_kinds(table, "actor", repeated=True), read_kinds(table, "recipient", repeated=True)
    words = {key: read_words(table, key, {}) for key in ("actor_words", "recipient_words", "instrument_words", "trigger_words", "context_words")}
    status, modality = table.string("victim_status", VictimStatus.UNKNOWN), table.string("modality", Modality.ACTUAL)
    if status not in list(VictimStatus) or modality not in list(Modality):
        raise table.wrong("victim_status", f"or modality is none of the closed lists: {status!r}, {modality!r}")
    found = Example(
        says, act, None if mode == NONE else mode, actor, recipient, **words, **beside, victim_status=VictimStatus(status),
        modality=Modality(modality), harm=table.flag("harm"), killed=table.flag("killed"), home=_maybe(table, "home"), line=table.line,
    )  # fmt: skip
    table.done()
    return found


def read_words(table: BookTable, key: str, classes: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The lemmas under a key, classes opened."""
    try:
        found = expand((word.replace(" ", "_") for word in table.strings(key)), classes)
    except ValueError as wrong:
        raise table.wrong(key, str(wrong)) from wrong
    table.opened(key, len(found))
    return found


def read_kinds(table: BookTable, key: str, repeated: bool = False) -> tuple[ActorKind, ...]:
    """The kinds of actors under a key; in an example two of one kind may act."""
    try:
        return tuple(ActorKind(word) for word in table.strings(key, repeated))
    except ValueError:
        raise table.wrong(key, f"holds an unknown kind: use {', '.join(ActorKind)}") from None


def read_parties(table: BookTable, key: str, known: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The parties under a key, groups opened."""
    return opened(table, key, table.strings(key), known)


def opened(table: BookTable, key: str, names: Iterable[str], known: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The parties that the names stand for; DataError where one is no party or group."""
    found: set[str] = set()
    for name in names:
        if name not in known:
            raise table.wrong(key, f"{name!r} is no party or group: use {', '.join(sorted(known))}")
        found |= known[name]
    return frozenset(found)


def _condition(table: BookTable, names: Names) -> Condition:
    types = frozenset(table.strings("type"))
    if not types:
        raise table.wrong("type", "is missing: name the acts that the rule is about")
    check_acts(table, "type", types)
    modes = frozenset(table.strings("mode"))
    allowed = frozenset[str]().union(*(PLOVER_MODES[name] for name in types)) | {NONE}
    if modes - allowed:
        raise table.wrong("mode", f"{min(modes - allowed)!r} is no mode of {', '.join(sorted(types))}: use {', '.join(sorted(allowed))}")
    roles = {key: read_parties(table, key, names.parties) for key in _ROLES}
    words = {key: read_words(table, key, names.classes) for key in _WORDS}
    company = {key: frozenset(table.strings(key)) for key in _ACTS}
    for key, acts in company.items():
        check_acts(table, key, acts)
    harm, killed, home = (_maybe(table, key) for key in ("harm", "killed", "home"))
    found = Condition(
        types, modes, **roles, **words, **company, victim_status=_statuses(table), harm=harm, killed=killed, home=home, sides=_sides(table, "sides", names),
        between=_sides(table, "between", names),
    )  # fmt: skip
    table.done()
    return found


def _sides(table: BookTable, key: str, names: Names) -> tuple[frozenset[str], ...]:
    """The parties of two sides, in either order; () where the rule asks for none."""
    sides = table.lists(key)
    if sides and (len(sides) != 2 or not all(sides)):
        raise table.wrong(key, f"needs the parties of two sides, such as [[state], [civilians]], not {len(sides)} lists")
    return tuple(opened(table, key, side, names.parties) for side in sides)


def _statuses(table: BookTable) -> frozenset[VictimStatus]:
    try:
        return frozenset(VictimStatus(word) for word in table.strings("victim_status"))
    except ValueError:
        raise table.wrong("victim_status", f"holds an unknown status: use {', '.join(VictimStatus)}") from None


def _maybe(table: BookTable, key: str) -> bool | None:
    return table.flag(key) if key in table.names() else None
