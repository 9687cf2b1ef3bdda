"""How far a mean can be trusted, by drawing the challenges again and again.

B. Efron and R. Tibshirani, "An Introduction to the Bootstrap", 1993: percentile intervals. Two
systems are compared on the same draws (paired), so that hard challenges are hard for both.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

DRAWS = 2000
LEVEL = 0.95


class Interval(NamedTuple):
    """A mean over challenges and the bounds of its 95 % interval."""

    mean: float
    low: float
    high: float


def mean(values: Sequence[float]) -> Interval:
    """The mean with its interval; all three 0 when there are no values."""
    if not values:
        return Interval(0.0, 0.0, 0.0)
    figures = np.asarray(values, dtype=np.float64)
    low, high = np.quantile(_means(figures), [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(float(figures.mean()), float(low), float(high))


def difference(ours: Sequence[float], theirs: Sequence[float]) -> Interval:
    """The mean of the paired differences with its interval; above 0 when ours is better."""
    return mean([a - b for a, b in zip(ours, theirs, strict=True)])


def _means(figures: NDArray[np.float64]) -> NDArray[np.float64]:
    """The means of many draws; from a fixed seed, so that a report can be repeated."""
    draws = np.random.default_rng(0).integers(0, len(figures), (DRAWS, len(figures)))
    means: NDArray[np.float64] = figures[draws].mean(axis=1)
    return means
