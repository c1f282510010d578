"""Pure functions over text: folding, sentences, quote state, grounding, veil."""
