"""What the words between two place names tell: that one holds the other, or that they are the ends of "between A and B"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from sayso.gazetteers.places_mentions import FoundPlace

_HOLDS = re.compile(
    r"['’]s\s+(?:\w+ern\s+)?|,\s+(?:the\s+)?(?:\w+ern\s+|\w+(?:north|south|east|west)\s+)?|\s*\(\s*|\s+in\s+(?:the\s+)?(?:\w+ern\s+)?(?:[A-Z]\w+['’]s\s+)?|\s+(?:region|province|district|area)\s+of\s+(?:\w+ern\s+)?"
)
_LIST = re.compile(
    r"(?:\s*\([^()]{1,30}\))?\s*(?:,|;|/|–|-|(?:,\s*)?\b(?:and|or|as well as|to)\b)\s*(?:also\s+)?(?:the\s+)?(?:\w+ern\s+)?"
    r"(?:(?:town|city|village|district|province)s?\s+of\s+)?(?:nearby\s+)?"
)
_ABBREVIATED = re.compile(r",\s+([A-Z][a-z]{1,4}\.|[A-Z]\.\s?[A-Z]\.(?:[A-Z]\.)?|W\. ?Va\.|[A-Z]{2})(?![\w.])")


def goes_on(between: str) -> bool:
    """Whether the words between two names make them a list: ",", "and the town of"."""
    return _LIST.fullmatch(between) is not None


def with_containers(text: str, places: Sequence[FoundPlace]) -> list[FoundPlace]:
    """The places, each with the names that are said right behind it to hold it."""
    told = []
    for index, place in enumerate(places):
        holders = list(place.containers)
        end, at = place.end, index + 1
        while at < len(places) and at <= index + 3 and _HOLDS.fullmatch(text[end : places[at].start]):
            holders.append(places[at].name)
            end, at = places[at].end, at + 1
        if short := _ABBREVIATED.match(text, place.end):
            holders.append(short[1])
        told.append(replace(place, containers=tuple(dict.fromkeys(holders))) if holders else place)
    return told


def paired_ends(text: str, places: Sequence[FoundPlace]) -> list[FoundPlace]:
    """The places, with the two ends of each "between A and B" pointing at each other."""
    paired = list(places)
    for index in range(len(paired) - 1):
        one, other = paired[index], paired[index + 1]
        if one.spatial == other.spatial == "between" and re.fullmatch(r"\s+and\s+(?:the\s+)?(?:\w+\s+of\s+)?", text[one.end : other.start]):
            paired[index], paired[index + 1] = replace(one, partner=other.name), replace(other, partner=one.name)
    return paired
