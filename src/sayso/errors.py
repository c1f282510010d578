"""Every error that sayso raises on purpose.

SaysoError
├── InputError            a report or file cannot be read
│   ├── NotText           bytes that are no text: binary, NUL bytes, an unknown encoding
│   ├── EmptyReport       a report without words
│   └── NoLanguagePack    a language that no pack covers
├── DataError             a data file (codebook, language pack, gazetteer) is wrong: names file, place and fix
└── MissingPart           something that has to be installed is not: names the fix

Messages say what is wrong, where, and the next step.
"""


class SaysoError(Exception):
    """The root of sayso's errors: catch it to catch them all."""


class InputError(SaysoError):
    """A report or file that cannot be read."""


class NotText(InputError):
    """Bytes that are no text."""


class EmptyReport(InputError):
    """A report without words."""


class NoLanguagePack(InputError):
    """A report in a language that no pack covers."""


class DataError(SaysoError):
    """A data file that breaks its rules."""


class MissingPart(SaysoError):
    """A part that has to be installed and is not."""
