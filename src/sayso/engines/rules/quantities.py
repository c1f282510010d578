"""Quantities: every number of something in a text, with its bounds. Dates, times, ordinals, names of weapons and votes are none.

Plain scanning, no parse: what is counted and whether it was harmed is decided by `figures`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TypeAlias

from sayso.engines.rules.quantity_context import Context
from sayso.languages.numbers import Numbers

Value: TypeAlias = int | float

_SPACE = r"[ \t\u00a0\u202f\n]"
_DASHES = r"[-\u2010-\u2015]"
_PLACE = re.compile(r"[A-Za-z]+|[\d.\-]")
_EXCLUSIVE = {"lower_strict": 1, "upper_strict": -1}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written, with inclusive bounds; the span covers the words that bound it."""

    start: int
    end: int
    low: Value | None
    high: Value | None
    point: Value | None  # the number that the words name; None for a vague word and for a range
    operator: str | None  # the words of the bound: "at least", "between", "-"
    approximate: bool
    term: str | None  # the vague word
    kind: str  # count, money, percent, measure, duration, age, fraction
    number: tuple[int, int]  # the number alone, without its bound
    last: Value | None = None  # the later of the two numbers of a range: "rose from 10 to 20"
    bound: str | None = None  # lower, upper, …: what sort of bound the operator is


@lru_cache(maxsize=8)
def _scanner(numbers: Numbers) -> "_Scanner":
    return _Scanner(numbers)


def quantities(text: str, numbers: Numbers) -> tuple[Quantity, ...]:
    """The quantities of a text in order, none overlapping another."""
    scanner = _scanner(numbers)
    found = scanner.joined(text, list(scanner.single(text)))
    return tuple(scanner.bounded(text, quantity, found[index - 1].end if index else 0) for index, quantity in enumerate(found))


def _words(items: object) -> str:
    return "|".join(re.escape(str(item)).replace(r"\ ", r"\s+") for item in sorted(items, key=lambda item: -len(str(item))))  # type: ignore[call-overload]


class _Scanner:
    """The patterns of one language, compiled once."""

    def __init__(self, numbers: Numbers) -> None:
        self.numbers = numbers
        self.context = Context(numbers)
        values = numbers.values
        tens = _words(word for word, value in values.items() if value >= 20)
        ones = _words(word for word, value in values.items() if 0 < value < 10)
        others = _words(word for word, value in values.items() if value < 20)
        scales = _words(numbers.scales)
        base = rf"(?:(?:{tens})(?:[-\s\u2010\u2011](?:{ones}))?|{others})"
        spelled = rf"(?:{base}(?:[-\s]+(?:{scales})\b(?:(?:,?\s+and\s+|[-\s]+){base}(?!\s+(?:{scales})\s+and)\b)?)*|an?\s+(?:{scales})(?:\s+and\s+{base})?)"
        digits = r"\d{1,3}(?:(?:,|[\u00a0\u202f ])\d{3}(?![\d]))+(?:\.\d+)?|\d+(?:\.\d+)?|\.\d+"
        suffix = "|".join(sorted(numbers.suffixes, key=len, reverse=True))
        part = r"(?:half|third|thirds|quarter|quarters|fifth|fifths|tenth|tenths)"
        fraction = (
            rf"(?:(?:an?|one|two|three)[-\s]+)?{part}\b(?=\s+(?:of|the|a)\b)|(?:two|three)[-\s](?:thirds|quarters|fifths)"
            r"|(?<![\d/])\d{1,2}[/\u2044]\d{1,3}(?![\d/])"
        )
        glued = "".join(rf"|(?<=\b{code})" for code in (*numbers.context["currency_before"], "US") if code.isalpha())
        self.atom = re.compile(
            rf"(?:(?<![\w.])|(?<=\.\.){glued})(?:(?P<set>{_words(numbers.sets)})\b|(?P<fraction>{fraction})|(?P<vague>{_words(numbers.vague)})\b"
            rf"|(?P<spelled>{spelled})\b(?!{_DASHES}?th\b)"
            rf"|(?P<minus>minus[-\s]|(?<=\s)-)?(?P<digits>{digits})(?:(?P<suffix>{suffix})(?![\w/])|{_SPACE}?-?(?P<scale>{scales})\b(?P<tail>{_SPACE}(?:{scales})\b)?)?)",
            re.IGNORECASE,
        )
        entries = (*numbers.values, *numbers.scales, *numbers.sets, *numbers.vague, *_PARTS, "a", "an", "minus")
        self.openings = frozenset(re.split(r"[-\s]", entry.lower())[0] for entry in entries)
        before = [(kind, words) for kind, words in numbers.bounds.items() if not kind.startswith("after")]
        self.before = [
            (kind, re.compile(rf"(?<![\w])(?:{_words(words)})[\s-]*(?:the\s+)?(?:US\s?)?[$\u20ac\u00a3]?\s*$", re.IGNORECASE)) for kind, words in before
        ]
        self.after = [
            (kind, re.compile(rf"\s*,?\s?-?(?:{_words(words)})\b", re.IGNORECASE)) for kind, words in numbers.bounds.items() if kind.startswith("after")
        ]
        codes = "|".join(re.escape(code) for code in numbers.context["currency_before"])
        unit = rf"(?:{_SPACE}?(?:%|[A-Za-z/]+\d?|per cent|mile|U\.S\.))?(?:{_SPACE}per{_SPACE}\w+)?"
        self.link = re.compile(
            rf"(?P<unit>{unit}?)\s*(?P<dash>{_DASHES}|/|-?\bto\b-?|\bor\b|\band\b|,\s*or\b)\s*(?:even\s+|possibly\s+|about\s+|as\s+many\s+as\s+)?(?:US\s?)?(?:{codes})?\s*",
            re.IGNORECASE,
        )
        self.unknown = re.compile(rf"(?:{_words(numbers.context['unknown'])})\s+(?:of\s+)?$", re.IGNORECASE)

    def single(self, text: str) -> Iterator[Quantity]:
        """Each number by itself, without bounds, that counts or measures something."""
        masked = self.context.masked(text)
        for match in self._atoms(text):
            start, end = match.span()
            if any(masked[start:end]):
                continue
            value = self._value(match)
            kind = self.context.kind(text, match, value)
            if value is None or kind is None:
                continue
            if match["vague"]:
                if match["vague"].lower() == "some" and (not re.match(r"\s+(?:of\s+)?[a-z]", text[end:]) or self.atom.match(text, end + 1)):
                    continue  # "some two dozen" is about two dozen
                yield Quantity(start, end, value, None, None, None, False, match["vague"], kind, (start, end), bound="vague")
            else:
                yield Quantity(start, end, value, value, value, None, False, None, kind, (start, end))

    def _atoms(self, text: str) -> Iterator[re.Match[str]]:
        """The numbers as written. Tried only where a number may begin: trying at every character took half of the time."""
        end = 0
        for place in _PLACE.finditer(text):
            at = place.start()
            if at < end or ((len(place[0]) > 1 or place[0].isalpha()) and place[0].lower() not in self.openings):
                continue
            match = self.atom.match(text, at)
            if match:
                end = match.end()
                yield match

    def _value(self, match: re.Match[str]) -> Value | None:
        numbers = self.numbers
        if match["set"]:
            return numbers.sets[_plain(match["set"])]
        if match["vague"]:
            return numbers.vague[_plain(match["vague"])]
        if match["fraction"]:
            return _fraction(match["fraction"].lower())
        if match["spelled"]:
            return _spelled(re.split(r"[-\s\u2010\u2011,]+", match["spelled"].lower()), numbers)
        digits = re.sub(r"[, \u00a0\u202f]", "", match["digits"])
        value: Value = float(digits) if "." in digits else int(digits)
        if "." in digits and re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", digits) and not match["scale"] and not match["suffix"] and self.context.counts_people(match):
            value = int(digits.replace(".", ""))
        factor = numbers.suffixes.get(match["suffix"] or "", 1) * numbers.scales.get((match["scale"] or "").lower(), 1)
        factor *= numbers.scales.get((match["tail"] or "").strip().lower(), 1)
        return _whole(value * factor * (-1 if match["minus"] else 1))

    def joined(self, text: str, found: list[Quantity]) -> list[Quantity]:
        """The quantities with ranges ("between 12 and 15", "12-15", "two or three") made one."""
        result: list[Quantity] = []
        for quantity in found:
            last = result[-1] if result else None
            link = self.link.fullmatch(text[last.end : quantity.start]) if last and last.bound is None and quantity.bound is None else None
            both = self._range(text, (last, quantity), link["dash"].lower().strip("-") or "-", link["unit"]) if last and link else None
            if both:
                result[-1] = both
            else:
                result.append(quantity)
        return result

    def _range(self, text: str, ends: tuple[Quantity, Quantity], link: str, unit: str) -> Quantity | None:
        first, second = ends
        low, high = first.low, second.high
        if low is None or high is None or "age" in (first.kind, second.kind):
            return None
        ahead = re.search(
            r"(between|from|ranging from|estimated at)\s+(?:about |around |some |roughly )?(?:US\s?)?(?:[$\u20ac\u00a3]|RM)?\s*$",
            text[max(0, first.start - 40) : first.start],
            re.IGNORECASE,
        )
        word = ahead[1].lower() if ahead else ""
        gap = re.search(r"\d$", text[first.start : first.end]) and second.kind == first.kind
        if (link == "and" and word != "between") or (link == "/" and first.kind != "money"):
            return None
        if (unit.strip() or first.kind != "count") and second.kind != first.kind and not (first.kind == "money" and not unit.strip()):
            return None
        if link.endswith("or") and not (high > low and high <= 2 * low + 3):
            return None
        if link not in ("and", "to", "or", ", or") and not low < high:
            return None
        if first.kind == second.kind == "measure" and unit.strip() and word != "from":
            return None
        if re.search(r"\bby\s+[^\w\s]?$", text[max(0, first.start - 8) : first.start]) and first.kind == "money":
            return None
        if link == "to" and word != "from" and not low < high:
            return None
        if low < high and _scaled(text, second) > 1 and _scaled(text, first) == 1 and (gap or low < 100) and low * _scaled(text, second) <= high:
            low = _whole(low * _scaled(text, second))
        begin = max(0, first.start - 40) + ahead.start() if ahead else first.start
        start = begin if ahead and (link == "and" or word != "between") else first.start
        operator = f"{word} {link}".strip() if start != first.start else link
        kind = second.kind if first.kind == "count" else first.kind
        return Quantity(
            start, second.end, min(low, high), max(low, high), None, operator, False, None, kind, (first.start, second.end), last=high, bound="range"
        )

    def bounded(self, text: str, quantity: Quantity, floor: int) -> Quantity:
        """The quantity with the bound that stands before or behind it."""
        ahead = text[max(floor, quantity.start - 40) : quantity.start]
        for kind, pattern in self.before:
            match = pattern.search(ahead)
            if match and not (quantity.bound == "vague" and kind != "approximate" and kind != "lower"):
                longer = max(
                    (other for other in (p.search(ahead) for k, p in self.before if k != kind) if other), key=lambda other: len(other[0]), default=None
                )
                if longer is None or len(longer[0]) <= len(match[0]):
                    return _with_bound(quantity, kind, match[0].strip(), quantity.start - len(match[0]), quantity.end)
        behind = text[quantity.end : quantity.end + 24]
        if behind.startswith("+"):
            return _with_bound(quantity, "lower", "+", quantity.start, quantity.end + 1)
        for kind, pattern in self.after:
            match = pattern.match(behind)
            if match:
                return _with_bound(quantity, kind.removeprefix("after_"), match[0].strip(), quantity.start, quantity.end + match.end())
        return quantity


def _with_bound(quantity: Quantity, kind: str, operator: str, start: int, end: int) -> Quantity:
    if kind == "approximate" or quantity.bound in ("vague", "range"):
        return replace(quantity, start=start, end=end, operator=quantity.operator or operator, approximate=kind == "approximate", bound=quantity.bound or kind)
    step = _EXCLUSIVE.get(kind, 0) if isinstance(quantity.point, int) else 0
    value = None if quantity.point is None else quantity.point + step
    lower = kind.startswith("lower")
    return replace(quantity, start=start, end=end, low=value if lower else None, high=None if lower else value, operator=operator, bound=kind)


def _plain(words: str) -> str:
    return " ".join(words.lower().split())


def _whole(value: Value) -> Value:
    rounded = round(value, 6)
    return int(rounded) if rounded == int(rounded) else rounded


def _spelled(words: list[str], numbers: Numbers) -> int:
    total = current = 0
    for word in words:
        if word in numbers.scales:
            scale = numbers.scales[word]
            current = max(current, 1) * scale
            if scale > 100:
                total, current = total + current, 0
        elif word in numbers.values:
            current += numbers.values[word]
    return total + current


_PARTS = {"half": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5, "tenth": 10, "tenths": 10}


def _fraction(words: str) -> float:
    if words[0].isdigit():
        over, _, under = words.replace("\u2044", "/").partition("/")
        return int(over) / max(int(under), 1)
    parts = re.split(r"[-\s]+", words)
    count = {"two": 2, "three": 3}.get(parts[0], 1)
    return count / _PARTS[parts[-1]]


def _scaled(text: str, quantity: Quantity) -> int:
    written = text[quantity.start : quantity.end].lower()
    for word, value in (("thousand", 1000), ("million", 10**6), ("billion", 10**9), ("hundred", 100), ("bn", 10**9), ("k", 1000), ("m", 10**6)):
        if written.endswith(word):
            return value
    return 1
