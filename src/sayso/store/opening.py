"""Opening a store: SQLite by a path, PostgreSQL by `postgresql://…`; transactions, and errors in sayso's words."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.pool import QueuePool

from sayso.errors import LedgerError, MissingPart, NoLedger, Unwritable

WRITE = "sayso_write"  # execution option of a connection whose transaction writes
_BUSY = 60_000  # milliseconds that a writer waits for another one
_PAGES = 64_000  # KiB of SQLite's page cache
_MAGIC = b"SQLite format 3\x00"
_LOCK = 7_306_795_551  # of PostgreSQL's advisory lock: one writer at a time
_TOLD = {  # by SQLite's result code: what is wrong, and the next step
    sqlite3.SQLITE_FULL: "the disk (or its quota) is full: make room and run the command again; nothing was entered",
    sqlite3.SQLITE_READONLY: "it is read-only: give write permission to the file and its folder, or name another with --store; nothing was entered",
    sqlite3.SQLITE_CANTOPEN: "it cannot be opened: look whether its folder is there and can be written",
    sqlite3.SQLITE_NOTADB: "it is no ledger but something else: name another file with --store",
    sqlite3.SQLITE_BUSY: "another process has been writing to it for a minute: wait for that one to end, and run the command again; nothing was entered",
    sqlite3.SQLITE_LOCKED: "another process holds it: wait for that one to end, and run the command again; nothing was entered",
    sqlite3.SQLITE_CORRUPT: "it is damaged: restore it from a backup (`sayso restore`)",
    sqlite3.SQLITE_IOERR: "the disk does not read or write it: look after the disk, and restore from a backup (`sayso restore`) if need be",
}
_REFUSED = {  # by the first two digits of PostgreSQL's SQLSTATE
    "53300": "the server takes no more connections: close others and run the command again",
    "53": "the server has no room or memory left: make room and run the command again; nothing was entered",
    "42501": "this user may not do that: ask for the right to write, or name another store; nothing was entered",
    "25006": "it is read-only: connect to the primary server; nothing was entered",
    "57P": "the server is shutting down: run the command again when it is up; nothing was entered",
    "08": "the server does not answer: start it, and look at host and port",
    "28": "the server does not know this user or password",
    "3D": "there is no such database: make it with `createdb`",
}


def is_server(where: str) -> bool:
    """Whether the store is a database server and not a file."""
    return where.startswith(("postgresql://", "postgres://", "postgresql+psycopg://"))


def shown(where: str) -> str:
    """The store's name for people: without a password."""
    if not is_server(where):
        return where
    try:
        return make_url(where).render_as_string(hide_password=True)
    except (ArgumentError, ValueError):
        return "the PostgreSQL store"


def connect(where: str, create: bool) -> Engine:
    """The engine of a store; NoLedger where there is nothing and nothing may be made."""
    return _postgresql(where) if is_server(where) else _sqlite(where, create)


def _postgresql(where: str) -> Engine:
    rest = where.split("://", 1)[1]
    try:
        engine = create_engine(f"postgresql+psycopg://{rest}", pool_size=2)
    except (ArgumentError, ValueError) as wrong:
        raise NoLedger("the store is no address that can be read: write postgresql://user@host:port/database") from wrong
    except ImportError as wrong:
        raise MissingPart("a ledger in PostgreSQL needs psycopg: pip install 'sayso[postgresql]'") from wrong

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if connection.get_execution_options().get(WRITE):
            connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})

    return engine


def _sqlite(where: str, create: bool) -> Engine:
    path = Path(where).expanduser()
    _look(path, where, create)
    engine = create_engine("sqlite://", creator=lambda: _open_file(path), poolclass=QueuePool, pool_size=2, max_overflow=20)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # The driver begins no transaction of its own (autocommit), so that tables are made and dropped within ours too.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get(WRITE) else "BEGIN")

    return engine


def _look(path: Path, where: str, create: bool) -> None:
    """Nothing, where the path holds a SQLite file or may become one."""
    if path.is_dir():
        raise NoLedger(f"{where!r} is a folder, a ledger is a file: name one with --store, {str(path / 'sayso.sqlite')!r}")
    try:
        with path.open("rb") as stream:
            start = stream.read(len(_MAGIC))
    except FileNotFoundError:
        if not create:
            raise NoLedger(f"there is no ledger at {where!r}: make one by `sayso add`, or name another with --store") from None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as wrong:
            raise Unwritable(f"the folder of {where!r} cannot be made: {wrong.strerror}") from wrong
        return
    except OSError as wrong:
        raise NoLedger(f"{where!r} cannot be read: {wrong.strerror}; give read permission, or name another with --store") from wrong
    if start and start != _MAGIC:
        raise NoLedger(f"{where!r} is no ledger but another kind of file: name another with --store")


def _open_file(path: Path) -> sqlite3.Connection:
    """A connection with the settings of a ledger. A file that may not be written is opened for reading."""
    writable = os.access(path, os.W_OK) if path.exists() else True
    if writable and os.access(path.absolute().parent, os.W_OK):
        connection = sqlite3.connect(path, timeout=_BUSY / 1000, isolation_level=None, check_same_thread=False)
    else:
        address = path.absolute().as_uri()
        # Beside a file in a folder that cannot be written no write-ahead log can be made: it is read as it stands.
        lonely = not os.access(path.absolute().parent, os.W_OK) and not path.with_name(path.name + "-wal").exists()
        options = "mode=ro&immutable=1" if lonely else "mode=ro"
        connection = sqlite3.connect(f"{address}?{options}", uri=True, timeout=_BUSY / 1000, isolation_level=None, check_same_thread=False)
    try:
        _settle(connection, writable)
    except BaseException:
        connection.close()
        raise
    return connection


def _settle(connection: sqlite3.Connection, writable: bool) -> None:
    for setting in ("secure_delete = ON", f"cache_size = -{_PAGES}", "temp_store = MEMORY", "trusted_schema = OFF", "mmap_size = 268435456"):
        connection.execute(f"PRAGMA {setting}")
    if writable:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as wrong:
            if wrong.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_BUSY):
                raise
    connection.execute("PRAGMA synchronous = FULL")  # a head that was printed must be there after a power cut


@contextmanager
def reading(engine: Engine, where: str) -> Iterator[Connection]:
    """A connection within a transaction that only reads."""
    # One moment for all statements of the transaction: SQLite's are so by themselves.
    options = {"isolation_level": "REPEATABLE READ"} if engine.dialect.name == "postgresql" else {}
    with told(where), engine.connect().execution_options(**options) as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine, where: str) -> Iterator[Connection]:
    """A connection within a transaction that writes: all of it is there in the end, or nothing. One writer at a time; others wait."""
    with told(where), engine.connect().execution_options(**{WRITE: True}) as connection, connection.begin():
        yield connection


@contextmanager
def told(where: str) -> Iterator[None]:
    """Nothing; a store's error inside is told as a LedgerError with the next step."""
    try:
        yield
    except DBAPIError as wrong:
        raise _explained(where, wrong) from wrong
    except sqlite3.Error as wrong:
        raise _explained_sqlite(where, wrong) from wrong


def _explained(where: str, wrong: DBAPIError) -> LedgerError:
    original: Any = wrong.orig
    if isinstance(original, sqlite3.Error):
        return _explained_sqlite(where, original)
    state = getattr(original, "sqlstate", None) or ""
    for key, words in _REFUSED.items():
        if state.startswith(key):
            return Unwritable(f"the ledger at {shown(where)!r}: {words}")
    first = str(original).strip().splitlines()[0] if str(original).strip() else type(original).__name__
    if isinstance(wrong, OperationalError) and not state:
        return NoLedger(f"no server answers at {shown(where)!r} ({first}): start it, or look at host, port, user and database")
    return LedgerError(f"the ledger at {shown(where)!r} refuses: {first}; run `sayso verify` to see whether it is sound")


def _explained_sqlite(where: str, wrong: sqlite3.Error) -> LedgerError:
    code = getattr(wrong, "sqlite_errorcode", None)
    words = _TOLD.get(code & 0xFF) if code is not None else None
    if words is None:
        return LedgerError(f"the ledger at {where!r} refuses: {wrong}; run `sayso verify` to see whether it is sound")
    kind = NoLedger if code is not None and code & 0xFF in (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CANTOPEN) else Unwritable
    return kind(f"the ledger at {where!r}: {words}")
