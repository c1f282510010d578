"""Every error that sayso raises on purpose.

SaysoError
├── InputError            a report or file cannot be read
│   ├── NotText           bytes that are no text: binary, NUL bytes, an unknown encoding
│   ├── EmptyReport       a report without words
│   ├── TooLarge          a report beyond a cap of size, pages, elements, time or memory
│   ├── Refused           a file that is not opened on purpose: bombs, traversal, encryption, programs
│   ├── NoLanguagePack    a language that no pack covers
│   ├── NotFetched        a URL that was refused, or gave nothing
│   ├── Withdrawn         a report that was taken down: it is not taken in again
│   ├── Outdated          a decision on what somebody else decided on since: carries both
│   ├── Blinded           what two coders are coding, and must not be seen or decided on yet
│   └── NotAllowed        what a person's role does not reach to
├── DataError             a data file (codebook, language pack, gazetteer) is wrong: names file, place and fix
├── LedgerError           a ledger cannot be opened, read or written: names it and the next step
│   ├── NoLedger          nothing there, a file that is no ledger, or one of a newer sayso
│   └── Unwritable        read-only, full, busy, or the store refuses
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


class TooLarge(InputError):
    """A report beyond a cap: size, pages, elements, time or memory."""


class Refused(InputError):
    """A file that is not opened on purpose: a bomb, a traversal, an encrypted one, a program."""


class NoLanguagePack(InputError):
    """A report in a language that no pack covers."""


class NotFetched(InputError):
    """A URL that was refused, or gave nothing."""


class Withdrawn(InputError):
    """A report that was taken down and is not taken in again."""


class Outdated(InputError):
    """A decision on something that was decided on since it was shown: nothing was entered, and it carries both."""

    def __init__(self, message: str, mine: object = None, theirs: object = None) -> None:
        super().__init__(message)
        self.mine = mine  # the record that was not entered
        self.theirs = theirs  # the one that stands


class Blinded(InputError):
    """Something that is being coded by several people, none of whom may see or decide more than the own codings."""


class NotAllowed(InputError):
    """Something that the role of whoever asks does not reach to."""


class LedgerError(SaysoError):
    """A ledger that cannot be opened, read or written."""


class NoLedger(LedgerError):
    """Nothing there, something that is no ledger, or a ledger of a newer sayso."""


class Unwritable(LedgerError):
    """A ledger that takes nothing: read-only, full, busy, or refused by the store."""


class DataError(SaysoError):
    """A data file that breaks its rules."""


class MissingPart(SaysoError):
    """A part that has to be installed and is not."""
