"""Claims given to several coders and their codings, claims left for later, and deeds by their keys: a retry is told from a new deed."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables, empty: no older ledger has such entries."""
    op.create_table("assignments", *_record(), sa.Column("open", sa.Boolean, nullable=False))
    op.create_table(
        "assigned",
        sa.Column("claim", sa.Text, primary_key=True),
        sa.Column("assignment", sa.Text, primary_key=True),
        sqlite_with_rowid=False,
    )
    op.create_table("codings", *_record("assignment", "claim", "coder"), sa.Column("document", sa.Text))
    op.create_table("hand_ins", *_record("assignment", "coder"))
    op.create_table("skips", *_record("claim", "person"), sa.Column("standing", sa.Boolean, nullable=False))
    op.create_table("deeds", *_record("person", "key"))
    for name, table, columns in (
        ("assigned_assignment", "assigned", ["assignment"]),
        ("codings_coder", "codings", ["assignment", "coder", "claim", "seq"]),
        ("codings_document", "codings", ["document"]),
        ("hand_ins_assignment", "hand_ins", ["assignment"]),
        ("skips_claim", "skips", ["claim", "person"]),
        ("deeds_key", "deeds", ["person", "key"]),
    ):
        op.create_index(name, table, columns)


def _record(*names: str) -> "list[sa.Column[Any]]":
    key = sa.Column("seq", _NUMBER, primary_key=True, autoincrement=False)
    return [key, sa.Column("id", sa.Text, nullable=False, unique=True), *(sa.Column(name, sa.Text, nullable=False) for name in names)]
