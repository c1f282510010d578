"""Copies and links can be asked for by document and claim; pairs of accounts as linking compared them explain an incident as it was decided."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables. The rows of copies and links are made anew afterwards; the next `sayso link` fills in the pairs."""
    op.create_table(
        "incident_pairs",
        sa.Column("first", _NUMBER, primary_key=True, autoincrement=False),
        sa.Column("second", _NUMBER, primary_key=True, autoincrement=False),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("chance", sa.Float, nullable=False),
        sa.Column("judgement", sa.Text, nullable=False),
        sa.Column("features", sa.Text, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_index("incident_pairs_second", "incident_pairs", ["second"])
    op.create_table("copies", *_record("document", "original"), sa.Column("standing", sa.Boolean, nullable=False))
    op.create_table("links", *_record("first", "second"))
    for table, column in (("copies", "document"), ("copies", "original"), ("links", "first"), ("links", "second")):
        op.create_index(f"{table}_{column}", table, [column])


def _record(*ends: str) -> "list[sa.Column[Any]]":
    key = sa.Column("seq", _NUMBER, primary_key=True, autoincrement=False)
    return [key, sa.Column("id", sa.Text, nullable=False, unique=True), *(sa.Column(name, sa.Text, nullable=False) for name in ends)]
