"""Teaching sentences: a strict reader of their inline notation. What readings of them are worth is counted by `teaching_scores`.

One item a line: `[TYPE/mode,modality:trigger]` is an act, `{A:…} {R:…} {V:…} {P:…} {T:…}` its actor, recipient, voice, place and time,
`{F measure low..high:…}` a figure. Marks may be nested and numbered (`[2 ASSAULT?:hurt]`, `{A1,V2:…}`); `?` is an act that may be left out,
`|` stands between types of which either is right. A line begins with `~` where no act is told, with `!` where it is a headline.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sayso.codebooks.codebook import PLOVER_MODES
from sayso.errors import DataError, InputError
from sayso.model import Document, Source
from sayso.model.words import Modality

Part = tuple[int, int]

PUBLISHED = "2024-05-15"  # of every sentence: "on Tuesday" needs a day to be reckoned from
_MODALITIES = frozenset(one.value for one in Modality)
_MEASURES = frozenset(("killed", "injured", "missing", "detained", "abducted", "displaced", "casualties", "released"))
_ACT = re.compile(r"(?:(\d+) )?([A-Z]+[?]?(?:/[a-z-]+)?[?]?(?:\|[A-Z]+(?:/[a-z-]+)?[?]?)*)(?:,([a-z]+))?")
_ROLE = re.compile(r"[ARVPT]\d*(?:,[ARVPT]\d*)*")
_FIGURE = re.compile(r"F ([a-z]+) (\d*)\.\.(\d*)")
_CLOSING = {"[": "]", "{": "}"}


@dataclass(frozen=True, slots=True)
class TaughtAct:
    """An act as a sentence teaches it; a role without stretches is not told or not judged."""

    types: frozenset[str]  # any of them is right
    modes: frozenset[str]
    modality: Modality
    optional: bool
    trigger: Part
    actor: tuple[Part, ...] = ()
    recipient: tuple[Part, ...] = ()
    voice: tuple[Part, ...] = ()
    place: tuple[Part, ...] = ()
    time: tuple[Part, ...] = ()

    @property
    def type(self) -> str:
        """The type under which it is counted."""
        return min(self.types)


@dataclass(frozen=True, slots=True)
class TaughtFigure:
    """A number of people as a sentence teaches it, with inclusive bounds."""

    span: Part
    measure: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class TaughtItem:
    """One line: its plain text and what is told in it."""

    file: str
    line: int
    text: str
    acts: tuple[TaughtAct, ...] = ()
    figures: tuple[TaughtFigure, ...] = ()
    contrast: bool = False  # no act is told
    headline: bool = False


def read_sentences(*paths: Path) -> tuple[TaughtItem, ...]:
    """The items of files and of the .txt files of folders, in order; DataError names file and line of the first fault."""
    files = [file for path in paths for file in (sorted(path.glob("*.txt")) if path.is_dir() else [path])]
    if not files:
        raise InputError("no teaching sentences: give .txt files or folders that hold some")
    return tuple(item for file in files for item in _read_file(file))


def documents(items: Iterable[TaughtItem]) -> Iterator[Document]:
    """Each item as a report of its own."""
    source = Source("Outlet")
    for item in items:
        yield Document(item.text, source, given_id=f"{item.file}:{item.line}", published=PUBLISHED, language="en")


def read_marked(name: str, number: int, marked: str) -> TaughtItem:
    """The item of a marked text of any length; DataError names the file and the line that it begins at."""
    try:
        return _item(name, number, marked)
    except ValueError as wrong:
        raise DataError(f"{name}:{number}: {wrong}") from wrong


def _read_file(path: Path) -> Iterator[TaughtItem]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as wrong:
        raise InputError(f"{path.name!r} cannot be read as UTF-8 text: {wrong}") from wrong
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.startswith("#"):
            yield read_marked(path.name, number, line)


@dataclass(slots=True)
class _Marks:
    """The marks of a line while it is read: heads with their stretches of the plain text."""

    text: str = ""
    acts: list[tuple[str, Part]] = field(default_factory=list)
    braces: list[tuple[str, Part]] = field(default_factory=list)


def _item(file: str, number: int, line: str) -> TaughtItem:
    """The item of a line; ValueError says what is wrong."""
    sign = line[0] if line[0] in "~!" else ""
    marks = _marks(line[len(sign) :].strip())
    if not marks.text.strip():
        raise ValueError("no words: write a sentence")
    acts = _acts(marks.acts)
    roles: dict[tuple[int, str], list[Part]] = {}
    figures: list[TaughtFigure] = []
    for head, span in marks.braces:
        if head.startswith("F "):
            figures.append(_figure(head, span))
            continue
        for number_of, letter in _roles(head, acts):
            roles.setdefault((number_of, letter), []).append(span)
    if bool(acts) == (sign == "~"):
        raise ValueError("a line with '~' tells no act, any other at least one: mark the act or begin the line with '~'")

    def part(act: int, letter: str) -> tuple[Part, ...]:
        return tuple(roles.get((act, letter), ()))

    told = tuple(
        TaughtAct(
            *act, actor=part(key, "A"), recipient=part(key, "R"), voice=part(key, "V"), place=part(key, "P"), time=part(key, "T"),
        )
        for key, act in acts.items()
    )  # fmt: skip
    return TaughtItem(file, number, marks.text, told, tuple(figures), sign == "~", sign == "!")


def _marks(line: str) -> _Marks:
    """The plain text of a line and its marks; ValueError where brackets do not pair."""
    marks = _Marks()
    opened: list[tuple[str, str, int]] = []
    at = 0
    while at < len(line):
        sign = line[at]
        if sign in _CLOSING:
            head, colon, _ = line[at + 1 :].partition(":")
            if not colon or set(head) & set("[]{}"):
                raise ValueError(f"{line[at : at + 20]!r} has no ':': write [TYPE:words] or {{A:words}}")
            opened.append((sign, head, len(marks.text)))
            at += len(head) + 2
            continue
        if sign in _CLOSING.values():
            if not opened or _CLOSING[opened[-1][0]] != sign:
                raise ValueError(f"{sign!r} closes nothing: pair the brackets")
            kind, head, start = opened.pop()
            if not marks.text[start:].strip():
                raise ValueError(f"the mark {head!r} holds no words")
            (marks.acts if kind == "[" else marks.braces).append((head, (start, len(marks.text))))
        else:
            marks.text += sign
        at += 1
    if opened:
        raise ValueError(f"the mark {opened[-1][1]!r} is not closed")
    return marks


def _acts(found: Sequence[tuple[str, Part]]) -> dict[int, tuple[frozenset[str], frozenset[str], Modality, bool, Part]]:
    """The acts of a line by their numbers, 0 for one without; the fields of a TaughtAct before its roles."""
    acts: dict[int, tuple[frozenset[str], frozenset[str], Modality, bool, Part]] = {}
    for head, span in found:
        match = _ACT.fullmatch(head)
        if match is None:
            raise ValueError(f"{head!r} is no act: write TYPE/mode,modality")
        number = int(match[1] or 0)
        if number in acts:
            raise ValueError(f"two acts have the number {number or 'none'}: number them")
        types, modes = set(), set()
        for option in match[2].replace("?", "").split("|"):
            name, _, mode = option.partition("/")
            if name not in PLOVER_MODES:
                raise ValueError(f"the type {name!r} is not one of the 16")
            if mode and mode not in PLOVER_MODES[name]:
                raise ValueError(f"{name} has no mode {mode!r}")
            types.add(name)
            modes |= {mode} if mode else set()
        if match[3] and match[3] not in _MODALITIES:
            raise ValueError(f"the modality {match[3]!r} is unknown: use one of {', '.join(sorted(_MODALITIES))}")
        acts[number] = (frozenset(types), frozenset(modes), Modality(match[3] or "actual"), "?" in match[2], span)
    return dict(sorted(acts.items(), key=lambda act: act[1][4]))


def _roles(head: str, acts: Iterable[int]) -> list[tuple[int, str]]:
    """The (act, letter) pairs of a role mark; a letter without number belongs to the act without number, or else to the first."""
    if not _ROLE.fullmatch(head):
        raise ValueError(f"{head!r} is no role: write A, R, V, P or T with the number of the act, or F measure low..high")
    numbers = sorted(acts)
    found = []
    for letter in head.split(","):
        number = int(letter[1:]) if letter[1:] else (numbers[0] if numbers else 0)
        if number not in numbers:
            raise ValueError(f"the role {letter!r} belongs to no act of the line")
        found.append((number, letter[0]))
    return found


def _figure(head: str, span: Part) -> TaughtFigure:
    match = _FIGURE.fullmatch(head)
    if match is None or match[1] not in _MEASURES:
        raise ValueError(f"{head!r} is no figure: write F measure low..high, the measure one of {', '.join(sorted(_MEASURES))}")
    low, high = (int(one) if one else None for one in (match[2], match[3]))
    if low is not None and high is not None and low > high:
        raise ValueError(f"the figure {head!r} has its low above its high")
    return TaughtFigure(span, match[1], low, high)
