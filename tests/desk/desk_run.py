"""A desk's run in a process that may be killed: `python -m tests.desk.desk_run PICKLE`. For each store named on standard input a child adds and links.

The parent has imported everything and reads no report, so that a child is there at once and needs no parser.
"""

import importlib
import os
import pickle
import sys
import traceback
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tests.desk.scripted import Replayed

from sayso.desk.adding import add
from sayso.desk.linking import link_all
from sayso.intake.settings import Taken
from sayso.model import Document, sha256_bytes
from sayso.store.ledger import open_ledger


def inputs(documents: list[Document]) -> list[Taken]:
    """The documents with raw bytes; the pickled ones name them."""
    return [Taken(one, raw=one.text.encode()) for one in documents]


def with_raw(document: Document) -> Document:
    """The document, naming its text as its raw bytes."""
    from dataclasses import replace

    return replace(document, raw_sha256=sha256_bytes(document.text.encode()))


def run(where: str, told: tuple[list[Document], Replayed]) -> None:
    """Nothing; everything is added and linked."""
    documents, reader = told
    with open_ledger(where) as ledger:
        for _ in add(inputs(documents), ledger, reader):
            pass
        link_all(ledger)


def main() -> None:
    importlib.import_module("sqlalchemy.dialects.postgresql.psycopg")
    importlib.import_module("psycopg")
    told: Any = pickle.loads(Path(sys.argv[1]).read_bytes())
    with TemporaryDirectory() as folder:  # what a run imports is imported here: children would spend their short lives on it
        run(f"{folder}/ledger.sqlite", (told[0][:2], told[1]))
    print("ready", flush=True)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            code = 1
            try:
                run(line.strip(), told)
                code = 0
            finally:
                if code:
                    traceback.print_exc()
                os._exit(code)
        print(child, flush=True)
        print(os.waitpid(child, 0)[1], flush=True)


if __name__ == "__main__":
    main()
