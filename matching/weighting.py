"""How much a term weighs on each side.

A solution's vector depends on nothing but itself: (1 + log tf), divided by its length, so adding a
solution never makes another stale. The challenge carries the knowledge of the catalogue:
(1 + log tf) times idf squared. Each family of terms is a cosine of its own, and the score is their
mean, weighed by the family weights. The logarithm is scikit-learn's `sublinear_tf`, the idf its
smoothed one: idf = ln((1 + n) / (1 + df)) + 1.
"""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

FAMILIES = ("c", "s")
"""The families of terms, named by the letter before the colon."""


def families_of(terms: Sequence[str]) -> NDArray[np.intp]:
    """The place in `FAMILIES` of each term."""
    return np.array([FAMILIES.index(term[0]) for term in terms], dtype=np.intp)


def damp(counts: Floats) -> Floats:
    """1 + log of weighted counts; counts are 1 or more wherever a field weighs 1 or more.

    Below 1 the logarithm would turn negative and a score could leave [0, 1]; there the count
    itself is taken, which meets the curve at 1 with the same slope.
    """
    return np.where(counts < 1.0, counts, 1.0 + np.log(np.maximum(counts, 1.0)))


def scale(weights: Floats, families: NDArray[np.intp]) -> Floats:
    """Divide each weight by the Euclidean length of its family."""
    squares = np.bincount(families, weights * weights, minlength=len(FAMILIES))
    lengths = np.sqrt(np.where(squares > 0.0, squares, 1.0))
    scaled: Floats = weights / lengths[families]
    return scaled


def offer_weights(counts: Floats, families: NDArray[np.intp]) -> NDArray[np.float32]:
    """Weights of a solution's terms, float32, rounded towards zero so that no cosine passes 1."""
    exact = scale(damp(counts), families)
    rounded = exact.astype(np.float32)
    return np.where(rounded > exact, np.nextafter(rounded, np.float32(0.0)), rounded)


def need_weights(
    counts: Floats,
    families: NDArray[np.intp],
    frequencies: NDArray[np.int64],
    total: int,
    family_weights: Mapping[str, float],
) -> Floats:
    """Weights of a challenge's terms, against a catalogue of `total` solutions.

    `frequencies` tells how many solutions hold each term. A term none of them holds weighs the
    most: what nobody offers is still asked for, and a score tells how much of the whole is met.
    """
    idf = np.log((1.0 + total) / (1.0 + frequencies)) + 1.0
    shares: Floats = np.array([family_weights[family] for family in FAMILIES])
    part: Floats = (shares / shares.sum())[families]
    return scale(damp(counts) * idf * idf, families) * part
