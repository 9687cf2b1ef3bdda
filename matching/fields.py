"""The fields of a document, and numbers that carry one: of texts, and of words within a field."""

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

FIELDS = ("title", "uses", "text")
"""The fields of a document, in the order in which a tie between them is decided."""

BITS = 2
"""Bits that a field takes at the end of a number; shifts cost a fraction of divisions."""

Number = TypeVar("Number", int, NDArray[np.int64], NDArray[np.int32])


def with_field(number: Number, field: Number) -> Number:
    """One number for a number and the place of a field in `FIELDS`."""
    return (number << BITS) | field


def without_field(marked: Number) -> Number:
    """The number that `with_field` was given."""
    return marked >> BITS


def field_of(marked: Number) -> Number:
    """The place in `FIELDS` that `with_field` was given."""
    return marked & ((1 << BITS) - 1)
