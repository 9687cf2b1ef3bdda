"""Home, dashboards and what belongs to no single feature."""
