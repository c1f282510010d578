"""Ledgers of each older schema come to the newest with all they hold, also when killed in between. All texts are invented."""

import os
import random
import signal
import time
from collections.abc import Callable
from importlib.resources import files

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from tests.store.test_killed import content, forked, write

from sayso.errors import NoLedger
from sayso.store import opening, schema
from sayso.store.ledger import migrate_ledger, open_ledger, schema_of
from sayso.store.query import Query
from sayso.store.tables import entries, head, metadata, raw

_CORE = (entries, raw, head)


def older(new: str, where: str, revision: str) -> None:
    """A ledger of an older schema at `where`, with the records of the one at `new`."""
    source, engine = opening.connect(new, create=False), opening.connect(where, create=True)
    with opening.reading(source, new) as connection:
        held = {table: [dict(row) for row in connection.execute(table.select()).mappings()] for table in _CORE}
    with opening.writing(engine, where) as connection:
        schema._upgrade(connection, revision)
        connection.execute(head.delete())
        for table, rows in held.items():
            connection.execute(table.insert(), rows)
    for one in (source, engine):
        one.dispose()


def test_each_file_is_a_known_revision() -> None:
    found = sorted(entry.name[1:5] for entry in files("sayso.store.migrations.versions").iterdir() if entry.name.startswith("v"))
    assert tuple(found) == schema.REVISIONS


def test_migrations_make_the_tables_that_queries_are_written_for(store: str) -> None:
    open_ledger(store).close()
    engine = opening.connect(store, create=False)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": "sayso_schema", "compare_type": True})
        differences = [one for one in compare_metadata(context, metadata) if "claim_words" not in repr(one) and "document_words" not in repr(one)]
    engine.dispose()
    assert differences == []


@pytest.mark.parametrize("revision", schema.REVISIONS[:-1])
def test_from_each_older_schema(store: str, new_store: Callable[[str], str], revision: str) -> None:
    new = new_store("postgresql" if opening.is_server(store) else "sqlite")
    write(new, 1, 6)
    older(new, store, revision)
    assert schema_of(store) == schema.SchemaState(revision)
    assert not schema_of(store).current
    assert migrate_ledger(store).found == revision
    assert schema_of(store).current
    with open_ledger(store, create=False) as ledger, open_ledger(new, create=False) as other:
        assert ledger.verify(other.head().hash).problems == ()
        assert ledger.counts() == other.counts()
        assert ledger.find(Query(words="herders")) == other.find(Query(words="herders"))
        assert list(ledger.readings()) == list(other.readings())
    write(store, 1, 7)
    with open_ledger(store) as ledger:
        assert ledger.verify().problems == ()


def test_killed_while_migrating(store: str, new_store: Callable[[str], str]) -> None:
    new = new_store("postgresql" if opening.is_server(store) else "sqlite")
    write(new, 1, 20)
    older(new, store, "0001")
    chance = random.Random(7)
    unfinished = 0
    for _ in range(20):
        process = forked(lambda: open_ledger(store).close())
        time.sleep(chance.uniform(0, 0.15))
        os.kill(process, signal.SIGKILL)
        os.waitpid(process, 0)
        engine = opening.connect(store, create=False)
        with opening.reading(engine, store) as connection:
            assert connection.execute(text("SELECT count(*) FROM entries")).scalar() == len(content(new))
            unfinished += connection.execute(text("SELECT version_num FROM sayso_schema")).scalar() == "0001"
        engine.dispose()
    assert unfinished
    with open_ledger(store) as ledger, open_ledger(new) as other:
        assert ledger.verify(other.head().hash).problems == ()
        assert ledger.counts() == other.counts()


def test_nothing_to_migrate(new_store: Callable[[str], str]) -> None:
    where = new_store("sqlite")
    with pytest.raises(NoLedger):
        migrate_ledger(where)
    open_ledger(where).close()
    assert migrate_ledger(where).current
