"""Invented applications: the same for the same seed, with the cases that rules are made for."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import count

from app.domain.call_vocabulary import PopulationBand
from app.domain.ranking import RankingRules

MOST_ENTRIES = 60
_INHABITANTS = {
    PopulationBand.SMALL: 12_000,
    PopulationBand.MEDIUM: 90_000,
    PopulationBand.LARGE: 400_000,
}
_SPREAD = 1_000


@dataclass(frozen=True, slots=True)
class Dummy:
    """One invented application; ``scores`` are in the order of the criteria."""

    name: str
    scores: Sequence[Decimal]
    region: str
    population: int
    reviews: int


def dummies(rules: RankingRules, regions: Sequence[str], seed: int, number: int) -> list[Dummy]:
    """Return ``number`` applications to try ``rules`` on, in the order of their submission.

    Among them, as far as there is room: two with the same scores, two with the same total by other
    scores where the weights allow it, one below everything, one below the first minimum only, and
    a crowd from one region.
    """
    draw = _numbers(seed)
    rows = [_drawn(rules, draw) for _ in range(number)]
    _make_cases(rules, rows)
    crowded = regions[next(draw) % len(regions)] if regions else ""
    bands = list(_INHABITANTS)
    made = []
    for place, scores in enumerate(rows, 1):
        alone = regions[next(draw) % len(regions)] if regions else ""
        band = bands[next(draw) % len(bands)]
        inhabitants = _INHABITANTS[band] + next(draw) % 100 * _SPREAD // 10
        region = crowded if place % 3 == 1 else alone
        made.append(Dummy(f"{place:02d}", scores, region, inhabitants, rules.quorum))
    return made


def _numbers(seed: int) -> Iterator[int]:
    """Yield whole numbers that depend on ``seed`` alone."""
    for place in count():
        digest = hashlib.sha256(f"{seed}:{place}".encode()).digest()
        yield int.from_bytes(digest[:6])


def _drawn(rules: RankingRules, draw: Iterator[int]) -> list[Decimal]:
    """Return scores in the upper half of each scale, where most applications lie."""
    return [
        Decimal(line.scale // 2 + next(draw) % (line.scale - line.scale // 2 + 1))
        for line in rules.lines
    ]


def _make_cases(rules: RankingRules, rows: list[list[Decimal]]) -> None:
    if len(rows) > 1:
        rows[1] = list(rows[0])
    if len(rows) > 2:
        rows[2] = [Decimal(0) for _ in rules.lines]
    strict = [place for place, line in enumerate(rules.lines) if line.minimum]
    if len(rows) > 3 and strict:
        rows[3] = [Decimal(line.scale) for line in rules.lines]
        rows[3][strict[0]] = max(Decimal(0), Decimal(rules.lines[strict[0]].minimum or 0) - 1)
    if len(rows) > 5:
        rows[5] = _swapped(rules, rows[4])


def _swapped(rules: RankingRules, scores: Sequence[Decimal]) -> list[Decimal]:
    """Return other scores of the same total, where two criteria of one weight and scale differ."""
    for one, line in enumerate(rules.lines):
        for other, same in enumerate(rules.lines[:one]):
            alike = (line.weight, line.scale) == (same.weight, same.scale)
            if alike and scores[one] != scores[other]:
                changed = list(scores)
                changed[one], changed[other] = scores[other], scores[one]
                return changed
    return list(scores)
