"""Keys under which place names are compared: exact, loose (articles and unit nouns dropped), and by sound."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

_SPECIAL = str.maketrans(
    {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ə": "e", "ħ": "h", "ى": "ي", "ة": "ه", "ک": "ك", "ی": "ي"}
)
_ARTICLES = "al|el|as|es|ash|esh|ad|ed|an|en|ar|er|at|et|az|ez|ul|ol|il"
_ARTICLE = re.compile(rf"(?:^|(?<=[\s(/-]))(?:{_ARTICLES})(?:['’`‘]?[-\s]|['’`‘])(?=\w{{3}})", re.IGNORECASE)
_ARABIC_ARTICLE = re.compile(r"(?:^|(?<=\s))ال(?=\w{3})")
UNIT_NOUNS = (
    "refugee camp",
    "idp camp",
    "displacement camp",
    "camp",
    "city",
    "town",
    "township",
    "village",
    "governorate",
    "governate",
    "muhafazah",
    "wilayat",
    "wilaya",
    "oblast",
    "raion",
    "rayon",
    "krai",
    "province",
    "state",
    "district",
    "sub-district",
    "subdistrict",
    "county",
    "parish",
    "region",
    "department",
    "prefecture",
    "municipality",
    "commune",
    "canton",
    "division",
    "sector",
    "zone",
    "woreda",
    "locality",
    "lga",
    "local government area",
    "area",
    "neighbourhood",
    "neighborhood",
    "suburb",
    "settlement",
    "hromada",
    "quarter",
    "область",
    "район",
    "республика",
)
_NOUNS = "|".join(sorted(map(re.escape, UNIT_NOUNS), key=len, reverse=True))
_LAST_NOUN = re.compile(rf"\s+(?:{_NOUNS})$", re.IGNORECASE)
_FIRST_NOUN = re.compile(rf"^(?:the\s+)?(?:{_NOUNS})\s+of\s+(?=\w)", re.IGNORECASE)
_FOREIGN_NOUN = re.compile(
    r"^(?:wilayat|wilaya|muhafazat|cercle de|province de la|province du|province de|departamento de|estado de|ostan-e|the"
    r"|محافظة|ولاية|إقليم|مخيم|استان|ولایت)\s+(?=\w)",
    re.IGNORECASE,
)
_SAINT = re.compile(r"\b(?:st|ste)\b\.?\s+(?=\w)", re.IGNORECASE)
_MOUNT = re.compile(r"\bmt\b\.?\s+(?=\w)", re.IGNORECASE)
_FORT = re.compile(r"\bft\b\.?\s+(?=\w)", re.IGNORECASE)
SHORTEST_SOUND = 4
_FIRST = str.maketrans("qceiyo", "kkaaau")  # the first letter of a name is seldom heard otherwise than so
_SOUNDS = (
    (re.compile("ph"), "f"),
    (re.compile("kh|ch"), "k"),
    (re.compile("gh|dj"), "j"),
    (re.compile("([dtsz])h"), r"\1"),
    (re.compile("[qc]"), "k"),
    (re.compile("g"), "j"),
    (re.compile("v"), "w"),
    (re.compile("ou|oo|aw|au|[uow]"), "u"),
    (re.compile("[eiy]+"), "a"),
    (re.compile("a+"), "a"),
    (re.compile(r"([a-z])\1+"), r"\1"),
    (re.compile("(?<=.{3})[ahu]+$"), ""),
)


@lru_cache(maxsize=65536)
def exact_key(name: str) -> str:
    """The letters and digits of a name in lower case, without marks: what two equal spellings share."""
    if name.isascii():
        return "".join(filter(str.isalnum, name.lower()))
    decomposed = unicodedata.normalize("NFKD", name.casefold().translate(_SPECIAL)).translate(_SPECIAL)
    return "".join(char for char in decomposed if char.isalnum() and unicodedata.category(char) != "Lm")


def plain_name(name: str) -> str:
    """The name without words for its kind: "Jenin refugee camp" and "the city of Jenin" give "Jenin"."""
    plain = _FIRST_NOUN.sub("", name.strip())
    plain = _FOREIGN_NOUN.sub("", plain)
    while (shorter := _LAST_NOUN.sub("", plain)) != plain and shorter:
        plain = shorter
    return plain


def loose_key(name: str) -> str:
    """The exact key of a name without Arabic articles, and with "Saint", "Mount" and "Fort" written out."""
    return exact_key(_ARABIC_ARTICLE.sub("", _ARTICLE.sub("", _written_out(name))))


def query_keys(name: str) -> Iterator[str]:
    """The keys to try in turn: the name as written, abbreviations written out, without words for its kind, without articles."""
    yield exact_key(name)  # most names are found so: the rest is worked out only where it is asked for
    yield exact_key(_written_out(name))
    plain = plain_name(name)
    yield exact_key(plain)
    yield exact_key(_written_out(plain))
    yield loose_key(name)
    yield loose_key(plain)


def sound_key(name: str) -> str:
    """A rough key for transliterated names: vowels merged, doubled letters single; empty where too little is left."""
    sound = loose_key(name)
    if not sound.isascii() or not sound.isalpha():
        return ""
    first = sound[0].translate(_FIRST)
    for pattern, put in _SOUNDS:
        sound = pattern.sub(put, sound)
    return first + sound[1:] if len(sound) >= SHORTEST_SOUND else ""


def _written_out(name: str) -> str:
    return _FORT.sub("Fort ", _MOUNT.sub("Mount ", _SAINT.sub("Saint ", name)))
