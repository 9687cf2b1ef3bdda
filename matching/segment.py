"""A run of rows, stored twice: by document to explain and rescore, by term to search."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array

from matching.rows import Ints, Rows


@dataclass(frozen=True)
class Segment:
    """Rows `first`, `first + 1`, ... of an index."""

    first: int
    rows: Rows

    @cached_property
    def columns(self) -> csc_array:
        """The rows by term, float32; one column a term up to the largest seen here."""
        width = int(self.rows.terms.max(initial=-1)) + 1
        shape = (len(self.rows), width)
        entries = (self.rows.weights, self.rows.terms, self.rows.starts)
        return csr_array(entries, shape=shape).tocsc()

    def frequencies(self, terms: Ints) -> Ints:
        """How many rows hold each term."""
        found = np.zeros(len(terms), dtype=np.int64)
        here = terms < self.columns.shape[1]
        inside = terms[here]
        bounds = self.columns.indptr
        found[here] = bounds[inside + 1] - bounds[inside]
        return found

    def scores(self, terms: Ints, weights: NDArray[np.float64]) -> NDArray[np.float32]:
        """The score of every row to float32 precision; only the columns asked for are read."""
        here = terms < self.columns.shape[1]
        columns = self.columns[:, terms[here]]
        product: NDArray[np.float32] = columns @ weights[here].astype(np.float32)
        return product
