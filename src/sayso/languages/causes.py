"""CauseCues: the words of a language that tie what happened to why, from `causes.toml`, and how to judge them where they stand, from `causes.json`."""

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

from sayso.errors import DataError
from sayso.languages.strict import StrictTable, read_toml


class Form(StrEnum):
    """How a cue stands in its sentence."""

    LINK = "link"  # before a noun or a clause
    INFINITIVE = "infinitive"  # before a verb that tells what was meant to come about
    PARTICIPLE = "participle"  # is itself the participle
    VERB = "verb"  # between the two
    NOUN = "noun"  # a noun with its preposition, between the two


class Grade(StrEnum):
    """How often a cue tells a cause: wherever it stands, more often than not, or now and then."""

    SURE = "sure"
    LIKELY = "likely"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class CauseCue:
    """One cue; `cause_after` says whether the cause stands after it, or the effect."""

    words: tuple[str, ...]
    form: Form
    cause_after: bool
    grade: Grade
    judged_as: str  # the cue whose weights it shares: one-sided words of an act are judged as the plain one

    @property
    def name(self) -> str:
        """What the weights call the cue."""
        return f"{self.form}:{self.judged_as}{'' if self.cause_after else '>'}"


@dataclass(frozen=True, slots=True)
class CauseWeights:
    """A logistic regression over features of a cue in its place: what each adds to the log-odds of a cause, and the chance from which one is told."""

    least: float
    features: Mapping[str, float]

    def chance(self, features: Iterable[str]) -> float:
        """The chance that a cue with these features tells a cause; a feature that was not learned adds nothing."""
        odds = sum(self.features.get(name, 0.0) for name in features)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))

    @classmethod
    def from_file(cls, path: Path) -> "CauseWeights":
        """The weights that `python -m sayso.learning.causes` wrote; DataError where the file holds anything else."""
        try:
            told = json.loads(path.read_text(encoding="utf-8"))
        except json.JSONDecodeError as wrong:
            raise DataError(f"{path.name}: {wrong}") from wrong
        if not isinstance(told, dict) or set(told) != {"least", "features"}:
            raise DataError(f"{path.name}: needs the keys 'least' and 'features' and no others: write it anew with `python -m sayso.learning.causes`")
        least, features = told["least"], told["features"]
        if not _is_number(least) or not 0 < least < 1:
            raise DataError(f"{path.name}: least needs a number between 0 and 1, not {least!r}")
        wrong_one = next((name for name, value in features.items() if not _is_number(value)), None) if isinstance(features, dict) else "features"
        if wrong_one is not None:
            raise DataError(f"{path.name}: {wrong_one!r} needs a number")
        return cls(float(least), MappingProxyType(features))


Cues = Mapping[str, tuple[CauseCue, ...]]


@dataclass(frozen=True, slots=True)
class CauseCues:
    """The cues by their first word, longest first."""

    written: Cues  # links and infinitives: words as written
    verbs: Cues  # participles and verbs: dictionary forms
    nouns: Cues  # dictionary forms
    unanswered: frozenset[str]  # links whose cause nobody answers with a deed
    weights: "CauseWeights | None" = None  # None where nothing was learned for the language: the grades of the cues judge

    @classmethod
    def from_file(cls, path: Path) -> "CauseCues":
        """The cues of a language pack, with the learned weights where a .json of the same name lies beside; DataError names what is wrong."""
        top = read_toml(path)
        unanswered = frozenset(top.strings("unanswered"))
        alike = top.table("alike")
        same = {plain: alike.strings(plain) for plain in alike.names()}
        links, participles, verbs = top.table("links"), top.table("participles"), top.table("verbs")
        written = [
            *_graded(links.table("cause"), Form.LINK, True),
            *_graded(links.table("effect"), Form.LINK, False),
            *_graded(top.table("infinitives"), Form.INFINITIVE, True),
        ]
        verbal = [
            *_graded(participles.table("cause"), Form.PARTICIPLE, True, same),
            *_graded(participles.table("effect"), Form.PARTICIPLE, False, same),
            *_graded(verbs.table("causing"), Form.VERB, False, same),
            *_graded(verbs.table("caused"), Form.VERB, True, same),
        ]
        nouns = top.table("nouns")
        nominal = [CauseCue(tuple(word.split()), Form.NOUN, sort == "cause", Grade.SURE, word) for sort in ("cause", "effect") for word in nouns.strings(sort)]
        for table in (alike, links, participles, verbs, nouns, top):
            table.done()
        learned = path.with_suffix(".json")
        weights = CauseWeights.from_file(learned) if learned.is_file() else None
        return cls(_by_first(written), _by_first(verbal), _by_first(nominal), unanswered, weights)


def _graded(table: StrictTable, form: Form, cause_after: bool, same: Mapping[str, Sequence[str]] = MappingProxyType({})) -> list[CauseCue]:
    """The cues of a table, each with the words that are judged alike."""
    told = [(grade, plain) for grade in Grade for plain in table.strings(grade)]
    table.done()
    return [CauseCue(tuple(words.split()), form, cause_after, grade, plain) for grade, plain in told for words in (plain, *same.get(plain, ()))]


def _by_first(cues: Iterable[CauseCue]) -> Cues:
    found: dict[str, list[CauseCue]] = {}
    for cue in cues:
        found.setdefault(cue.words[0], []).append(cue)
    return {word: tuple(sorted(entries, key=lambda cue: -len(cue.words))) for word, entries in found.items()}


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
