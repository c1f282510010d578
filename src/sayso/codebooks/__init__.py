"""Codebooks as data: types, definitions, triggers, precedence; and the coding of incidents into events."""
