"""Bytes in, documents out, one format a file. What cannot be read comes out as a Failure with its reason, never as an exception."""
