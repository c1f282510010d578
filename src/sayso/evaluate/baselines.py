"""Simple systems to compare with: what a page of regular expressions makes of a corpus. They are run beside sayso by the same scorers."""

import re
from collections.abc import Iterator
from datetime import date

from sayso.engines.rules.quantities import Quantity
from sayso.evaluate.attribution import Told
from sayso.evaluate.times import Dates, TimeRow

Part = tuple[int, int]

_SAY = r"(?:said|says|say|told|added|asked|wrote|stated|announced|claimed|denied|warned|confirmed|reported|explained|argued|noted|insisted)"
_NAME = r"(?:[A-Z][\w.’'-]*(?:[ ](?:of|de|al|bin|[A-Z][\w.’'-]*)){0,4}|he|she|they|it|He|She|They|It)"
_QUOTED = re.compile(r"“[^“”]{2,600}”|\"[^\"]{2,600}\"")
_AFTER = re.compile(rf"[\s,]{{0,3}}(?:(?P<cue>{_SAY})\s(?P<source>{_NAME})|(?P<source2>{_NAME})\s(?P<cue2>{_SAY})\b)")
_BEFORE = re.compile(rf"(?P<source>{_NAME})\s(?P<cue>{_SAY})[\s,:]{{0,3}}$")
_REACH = 80  # code points before a quotation in which its speaker is looked for

_DIGITS = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?![\d])")
_CAPITALISED = re.compile(r"\b[A-Z][\w’'-]*(?:[ ](?:of[ ]the[ ]|of[ ]|al-)?[A-Z][\w’'-]*)*")
_WORD = re.compile(r"[\w'-]+")

_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_MONTH = r"(?P<month>[A-Za-z]{3,9})\.?"
_DATES = (
    re.compile(r"(?P<year>\d{4})-(?P<number>\d\d)-(?P<day>\d\d)"),
    re.compile(rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ ](?:of[ ])?{_MONTH}(?:,?[ ](?P<year>\d{{4}}))?"),
    re.compile(rf"{_MONTH}[ ](?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?[ ](?P<year>\d{{4}}))?"),
    re.compile(rf"{_MONTH}[ ](?P<year>\d{{4}})"),
)

# Words that many style guides of news desks advise against, whoever is meant.
_LOADED = frozenset(
    [
        "terrorist",
        "terrorists",
        "terror",
        "regime",
        "thugs",
        "martyr",
        "martyred",
        "martyrs",
        "barbaric",
        "brutal",
        "cowardly",
        "evil",
        "fanatics",
        "heroic",
        "liberated",
        "mercenaries",
        "neutralised",
        "neutralized",
        "puppet",
        "radical",
        "extremist",
        "extremists",
        "savage",
        "so-called",
        "vile",
        "heinous",
    ]
)


def quoted_speech(text: str) -> list[Told]:
    """Every stretch in quotation marks whose speaker stands right beside it with a verb of saying; indirect speech is not looked for."""
    made = []
    for quote in _QUOTED.finditer(text):
        found = _AFTER.match(text, quote.end()) or _BEFORE.search(text, max(0, quote.start() - _REACH), quote.start())
        if found is None:
            continue
        source, cue = ("source", "cue") if found["source"] else ("source2", "cue2")
        made.append(Told((found.span(source),), (quote.span(),), (found.span(cue),)))
    return made


def bare_digits(text: str) -> list[Quantity]:
    """Every number written in digits, as it stands."""
    return [_quantity(found) for found in _DIGITS.finditer(text)]


def _quantity(found: re.Match[str]) -> Quantity:
    written = found[0].rstrip(",").replace(",", "")
    value = float(written) if "." in written else int(written)
    return Quantity(found.start(), found.end(), value, value, value, None, False, None, "count", found.span())


def capitalised_runs(text: str) -> list[Part]:
    """Every run of capitalised words, the first word of a sentence among them."""
    return [found.span() for found in _CAPITALISED.finditer(text)]


def few_loaded_words(text: str) -> list[Part]:
    """The words of a list of two dozen."""
    return [found.span() for found in _WORD.finditer(text) if found[0].lower() in _LOADED]


def every_sentence(text: str) -> list[Part]:
    """The whole text: every sentence is said to be slanted."""
    return [(0, len(text))] if text else []


def written_dates(row: TimeRow) -> Dates:
    """The dates that an expression spells out with a month, the year of publication where it names none; nothing of "yesterday" or "last week"."""
    return next(((day, end) for day, end in _written(row)), (None, None))


def _written(row: TimeRow) -> Iterator[tuple[str, str]]:
    for pattern in _DATES:
        found = pattern.search(row.expression)
        if found is None:
            continue
        told = found.groupdict()
        month = int(told["number"]) if told.get("number") else _month(told["month"])
        year = int(told["year"]) if told.get("year") else row.published.year if row.published else None
        if month is None or year is None:
            continue
        try:
            if told.get("day"):
                day = date(year, month, int(told["day"])).isoformat()
                yield day, day
            else:
                after = date(year + month // 12, month % 12 + 1, 1)
                yield date(year, month, 1).isoformat(), date.fromordinal(after.toordinal() - 1).isoformat()
        except ValueError:
            continue


def _month(word: str) -> int | None:
    """The number of a month told by its name or its first letters; None for another word."""
    return next((number for number, name in enumerate(_MONTHS, 1) if name.startswith(word.lower())), None)
