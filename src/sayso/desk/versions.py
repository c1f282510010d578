"""Which stored document a new one is a corrected or updated version of."""

from dataclasses import replace

from sayso.link.copies import is_update
from sayso.model import Document
from sayso.store.ledger import Ledger


class Versions:
    """Finds the earlier version of a document among those stored and those of this run."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._waiting: dict[tuple[str, str], list[Document]] = {}  # not stored yet

    def stored(self) -> None:
        """Nothing; what was waiting is stored now, and found there."""
        self._waiting.clear()

    def marked(self, document: Document) -> Document:
        """The document, with the id of the latest one that it is a new version of where there is one."""
        keys = [(document.source.name, name) for name in (document.url, document.given_id) if name]
        stored = (*self._ledger.documents_at(document.url),) if document.url else ()
        if document.given_id:
            stored += self._ledger.documents_given(document.source.name, document.given_id)
        earlier = {one.id: one for one in stored}
        for key in keys:
            earlier.update((one.id, one) for one in self._waiting.get(key, ()))
        replaced = {one.supersedes for one in earlier.values()}
        found = [one for one in earlier.values() if one.id not in replaced and one.id != document.id and is_update(one, document)]
        if found and document.supersedes is None:
            document = replace(document, supersedes=max(found, key=lambda one: (one.published or "", one.id)).id)
        for key in keys:
            self._waiting.setdefault(key, []).append(document)
        return document
