"""The official registers of municipalities, by which applications are checked."""
