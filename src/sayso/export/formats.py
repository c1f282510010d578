"""The registry of export formats: one format a file, all through one door and one conformance suite."""

from collections.abc import Iterable
from functools import cache
from importlib import import_module
from typing import BinaryIO, Protocol

from sayso.errors import InputError
from sayso.export.subject import ExportSettings, Subject


class Exporter(Protocol):
    """One format. `write` streams where the format allows it."""

    @property
    def name(self) -> str:
        """As asked for on the command line."""

    @property
    def suffix(self) -> str:
        """Of its files, with the dot."""

    @property
    def book(self) -> str | None:
        """The codebook that its rows are coded by when none is asked for; None where it tells claims and codes nothing."""

    @property
    def any_book(self) -> bool:
        """Whether another codebook may be asked for: a publisher's layout holds only rows of its own book."""

    @property
    def policy(self) -> str:
        """The policy that its figures are weighed by when none is asked for."""

    def write(self, subjects: Iterable[Subject], out: BinaryIO, settings: ExportSettings) -> int:
        """The number of rows (features, annotations, records) written to `out`."""


# By name, the module that holds it as `EXPORTER`; imported at the first need, since some want heavy libraries.
_MODULES = {
    name: f"sayso.export.{name}"
    for name in ("acled", "ucdp", "plover", "rows", "claims", "geojson", "hxl", "annotations", "prov", "ftm", "parquet")
}  # fmt: skip
FORMATS = tuple(_MODULES)


@cache
def exporter(name: str) -> Exporter:
    """The format of that name; InputError where there is none."""
    if name not in _MODULES:
        raise InputError(f"there is no export format {name!r}: use one of {', '.join(FORMATS)}")
    found: Exporter = import_module(_MODULES[name]).EXPORTER
    return found
