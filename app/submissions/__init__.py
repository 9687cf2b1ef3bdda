"""A startup answers a challenge with one of its solutions."""
