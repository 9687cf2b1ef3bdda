"""Which documents can still be among the best, found without sorting the catalogue."""

import numpy as np
from numpy.typing import NDArray

from matching.rows import Ints

BLOCK = 512
"""Scores looked at together; the maximum of each block is one pass at the memory's speed."""


def contenders(scores: NDArray[np.float32], top: int, slack: float) -> Ints:
    """Places of all scores above 0 that may belong to the `top` largest, in ascending order.

    The `top`-th largest block maximum is a lower bound of the `top`-th largest score, since each of
    those blocks holds one score as large. `slack` is the relative error of a score: whatever lies
    that close below the bound is kept, to be decided with more precision.
    """
    whole = len(scores) - len(scores) % BLOCK
    peaks = scores[:whole].reshape(-1, BLOCK).max(axis=1)
    bound = np.float32(0.0)
    if len(peaks) >= top:
        bound = np.partition(peaks, len(peaks) - top)[len(peaks) - top]
        near = np.flatnonzero(peaks >= bound * (1.0 - slack))
        places = (near[:, np.newaxis] * BLOCK + np.arange(BLOCK)).ravel()
        places = np.concatenate((places, np.arange(whole, len(scores))))
    else:
        places = np.arange(len(scores))
    found = scores[places]
    if len(found) > top:
        bound = max(bound, np.partition(found, len(found) - top)[len(found) - top])
    kept: Ints = places[(found > 0.0) & (found >= bound * (1.0 - slack))]
    return kept
