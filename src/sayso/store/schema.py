"""The ledger's schema: which one a store has, and taking it to the newest, data and all, in one transaction."""

from dataclasses import dataclass

from sqlalchemy import Connection, Engine, inspect, text

from sayso.errors import NoLedger
from sayso.store.opening import reading, shown, writing

REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007")  # oldest first; a test holds them to the files of migrations/versions
NEWEST = REVISIONS[-1]
_VERSIONS = "sayso_schema"


@dataclass(frozen=True, slots=True)
class SchemaState:
    """The schema of a store (None of an empty one), and the newest that this sayso knows."""

    found: str | None
    newest: str = NEWEST

    @property
    def current(self) -> bool:
        """Whether nothing has to be done."""
        return self.found == self.newest


def state(engine: Engine, where: str) -> SchemaState:
    """The schema of a store; NoLedger where it holds something else, or is of a newer sayso."""
    with reading(engine, where) as connection:
        return _state(connection, where)


def migrate(engine: Engine, where: str) -> SchemaState:
    """The schema that the store had; now it has the newest. Killed at any moment, it has the old one."""
    with writing(engine, where) as connection:
        before = _state(connection, where)  # asked again behind the lock: another process may have been faster
        if not before.current:
            _upgrade(connection, NEWEST)
            if before.found is not None:
                from sayso.store.rebuilding import rebuild

                rebuild(connection)
    return before


def _state(connection: Connection, where: str) -> SchemaState:
    inspector = inspect(connection)
    tables = set(inspector.get_table_names())
    if _VERSIONS not in tables:
        if tables and (connection.dialect.name == "sqlite" or "entries" in tables):
            raise NoLedger(f"{shown(where)!r} is a database, but no ledger (it holds {min(tables)!r}): name another with --store")
        return SchemaState(None)
    found = connection.execute(text(f"SELECT version_num FROM {_VERSIONS}")).scalar()  # noqa: S608 a constant
    if found is not None and found not in REVISIONS:
        raise NoLedger(f"the ledger at {shown(where)!r} has schema {found!r}, newer than {NEWEST!r} of this sayso: install a newer sayso")
    return SchemaState(found)


def _upgrade(connection: Connection, revision: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "sayso.store:migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
