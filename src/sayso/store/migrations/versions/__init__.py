"""One file a revision: its number is the schema's name."""
