"""The ledger's schemas, oldest first, as Alembic revisions."""
