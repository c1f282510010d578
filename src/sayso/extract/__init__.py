"""What needs no engine: names, time words, places, loaded words; grounding of proposals."""
