"""The search kernel against SciPy's public operation."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from matching_texts import STEADY
from scipy.sparse import random_array

from matching.rows import Rows
from matching.segment import Segment


@STEADY
@given(st.integers(0, 2**32 - 1), st.integers(1, 40), st.integers(1, 30))
def test_scores_are_the_product_of_the_chosen_columns(seed, height, width):
    random = np.random.default_rng(seed)
    matrix = random_array((height, width), density=0.3, rng=random, dtype=np.float32).tocsr()
    rows = Rows(
        np.zeros(height, dtype=np.int8),
        matrix.indptr.astype(np.int64),
        matrix.indices.astype(np.int32),
        matrix.data,
        np.zeros(matrix.nnz, dtype=np.int32),
    )
    terms = random.permutation(width)[: random.integers(1, width + 1)]
    weights = random.random(len(terms), dtype=np.float32)
    total = np.zeros(height, dtype=np.float32)
    Segment(0, rows).add_scores(terms, weights, total)
    assert np.allclose(total, matrix.tocsc()[:, terms] @ weights, rtol=1e-5)
