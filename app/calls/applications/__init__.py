"""A city's application to a call, from draft to admission."""
