"""A challenge, weighed against the catalogue as it stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matching.analyser import Analysis, Use
from matching.index import Index
from matching.rows import Ints
from matching.weighting import families_of, need_weights


@dataclass(frozen=True)
class Query:
    """The terms of a challenge: name, weight, and number in the vocabulary (-1: not in it).

    `learned` holds the weights of approved solutions' terms by number, `shown` the origin of each
    (see `Rows`); both are empty unless `matching.feedback` filled them.
    """

    names: list[str]
    uses: list[Use]
    numbers: Ints
    weights: NDArray[np.float64]
    learned: Mapping[int, float] = field(default_factory=dict)
    shown: Mapping[int, int] = field(default_factory=dict)

    @cached_property
    def known(self) -> tuple[Ints, NDArray[np.float64]]:
        """Numbers and weights of the terms some solution has used, the learned ones among them."""
        inside = self.numbers >= 0
        if not self.learned:
            return self.numbers[inside], self.weights[inside]
        total = dict(self.learned)
        for number, weight in zip(self.numbers[inside], self.weights[inside], strict=True):
            total[int(number)] = total.get(int(number), 0.0) + float(weight)
        numbers = np.array(sorted(total), dtype=np.int64)
        return numbers, np.array([total[number] for number in numbers.tolist()])

    @cached_property
    def place(self) -> Mapping[int, int]:
        """Where in the query a term stands, by its number in the vocabulary."""
        return {number: place for place, number in enumerate(self.numbers.tolist()) if number >= 0}


def weigh(analysis: Analysis, index: Index, family_weights: Mapping[str, float]) -> Query:
    """Turn the analysis of a challenge into a query of the index; its terms sorted by name."""
    names = sorted(analysis.uses)
    uses = [analysis.uses[name] for name in names]
    numbers = np.array([index.vocabulary.get(name, -1) for name in names], dtype=np.int64)
    inside = numbers >= 0
    frequencies = np.zeros(len(names), dtype=np.int64)
    frequencies[inside] = index.frequencies(numbers[inside])
    counts = np.array([use.amount for use in uses], dtype=np.float64)
    families = families_of(names)
    weights = need_weights(counts, families, frequencies, len(index), family_weights)
    return Query(names, uses, numbers, weights)
