"""Claim and context in, resolutions out."""
