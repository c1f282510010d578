"""Which language a report is in, and whether a language pack covers it.

The detector is py3langid (offline, 4.5 MB, 97 languages; measured in docs/limits.md). On short texts full of names it errs, so words that only
English uses outweigh it, and a Latin-script text too short to tell is taken as English, with a note.
"""

import re
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any

from sayso.errors import NoLanguagePack

_SURE = 0.4  # of py3langid's normalised score
_ENGLISH_SHARE = 0.2
_SAMPLE = 1_200  # characters from each of beginning, middle and end: language does not need more, and 10 MB would take seconds
_SHORT = 12  # words
_WORD = re.compile(r"[^\W\d_]+")
_ENGLISH_WORDS = frozenset(
    "the of and that was were are by for from with as said have has had after who which been they their his this would could when while about against".split()  # noqa: SIM905
)
_NAMES = {
    "am": "Amharic", "ar": "Arabic", "bn": "Bengali", "de": "German", "en": "English", "es": "Spanish", "fa": "Persian", "fr": "French", "ha": "Hausa",
    "he": "Hebrew", "hi": "Hindi", "id": "Indonesian", "it": "Italian", "ja": "Japanese", "ko": "Korean", "ku": "Kurdish", "ms": "Malay", "my": "Burmese",
    "ne": "Nepali", "nl": "Dutch", "pl": "Polish", "ps": "Pashto", "pt": "Portuguese", "ru": "Russian", "so": "Somali", "sw": "Swahili", "th": "Thai",
    "tl": "Tagalog", "tr": "Turkish", "uk": "Ukrainian", "ur": "Urdu", "vi": "Vietnamese", "zh": "Chinese",
}  # fmt: skip


@cache
def packs() -> tuple[str, ...]:
    """The languages that have a pack: the folders that hold a pack.toml."""
    folders = files("sayso.languages").iterdir()
    return tuple(sorted(folder.name for folder in folders if folder.is_dir() and folder.joinpath("pack.toml").is_file()))


def language_of(text: str, told: str | None) -> tuple[str, tuple[str, ...]]:
    """The language to read a text in, and notes; NoLanguagePack where no pack covers it."""
    if told and told.strip().lower() not in ("und", "unknown"):
        return _as_told(text, told)
    found, sure = detect(text)
    if found == "en":
        return found, () if sure else ("language unclear from so few words: read as English",)
    if found not in packs():
        raise NoLanguagePack(f"the report is in {language_name(found)}; there are packs for {_list_packs()}. Give --language if this is mistaken")
    return found, ()


def detect(text: str) -> tuple[str, bool]:
    """The ISO 639-1 code that a text looks most like, and whether that is sure."""
    sample = _sample(text)
    words = [word.lower() for word in _WORD.findall(sample)]
    share = sum(word in _ENGLISH_WORDS for word in words) / max(1, len(words))
    if not words:
        return "en", False
    latin = _latin_share(sample)
    if share >= _ENGLISH_SHARE and latin > 0.5:
        return "en", True
    code, score = _identifier().classify(sample)
    if latin <= 0.5 and code == "en":
        return "und", False
    if code != "en" and score < _SURE and latin > 0.5 and len(words) <= _SHORT:
        return "en", False
    return str(code), score >= _SURE


def language_name(code: str) -> str:
    """The English name of a language, with its code."""
    if code == "und":
        return "a language that was not recognised"
    return f"{_NAMES[code]} ({code})" if code in _NAMES else f"a language with the code {code!r}"


def _as_told(text: str, told: str) -> tuple[str, tuple[str, ...]]:
    code = re.split("[-_]", told.strip().lower())[0]
    if code not in packs():
        raise NoLanguagePack(f"the report is said to be in {language_name(code)}; there are packs for {_list_packs()}")
    found, sure = detect(text)
    if sure and found != code:
        return code, (f"read as {language_name(code)}, as told, though it looks like {language_name(found)}: claims may be missing or wrong",)
    return code, ()


def _list_packs() -> str:
    return ", ".join(language_name(code) for code in packs()) or "no language"


def _sample(text: str) -> str:
    if len(text) <= 3 * _SAMPLE:
        return text
    middle = len(text) // 2
    return " ".join((text[:_SAMPLE], text[middle : middle + _SAMPLE], text[-_SAMPLE:]))


def _latin_share(text: str) -> float:
    letters = [character for character in text if character.isalpha()]
    return sum(character < "\x80" or unicodedata.name(character, "").startswith("LATIN") for character in letters) / max(1, len(letters))


@cache
def _identifier() -> Any:
    from py3langid import langid  # loads numpy and the model: only when a text has to be judged

    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)
