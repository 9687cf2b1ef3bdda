"""A challenge, weighed against the catalogue as it stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matching.analyser import Analysis, Use
from matching.index import Index, Voice
from matching.lexicon import UNLISTED
from matching.match import Missing
from matching.rows import Ints
from matching.stopwords import LANGUAGES
from matching.weighting import families_of, need_weights


@dataclass(frozen=True)
class Query:
    """The terms of a challenge: use, number in the vocabulary (-1: not in it), holders and weight.

    `holders` is how many solutions hold a term.
    `factors` is what a score is multiplied with for each language of a solution, in the order of
    `LANGUAGES`. `learned` holds the weights of approved solutions' concepts by number, `shown` the
    origin of each (see `Rows`); both are empty unless `matching.feedback` filled them.
    """

    uses: list[Use]
    factors: NDArray[np.float64]
    numbers: Ints
    holders: Ints
    weights: NDArray[np.float64]
    learned: Mapping[int, float] = field(default_factory=dict)
    shown: Mapping[int, int] = field(default_factory=dict)

    @cached_property
    def voices(self) -> list[Voice]:
        """What the index is asked: the challenge's own words, and those that were learned."""
        inside = self.numbers >= 0
        own = Voice(self.numbers[inside], self.weights[inside], self.factors)
        if not self.learned:
            return [own]
        numbers = np.array(list(self.learned), dtype=np.int64)
        weights = np.array(list(self.learned.values()), dtype=np.float64)
        return [own, Voice(numbers, weights, np.ones(len(LANGUAGES)))]

    @cached_property
    def wishes(self) -> tuple[Missing, ...]:
        """What the challenge asks, as if a solution lacked it all; the largest share first.

        A word that neither the glossary knows nor any solution names is left out: it is a name, or
        a turn of phrase, and no solution can be blamed for it.
        """
        demand = float(np.square(self.weights).sum()) or 1.0
        shares: dict[str, float] = {}
        words: dict[str, str] = {}
        columns = self.uses, self.weights.tolist(), self.holders.tolist()
        for use, weight, holders in zip(*columns, strict=True):
            if holders or not use.group.startswith(UNLISTED):
                shares[use.group] = shares.get(use.group, 0.0) + weight * weight / demand
                words.setdefault(use.group, use.surface)
        found = [Missing(group, words[group], share) for group, share in shares.items()]
        return tuple(sorted(found, key=lambda wish: (-wish.share, wish.term)))

    @cached_property
    def sought(self) -> Ints:
        """Numbers of all terms that can add to a score, in ascending order."""
        return np.union1d(self.numbers[self.numbers >= 0], list(self.learned)).astype(np.int64)

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
    return Query(uses, factors(analysis.language, family_weights), numbers, frequencies, weights)


def factors(language: str, family_weights: Mapping[str, float]) -> NDArray[np.float64]:
    """What makes scores of solutions in other languages than the challenge's comparable to others.

    Stems meet inside one language only, so across languages the whole score is the concepts'.
    """
    concept, stem = family_weights["c"], family_weights["s"]
    across = (concept + stem) / concept if concept > 0.0 else 1.0
    return np.array([1.0 if other == language else across for other in LANGUAGES])
