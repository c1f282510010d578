"""The default engine: rules over a dependency parse, on CPU, offline."""
