"""Desk: what one served workbench holds: the ledger, the reader at its first need, counts of tries, the audit log."""

import secrets
from collections.abc import Iterable, Mapping
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any

from sayso.intake.settings import Taken
from sayso.model import Document
from sayso.store.ledger import Ledger
from sayso.web.guard import Tries
from sayso.web.settings import Asker, WebSettings

if TYPE_CHECKING:
    from sayso.desk.adding import Step
    from sayso.desk.reads import Reads
    from sayso.gazetteers.places_around import TownsWithin
    from sayso.pipeline import Coder, Reader
    from sayso.text.veil import Veiled

_FIVE_MINUTES, _MINUTE = 300.0, 60.0


class Desk:
    """One workbench. `reader` reads what is added; without one the default engine is loaded when first needed."""

    def __init__(self, ledger: Ledger, settings: WebSettings, reader: "Reads | None" = None) -> None:
        self.ledger, self.settings = ledger, settings
        self.secret = secrets.token_bytes(32)
        self.tries = Tries(settings.attempts, _FIVE_MINUTES)
        self.writes = Tries(settings.writes, _MINUTE)
        self._reader, self._one = reader, Lock()
        self._veils: Reader | None = None

    def _reads(self) -> "Reads":
        if self._reader is None:
            from sayso.pipeline import Reader

            self._reader = Reader()
        return self._reader

    def add(self, taken: Iterable[Taken], read: bool = True) -> "list[Step]":
        """What became of each input. One at a time: reading fills the processor, and the engine is one."""
        from sayso.desk.adding import add

        with self._one:
            return list(add(taken, self.ledger, self._reads() if read else None))

    @cached_property
    def rows(self) -> "Coder":
        """What codes incidents into rows of exports."""
        from sayso.pipeline import Coder

        return Coder()

    @cached_property
    def towns(self) -> "TownsWithin | None":
        """The small dots of a report's map; None where the place table was not built yet."""
        from sayso.gazetteers.places_around import towns_of
        from sayso.gazetteers.places_cache import table_path

        return towns_of(table_path()) if table_path().exists() else None

    def veiled(self, document: Document) -> "Veiled":
        """The document's text as a blind coder sees it."""
        with self._one:
            if self._veils is None:
                from sayso.pipeline import Reader

                self._veils = self._reader if isinstance(self._reader, Reader) else Reader()
            return self._veils.veiled(document)

    def audit(self, asker: Asker, what: str, detail: Mapping[str, Any]) -> None:
        """Enter a deed in the audit log."""
        self.ledger.people.note(asker.name, asker.role, what, detail)
