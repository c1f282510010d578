"""Claims of one happening: linking, incidents, weighing."""
