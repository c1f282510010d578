"""Readings and events written out, one format a file."""
