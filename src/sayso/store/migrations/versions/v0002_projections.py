"""Projections and full-text search. They are filled from the entries after the last revision, in the same transaction."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables that answer questions."""
    _documents()
    _claims()
    _names()
    _reviews()
    _words()


def _key(name: str) -> "sa.Column[int]":
    return sa.Column(name, _NUMBER, primary_key=True, autoincrement=False)


def _texts(*names: str, needed: bool = False) -> "list[sa.Column[str]]":
    return [sa.Column(name, sa.Text, nullable=not needed) for name in names]


def _documents() -> None:
    optional = _texts("given_id", "url", "title", "published", "language", "raw_sha256", "supersedes", "superseded_by")
    op.create_table("documents", _key("seq"), sa.Column("id", sa.Text, nullable=False, unique=True), *_texts("source", needed=True), *optional)
    op.create_index("documents_url", "documents", ["url"])
    op.create_index("documents_given", "documents", ["source", "given_id"])
    op.create_index("documents_supersedes", "documents", ["supersedes"])
    op.create_index("documents_raw", "documents", ["raw_sha256"])
    op.create_table("attempts", _key("seq"), *_texts("document", "origin", needed=True), *_texts("reading"))
    op.create_index("attempts_document", "attempts", ["document", "seq"])
    op.create_index("attempts_origin", "attempts", ["origin", "document"])


def _claims() -> None:
    op.create_table("claim_ids", _key("number"), sa.Column("id", sa.Text, nullable=False, unique=True), *_texts("document", needed=True))
    op.create_index("claim_ids_document", "claim_ids", ["document"])
    op.create_table(
        "claims",
        _key("number"),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        *_texts("document", "source", needed=True),
        *_texts("title", "published"),
        *_texts("type", needed=True),
        *_texts("mode"),
        *_texts("modality", needed=True),
        *_texts("place", "country", "admin1"),
        sa.Column("lat", sa.Float),
        sa.Column("lon", sa.Float),
        *_texts("date_from", "date_to"),
        *_texts("first_day", "last_day", "status", needed=True),
        sa.Column("superseded", sa.Boolean, nullable=False),
        *_texts("quote", "shown", needed=True),
    )
    op.create_index("claims_document", "claims", ["document"])
    op.create_index("claims_days", "claims", ["last_day", "first_day"])
    for name in ("type", "country", "status"):
        op.create_index(f"claims_{name}", "claims", [name])
    bounds = (sa.Column("low", sa.BigInteger), sa.Column("high", sa.BigInteger))
    position = sa.Column("position", sa.Integer, primary_key=True, autoincrement=False)
    op.create_table("figures", _key("number"), position, *_texts("measure", needed=True), *bounds, sqlite_with_rowid=False)
    op.create_table("incident_claims", _key("number"), sa.Column("incident", sa.BigInteger, nullable=False))
    op.create_index("incident_claims_incident", "incident_claims", ["incident"])


def _names() -> None:
    op.create_table("names", _key("id"), *_texts("role", "words", needed=True))
    op.create_index("names_role", "names", ["role", "words"])
    day = sa.Column("last_day", sa.Text, primary_key=True)
    op.create_table("claim_names", _key("name"), day, _key("number"), *_texts("first_day", needed=True), sqlite_with_rowid=False)
    op.create_index("claim_names_number", "claim_names", ["number"])


def _reviews() -> None:
    unique = sa.Column("id", sa.Text, nullable=False, unique=True)
    op.create_table("reviews", _key("seq"), unique, *_texts("verdict", "standing", needed=True), *_texts("document", "outcome", "near"))
    op.create_index("reviews_standing", "reviews", ["standing"])
    op.create_index("reviews_document", "reviews", ["document"])


def _words() -> None:
    """Text search: FTS5 in SQLite, tsvector with GIN in PostgreSQL."""
    for table in ("claim_words", "document_words"):
        if op.get_bind().dialect.name == "sqlite":
            op.execute(f"CREATE VIRTUAL TABLE {table} USING fts5(words, tokenize='unicode61 remove_diacritics 0')")
        else:
            op.execute(f"CREATE TABLE {table} (rowid BIGINT PRIMARY KEY, words TSVECTOR NOT NULL)")
            op.execute(f"CREATE INDEX {table}_words ON {table} USING GIN (words)")
