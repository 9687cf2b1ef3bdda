"""Long work outside the request: a table of jobs written with the act that causes them."""
