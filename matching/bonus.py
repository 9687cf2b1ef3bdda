"""What counts for a solution besides its words: a bonus, visible as a part of the score.

A bonus of weight b closes the share b of the gap between the score and 1: s becomes s + b (1 - s).
So scores stay within [0, 1], nobody else's score moves, and among those who get it the order stays.
Several bonuses close their shares one after another, in the order given.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matching.index import Index
from matching.match import Part


@dataclass(frozen=True, slots=True)
class Bonus:
    """A reason beside the words, such as the same sector, and the solutions it holds for.

    `name` becomes the `source` of its part of a score; `ids` may name solutions that are not in
    the catalogue; `weight` lies between 0 and 1. Whoever shares no word gets no bonus.
    `ValueError` for another weight, or for a name that other parts go by.
    """

    name: str
    ids: Collection[str]
    weight: float

    def __post_init__(self) -> None:
        if not 0.0 <= self.weight <= 1.0:
            raise ValueError(f"the weight of a bonus must lie between 0 and 1, not {self.weight}")
        if self.name in {"", "words", "approved"}:
            raise ValueError(f"a bonus needs a name of its own, not {self.name!r}")


def closed(bonuses: Sequence[Bonus], index: Index) -> NDArray[np.float64] | None:
    """The share of the gap to 1 that is closed for each document number; `None` without bonuses."""
    if not bonuses:
        return None
    left = np.ones(len(index.ids), dtype=np.float64)
    for bonus in bonuses:
        known = {index.number[key] for key in bonus.ids if key in index.number}
        left[np.fromiter(known, dtype=np.intp)] *= 1.0 - bonus.weight
    return 1.0 - left


def parts(bonuses: Sequence[Bonus], solution_id: str, score: float) -> list[Part]:
    """The parts that bonuses add to a score above 0 made of words."""
    added = []
    for bonus in bonuses:
        if score > 0.0 and bonus.weight > 0.0 and solution_id in bonus.ids:
            share = bonus.weight * (1.0 - score)
            added.append(Part(bonus.name, "", "", "", share, bonus.name))
            score += share
    return added
