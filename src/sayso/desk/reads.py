"""Reads: what reads documents for a desk; the pipeline's Reader is one, a replay of stored readings another."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from sayso.model import Document, Failure, Origin, Reading


class Reads(Protocol):
    """Whatever gives one Reading or Failure a document, in order, and tells what its readings are made by."""

    @property
    def origin(self) -> Origin:
        """What its readings are made by: a document that has a reading of this origin is not read again."""

    def read(self, documents: Iterable[Document | Failure]) -> Iterator[Reading | Failure]:
        """One result a document, in order."""
