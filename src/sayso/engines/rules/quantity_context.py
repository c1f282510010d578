"""What a number counts, from the words around it: people or things, money, a distance, an age; or nothing, where it is part of a date or a name."""

import re
from collections.abc import Iterator, Sequence

from sayso.languages.numbers import Numbers

_DIGITS = re.compile(r"\d+")
_TITLE = re.compile(r"\b(?<!^)[A-Z]\w+ (?:One|Two|Three|Four|Five)\b(?! [a-z])|\b(?:[Ff]irst|[Ss]econd)\s+half\b")
_TITLED = (" One", " Two", " Three", " Four", " Five", "half")  # without one of them nothing is such a title
_ADDRESS = re.compile(r"\bhttps?://\S+|\bwww\.\S+|[#@]\w+")
_AHEAD, _BEHIND = 40, 120  # characters before and behind digits, or behind a "one", that a pattern may reach
_DASH = r"[-\u2010-\u2015]"


def _words(items: tuple[str, ...]) -> str:
    return "|".join(re.escape(item).replace(r"\ ", r"\s+") for item in sorted(items, key=len, reverse=True))


def _beginning(pattern: re.Pattern[str], text: str, digits: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Where a pattern matches that begins with digits, no match inside another."""
    last = 0
    for start, end in digits:
        if start >= last and (match := pattern.match(text, start, min(len(text), end + _BEHIND))):
            yield match.span()
            last = match.end()


def _around(pattern: re.Pattern[str], text: str, places: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Where a pattern matches around digits, or around another word that it cannot do without."""
    for start, end in _windows(text, places):
        at = start
        while (match := pattern.search(text, at, min(len(text), end + _BEHIND))) and match.start() < end:
            yield match.span()
            at = max(match.end(), at + 1)


def _windows(text: str, places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches around places, in which alone a pattern is tried."""
    windows: list[tuple[int, int]] = []
    for place, end in places:
        start = max(0, place - _AHEAD)
        while start > 0 and not text[start - 1].isspace():
            start -= 1  # begin where a word begins
        if windows and start <= windows[-1][1]:
            windows[-1] = (windows[-1][0], end)
        else:
            windows.append((start, end))
    return windows


class Context:
    """The contexts of one language, compiled once."""

    def __init__(self, numbers: Numbers) -> None:
        words = numbers.context
        months = rf"(?:{_words(words['months'])})\b\.?"
        day = r"\d{1,2}(?:st|nd|rd|th)?"
        days = rf"{day}(?:\s*(?:{_DASH}|to|and)\s*{day})?"
        hour = r"(?:[01]?\d|2[0-4])"
        opened = [  # by a digit
            rf"\b{days}(?:\s+of)?\s+{months}(?:,?\s+\d{{4}})?",
            r"\b\d{1,4}[/.]\d{1,2}[/.]\d{2,4}\b|\b\d{4}-\d{2}(?:-\d{2})?\b|\b(?:19|20)\d\d[-/\u2013]\d{2}\b",
            rf"\b{hour}(?::|h)[0-5]\d(?::[0-5]\d)?(?:\s*[ap]\.?m\b\.?)?|\b{hour}\.[0-5]\d\s*[ap]\.?m\b\.?",
            rf"\b{hour}\s*(?:[ap]\.m\.?|[ap]m\b|o'clock|GMT\b|UTC\b)|\b[0-2]\d[0-5]\d\s*(?:hours|hrs|GMT|UTC|local)\b",
            rf"\b\d{{1,5}}\s+(?:[A-Z]\w+\s+){{1,3}}(?:{_words(words['streets'])})\b",
            r"\b\d{4}-\d{2}-\d{2}T[\d:.]+Z?",
            r"\b24/7\b|\b9/11\b|\b7/7\b",
            r"\b\d+(?:s|ers)\b",
            rf"(?i:\b\d{{1,2}}\s+(?:{'|'.join(month.lower() for month in words['months'] if len(month) > 5)})\b)",
            r"\b\d+(?:st|nd|rd|th)\b|(?i:\b\d{1,3}(?:st|nd|rd|th)\b)",
        ]
        led = [  # by words before the digits
            rf"\b{months}\s+{days}(?![\d,]\d|\s+(?:{_words(words['counted'])})\b)(?:\s*{_DASH}\s*{months}\s*{day})?(?:,?\s+\d{{4}}\b)?",
            rf"\b{months},?\s+(?:of\s+)?\d{{4}}\b",
            rf"\b(?:{_words(words['age_before'])})\s+\d{{1,3}}(?:\s*(?:,|and|to|or|,\s*and|{_DASH})\s*\d{{1,3}}\b)+",
        ]
        ones = [
            rf"\b(?:{_words(words['one_phrases'])})\b",
            r"\b(?:that|this)\s+one\b(?!\s+(?!(?:is|was|has|had|which|who|of|in|on|to|and|can|could|must|should|would|will)\b)[a-z])",
            rf"\b(?:{_words(words['not_one'])})\s+(?:one|ones)\b(?!\s+(?:hundred|thousand|million|person|man|woman|child))",
        ]
        self._opened = [re.compile(pattern) for pattern in opened]
        self._led = [re.compile(pattern) for pattern in led]
        self._hyphened = re.compile(r"\b(?!minus-|sub-|mid-)[A-Za-z]+[\w/]*-\d+\w*(?:-\w+)*\b")
        self._designated = re.compile(
            rf"\b(?:{_words(words['designators'])})\s+#?\d[\d.]*\b(?:\s*(?:and|to|,|or|{_DASH})\s*\d+\b(?!\s+[a-z]))?(?!,\d)(?!\s+(?:{_words(words['counted'])})\b)",
            re.IGNORECASE,
        )
        self._designators = tuple({item.split()[-1].casefold() for item in words["designators"]})
        self._longest = max(map(len, self._designators), default=0)
        self._worded = [re.compile(pattern, re.IGNORECASE) for pattern in ones]
        self._one_told = re.compile(r"\bones?\b" if all(re.search(r"\bone\b", item) for item in words["one_phrases"]) else "", re.IGNORECASE)
        self.score = re.compile(r"(?<![\w.,$])(\d{1,3})[-\u2013](\d{1,3})\b(?![%,.]?\d|[-\u2013])")
        self.year_before = re.compile(rf"(?<![\w])(?:{_words(words['year_cues'])})[\s-]+$|[(,]\s*$", re.IGNORECASE)
        self.counted = re.compile(rf"[\s-]*(?:\w+\s+)?(?:{_words(words['counted'])})\b", re.IGNORECASE)
        self.counted_next = re.compile(rf"[\s-]*(?:{_words(words['counted'])})\b", re.IGNORECASE)
        self.money_before = re.compile(rf"(?:{_words(words['currency_before'])})\s?$")
        country = r"(?:(?:US|Australian|Canadian|New Zealand|Hong Kong|Kenyan|Iranian|Syrian|Lebanese|Sudanese|Pakistani|Indian)\s+)?"
        self.money = re.compile(rf"[\s-]?{country}(?:{_words(words['currencies'])})\b|\s?[$€£¥]")
        self.percent = re.compile(r"\s?%|\s?[-\s]?(?:percent|per\s?cent|pc|pct|percentage)\b", re.IGNORECASE)
        self.measure = re.compile(rf"[\s-]?(?:{_words(words['units'])})\b")
        self.glued = re.compile(r"-?[A-Za-z\u00b5\u03bc/]+\d?")
        self.duration = re.compile(
            rf"[\s-](?:(?:and\s+a\s+half|full|more|whole|consecutive|straight|long|further)\s+)?(?:{_words(words['durations'])})\b", re.IGNORECASE
        )
        self.age = re.compile(rf"[\s-]*(?:{_words(words['ages'])})\b", re.IGNORECASE)
        self.age_before = re.compile(rf"\b(?:{_words(words['age_before'])})\s+(?:of\s+)?(?:just\s+|only\s+|about\s+|\d+\s+(?:to|and)\s+)?$", re.IGNORECASE)
        self.apposed = re.compile(r"[A-Z][\w'\u2019-]*[\w.],\s*$")

    def masked(self, text: str) -> bytearray:
        """One byte a character: 1 where a number counts nothing, as in dates, times, ordinals, designations and addresses."""
        mask = bytearray(len(text))
        spans = [match.span() for match in self.score.finditer(text) if int(match[1]) >= int(match[2])]
        for start, end in spans + list(self._named(text)):
            mask[start:end] = b"\x01" * (end - start)
        return mask

    def _named(self, text: str) -> Iterator[tuple[int, int]]:
        """Where dates, times, names and addresses hold numbers."""
        ones = [match.span() for match in self._one_told.finditer(text)]
        for pattern in self._worded:
            yield from _around(pattern, text, ones)
        if any(word in text for word in _TITLED):
            yield from (match.span() for match in _TITLE.finditer(text))
        if "#" in text or "@" in text or "http" in text or "www" in text:
            yield from (match.span() for match in _ADDRESS.finditer(text))
        digits = [match.span() for match in _DIGITS.finditer(text)]
        for pattern in self._opened:
            yield from _beginning(pattern, text, digits)
        spaced = [one for one in digits if text[one[0] - 1 : one[0]].isspace()]
        for pattern in self._led:
            yield from _around(pattern, text, spaced)
        yield from _around(self._hyphened, text, [one for one in digits if text[one[0] - 1 : one[0]] == "-"])
        yield from _around(self._designated, text, [one for one in digits if self._may_designate(text, one[0])])

    def _may_designate(self, text: str, start: int) -> bool:
        """Whether a word like "resolution" stands right before a number: asked first, as the pattern for it takes half of the time of all."""
        before = text[max(0, start - _AHEAD) : start].removesuffix("#")
        word = before.rstrip()
        return word != before and (len(word) < self._longest or word.casefold().endswith(self._designators))

    def counts_people(self, match: re.Match[str]) -> bool:
        """Whether people are named right behind the number."""
        return self.counted.match(match.string, match.end()) is not None

    def kind(self, text: str, match: re.Match[str], value: int | float | None) -> str | None:
        """What the number counts; None where it counts nothing."""
        start, end = match.span()
        ahead, behind = text[max(0, start - 40) : start], text[end : end + 60]
        if match["fraction"]:
            return "fraction"
        if self.percent.match(behind):
            return "percent"
        if self.money_before.search(ahead) or self.money.match(behind):
            return "money"
        if self.age.match(behind) or self.age_before.search(ahead):
            return "age"
        if self.duration.match(behind):
            return "duration"
        if not match["digits"] or value is None:
            return "measure" if self.measure.match(behind) else "count"
        if match["suffix"] and match["suffix"] == "m" and value < 10**8 and re.match(r"\s+(?:deep|wide|long|high|tall|away|from|above|below)\b", behind):
            return "measure"
        if self._is_year(match, ahead, behind):
            return None
        if behind.startswith(")") and re.search(r"[A-Z][\w'\u2019-]+\s\($", ahead) and 1 <= value <= 110:
            return "age"
        if (
            re.match(r"[,.;)]|\s*$|\s+of\b(?!\s+(?:them|whom|which|the|our|its|their)\b)|\s+from\b", behind)
            and self.apposed.search(ahead)
            and 1 <= value <= 110
        ):
            return "age"
        if self.measure.match(behind) or (
            not match["suffix"] and self.glued.match(behind) and not re.match(r"-(?:strong|member|odd|plus)\b|-[a-z]+(?:-|\s)", behind)
        ):
            return "measure"
        return "count" if isinstance(value, int) else "measure"

    def _is_year(self, match: re.Match[str], ahead: str, behind: str) -> bool:
        digits = match["digits"]
        if not re.fullmatch(r"1[5-9]\d\d|2[01]\d\d", digits) or match["scale"] or match["suffix"]:
            return False
        if self.counted_next.match(behind):
            return False
        if self.year_before.search(ahead):
            return digits >= "1800" or ahead.rstrip().lower().endswith((" in", " since", " until", " from"))
        if self.counted.match(behind):
            return False
        return digits >= "1900" and not re.match(r"\s+[a-z]+s\b", behind)
