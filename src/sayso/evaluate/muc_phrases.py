"""Words and phrases as MUC's answers need them: heads of phrases, persons' names, weapons in a stretch of text."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sayso.languages.strict import read_toml

_LISTS = (
    *("weapons", "weapon_tails", "weapon_fronts", "weapon_modifiers", "no_weapons", "things", "no_sites"),
    *("persons", "generic", "guerrillas", "organisations", "fighters", "vague", "offices", "pronouns"),
    *("clashes", "harm", "blame"),
)
_WORD = re.compile(r"(?:[^\W\d_]\.){2,}|\w[\w'’.-]*\w|\w")
_ENDS = re.compile(
    r"\s(?:who|which|that|where|whose|when|while|in|on|at|from|with|for|to|by|as|near|during|after|before|because|outside|inside|under)\s|,|\s--|[(\[;]"
)
_ARTICLES = re.compile(r"^(?:the|a|an|his|her|their|its|our|my|this|that|these|those|some|other|another|same|so-called|alleged|self-styled)\s+", re.IGNORECASE)
_NUMBERED = re.compile(
    r"^(?:(?:at least|more than|less than|over|about|some|almost|nearly|approximately|around|up to|several|many|various|numerous"
    r"|a number of|dozens of|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d[\d,.]*)\s+)+",
    re.IGNORECASE,
)
_FOLDED_ARTICLES = re.compile(r"\b(?:a|an|the)\b")
_NO_LETTER = re.compile(r"[^\w\s]")
_PARTICLES = frozenset(("de", "del", "la", "las", "los", "y", "da", "do", "dos", "von", "van"))
_FULL_NAME = re.compile(r"[A-Z][\w'’]+(?: (?:(?:de|del|la|las|los|y) )*(?:[A-Z]\.? )?[A-Z][\w'’]+)+")
_LONGEST_NAME = 5


@cache
def _lists() -> dict[str, frozenset[str]]:
    top = read_toml(Path(__file__).with_name("muc_words.toml"))
    found = {name: frozenset(top.strings(name)) for name in _LISTS}
    top.done()
    return found


def is_in(name: str, word: str) -> bool:
    """Whether the word, singular or plural, is in the list `name` of muc_words.toml."""
    small = word.lower().strip(".,'\"")
    return not _lists()[name].isdisjoint((small, singular(small)))


def singular(word: str) -> str:
    """The singular of a noun in small letters, by rule."""
    if word.endswith("men") and word != "specimen":
        return word[:-2] + "an"
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "xes", "ches", "shes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def folded(text: str) -> str:
    """The text as GRIT compares it: small letters, without articles and marks, single blanks."""
    return " ".join(_FOLDED_ARTICLES.sub(" ", _NO_LETTER.sub("", text.lower())).split())


def words_in(text: str) -> list[tuple[int, int, str]]:
    """The words with their places."""
    return [(match.start(), match.end(), match[0]) for match in _WORD.finditer(text)]


def core(phrase: str) -> str:
    """The phrase up to what only describes it further: clauses, most prepositions, brackets."""
    return _ENDS.split(phrase + " ", maxsplit=1)[0].strip(" \"'“”")


def bare(phrase: str) -> str:
    """The phrase without articles and their like before it."""
    shorter = _ARTICLES.sub("", phrase.strip(" \"'"))
    while shorter != phrase:
        phrase, shorter = shorter, _ARTICLES.sub("", shorter)
    return phrase


def unnumbered(phrase: str) -> str:
    """The phrase without a number before it."""
    return _NUMBERED.sub("", bare(phrase))


def head(phrase: str) -> str:
    """The last word before "of"."""
    words = words_in(phrase.partition(" of ")[0])
    return words[-1][2] if words else ""


def person_name(phrase: str) -> str:
    """The person's name in a phrase, without titles and offices; empty where there is none."""
    run: list[str] = []
    for _, _, word in words_in(re.sub(r"['’]s?$", "", core(phrase))):
        named = word in _PARTICLES if word[0].islower() and run else word[0].isupper() and not is_in("offices", word)
        run = [*run, word] if named else []
    while run and run[-1] in _PARTICLES:
        run.pop()
    while len(run) > 2 and (is_in("persons", run[0]) or run[0].endswith(("an", "ans", "ean", "eans", "ese"))):
        run.pop(0)  # "Policeman", "Ecuadorans"
    return " ".join(run) if run and len(run) <= _LONGEST_NAME and not any(is_in("things", word) or is_in("organisations", word) for word in run) else ""


def full_names(text: str) -> Counter[str]:
    """Persons' names of two words and more that may stand in a text, with how often they do."""
    found: Counter[str] = Counter()
    for match in _FULL_NAME.finditer(text):
        if name := person_name(match[0]):
            found[name] += len(name.split()) > 1
    return +found


def fullest(name: str, names: Iterable[str]) -> str:
    """The longest of `names` that the name is short for, or the name itself."""
    parts, best = name.split(), name
    for other in names:
        others = other.split()
        longer = len(best.split()) < len(others) <= _LONGEST_NAME and set(parts) <= set(others)
        # A surname alone stands for a name that it does not begin.
        if longer and (len(parts) > 1 or others.index(parts[0]) > 0):
            best = other
    return best


@dataclass(frozen=True, slots=True)
class Chunk:
    """A phrase found in a text by its head."""

    start: int
    end: int
    text: str


def weapons_in(text: str, start: int, end: int) -> list[Chunk]:
    """The weapons told between two places of a text, each with the words before it that are part of its name."""
    words = words_in(text[start:end])
    found = [(start + words[first][0], start + words[at][1]) for first, at in _weapons(words, text[start:end])]
    return [Chunk(first, last, text[first:last]) for first, last in found]


def _weapons(words: Sequence[tuple[int, int, str]], text: str) -> Iterable[tuple[int, int]]:
    for at, (_, stop, word) in enumerate(words):
        if not is_in("weapons", word):
            continue
        joined = at + 1 < len(words) and text[stop : words[at + 1][0]] == " "
        if joined and is_in("weapons", words[at + 1][2]) and (not is_in("weapon_tails", words[at + 1][2]) or is_in("weapon_fronts", word)):
            continue
        if joined and is_in("no_weapons", words[at + 1][2]):
            continue
        first = at
        while first > 0 and text[words[first - 1][1] : words[first][0]] in (" ", "-"):
            if not is_in("weapons", words[first - 1][2]) and not is_in("weapon_modifiers", words[first - 1][2]):
                break
            first -= 1
        if is_in("weapon_tails", word) and not any(is_in("weapon_fronts", words[one][2]) for one in range(first, at)):
            continue
        yield first, at
