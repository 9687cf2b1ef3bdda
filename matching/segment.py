"""A run of rows, stored twice: by document to explain and rescore, by term to search."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csc_array, csr_array
from scipy.sparse._sparsetools import csc_matvec

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

    def add_scores(
        self, terms: Ints, weights: NDArray[np.float32], total: NDArray[np.float32]
    ) -> None:
        """Add the score of every row to `total`; only the columns asked for are read.

        The sum is that of `columns[:, terms] @ weights`. SciPy would copy the chosen columns before
        multiplying; its kernel, called once on the bounds of those columns in place, reads every
        entry once, which is the floor. The kernel takes bounds as of neighbours, so from the end
        of one chosen column to the start of the next it would read on: the columns go from the
        last to the first, where that stretch ends before it begins and holds nothing.
        """
        columns = self.columns
        order = np.argsort(terms)[::-1]
        order = order[terms[order] < columns.shape[1]]
        chosen = terms[order]
        bounds = np.empty(2 * len(order), dtype=columns.indptr.dtype)
        bounds[::2], bounds[1::2] = columns.indptr[chosen], columns.indptr[chosen + 1]
        spread = np.zeros(len(bounds), dtype=np.float32)
        spread[::2] = weights[order]
        rows, entries = columns.indices, columns.data
        csc_matvec(len(self.rows), max(0, len(bounds) - 1), bounds, rows, entries, spread, total)
