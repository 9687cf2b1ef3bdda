"""The rankings that are compared: ours, scikit-learn's defaults, and two that should fail.

Every system answers a dataset with one list of solution ids per challenge, best first, `DEPTH` at
most. The last two are leak checks: a set on which they do well can be solved without reading.
"""

from collections.abc import Callable, Mapping

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics.pairwise import linear_kernel

from matching.document import Document
from matching.matcher import Matcher
from matching.measuring.dataset import Dataset

DEPTH = 100

Rankings = dict[str, list[str]]


def ours(data: Dataset) -> Rankings:
    """The matcher as it ships."""
    matcher = Matcher().fit(data.solutions)
    ranked = matcher.rank_all(data.challenges, DEPTH)
    return {key: [match.id for match in matches] for key, matches in ranked}


def sklearn(data: Dataset) -> Rankings:
    """`TfidfVectorizer()` with its defaults over all fields, and the cosine; ties by id."""
    solutions = sorted(data.solutions, key=lambda solution: solution.id)
    vectorizer = TfidfVectorizer()
    offers = vectorizer.fit_transform(map(_whole, solutions))
    needs = vectorizer.transform(map(_whole, data.challenges))
    rankings = {}
    for place, challenge in enumerate(data.challenges):
        scores = linear_kernel(needs[[place]], offers)[0]
        best = np.argsort(-scores, kind="stable")[:DEPTH]
        rankings[challenge.id] = [solutions[n].id for n in best.tolist() if scores[n] > 0]
    return rankings


def length_only(data: Dataset) -> Rankings:
    """The longest solutions first, the same for every challenge."""
    longest = sorted(data.solutions, key=lambda solution: (-len(_whole(solution)), solution.id))
    ranking = [solution.id for solution in longest[:DEPTH]]
    return {challenge.id: ranking for challenge in data.challenges}


def shuffled(rankings: Mapping[str, list[str]]) -> Rankings:
    """Each challenge gets the ranking of another one: what chance alone would give."""
    keys = list(rankings)
    order = np.random.default_rng(0).permutation(len(keys))
    shift = np.roll(order, 1)
    return {keys[a]: rankings[keys[b]] for a, b in zip(order, shift, strict=True)}


def _whole(document: Document) -> str:
    return "\n".join((document.title, document.uses, document.text))


BASELINES: Mapping[str, Callable[[Dataset], Rankings]] = {"sklearn": sklearn}
"""What the matcher can be compared with, by the name on the command line."""
