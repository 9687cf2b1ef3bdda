"""Learning from decisions: what was approved for a challenge speaks for what resembles it.

J. Rocchio, "Relevance feedback in information retrieval", 1971, without negatives: the question
becomes a mean of the challenge's words (weight 1) and of the approved solutions' words (`strength`
altogether, shared equally). Both are weighed by idf squared and have the same length, so the score
stays within [0, 1]. Nothing is stored: the same decisions always give the same ranking.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from matching.index import Index
from matching.query import Query
from matching.rows import Ints, Rows
from matching.weighting import FAMILIES, families_of, inverse_frequencies, scale

FEEDBACK = 0.3
"""How much the words of the approved solutions weigh together, beside the challenge's own 1."""


def learn(
    query: Query,
    index: Index,
    approved: Collection[str],
    strength: float,
    family_weights: Mapping[str, float],
) -> Query:
    """The query with the approved solutions' words beside its own; unknown ids are ignored.

    `ValueError` for a negative strength.
    """
    if strength < 0.0:
        raise ValueError(f"the strength of feedback must not be negative, but is {strength}")
    numbers = sorted(index.number[key] for key in set(approved) if key in index.number)
    if not numbers or strength == 0.0:
        return query
    total: dict[int, float] = {}
    shown: dict[int, int] = {}
    share = strength / (1.0 + strength) / len(numbers)
    for row in map(index.row, numbers):
        weights = _weigh(row, index, family_weights) * share
        entries = zip(row.terms.tolist(), weights.tolist(), row.origins.tolist(), strict=True)
        for term, weight, origin in entries:
            total[term] = total.get(term, 0.0) + weight
            shown.setdefault(term, origin)
    return replace(query, weights=query.weights / (1.0 + strength), learned=total, shown=shown)


def _weigh(row: Rows, index: Index, family_weights: Mapping[str, float]) -> NDArray[np.float64]:
    """The words of a solution, weighed as those of a challenge."""
    terms: Ints = row.terms.astype(np.int64)
    families = families_of([index.vocabulary.names[term] for term in terms.tolist()])
    idf = inverse_frequencies(index.frequencies(terms), len(index))
    shares = np.array([family_weights[family] for family in FAMILIES])
    raw = row.weights.astype(np.float64) * idf * idf
    weights: NDArray[np.float64] = scale(raw, families) * (shares / shares.sum())[families]
    return weights
