"""The ledger: append-only records in SQLite or PostgreSQL, with a hash chain over them."""
