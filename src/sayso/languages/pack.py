"""LanguagePack: one folder of data files, loaded, checked and digested."""

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sayso.errors import NoLanguagePack
from sayso.languages.cases import Cases
from sayso.languages.causes import CauseCues
from sayso.languages.cues import Cues
from sayso.languages.harm import Harm
from sayso.languages.levels import Levels
from sayso.languages.loaded import LoadedWords
from sayso.languages.numbers import Numbers
from sayso.languages.strict import read_toml
from sayso.languages.themes import Themes
from sayso.languages.times import TimeWords

_HOME = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class LanguagePack:
    """What a language's words mean to the reader."""

    code: str
    name: str
    digest: str
    model: str  # the parser's package, unless a setting names another
    cues: Cues
    numbers: Numbers
    harm: Harm
    cases: Cases
    causes: CauseCues
    themes: Themes
    times: TimeWords
    loaded: LoadedWords
    levels: Levels


def languages() -> tuple[str, ...]:
    """The codes of the languages that a pack covers."""
    return tuple(sorted(folder.name for folder in _HOME.iterdir() if (folder / "pack.toml").is_file()))


@cache
def load_pack(code: str) -> LanguagePack:
    """The pack of a language; NoLanguagePack where there is none, DataError where a file of it is wrong."""
    folder = _HOME / code
    if code not in languages():
        raise NoLanguagePack(f"no language pack for {code!r}; there are {', '.join(languages())}: add a folder src/sayso/languages/{code}")
    top = read_toml(folder / "pack.toml")
    name, model = top.string("name"), top.string("model")
    top.done()
    return LanguagePack(
        code,
        name,
        _digest(folder),
        model,
        Cues.from_file(folder / "cues.toml"),
        Numbers.from_file(folder / "numbers.toml"),
        Harm.from_file(folder / "harm.toml"),
        Cases.from_file(folder / "cases.toml"),
        CauseCues.from_file(folder / "causes.toml"),
        Themes.from_file(folder / "themes.toml"),
        TimeWords.from_file(folder / "times.toml"),
        LoadedWords.from_file(folder / "loaded.toml"),
        Levels.from_file(folder / "levels.toml"),
    )


def _digest(folder: Path) -> str:
    """The digest of every data file of the pack, by name."""
    digest = hashlib.sha256()
    for path in sorted((*folder.glob("*.toml"), *folder.glob("*.json"))):
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return "sha256:" + digest.hexdigest()
