"""Learning from decisions: what was approved for a challenge speaks for what resembles it.

J. Rocchio, "Relevance feedback in information retrieval", 1971, without negatives: the question
becomes a mean of the challenge's words (weight 1) and of the approved solutions' concepts
(`strength` altogether, shared equally). Both are weighed by idf squared and have the same length,
so the score stays within [0, 1]. Nothing is stored: the same decisions give the same ranking.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace

import numpy as np

from matching.index import Index
from matching.query import Query
from matching.rows import Rows
from matching.weighting import inverse_frequencies, scale

FEEDBACK = 0.3
"""How much the words of the approved solutions weigh together, beside the challenge's own 1."""


def learn(query: Query, index: Index, approved: Collection[str], strength: float) -> Query:
    """The query with the approved solutions' concepts beside its own; unknown ids are ignored.

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
        for term, weight, origin in _concepts(row, index):
            total[term] = total.get(term, 0.0) + weight * share
            shown.setdefault(term, origin)
    return replace(query, weights=query.weights / (1.0 + strength), learned=total, shown=shown)


def _concepts(row: Rows, index: Index) -> Iterator[tuple[int, float, int]]:
    """Number, weight and origin of each concept of a solution, weighed as those of a challenge."""
    names = [index.vocabulary.names[term] for term in row.terms.tolist()]
    chosen = np.array([name[0] == "c" for name in names], dtype=np.bool_)
    terms, origins = row.terms[chosen].astype(np.int64), row.origins[chosen]
    idf = inverse_frequencies(index.frequencies(terms), len(index))
    raw = row.weights[chosen].astype(np.float64) * idf * idf
    weights = scale(raw, np.zeros(len(raw), dtype=np.intp))
    yield from zip(terms.tolist(), weights.tolist(), origins.tolist(), strict=True)
