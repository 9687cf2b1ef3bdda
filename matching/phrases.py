"""Phrases of the glossary, found for a whole block of texts at once."""

from collections.abc import Mapping, Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from matching.glossary import LONGEST_PHRASE, Lookup
from matching.rows import Ints, Numbering

Numbers = NDArray[np.int32]

NONE = -1
"""In place of a concept where there is none."""


class Phrases:
    """The phrases of the glossary in one language, as numbers made of the numbers of their stems.

    Stem a followed by b is a * base + b, and so on; 0 is no stem, so it is part of no phrase.
    """

    def __init__(self, glossary: Lookup, concepts: Numbering) -> None:
        phrases = glossary.phrases
        self.roots = {root: n for n, root in enumerate(sorted(set(chain(*phrases))), start=1)}
        self._base = len(self.roots) + 1
        self._found = {
            length: self._table(
                {p: key for p, key in phrases.items() if len(p) == length}, concepts
            )
            for length in range(2, LONGEST_PHRASE + 1)
        }

    def _table(
        self, phrases: Mapping[tuple[str, ...], str], concepts: Numbering
    ) -> tuple[Ints, Numbers]:
        """The numbers of phrases in ascending order, and the concept of each."""
        listed = sorted(
            (self._number(phrase), concepts[f"c:{key}"]) for phrase, key in phrases.items()
        )
        pairs = np.array([(-1, NONE), *listed], dtype=np.int64)
        return pairs[:, 0].copy(), pairs[:, 1].astype(np.int32)

    def _number(self, phrase: tuple[str, ...]) -> int:
        number = 0
        for root in phrase:
            number = number * self._base + self.roots[root]
        return number

    def find(self, roots: Sequence[Numbers]) -> Numbers:
        """The concept of each run of stems, `NONE` where it is no phrase.

        `roots` holds the first stems of all runs, then the second ones, and so on.
        """
        numbers = np.zeros(len(roots[0]), dtype=np.int64)
        for place in roots:
            numbers = numbers * self._base + place
        known, concepts = self._found[len(roots)]
        places = np.searchsorted(known, numbers, side="right") - 1
        return np.where(known[places] == numbers, concepts[places], np.int32(NONE))
