"""Nouns for who people are ("troops", "villagers") and the words that the name finder goes by: `roles.toml` read strictly."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from sayso.gazetteers.actor_data import FOLDER, ROLES
from sayso.gazetteers.name_tokens import fold_word
from sayso.languages.strict import read_toml

FORCE, POLICE, GOVERNMENT, GROUP, MILITIA = "force", "police", "government", "group", "militia"
PROTESTERS, RIOTERS, CIVILIANS, MEDIA = "protesters", "rioters", "civilians", "media"
IDENTITY, EXTERNAL = "identity", "external"
ROLE_NAMES = (FORCE, POLICE, GOVERNMENT, GROUP, MILITIA, IDENTITY, EXTERNAL, PROTESTERS, RIOTERS, CIVILIANS, MEDIA)
_WORD_LISTS = (
    "wrappers",
    "communal",
    "ranks",
    "modifiers",
    "heads",
    "generic",
    "titles",
    "titles_military",
    "titles_government",
    "titles_police",
    "offices",
    "months",
    "things_of",
    "before",
    "personal",
    "directions",
    "common_surnames",
    "words_in_capitals",
    "locative",
    "verbs",
    "participles",
    "with_article",
    "plural_heads",
    "regions",
    "function",
    "lower_tails",
)


@dataclass(frozen=True, slots=True)
class ActorRoles:
    """Which noun names which role, and the word lists, all folded."""

    nouns: dict[str, str]
    lists: dict[str, frozenset[str]]

    def role(self, word: str) -> str | None:
        """The role that a folded noun, singular or plural, names."""
        for form in _singulars(word):
            if (role := self.nouns.get(form)) is not None:
                return role
        return None

    def armed_for(self, role: str, before: Sequence[str], word: str) -> str:
        """The role of an armed noun as the folded words before it make it: a clan's gunmen are its militia, a militia's fighters are no rebels."""
        if role not in (GROUP, MILITIA):
            return role
        if any(self.is_in("communal", one) for one in before):
            return IDENTITY
        told = self.role(before[-1]) if before else None
        return told if told is not None and role == GROUP and told in (MILITIA, EXTERNAL) and self.is_in("ranks", word) else role

    def is_in(self, name: str, word: str) -> bool:
        """Whether the folded word, singular or plural, is in the list `name`."""
        return not self.lists[name].isdisjoint(_singulars(word))


@cache
def load_roles(folder: Path = FOLDER) -> ActorRoles:
    """The roles and word lists of `folder`."""
    top = read_toml(folder / ROLES)
    nouns_table, words_table = top.table("nouns"), top.table("words")
    nouns = {noun: role for role in ROLE_NAMES for noun in nouns_table.strings(role)}
    lists = {}
    for name in _WORD_LISTS:
        lists[name] = frozenset(fold_word(word) for word in words_table.value(name))
    for table in (nouns_table, words_table, top):
        table.done()
    return ActorRoles(nouns, lists)


@lru_cache(maxsize=50_000)
def _singulars(word: str) -> tuple[str, ...]:
    if word.endswith("ies"):
        return (word, word[:-3] + "y")
    if word.endswith("men"):
        return (word, word[:-3] + "man")
    if word.endswith("es"):
        return (word, word[:-1], word[:-2])
    return (word, word[:-1]) if word.endswith("s") else (word,)
