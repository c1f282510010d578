"""Claims of more than a month are told apart, so that a search by days need look only at those near the days and at the few long ones."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column and its index; the rows are made anew afterwards."""
    op.add_column("claims", sa.Column("long", sa.Boolean, nullable=False, server_default=sa.false()))
    op.drop_index("claims_days", "claims")
    op.create_index("claims_days", "claims", ["long", "last_day", "first_day"])
