"""Figures say whom they count and whether they are denied: "no civilian was harmed" is no count of people."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; the rows are made anew afterwards."""
    op.add_column("figures", sa.Column("status", sa.Text, nullable=False, server_default="unknown"))
    op.add_column("figures", sa.Column("modality", sa.Text, nullable=False, server_default="actual"))
