"""Trying the rules of a call on invented scores, before anybody depends on them."""
