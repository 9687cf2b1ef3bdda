"""How much a term weighs on each side.

A solution's vector depends on nothing but itself: (1 + log tf), divided by its length, so adding a
solution never makes another stale. The challenge carries the knowledge of the catalogue:
the square root of tf, times idf squared. Each family of terms is a cosine of its own, and the score
is their mean, weighed by the family weights; across languages it is the concepts' cosine alone.
The logarithm is scikit-learn's `sublinear_tf`, the idf its smoothed one:
idf = ln((1 + n) / (1 + df)) + 1. The tf are weighted by field.
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


def scale(weights: Floats, groups: NDArray[np.intp]) -> Floats:
    """Divide each weight by the Euclidean length of its group (numbered from 0)."""
    lengths = np.sqrt(np.bincount(groups, weights * weights))
    lengths[lengths == 0.0] = 1.0
    scaled: Floats = weights / lengths[groups]
    return scaled


def offer_weights(amounts: Floats, groups: NDArray[np.intp]) -> NDArray[np.float32]:
    """Weights of solutions' terms; one group for each family of each solution.

    Float32, rounded towards zero so that no cosine passes 1.
    """
    exact = scale(damp(amounts), groups)
    rounded = exact.astype(np.float32)
    return np.where(rounded > exact, np.nextafter(rounded, np.float32(0.0)), rounded)


def inverse_frequencies(frequencies: NDArray[np.int64], total: int) -> Floats:
    """The idf of terms that so many of `total` solutions hold; 1 for what all of them hold."""
    idf: Floats = np.log((1.0 + total) / (1.0 + frequencies)) + 1.0
    return idf


def need_weights(
    amounts: Floats,
    families: NDArray[np.intp],
    frequencies: NDArray[np.int64],
    total: int,
    family_weights: Mapping[str, float],
) -> Floats:
    """Weights of a challenge's terms, against a catalogue of `total` solutions.

    `frequencies` tells how many solutions hold each term. A term none of them holds weighs the
    most: what nobody offers is still asked for, and a score tells how much of the whole is met.
    """
    idf = inverse_frequencies(frequencies, total)
    shares: Floats = np.array([family_weights[family] for family in FAMILIES])
    part: Floats = (shares / shares.sum())[families]
    return scale(np.sqrt(amounts) * idf * idf, families) * part
