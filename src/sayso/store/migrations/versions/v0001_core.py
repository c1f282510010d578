"""The core: entries, raw bytes, the head."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables that hold what was entered."""
    op.create_table(
        "entries",
        sa.Column("seq", _NUMBER, primary_key=True, autoincrement=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("id", sa.Text, nullable=False, unique=True),
        sa.Column("document", sa.Text),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("number", sa.BigInteger),
        sa.Column("body", sa.LargeBinary),
        sa.Column("body_sha256", sa.Text, nullable=False),
        sa.Column("previous", sa.Text, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
    )
    op.create_index("entries_document", "entries", ["document", "kind", "seq"])
    op.create_index("entries_kind", "entries", ["kind", "seq"])
    op.create_table(
        "raw",
        sa.Column("sha256", sa.Text, primary_key=True),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("bytes", sa.LargeBinary, nullable=False),
    )
    made = op.create_table(
        "head",
        sa.Column("one", sa.SmallInteger, primary_key=True, autoincrement=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("hash", sa.Text, nullable=False),
        sa.Column("next_number", sa.BigInteger, nullable=False),
        sa.Column("raw_files", sa.BigInteger, nullable=False),
    )
    op.bulk_insert(made, [{"one": 1, "seq": 0, "hash": "0" * 64, "next_number": 1, "raw_files": 0}])
