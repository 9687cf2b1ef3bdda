"""Progress reports of a pilot."""
