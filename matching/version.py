"""The version of everything that decides how a text is read.

An index remembers the version that wrote it; one from another version is stale and is fitted again.
"""

from matching.glossary import digest, read

RULES = 5
"""Raised by hand with every change of words, stems, cognates, stop words or weights."""

SHIPPED = tuple(read())
"""The glossary that ships with the library."""

VERSION = f"{RULES}.{digest(SHIPPED)}"
"""Version of the analyser: the rules, and a digest of the shipped glossary."""
