"""Names of different layouts as one: places, countries, actors and their kinds, types of events."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

from sayso.codebooks.rows import RowBook, load_row_book
from sayso.export.imported_dates import whole
from sayso.text.folding import fold

STATE, GROUP, CROWD, CIVILIANS = "state", "group", "crowd", "civilians"
_KINDS = {
    "State forces": STATE, "Rebel group": GROUP, "Political militia": GROUP, "Identity militia": GROUP, "Rioters": CROWD, "Protesters": CROWD,
    "Civilians": CIVILIANS, "External/Other forces": STATE,
}  # fmt: skip
_BY_NUMBER = dict(enumerate(_KINDS.values(), 1))
_EMPTY = frozenset(("of", "the", "and", "de", "al", "el", "forces", "force", "military", "government", "police", "group", "armed", "army", "movement"))
_BRACKETS = re.compile(r"\([^()]*\)")
_WORD = re.compile(r"[^\W_]+")
_TOWN = re.compile(r"\s+(?:town|city|village|district|province|governorate|state|region|camp)$")
_BUILT_IN = ("acled", "ucdp", "casualty")


@lru_cache(maxsize=100_000)
def folded_name(name: str) -> str:
    """A place's name without case, marks and the word for what it is."""
    return _TOWN.sub("", " ".join(_WORD.findall(fold(name).text)))


@lru_cache(maxsize=100_000)
def actor_words(name: str) -> frozenset[str]:
    """The words of an actor's name that tell it from others, as the list of actors names it where the name is on it and stands for one alone.

    What stands in brackets is left out (years of a regime, a country's former name); all words stay where none tells anything.
    """
    words = frozenset(_WORD.findall(fold(_listed(name) or _BRACKETS.sub(" ", name)).text))
    return words - _EMPTY or words


def _listed(name: str) -> str:
    """The list's own name of an actor that is on it; empty where it is not, or the name may be another's. "M23: March 23 Movement" is two names of one."""
    from sayso.gazetteers.actors import actor_list  # here: the list takes a second to load

    plain = _BRACKETS.sub(" ", name).strip()
    short, _, long = plain.partition(": ")
    for one in (plain, long, short) if long else (plain,):
        found = {entry.actor for entry in actor_list().listed(one)} if len(one) > 1 else set()
        target = actor_list().target(next(iter(found))) if len(found) == 1 else None
        if target is not None:
            return _BRACKETS.sub(" ", target.name)
    return ""


def kind_of_label(label: str) -> str:
    """The kind that a label of ACLED's or its number stands for; empty where it is neither."""
    return _KINDS.get(label) or _BY_NUMBER.get(whole(label) or 0, "")


def kind_of_side(name: str) -> str:
    """The kind of a side of UCDP's, by how UCDP names it."""
    return STATE if name.startswith("Government of ") else CIVILIANS if name == "Civilians" else CROWD if name.startswith("Supporters of ") else GROUP


@lru_cache(maxsize=10_000)
def country_code(name: str, number: str = "") -> str:
    """The ISO 3166 alpha-2 code of a country by its number, its code or any layout's name; empty where it is not known."""
    by_number, by_name = _countries()
    return by_number.get(whole(number) or -1) or by_name.get(_country(name), "")


@cache
def _countries() -> tuple[Mapping[int, str], Mapping[str, str]]:
    from sayso.export.wording import country_name
    from sayso.gazetteers.country_codes import all_countries

    by_number, by_name = {}, {}
    for one in all_countries():
        if one.number:
            by_number[int(one.number)] = one.code
        for name in (country_name(one.code), one.acled_name, one.ucdp_name, one.iso3, one.code):
            if name:
                by_name[_country(name)] = one.code
    return by_number, by_name


def _country(name: str) -> str:
    return " ".join(_WORD.findall(fold(_BRACKETS.sub(" ", name)).text))


@lru_cache(maxsize=1_000)
def equivalents(book: str, kind: str) -> frozenset[str]:
    """The types of ACLED's and acts of PLOVER's that a type of a built-in book may be, as the book maps them; of another book the type alone."""
    if not kind:
        return frozenset()
    types = _book(book).types if book in _BUILT_IN else ()
    found = next((one for one in types if kind in (one.name, dict(one.fields).get("type_of_violence"))), None)
    return frozenset((kind, *(found.also.get("acled", ()) if found else ()), *(found.also.get("plover", ()) if found else ())))


@cache
def _book(name: str) -> RowBook:
    return load_row_book(name)
