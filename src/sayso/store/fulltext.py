"""Full-text search in both stores: FTS5 in SQLite, tsvector in PostgreSQL. Users' words reach them as quoted data only."""

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, text
from sqlalchemy.sql.elements import TextClause

CLAIMS, DOCUMENTS = "claim_words", "document_words"
_FAR = 16_383  # PostgreSQL's last position in a text


def put(connection: Connection, table: str, rows: Iterable[tuple[int, list[str]]]) -> None:
    """Index the folded words of rows by their numbers."""
    if connection.dialect.name == "sqlite":
        found = [{"number": number, "words": " ".join(words)} for number, words in rows]
        statement = text(f"INSERT INTO {table} (rowid, words) VALUES (:number, :words)")  # noqa: S608 a constant
    else:
        found = [{"number": number, "words": _vector(words)} for number, words in rows]
        statement = text(f"INSERT INTO {table} (rowid, words) VALUES (:number, CAST(:words AS tsvector))")  # noqa: S608 a constant
    if found:
        connection.execute(statement, found)


def drop(connection: Connection, table: str, numbers: Sequence[int]) -> None:
    """Take rows out of the index."""
    if numbers:
        connection.execute(text(f"DELETE FROM {table} WHERE rowid = :number"), [{"number": number} for number in numbers])  # noqa: S608 a constant


def clear(connection: Connection, table: str) -> None:
    """Take everything out of the index."""
    connection.execute(text(f"DELETE FROM {table}"))  # noqa: S608 a constant


def squeeze(connection: Connection) -> None:
    """Write the index anew without what was taken out: words of a takedown stay nowhere."""
    if connection.dialect.name == "sqlite":
        for table in (CLAIMS, DOCUMENTS):
            connection.execute(text(f"INSERT INTO {table} ({table}) VALUES ('optimize')"))  # noqa: S608 a constant


def matches(connection: Connection, table: str, parameter: str) -> str:
    """The SQL condition under which a row of the table holds what the parameter asks for."""
    return f"{table} MATCH :{parameter}" if connection.dialect.name == "sqlite" else f"{table}.words @@ CAST(:{parameter} AS tsquery)"


def asked(connection: Connection, wanted: Sequence[Sequence[str]]) -> str:
    """The store's query for runs of folded words, all of which have to be there. Folded words hold letters and digits only."""
    if connection.dialect.name == "sqlite":
        return " AND ".join('"' + " ".join(run) + '"' for run in wanted)
    return " & ".join("(" + " <-> ".join(f"'{word}'" for word in run) + ")" for run in wanted)


def select_numbers(connection: Connection, table: str, parameter: str) -> TextClause:
    """The statement that gives the numbers of matching rows."""
    return text(f"SELECT rowid FROM {table} WHERE {matches(connection, table, parameter)}")  # noqa: S608 constants


def _vector(words: list[str]) -> str:
    """The words with their positions as PostgreSQL writes a tsvector: no parser of its own comes between."""
    return " ".join(f"'{word}':{min(number, _FAR)}" for number, word in enumerate(words, 1))
