"""Who can be among the best, against a full sort."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from matching_texts import STEADY

from matching.topk import BLOCK, contenders


@STEADY
@given(st.integers(0, 3 * BLOCK), st.integers(1, 5), st.integers(0, 2**32 - 1), st.booleans())
def test_contenders_are_the_best_and_their_ties(size, top, seed, coarse):
    scores = np.random.default_rng(seed).random(size, dtype=np.float32)
    if coarse:
        scores = np.round(scores, 1)
    bound = np.sort(scores)[-top] if size > top else np.float32(0.0)
    expected = np.flatnonzero((scores >= bound) & (scores > 0.0))
    assert contenders(scores, top, slack=0.0).tolist() == expected.tolist()


def test_near_ties_are_kept_for_a_closer_look():
    scores = np.array([0.5, 0.4999999, 0.4], dtype=np.float32)
    assert contenders(scores, 1, slack=1e-6).tolist() == [0, 1]
