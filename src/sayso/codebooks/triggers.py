"""Triggers: the words that tell an act, read from the one-line entries of a codebook.

    HEAD [REST...] [>objects] [!>objects] [<subjects] [!<subjects] [+company] [-company] [[slot=role]...] [?]

In a verb entry the head comes first ("shoot down"); in a noun entry it comes last ("air strike"). Values are lemmas separated by commas,
`_` stands for a blank inside a value, `@name` for every member of a word class. A verb entry may have `%name` as its head, for every member
of a class of verbs ("%sending >@troops"): such a frame yields to an entry that names its verb.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from sayso.codebooks.nodes import Entry
from sayso.errors import DataError

Part = Literal["verb", "noun"]

ROLES = frozenset({"actor", "recipient", "instrument", "place", "none"})
_PREPOSITIONS = (
    "about", "after", "against", "among", "around", "at", "between", "by", "for", "from", "in", "into", "near", "of", "on", "over", "through", "to", "toward",
    "towards", "upon", "with",
)  # fmt: skip
SLOTS = frozenset({"subject", "object", *_PREPOSITIONS})
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*\.?")
_ROLE = re.compile(r"\[(\w+)=(\w+)\]")
_MARKS = ("!>", "!<", ">", "<", "+", "-")


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word or phrase that tells an act of one type, and what has to stand beside it."""

    type: str
    mode: str | None
    pos: Part
    head: str
    rest: tuple[str, ...] = ()  # verbs: fixed words after it; nouns: its modifiers before it
    objects: frozenset[str] = frozenset()
    not_objects: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    not_subjects: frozenset[str] = frozenset()
    company: frozenset[str] = frozenset()
    not_company: frozenset[str] = frozenset()
    roles: tuple[tuple[str, str], ...] = ()  # (slot, role), where a slot differs from the default
    weak: bool = False
    framed: bool = False  # from an entry whose head is a class of verbs
    source: str = ""

    @property
    def specificity(self) -> int:
        """How much the entry fixes: of two that fit the same words, the one with more decides."""
        told = 40 * bool(self.objects) + 40 * bool(self.subjects) + 20 * bool(self.company)
        kept_out = sum(map(bool, (self.not_objects, self.not_subjects, self.not_company)))
        return 80 * len(self.rest) + told + 10 * (self.mode is not None) + kept_out - 20 * self.weak - 5 * self.framed

    def role_of(self, slot: str) -> str | None:
        """The role that this entry gives to a slot; None where the default holds."""
        return dict(self.roles).get(slot)


@dataclass(frozen=True, slots=True)
class Slot:
    """Where an entry stands: what parse_trigger has to know besides its words."""

    path: Path
    type: str
    mode: str | None
    pos: Part


@dataclass(slots=True)
class _Draft:
    """An entry while its pieces are read."""

    words: list[str]
    values: dict[str, frozenset[str]]
    roles: dict[str, str]
    seen: dict[str, frozenset[str]]
    weak: bool = False


def parse_trigger(entry: Entry, slot: Slot, classes: Mapping[str, frozenset[str]], seen: dict[str, frozenset[str]] | None = None) -> Trigger:
    """The trigger that an entry writes down; DataError names file, line and entry where it is malformed or a class is unknown.

    `seen` keeps the lemmas of constraints already read with these classes: thousands of entries share a few.
    """
    draft = _Draft([], {}, {}, seen={} if seen is None else seen)
    for piece in entry.text.split():
        wrong = _take(piece, draft, classes)
        if wrong:
            raise DataError(f"{slot.path.name}:{entry.line}: in the {slot.pos} entry {entry.text!r} of {slot.type}: {wrong}")
    if not draft.words:
        raise DataError(f"{slot.path.name}:{entry.line}: the {slot.pos} entry {entry.text!r} of {slot.type} has no head word: begin it with a lemma")
    words = tuple(draft.words)
    head, rest = (words[0], words[1:]) if slot.pos == "verb" else (words[-1], words[:-1])
    none: frozenset[str] = frozenset()
    wanted, unwanted = (draft.values.get(mark, none) for mark in (">", "!>"))
    subjects, not_subjects = (draft.values.get(mark, none) for mark in ("<", "!<"))
    company, not_company = (draft.values.get(mark, none) for mark in ("+", "-"))
    return Trigger(
        slot.type, slot.mode, slot.pos, head, rest, wanted, unwanted, subjects, not_subjects, company, not_company,
        tuple(sorted(draft.roles.items())), draft.weak, source=entry.text,
    )  # fmt: skip


def parse_frame(
    entry: Entry, slot: Slot, classes: Mapping[str, frozenset[str]], verbs: Mapping[str, tuple[str, ...]], seen: dict[str, frozenset[str]]
) -> tuple[Trigger, ...]:
    """A trigger for each verb of the class that the entry has as its head ("%sending >@troops"); DataError as `parse_trigger`."""
    head, _, constraints = entry.text.partition(" ")
    where = f"{slot.path.name}:{entry.line}: in the {slot.pos} entry {entry.text!r} of {slot.type}"
    if slot.pos != "verb" or head[1:] not in verbs:
        raise DataError(f"{where}: {head!r} is no class of verbs: add it under verb_classes, and use it in verb entries only")
    first, *others = verbs[head[1:]]
    made = parse_trigger(Entry(f"{first} {constraints}", entry.line), slot, classes, seen)
    extra = made.rest[len(first.split()) - 1 :]
    return tuple(
        replace(made, head=words[0], rest=(*words[1:], *extra), framed=True, source=entry.text) for words in (verb.split() for verb in (first, *others))
    )


def _take(piece: str, draft: _Draft, classes: Mapping[str, frozenset[str]]) -> str | None:
    """What is wrong with the piece; None where it was read into the draft."""
    if piece == "?":
        if draft.weak:
            return "'?' is there twice: keep one"
        draft.weak = True
        return None
    if piece.startswith("["):
        return _take_role(piece, draft)
    mark = next((mark for mark in _MARKS if piece.startswith(mark)), None)
    if mark is None:
        if draft.values or draft.roles or draft.weak:
            return f"the word {piece!r} stands after a constraint: put all fixed words first"
        if not _WORD.fullmatch(piece) or piece != piece.lower():
            return f"{piece!r} is no lemma: write a word in lower case"
        draft.words.append(piece)
        return None
    if mark in draft.values:
        return f"the constraint {mark!r} is there twice: join the values with commas"
    values = piece[len(mark) :]
    found = draft.seen.get(values)
    if found is None:
        try:
            found = expand(values.split(","), classes)
        except ValueError as wrong:
            return str(wrong)
        draft.seen[values] = found
    draft.values[mark] = found
    return None


def _take_role(piece: str, draft: _Draft) -> str | None:
    match = _ROLE.fullmatch(piece)
    if match is None:
        return f"{piece!r} is no role: write [slot=role], as in [of=recipient]"
    slot, role = match.groups()
    if slot not in SLOTS:
        return f"{slot!r} is no slot: use subject, object or a preposition ({', '.join(_PREPOSITIONS)})"
    if role not in ROLES:
        return f"{role!r} is no role: use one of {', '.join(sorted(ROLES))}"
    if slot in draft.roles:
        return f"the slot {slot!r} is there twice: keep one"
    draft.roles[slot] = role
    return None


def expand(values: Iterable[str], classes: Mapping[str, frozenset[str]]) -> frozenset[str]:
    """The lemmas that values stand for: classes opened, `_` made a blank; ValueError says what is wrong."""
    found: set[str] = set()
    for value in values:
        if value.startswith("@"):
            if value[1:] not in classes:
                raise ValueError(f"the class {value!r} is unknown: add it under classes or correct its spelling")
            found |= classes[value[1:]]
            continue
        words = value.replace("_", " ").split()
        if not words or not all(_WORD.fullmatch(word) for word in words) or value != value.lower():
            raise ValueError(f"the value {value!r} is no lemma: write lower-case words, `_` for a blank, commas without blanks")
        found.add(" ".join(words))
    return frozenset(found)
