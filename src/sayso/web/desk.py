"""Desk: what one served workbench holds: the ledger, the reader at its first need, counts of tries, the audit log."""

import secrets
from collections.abc import Iterable, Mapping
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any

from sayso.intake.settings import Taken
from sayso.store.ledger import Ledger
from sayso.web.guard import Tries
from sayso.web.settings import Asker, WebSettings

if TYPE_CHECKING:
    from sayso.desk.adding import Step
    from sayso.desk.reads import Reads

_FIVE_MINUTES, _MINUTE = 300.0, 60.0


class Desk:
    """One workbench. `reader` reads what is added; without one the default engine is loaded when first needed."""

    def __init__(self, ledger: Ledger, settings: WebSettings, reader: "Reads | None" = None) -> None:
        self.ledger, self.settings = ledger, settings
        self.secret = secrets.token_bytes(32)
        self.tries = Tries(settings.attempts, _FIVE_MINUTES)
        self.writes = Tries(settings.writes, _MINUTE)
        self._reader, self._one = reader, Lock()

    @cached_property
    def _reads(self) -> "Reads":
        if self._reader is not None:
            return self._reader
        from sayso.pipeline import Reader

        return Reader()

    def add(self, taken: Iterable[Taken], read: bool = True) -> "list[Step]":
        """What became of each input. One at a time: reading fills the processor, and the engine is one."""
        from sayso.desk.adding import add

        with self._one:
            return list(add(taken, self.ledger, self._reads if read else None))

    def audit(self, asker: Asker, what: str, detail: Mapping[str, Any]) -> None:
        """Enter a deed in the audit log."""
        self.ledger.people.note(asker.name, asker.role, what, detail)
