"""What cannot be opened or written says so, with the next step, and loses nothing."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text
from tests.store.made import document, read, with_raw

from sayso.errors import LedgerError, NoLedger, Unwritable
from sayso.store import opening
from sayso.store.batch import Batch
from sayso.store.ledger import open_ledger


def test_there_is_no_ledger(tmp_path: Path) -> None:
    with pytest.raises(NoLedger, match="sayso add"):
        open_ledger(str(tmp_path / "none.sqlite"), create=False)
    assert not (tmp_path / "none.sqlite").exists()


def test_an_empty_file_becomes_a_ledger_only_where_one_may_be_made(tmp_path: Path) -> None:
    path = tmp_path / "l.sqlite"
    path.touch()
    with pytest.raises(NoLedger, match="yet"):
        open_ledger(str(path), create=False)
    with open_ledger(str(path)) as ledger:
        assert ledger.head().seq == 0


@pytest.mark.parametrize("held", [b"Some report.\n", b"SQLite format 3\x00 but not really" + b"x" * 5000])
def test_another_kind_of_file(tmp_path: Path, held: bytes) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(held)
    with pytest.raises(LedgerError, match=r"no ledger|damaged"):
        open_ledger(str(path))
    assert path.read_bytes() == held


def test_a_folder(tmp_path: Path) -> None:
    with pytest.raises(NoLedger, match="is a folder"):
        open_ledger(str(tmp_path))


def test_another_database(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE visits (day TEXT)")
    connection.commit()
    connection.close()
    with pytest.raises(NoLedger, match="visits"):
        open_ledger(str(path))


def test_a_ledger_of_a_newer_sayso(store: str) -> None:
    open_ledger(store).close()
    engine = opening.connect(store, create=False)
    with opening.writing(engine, store) as connection:
        connection.execute(text("UPDATE sayso_schema SET version_num = '9999'"))
    engine.dispose()
    with pytest.raises(NoLedger, match=r"'9999', newer than .*install a newer sayso"):
        open_ledger(store)


def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    where = str(tmp_path / "l.sqlite")
    made, raw = with_raw(1)
    with open_ledger(where) as ledger:
        ledger.append(Batch(documents=(made,), raws=(raw,), readings=(read(made),)))
    ledger = open_ledger(where)
    from sqlalchemy import event

    @event.listens_for(ledger._engine, "begin")
    def _fill(connection: object) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()  # type: ignore[attr-defined]
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")  # type: ignore[attr-defined]

    with ledger:
        before = ledger.head()
        big = document(2, "The Red Column shelled herders in Wad Hassan. " + "Words follow words. " * 9000, raw_sha256=None)
        other, bytes_ = with_raw(3)
        with pytest.raises(Unwritable, match="full: make room"):
            ledger.append(Batch(documents=(big, other), raws=(bytes_,), readings=(read(big),)))
        assert ledger.head() == before
        assert ledger.verify().problems == ()
    with open_ledger(where) as ledger:
        assert ledger.append(Batch(documents=(big,))).new == (big.id,)


def test_a_read_only_file_is_read_and_not_written(tmp_path: Path) -> None:
    """In a child that is no root: root may write everything."""
    folder = tmp_path / "kept"
    folder.mkdir()
    where = folder / "l.sqlite"
    with open_ledger(str(where)) as ledger:
        ledger.append(Batch(documents=(document(1),)))
    where.chmod(0o444)
    folder.chmod(0o555)
    for above in (tmp_path, *tmp_path.parents[:2]):
        above.chmod(0o755)
    told = _as_nobody(lambda: _try(str(where)))
    folder.chmod(0o755)
    assert told == "read 1, Unwritable: read-only", told


def _try(where: str) -> str:
    with open_ledger(where, create=False) as ledger:
        read_back = len(list(ledger.documents()))
        if not ledger.verify().sound:
            return "unsound"
        try:
            ledger.append(Batch(documents=(document(2),)))
        except Unwritable as wrong:
            return f"read {read_back}, Unwritable: {'read-only' if 'read-only' in str(wrong) else wrong}"
    return "written"


def _as_nobody(work: Callable[[], str]) -> str:
    """What the work tells in a child process that has no rights of root's."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                os.setgid(65534)
                os.setuid(65534)
            told = work()
        except BaseException as wrong:  # noqa: BLE001 a child tells whatever happens
            told = f"{type(wrong).__name__}: {wrong}"
        os.write(writer, told.encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as stream:
        told = stream.read()
    os.waitpid(child, 0)
    return told


def test_no_server_answers() -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(NoLedger, match="no server answers") as told:
        open_ledger("postgresql://ada:secret@127.0.0.1:9/none?connect_timeout=2")
    assert "secret" not in str(told.value)


def test_an_address_that_is_none() -> None:
    with pytest.raises(NoLedger):
        open_ledger("postgresql://host:port:port/x")


def test_a_user_who_may_not_write(new_store: Callable[[str], str]) -> None:
    where = new_store("postgresql")
    with open_ledger(where) as ledger:
        ledger.append(Batch(documents=(document(1),)))
    with open_ledger(where + "%20-cdefault_transaction_read_only%3Don") as ledger:
        assert len(list(ledger.documents())) == 1
        with pytest.raises(Unwritable, match="read-only"):
            ledger.append(Batch(documents=(document(2),)))
