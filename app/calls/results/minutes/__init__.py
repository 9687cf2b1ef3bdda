"""The minutes of a result: what they say, and the PDF."""
