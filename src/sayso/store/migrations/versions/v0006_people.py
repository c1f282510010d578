"""People of a desk, their log-ins and tokens, what they did there; the order in which claims wait for review; incidents as lists and maps show them."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables, empty; the columns of claims are filled when the rows are made anew afterwards."""
    op.add_column("claims", sa.Column("urgency", sa.Float, nullable=False, server_default="0"))
    op.add_column("claims", sa.Column("disputed", sa.Boolean, nullable=False, server_default=sa.false()))
    op.add_column("claims", sa.Column("precision", sa.Text))
    op.create_table(
        "incidents",
        sa.Column("number", _NUMBER, primary_key=True, autoincrement=False),
        *(sa.Column(name, sa.Text, nullable=name != "type") for name in ("type", "mode", "place", "precision", "country", "admin1")),
        *(sa.Column(name, sa.Float) for name in ("lat", "lon")),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("first_day", "last_day")),
        sa.Column("dated", sa.Boolean, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("claims", "reports", "voices")),
        *(sa.Column(name, sa.BigInteger) for name in ("killed_low", "killed_high")),
        sa.Column("disputed", sa.Boolean, nullable=False),
    )
    for name, column in (("days", "first_day"), ("type", "type"), ("country", "country")):
        op.create_index(f"incidents_{name}", "incidents", [column, "number"])
    op.create_index("claims_queue", "claims", ["status", "superseded", "disputed", "urgency", "number"])
    op.create_table(
        "people",
        sa.Column("name", sa.Text, primary_key=True),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("password", sa.Text),
        sa.Column("made", sa.Text, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
    )
    op.create_table(
        "sessions",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("made", sa.Text, nullable=False),
        sa.Column("expires", sa.Text, nullable=False),
    )
    op.create_index("sessions_person", "sessions", ["person"])
    op.create_table(
        "audit",
        sa.Column("seq", _NUMBER, primary_key=True, autoincrement=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("person", sa.Text, nullable=False),
        sa.Column("role", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("head", sa.Text, nullable=False),
    )
    op.create_index("audit_person", "audit", ["person", "seq"])
