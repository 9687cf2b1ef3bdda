"""Which documents can still be among the best, found without sorting the catalogue."""

import numpy as np
from numpy.typing import NDArray

from matching.rows import Ints

TINY = float(np.finfo(np.float32).tiny)
"""The smallest score that counts as one."""

BLOCK = 512
"""Most scores looked at together; the maxima of blocks are one pass at the memory's speed."""


def contenders(scores: NDArray[np.float32], top: int, slack: float) -> Ints:
    """Places of all scores above 0 that may belong to the `top` largest, in ascending order.

    The `top`-th largest block maximum is a lower bound of the `top`-th largest score, since each of
    those blocks holds one score as large. `slack` is the relative error of a score: whatever lies
    that close below the bound is kept, to be decided with more precision.
    """
    size = min(BLOCK, max(1, len(scores) // (32 * top)))
    peaks = scores[: len(scores) - len(scores) % size].reshape(-1, size).max(axis=1)
    places = np.flatnonzero(scores >= max(_largest(peaks, top) * (1.0 - slack), TINY))
    found = scores[places]
    kept: Ints = places[found >= _largest(found, top) * (1.0 - slack)]
    return kept


def _largest(values: NDArray[np.float32], top: int) -> float:
    """The `top`-th largest value, 0 when there are fewer."""
    place = len(values) - top
    return float(np.partition(values, place)[place]) if place >= 0 else 0.0
