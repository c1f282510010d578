"""The words of a text or a query as both stores index them: folded in one way, so that what is found does not depend on the store."""

import re
import unicodedata

from sayso.errors import InputError

_LONGEST = 60  # code points of one word: longer ones are cut (no word of any language)
_MOST_ASKED = 100  # words of a query
_MOST = 50_000  # words of one text that are indexed: a book; PostgreSQL takes a megabyte
# Scripts written without spaces: each character is a word, a word of the query is a run of them.
_WORD = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]|[^\W_]+")
_SPACELESS = re.compile(r"([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff])")


def folded_words(text: str) -> list[str]:
    """The words of a text without case, accents and marks, in order."""
    if text.isascii():
        plain = text.lower()
    else:
        parts = unicodedata.normalize("NFKD", text).casefold()
        plain = "".join(character for character in parts if not unicodedata.combining(character))
        plain = _SPACELESS.sub(r" \1 ", plain)
    return [word[:_LONGEST] for word in _WORD.findall(plain)[:_MOST]]


def phrases(query: str) -> list[list[str]]:
    """What has to stand in a text: each word of a query once, or the run of words that one with hyphens or marks inside falls into."""
    found = [words for words in map(folded_words, query.split()) if words]
    if sum(map(len, found)) > _MOST_ASKED:
        raise InputError(f"a search for {sum(map(len, found)):,} words: name at most {_MOST_ASKED}")
    return [list(run) for run in dict.fromkeys(map(tuple, found))]


def clean(text: str) -> str:
    """The text as both stores can hold it in a column: without NUL and lone surrogates. What was read stays whole in the entries."""
    if "\x00" in text:
        text = text.replace("\x00", " ")
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        text = text.encode("utf-8", "replace").decode("utf-8")
    return text
