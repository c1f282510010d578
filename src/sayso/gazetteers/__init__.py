"""Actors and places: names looked up, candidates returned."""
