"""Waiting: a page that could not be fetched, and in which later round it is tried again: after 1, 2, 4 and 8 rounds, then it is given up."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

TRIES = 5
MOST = 1_000  # pages of one feed that wait
_FIELDS = ("link", "id", "published", "source")


@dataclass(frozen=True, slots=True)
class Waiting:
    """One page that waits, with what its feed told of it; kept over restarts."""

    link: str
    id: str = ""
    published: str | None = None
    source: str | None = None
    tries: int = 0
    rounds: int = 0  # that still pass before the next try

    def passed(self) -> "Waiting":
        """The same one round later."""
        return replace(self, rounds=max(0, self.rounds - 1))

    def failed(self) -> "Waiting | None":
        """The same after a try that failed; None where it was the last."""
        tries = self.tries + 1
        return replace(self, tries=tries, rounds=2 ** (tries - 1)) if tries < TRIES else None

    def told(self) -> dict[str, object]:
        """As JSON values."""
        return {**{name: getattr(self, name) for name in _FIELDS}, "tries": self.tries, "rounds": self.rounds}


def waiting_of(told: Mapping[str, Any]) -> Waiting:
    """What `Waiting.told` gave; TypeError, KeyError or ValueError where it is something else."""
    link, identity, published, source = (told[name] for name in _FIELDS)
    tries, rounds = told["tries"], told["rounds"]
    if not isinstance(link, str) or not isinstance(identity, str) or not all(isinstance(one, str | None) for one in (published, source)):
        raise TypeError("a page that waits is told by words")
    if isinstance(tries, bool) or isinstance(rounds, bool) or not 0 < int(tries) < TRIES or not 0 <= int(rounds) <= 2**TRIES:
        raise ValueError(f"a page waits {rounds!r} rounds after {tries!r} tries")
    return Waiting(link, identity, published, source, int(tries), int(rounds))


def in_words(reason: object, waiting: Waiting | None) -> str:
    """Why a page was not fetched, and what becomes of it."""
    if waiting is None:
        return f"{reason}; given up after {TRIES} tries"
    when = "the next round" if waiting.rounds == 1 else f"{waiting.rounds} rounds"
    return f"{reason}; tried again in {when} (try {waiting.tries} of {TRIES} failed)"
