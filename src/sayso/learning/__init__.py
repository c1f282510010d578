"""Training of what ships with learned weights. Nothing here is needed to read: each command writes a data file beside the code that uses it."""
