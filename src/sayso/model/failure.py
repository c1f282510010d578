"""Failure: an input that gave no reading, and why. A batch goes on past it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Failure:
    """What could not be read (path, `file:line` or given id), the kind of error, and the reason with the next step."""

    what: str
    kind: str  # name of the class of errors.py, or "TooLarge", "Crash"
    reason: str
    given_id: str | None = None
