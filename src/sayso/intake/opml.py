"""OPML: a list of feeds, as feed readers export it. A plain list of addresses, one a line, is taken as well."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sayso.errors import InputError, TooLarge
from sayso.intake.decoding import text_of

MOST_FEEDS = 2_000
_LARGEST, _DEEPEST = 5_000_000, 50
_LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class Listed:
    """One feed of a list: its address, and its title as the list tells it."""

    url: str
    title: str = ""


def read_opml(raw: bytes) -> tuple[tuple[Listed, ...], tuple[str, ...]]:
    """The feeds of a list, each once and in its order, and notes; InputError where it is none, is not safe to read, or is too long."""
    if len(raw) > _LARGEST:
        raise TooLarge(f"a list of feeds larger than {_LARGEST:,} bytes: split it")
    found = list(_outlines(raw) if b"<" in raw[:2_000].replace(b"\0", b"") else _lines(raw))
    feeds: dict[str, Listed] = {}
    notes = []
    twice = 0
    for one in found:
        if not one.url.lower().startswith(("http://", "https://")) or len(one.url) > _LONGEST:
            notes.append(f"{one.url[:200]!r} is no address of the web: left out")
        elif one.url in feeds:
            twice += 1
        else:
            feeds[one.url] = one
    if len(feeds) > MOST_FEEDS:
        raise TooLarge(f"{len(feeds):,} feeds: at most {MOST_FEEDS:,} are watched; split the list")
    if not feeds:
        raise InputError("no feed in the list: an OPML has <outline xmlUrl=…>, a plain list one address a line")
    if twice:
        notes.append(f"{twice} {'feed is' if twice == 1 else 'feeds are'} listed more than once: watched once")
    return tuple(feeds.values()), tuple(notes)


def _outlines(raw: bytes) -> Iterator[Listed]:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    try:
        root = fromstring(raw, forbid_dtd=True)
    except DefusedXmlException as wrong:
        raise InputError(f"the list declares a document type or entities: refused ({type(wrong).__name__})") from wrong
    except (ParseError, ValueError, LookupError) as wrong:
        raise InputError(f"no OPML that can be read: {wrong}") from wrong
    if str(root.tag).lower() != "opml":
        raise InputError(f"no OPML, but {str(root.tag)[:100]!r}: give the list that a feed reader exports")
    waiting: list[tuple[Any, int]] = [(root, 0)]
    while waiting:  # no recursion: nesting is the sender's
        element, depth = waiting.pop()
        if depth > _DEEPEST:
            raise InputError(f"outlines nested more than {_DEEPEST} deep: no list of feeds")
        told = {str(name).lower(): str(value).strip() for name, value in element.attrib.items()}
        if str(element.tag).lower() == "outline" and told.get("xmlurl"):
            yield Listed(told["xmlurl"], (told.get("title") or told.get("text") or "")[:500])
        waiting.extend((inner, depth + 1) for inner in reversed(element))


def _lines(raw: bytes) -> Iterator[Listed]:
    text, _ = text_of(raw)
    for line in text.splitlines():
        line = line.strip()
        if line and not line.startswith("#"):
            yield Listed(line)
