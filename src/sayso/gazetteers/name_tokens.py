"""Words of a text as the actor list compares them: folded, with their place, possessive endings cut off."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_APOSTROPHES = "'’ʼ‘`´ʻ"
_WORD = re.compile(rf"(?:[A-Z]\.){{2,}}(?:[A-Z](?!\w))?|[^\W_]+(?:[{_APOSTROPHES}][^\W_]+)*")
_DROPPED = str.maketrans("", "", _APOSTROPHES + ".")
_SPECIAL = str.maketrans({"ı": "i", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ß": "ss", "æ": "ae", "ə": "a"})
_POSSESSIVES = ("'s", "’s", "'S", "’S")
_PLAIN_GAPS = frozenset((" ", "-", "'s ", "’s ", "–", "/"))
_PHRASE = 120  # code points of a text whose words are kept
_GAP = re.compile(r"(?:['’][sS]?)?(?:[  \t]*\n?[  \t]*|[  ]?[-‐‑–—/&(][  ]?|\.?[  ]?|\)[  ]?|[  ]?[\"“”])")


@dataclass(slots=True)
class Words:
    """The words of one text: four lists of one length."""

    starts: list[int]
    ends: list[int]
    raw: list[str]
    folded: list[str]

    def __len__(self) -> int:
        return len(self.raw)


@lru_cache(maxsize=50_000)  # a report says the same words again and again
def fold_word(word: str) -> str:
    """The word in lower case without marks, apostrophes and dots."""
    if word.isascii():
        return (word.translate(_DROPPED) if not word.isalnum() else word).lower()
    decomposed = unicodedata.normalize("NFKD", word.translate(_DROPPED).translate(_SPECIAL))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).translate(_SPECIAL).casefold()


def words_of(text: str) -> Words:
    """The words of `text` in order; those of a phrase are kept, as several rules ask for them, and nobody may change them."""
    return _kept_words(text) if len(text) <= _PHRASE else _words(text)


def _words(text: str) -> Words:
    starts: list[int] = []
    ends: list[int] = []
    raw: list[str] = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        word = match[0]
        if word[-1] in "sS" and word.endswith(_POSSESSIVES) and len(word) > 2:
            word, end = word[:-2], end - 2
        starts.append(start)
        ends.append(end)
        raw.append(word)
    return Words(starts, ends, raw, list(map(fold_word, raw)))


_kept_words = lru_cache(maxsize=4096)(_words)


def joined(text: str, words: Words, index: int) -> bool:
    """Whether the word at `index` and the next can stand in one name: a blank, hyphen, slash or one line break between them."""
    gap = text[words.ends[index] : words.starts[index + 1]]
    return gap in _PLAIN_GAPS or (len(gap) < 8 and _GAP.fullmatch(gap) is not None)


@lru_cache(maxsize=4096)  # the words of one role are looked up by several rules
def folded_key(name: str) -> tuple[str, ...]:
    """The folded words of a name, without a leading "the"."""
    folded = words_of(name).folded
    return tuple(folded[1:] if len(folded) > 1 and folded[0] == "the" else folded)
