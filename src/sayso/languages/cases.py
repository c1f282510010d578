"""Cases: the grammar words of a language that carry, turn or empty an act, read from `cases.toml`."""

from dataclasses import dataclass, fields
from pathlib import Path

from sayso.languages.strict import StrictTable, read_toml


@dataclass(frozen=True, slots=True)
class Light:
    """Verbs that only carry a noun, nouns that only wrap one, verbs whose bare past form is a passive in headlines, and verbs of throwing."""

    verbs: frozenset[str]
    suffering: frozenset[str]
    staging: frozenset[str]
    telegraphic: frozenset[str]
    throwing: frozenset[str]
    wrappers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Happening:
    """Verbs that say that an act took place, or lead from harm to the act."""

    happen: frozenset[str]
    harm: frozenset[str]
    undergone: frozenset[str]
    means: frozenset[str]


@dataclass(frozen=True, slots=True)
class Negation:
    """Words that say that an act did not happen."""

    words: frozenset[str]
    persons: frozenset[str]
    denying: frozenset[str]
    failing: frozenset[str]
    cancelling: frozenset[str]
    untrue: frozenset[str]
    true_words: frozenset[str]
    accounts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Unreal:
    """Words under which an act may not have happened."""

    modals: frozenset[str]
    conditions: frozenset[str]
    nouns: frozenset[str]
    verbs: frozenset[str]
    clause_verbs: frozenset[str]
    words: frozenset[str]
    emptying: frozenset[str]
    staged: frozenset[str]


@dataclass(frozen=True, slots=True)
class Planned:
    """Words under which an act is still to come, and those whose infinitive is done."""

    modals: frozenset[str]
    verbs: frozenset[str]
    words: frozenset[str]
    done: frozenset[str]
    tellers: frozenset[str]


@dataclass(frozen=True, slots=True)
class Hedges:
    """Words that lower certainty."""

    probable: frozenset[str]
    possible: frozenset[str]


@dataclass(frozen=True, slots=True)
class History:
    """Words that set an act in the past of the news."""

    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Victims:
    """Nouns that say who was harmed."""

    civilian: frozenset[str]
    combatant: frozenset[str]


@dataclass(frozen=True, slots=True)
class RelationWords:
    """Phrases that tie one act to another, and a coalition to its members."""

    phrases: frozenset[str]
    strong: frozenset[str]
    members: frozenset[str]


@dataclass(frozen=True, slots=True)
class TimeNouns:
    """Nouns of time, which fill no role of a party; months only with a capital."""

    words: frozenset[str]
    months: frozenset[str]


@dataclass(frozen=True, slots=True)
class Cases:
    """All of `cases.toml`."""

    light: Light
    events: Happening
    negation: Negation
    unreal: Unreal
    planned: Planned
    hedges: Hedges
    history: History
    victims: Victims
    relations: RelationWords
    time: TimeNouns

    @classmethod
    def from_file(cls, path: Path) -> "Cases":
        """The cases of one language pack; DataError names file and line of what is wrong."""
        top = read_toml(path)
        sections = {name: _section(kind, top.table(name)) for name, kind in _SECTIONS.items()}
        top.done()
        return cls(**sections)  # type: ignore[arg-type]  # each section's type is the one the table names


_SECTIONS = {
    "light": Light,
    "events": Happening,
    "negation": Negation,
    "unreal": Unreal,
    "planned": Planned,
    "hedges": Hedges,
    "history": History,
    "victims": Victims,
    "relations": RelationWords,
    "time": TimeNouns,
}


def _section(kind: type, table: StrictTable) -> object:
    words = {field.name: frozenset(table.strings(field.name)) for field in fields(kind)}
    table.done()
    return kind(**words)
