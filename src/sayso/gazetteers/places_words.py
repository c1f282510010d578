"""The English words around place names, read from `data/places/words.toml`."""

from functools import cache

from sayso.gazetteers.places_rows import FOLDER
from sayso.languages.strict import read_toml

_LISTS = (
    "in",
    "near",
    "from",
    "to",
    "on",
    "between",
    "along",
    "strike_nouns",
    "verbs",
    "of_nouns",
    "no_place_of",
    "settlement_nouns",
    "admin1_nouns",
    "admin2_nouns",
    "region_nouns",
    "site_nouns",
    "sea_nouns",
    "event_nouns",
    "parts",
    "between_words",
    "never",
    "before_name",
    "speaking",
    "no_motion",
    "titles",
)
_LEVELS = (
    ("settlement_nouns", "settlement"),
    ("admin1_nouns", "admin1"),
    ("admin2_nouns", "admin2"),
    ("site_nouns", "site"),
    ("sea_nouns", "sea"),
    ("region_nouns", "region"),
)
_SPATIAL = ("in", "near", "from", "to", "on", "between", "along")


class PlaceWords:
    """Word lists by name, and what they tell of one word."""

    def __init__(self, lists: dict[str, frozenset[str]]) -> None:
        self._lists = lists
        self._levels = {word: level for name, level in reversed(_LEVELS) for word in lists[name]}
        self._spatial = {word: name for name in reversed(_SPATIAL) for word in lists[name]}

    def has(self, name: str, word: str) -> bool:
        """Whether the lower-case `word` is in the list `name`."""
        return word in self._lists[name]

    def level(self, word: str) -> str | None:
        """The level of place that a noun names: "province" an admin1."""
        return self._levels.get(word)

    def spatial(self, word: str) -> str | None:
        """The relation that a preposition tells: "outside" near."""
        return self._spatial.get(word)


@cache
def place_words() -> PlaceWords:
    """The lists, read once."""
    table = read_toml(FOLDER / "words.toml")
    lists = {name: frozenset(_strings(table.value(name))) for name in _LISTS}
    table.done()
    return PlaceWords(lists)


def _strings(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []
