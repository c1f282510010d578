"""MUC-4's texts and answer keys as they are published: raw texts in capitals, keys slot by slot, and GRIT's entities a role."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sayso.errors import InputError

MONTHS = {name: number for number, name in enumerate(("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"), 1)}
OPEN_START = 60  # days before "on or before this day" that count: what is older is no news to the key either
MANY = 10**9

_ID = re.compile(r"(?:DEV|TST\d)-MUC\d-\d{4}")
_TEXTS = re.compile(rf"(?m)^(?=(?:{_ID.pattern})\b)")
_HEADER = re.compile(r"(?P<head>.{1,200}?)--\s*(?:\[[^\]]*\]\s*)*", re.DOTALL)
_HEAD_DATE = re.compile(r"(\d{1,2}) ([A-Z]{3}) (\d\d)\b")
_SLOT = re.compile(r"\s?(\d{1,2})\.\s+([A-Z][^\n]{0,30}?)\s{2,}(.*)")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_DAY = re.compile(r"(?:(\d{1,2}) )?([A-Z]{3}) (\d\d)")


@dataclass(frozen=True, slots=True)
class RawText:
    """One message: its text in capitals, without the head, and what the head tells."""

    id: str
    text: str
    place: str  # of the head, in capitals; empty where there is none
    published: str | None  # ISO


@dataclass(frozen=True, slots=True)
class Labelled:
    """A label or number that a key gives to a filler: its alternatives, and the strings of the filler."""

    labels: tuple[str, ...]
    strings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Template:
    """One incident of a key."""

    type: str
    stages: tuple[str, ...]
    dates: tuple[tuple[date, date], ...]  # inclusive; the alternatives
    countries: tuple[str, ...]
    strings: tuple[str, ...]  # every filler, however written
    blame: tuple[Labelled, ...]
    numbers: tuple[Labelled, ...]
    effects: tuple[Labelled, ...]


def read_texts(folder: Path, split: str) -> dict[str, RawText]:
    """The messages of a split by id, in order."""
    found: dict[str, RawText] = {}
    for path in _raw_files(folder, split):
        if not path.name.startswith("key") and "info" not in path.name:
            for part in _TEXTS.split(path.read_text(encoding="latin-1")):
                first, _, body = part.partition("\n")
                if match := _ID.match(first):
                    found[match[0]] = _message(match[0], body.strip())
    if not found:
        raise InputError(f"no texts under {folder / split / 'raw'}: it needs MUC-4's files as they were published, keys beside them")
    return dict(sorted(found.items()))


def read_entities(folder: Path, split: str) -> dict[str, dict[str, list[list[str]]]]:
    """GRIT's entities by message and role: each a list of the strings that may stand for it."""
    path = folder / split / f"grit_{split}.json"
    if not path.is_file():
        raise InputError(f"{path} is missing: it holds the entities of each role, one message a line")
    with path.open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return {row["docid"]: {role: [[mention[0] for mention in entity] for entity in told] for role, told in row["extracts"].items()} for row in rows}


def read_keys(folder: Path, split: str) -> dict[str, list[Template]]:
    """The incidents by message, without those that a key calls optional."""
    found: dict[str, list[Template]] = {}
    for path in _raw_files(folder, split):
        if path.name.startswith("key"):
            for slots in _entries(path.read_text(encoding="latin-1")):
                match = _ID.match(slots.get(0, ""))
                if match:
                    told = found.setdefault(match[0], [])
                    if slots.get(1, "*")[:1].isdigit() and "OPTIONAL" not in slots[1]:
                        told.append(_template(slots))
    return found


def _raw_files(folder: Path, split: str) -> list[Path]:
    return sorted(path for path in (folder / split / "raw").glob("*") if path.is_file())


def _message(name: str, text: str) -> RawText:
    match = _HEADER.match(text)
    top = match["head"] if match else ""
    day = _HEAD_DATE.search(top)
    published = date(1900 + int(day[3]), MONTHS[day[2]], int(day[1])).isoformat() if day and day[2] in MONTHS else None
    place = top.partition(",")[0].strip()
    return RawText(name, text[match.end() :] if match else text, "" if place in ("CLANDESTINE", "NO CITY") or len(place) > 40 else place, published)


def _entries(text: str) -> Iterator[dict[int, str]]:
    """The slots of each template by number: lines that go on are joined by a line break."""
    slots: dict[int, str] = {}
    last = -1
    for line in text.splitlines():
        match = _SLOT.match(line)
        if match:
            last = int(match[1])
            if last == 0 and slots:
                yield slots
                slots = {}
            slots[last] = match[3].strip()
        elif line.startswith("     ") and last >= 0:
            slots[last] += "\n" + line.strip()
        elif line.strip():
            last = -1
    if slots:
        yield slots


def _template(slots: dict[int, str]) -> Template:
    strings = [string for number in (6, 9, 10, 12, 18, 19) for string in _strings(slots.get(number, ""))]
    return Template(
        slots.get(4, "").strip(),
        tuple(part.strip() for part in slots.get(5, "").split("/") if part.strip("- *")),
        tuple(span for part in slots.get(2, "").split("/") if (span := _days(part.strip()))),
        tuple(dict.fromkeys(country for part in re.split(r"/| - |\n", slots.get(3, "")) if (country := _country(part)))),
        tuple(dict.fromkeys(strings)),
        _labelled(slots.get(11, "")),
        _labelled(slots.get(21, "")),
        _labelled(slots.get(23, "")),
    )


def _country(told: str) -> str | None:
    """The first part of "COUNTRY: REGION (KIND): TOWN (CITY)"; brackets may go round two places."""
    name = told.partition(":")[0].strip(" -*?\n")
    if name.count(")") > name.count("("):
        return None  # the rest of "VILLAGE (COLOMBIA - ECUADOR BORDER)"
    name = name.strip("() ")
    return name if name and "(" not in name else None


def _strings(slot: str) -> list[str]:
    return [string.replace('\\"', '"').strip() for string in _QUOTED.findall(slot)]


def _labelled(slot: str) -> tuple[Labelled, ...]:
    """The lines "LABEL / LABEL: "STRING" / "STRING"" of a slot; one with a question mark may be left out and is."""
    found = []
    for line in slot.splitlines():
        label, colon, rest = line.partition(":")
        if colon and "?" not in line and (strings := _strings(rest)):
            found.append(Labelled(tuple(part.strip(" ()") for part in label.split("/")), tuple(strings)))
    return tuple(found)


def _days(told: str) -> tuple[date, date] | None:
    """The interval of "12 MAR 89", "12 MAR 89 - 14 MAR 89", "- 14 MAR 89" (on or before) or "MAR 89"; None where nothing is told."""
    spans = [_span(match) for match in _DAY.finditer(told) if match[2] in MONTHS]
    if not spans:
        return None
    if told.startswith("-"):
        return spans[0][1] - timedelta(days=OPEN_START), spans[0][1]
    return spans[0][0], spans[-1][1]


def _span(match: re.Match[str]) -> tuple[date, date]:
    year, month = 1900 + int(match[3]), MONTHS[match[2]]
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    if match[1]:
        day = date(year, month, min(int(match[1]), last.day))  # a key has a 31 June
        return day, day
    return date(year, month, 1), last


def bounds(label: str) -> tuple[int, int] | None:
    """The lowest and the highest number that a key's number stands for: "6", "~30", "16-" (at least), "-26" (at most), "PLURAL"."""
    label = label.strip()
    if label == "PLURAL":
        return 2, MANY
    match = re.fullmatch(r"(~|-)?\s*(\d+)\s*(-)?\s*(\d+)?", label)
    if match is None:
        return None
    number = int(match[2])
    if match[1] == "~":
        return int(number * 0.9), int(number * 1.1 + 1)
    if match[1] == "-":
        return 1, number
    if match[3]:
        return number, int(match[4]) if match[4] else MANY
    return number, number
