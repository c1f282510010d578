"""Cues: the words that give somebody the floor, read from a language pack's `cues.toml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sayso.languages.strict import StrictTable, read_toml
from sayso.model.words import Stance, VoiceKind


class Takes(StrEnum):
    """What may follow a cue as its content."""

    CLAUSE = "clause"
    QUOTE = "quote"
    INFINITIVE = "infinitive"
    GERUND = "gerund"
    OBJECT = "object"
    COUNT = "count"
    COMPLEMENT = "complement"


@dataclass(frozen=True, slots=True)
class Cue:
    """One verb, noun or adjective that may introduce what somebody says or thinks."""

    words: tuple[str, ...]  # "point out": the later words hang on the first
    stance: Stance
    takes: frozenset[Takes]
    after: frozenset[str]  # prepositions before the content
    told: bool  # False: the content is wished, asked for or judged, not told as so
    speaks: bool  # a noun that is its own speaker where nobody is named
    not_objects: frozenset[str]


@dataclass(frozen=True, slots=True)
class Scope:
    """Words that end, carry or turn a content."""

    breaks: frozenset[str]
    negators: frozenset[str]
    inserted: frozenset[str]
    issue: frozenset[str]
    points: frozenset[str]
    counts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Pronouns:
    """Pronouns by what they stand for."""

    person: frozenset[str]
    thing: frozenset[str]
    several: frozenset[str]
    speaker: frozenset[str]
    relative: frozenset[str]
    nobody: frozenset[str]

    @property
    def pointing(self) -> frozenset[str]:
        """Those that point back at somebody named earlier."""
        return self.person | self.thing | self.several


@dataclass(frozen=True, slots=True)
class Cues:
    """All cues of one language, by the first word."""

    verbs: Mapping[str, tuple[Cue, ...]]
    nouns: Mapping[str, tuple[Cue, ...]]
    adjectives: Mapping[str, tuple[Cue, ...]]
    phrases: Mapping[tuple[str, ...], Stance]
    adverbs: frozenset[str]
    owned: frozenset[str]
    owned_after: frozenset[str]
    citing: frozenset[str]
    labels: frozenset[str]
    scope: Scope
    pronouns: Pronouns
    speakers: Mapping[str, VoiceKind]
    openings: frozenset[str]  # the first words of the phrases

    @classmethod
    def from_file(cls, path: Path) -> "Cues":
        """The cues of a `cues.toml`; DataError where it holds anything unknown."""
        top = read_toml(path)
        phrases: dict[tuple[str, ...], Stance] = {}
        for table in top.tables("phrases"):
            stance = _stance(table)
            phrases.update({tuple(words.split()): stance for words in table.strings("words")})
            table.done()
        verbs, nouns, adjectives = (_lexicon(top, name) for name in ("verbs", "nouns", "adjectives"))
        adverbs, citing, labels = (_words(top.table(name)) for name in ("adverbs", "citing", "labels"))
        owned = top.table("owned")
        owned_after = frozenset(owned.strings("prepositions"))
        openings = frozenset(words[0] for words in phrases)
        scope, pronouns, speakers = _scope(top), _pronouns(top), _speakers(top)
        made = cls(verbs, nouns, adjectives, phrases, adverbs, _words(owned), owned_after, citing, labels, scope, pronouns, speakers, openings)
        top.done()
        return made

    def words(self) -> frozenset[str]:
        """Every first word of a cue: a sentence without any of them, quotation or colon has no speaker of its own."""
        return frozenset({*self.verbs, *self.nouns, *self.adjectives, *self.adverbs, *self.openings})


def _lexicon(top: StrictTable, name: str) -> dict[str, tuple[Cue, ...]]:
    found: dict[str, list[Cue]] = {}
    for table in top.tables(name):
        phrases = table.strings("words")
        if not phrases:
            raise table.wrong("words", "needs at least one word")
        stance, takes, after = _stance(table), _takes(table), frozenset(table.strings("after"))
        if not takes and not after:
            raise table.wrong("takes", "is missing, and so is after: such a cue has no content")
        told, speaks = table.flag("told", True), table.flag("speaks")
        not_objects = frozenset(table.strings("not_objects"))
        table.done()
        for phrase in phrases:
            words = tuple(phrase.split())
            found.setdefault(words[0], []).append(Cue(words, stance, takes, after, told, speaks, not_objects))
    # Longer phrases first: "claim responsibility" before "claim".
    return {word: tuple(sorted(cues, key=lambda cue: -len(cue.words))) for word, cues in found.items()}


def _stance(table: StrictTable) -> Stance:
    value = table.string("stance")
    if value not in set(Stance):
        raise table.wrong("stance", f"needs one of {', '.join(Stance)}, not {value!r}")
    return Stance(value)


def _takes(table: StrictTable) -> frozenset[Takes]:
    values = table.strings("takes")
    for value in values:
        if value not in set(Takes):
            raise table.wrong("takes", f"needs some of {', '.join(Takes)}, not {value!r}")
    return frozenset(Takes(value) for value in values)


def _words(table: StrictTable) -> frozenset[str]:
    words = frozenset(table.strings("words"))
    table.done()
    return words


def _scope(top: StrictTable) -> Scope:
    table = top.table("scope")
    names = ("breaks", "negators", "inserted", "issue", "points", "counts")
    breaks, negators, inserted, issue, points, counts = (frozenset(table.strings(name)) for name in names)
    table.done()
    return Scope(breaks, negators, inserted, issue, points, counts)


def _pronouns(top: StrictTable) -> Pronouns:
    table = top.table("pronouns")
    names = ("person", "thing", "several", "speaker", "relative", "nobody")
    person, thing, several, speaker, relative, nobody = (frozenset(table.strings(name)) for name in names)
    table.done()
    return Pronouns(person, thing, several, speaker, relative, nobody)


def _speakers(top: StrictTable) -> dict[str, VoiceKind]:
    table = top.table("speakers")
    found: dict[str, VoiceKind] = {}
    for kind in VoiceKind:
        for word in table.strings(kind):
            found.setdefault(word, kind)
    table.done()
    return found
