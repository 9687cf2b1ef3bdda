"""Figures of one ranking, each between 0 and 1, larger is better."""

from collections.abc import Mapping, Sequence
from itertools import islice
from math import log2

CUT = 10
"""Places of a ranking that nDCG and recall look at."""

Grades = Mapping[str, float]


def ndcg(ranking: Sequence[str], grades: Grades) -> float:
    """Gain of the first ten places, discounted by place, over the best possible.

    Linear gain, logarithm of base 2: Järvelin and Kekäläinen, "Cumulated gain-based evaluation of
    IR techniques", 2002; the same as scikit-learn's `ndcg_score`.
    """
    ideal = _gain(sorted(grades.values(), reverse=True))
    return _gain([grades.get(key, 0.0) for key in ranking]) / ideal if ideal > 0 else 0.0


def _gain(grades: Sequence[float]) -> float:
    return sum(grade / log2(place + 2) for place, grade in enumerate(islice(grades, CUT)))


def success(ranking: Sequence[str], grades: Grades, places: int) -> float:
    """1 if one of the first `places` answers the challenge, else 0."""
    return float(any(grades.get(key, 0.0) > 0 for key in ranking[:places]))


def reciprocal_rank(ranking: Sequence[str], grades: Grades) -> float:
    """1 over the place of the first answer; 0 when there is none."""
    places = (place for place, key in enumerate(ranking, start=1) if grades.get(key, 0.0) > 0)
    return 1.0 / next(places, float("inf"))


def found(ranking: Sequence[str], grades: Grades) -> dict[str, bool]:
    """For each answer, whether it is among the first ten."""
    first = set(ranking[:CUT])
    return {key: key in first for key, grade in grades.items() if grade > 0}
