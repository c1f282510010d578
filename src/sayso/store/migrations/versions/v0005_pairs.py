"""Pairs of accounts as linking compared them, so that an incident is explained as it was decided. `sayso link` fills the table."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the table; the next `sayso link` fills it."""
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
