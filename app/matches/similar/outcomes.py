"""What came of challenges, as features above know it.

Pilots stand above matches, so matches cannot ask them: they register a function that answers for
several challenges at once.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a challenge, in words that anybody may read, and where it is told.

    ``tried`` says that a solution was, or is being, tried in the city.
    """

    words: Any
    url: str
    tried: bool


Teller = Callable[[Collection[int]], Mapping[int, Outcome]]


class Outcomes:
    """The functions that tell, filled once while the application starts."""

    def __init__(self) -> None:
        self._tellers: list[Teller] = []

    def register(self, teller: Teller) -> Teller:
        """Add a function that answers by the key of the challenge."""
        self._tellers.append(teller)
        return teller

    def of(self, challenges: Collection[int]) -> dict[int, Outcome]:
        """Return what is known to have come of these challenges."""
        return {key: told for teller in self._tellers for key, told in teller(challenges).items()}


OUTCOMES = Outcomes()
