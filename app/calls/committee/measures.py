"""How far the members of a committee are from each other: pure figures, no tables, no database.

A *mark* is what one member says of one application on one criterion. Marks are compared as shares
of their scale, from 0 to 1, so that criteria with different scales can be put together.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

FEW_SHARED = 3
"""Below so many shared applications a distance says next to nothing, and the page says so."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The score that ``member`` gives ``application`` on a criterion, of at most ``scale``."""

    member: int
    application: int
    criterion: int
    score: Decimal
    scale: int

    @property
    def share(self) -> Fraction:
        """The score as a share of its scale."""
        return Fraction(self.score) / self.scale


@dataclass(frozen=True, slots=True)
class Calibration:
    """How one member scores beside the others.

    ``mean`` and ``spread`` (highest less lowest) are shares of the scale over everything the
    member scored. ``distance`` is how much higher (or lower, negative) the member scores than the
    others do on the applications that both scored; ``None`` where there are none.
    """

    applications: int
    mean: Fraction
    spread: Fraction
    shared: int
    distance: Fraction | None

    @property
    def is_thin(self) -> bool:
        """The distance rests on too few applications."""
        return self.shared < FEW_SHARED


def mean(values: Iterable[Fraction]) -> Fraction:
    """Return the mean of at least one value, exactly."""
    known = list(values)
    return sum(known, Fraction(0)) / len(known)


def spread_percent(scores: Sequence[Decimal], scale: int) -> Fraction:
    """Return the highest score less the lowest, in percent of the scale; 0 without two scores."""
    if not scores:
        return Fraction(0)
    return 100 * (Fraction(max(scores)) - Fraction(min(scores))) / scale


def means(marks: Iterable[Mark]) -> dict[int, Fraction]:
    """Return the mean score of each criterion that ``marks`` hold."""
    return {
        criterion: mean(Fraction(mark.score) for mark in given)
        for criterion, given in _by_criterion(marks).items()
    }


def spreads(marks: Iterable[Mark]) -> dict[int, Fraction]:
    """Return the spread in percent for each criterion that ``marks`` hold."""
    return {
        criterion: spread_percent([mark.score for mark in given], given[0].scale)
        for criterion, given in _by_criterion(marks).items()
    }


def _by_criterion(marks: Iterable[Mark]) -> dict[int, list[Mark]]:
    found: dict[int, list[Mark]] = defaultdict(list)
    for mark in marks:
        found[mark.criterion].append(mark)
    return found


def calibrate(marks: Iterable[Mark]) -> dict[int, Calibration]:
    """Return how each member that ``marks`` hold scores beside the others."""
    totals: dict[tuple[int, int], list[Fraction]] = defaultdict(list)
    for mark in marks:
        totals[mark.member, mark.application].append(mark.share)
    means = {pair: mean(shares) for pair, shares in totals.items()}
    members = sorted({member for member, _ in means})
    return {member: _calibration(member, means) for member in members}


def _calibration(member: int, means: Mapping[tuple[int, int], Fraction]) -> Calibration:
    own = {application: value for (who, application), value in means.items() if who == member}
    apart = []
    for application, value in own.items():
        others = [
            other for (who, what), other in means.items() if what == application and who != member
        ]
        if others:
            apart.append(value - mean(others))
    return Calibration(
        applications=len(own),
        mean=mean(own.values()),
        spread=max(own.values()) - min(own.values()),
        shared=len(apart),
        distance=mean(apart) if apart else None,
    )
