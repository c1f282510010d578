"""Harm: the words of a language that say that people were harmed, read from its `harm.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sayso.languages.strict import StrictTable, read_toml
from sayso.model.words import Measure, VictimStatus


@dataclass(frozen=True, slots=True)
class HarmWords:
    """The words of one measure, in dictionary form; "shoot+dead" is a verb with a complement."""

    object: frozenset[str]
    weak: frozenset[str]
    subject: frozenset[str]
    words: frozenset[str]  # participles and adjectives beside the harmed
    counted: frozenset[str]  # nouns that a number counts
    events: frozenset[str]  # nouns whose of-phrase is harmed
    count_words: frozenset[str]  # what stands beside "toll", "number of"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Verbs that with one of the nouns tell harm to their subject, or to the noun's of-phrase."""

    measure: Measure
    verbs: frozenset[str]
    nouns: frozenset[str]
    of_noun: bool


@dataclass(frozen=True, slots=True)
class Search:
    """Verbs of looking for people: who is looked for is missing."""

    measure: Measure
    verbs: frozenset[str]
    preposition: str
    objects: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class Harm:
    """The harm words of one language."""

    measures: Mapping[Measure, HarmWords]
    phrases: tuple[Phrase, ...]
    predicates: Mapping[Measure, tuple[str, ...]]
    searches: tuple[Search, ...]
    lists: Mapping[str, frozenset[str]]  # modality and counting words, by name
    status: Mapping[str, VictimStatus]  # person nouns
    groups: frozenset[str]
    things: frozenset[str]

    def heads(self) -> frozenset[str]:
        """Single words of harm beside which people may be counted: what an engine must not pass over."""
        words: set[str] = set()
        for measure in self.measures.values():
            words |= measure.object | measure.subject | measure.words | measure.counted | measure.events | measure.count_words
        for phrase in self.phrases:
            words |= phrase.nouns
        words |= self.lists["beside_opening"]
        return frozenset(word for word in words if word.isalpha())

    @classmethod
    def from_file(cls, path: Path) -> "Harm":
        """The harm words of a language pack; DataError where the file is wrong."""
        top = read_toml(path)
        measures = {measure: _words(top.table(measure)) for measure in Measure}
        phrases = tuple(_phrase(table) for table in top.tables("phrases"))
        searches = tuple(_search(table) for table in top.tables("searches"))
        predicates_table = top.table("predicates")
        predicates = {Measure(name): predicates_table.strings(name) for name in predicates_table.names()}
        lists: dict[str, frozenset[str]] = {}
        for section, prefix in (("modality", ""), ("counting", "count_"), ("beside", "beside_")):
            table = top.table(section)
            lists |= {prefix + name: frozenset(table.strings(name)) for name in table.names()}
        persons = top.table("persons")
        status = dict.fromkeys(persons.strings("other"), VictimStatus.UNKNOWN)
        status |= dict.fromkeys(persons.strings("combatant"), VictimStatus.COMBATANT)
        status |= dict.fromkeys((*persons.strings("civilian"), *persons.strings("child")), VictimStatus.CIVILIAN)
        groups = frozenset(persons.strings("groups"))
        persons.done()
        things = top.table("things")
        nouns = frozenset(things.strings("nouns")) - set(status)
        things.done()
        top.done()
        return cls(measures, phrases, predicates, searches, lists, status, groups, nouns)


def _words(table: StrictTable) -> HarmWords:
    words = HarmWords(*(frozenset(table.strings(name)) for name in ("object", "weak", "subject", "words", "counted", "events", "count_words")))
    table.done()
    return words


def _phrase(table: StrictTable) -> Phrase:
    phrase = Phrase(Measure(table.string("measure")), frozenset(table.strings("verbs")), frozenset(table.strings("nouns")), table.flag("of_noun"))
    table.done()
    return phrase


def _search(table: StrictTable) -> Search:
    search = Search(Measure(table.string("measure")), frozenset(table.strings("verbs")), table.string("preposition"), frozenset(table.strings("objects")))
    table.done()
    return search
