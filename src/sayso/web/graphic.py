"""Whether a report describes violence in detail, so that its text is covered until somebody asks for it."""

import re
from functools import cache
from importlib.resources import files
from pathlib import Path

from sayso.languages.strict import read_toml


def is_graphic(text: str) -> bool:
    """Whether a text has a word of the list."""
    return _words().search(text) is not None


@cache
def _words() -> "re.Pattern[str]":
    told = read_toml(Path(str(files("sayso.web").joinpath("graphic.toml"))))
    words = sorted({word for language in told.names() for word in told.strings(language)}, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)
