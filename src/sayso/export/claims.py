"""`claims`: one row a value of a claim, with voice, words and hash; the columns are those of `Statement`. Read back by `read_claims`."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import BinaryIO, TextIO

from sayso.errors import InputError
from sayso.export.csv_out import unguarded, write_csv
from sayso.export.statements import COLUMNS, Statement, all_statements
from sayso.export.subject import ExportSettings, Subject


class Claims:
    """The format."""

    name = "claims"
    suffix = ".csv"
    book = None
    any_book = False
    policy = "range"

    def write(self, subjects: Iterable[Subject], out: BinaryIO, settings: ExportSettings) -> int:
        """The number of statements written."""
        return write_csv(out, COLUMNS, (asdict(one) for one in all_statements(subjects, settings)))


EXPORTER = Claims()


def read_claims(stream: TextIO) -> Iterator[Statement]:
    """The statements of a file that this format wrote, by column name; InputError with line and column where it is none."""
    reader = csv.DictReader(stream)
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise InputError(f"line 1: the column {missing[0]!r} of the claims layout is missing: give a file that `sayso export --format claims` wrote")
    for row in reader:
        short = next((name for name in COLUMNS if row[name] is None), None)
        if short is not None:
            raise InputError(f"line {reader.line_num}: the row ends before the column {short!r}: the file is cut off, or its quotes do not match")
        yield Statement(**{name: unguarded(row[name]) for name in COLUMNS})
