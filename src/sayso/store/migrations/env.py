"""What Alembic runs: the revisions, in the transaction of the connection that it is given."""

from alembic import context

# The transaction is the caller's: all revisions and the rebuilt projections are there together, or nothing is.
context.configure(connection=context.config.attributes["connection"], version_table="sayso_schema")
context.run_migrations()
