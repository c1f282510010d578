"""Language packs: what a language's words mean to the reader, as data; one folder a language."""
