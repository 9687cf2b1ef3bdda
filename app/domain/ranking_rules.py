"""What a ranking is counted from and what comes out of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from app.domain.call_vocabulary import Outcome, OutcomeReason, QuotaField, QuotaKind

CRITERION = "criterion:"


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion: scored from 0 to ``scale``, counted with ``weight`` (more than 0).

    Who scores less than ``minimum`` in it takes no seat, whatever the total.
    """

    key: str
    weight: Decimal
    scale: int
    minimum: Decimal | None = None


@dataclass(frozen=True, slots=True)
class GroupRule:
    """A quota: at least, or at most, ``seats`` for a group; an empty value means each group."""

    kind: QuotaKind
    field: QuotaField
    value: str
    seats: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class RankingRules:
    """How a call counts.

    ``cut_off`` runs from 0 to 100. ``tie_breaks`` holds ``criterion:<key>`` and members of
    ``TieBreak`` in the order in which they are asked; the lot is always asked last.
    ``waiting`` is the size of the waiting list; ``quorum`` how many reviews an entry needs.
    """

    lines: tuple[Line, ...]
    cut_off: Decimal
    tie_breaks: tuple[str, ...]
    seats: int
    waiting: int
    groups: tuple[GroupRule, ...]
    quorum: int
    lot_seed: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is ranked: its score for each criterion and what quotas and ties look at."""

    key: str
    scores: Mapping[str, Fraction]
    reviews: int
    groups: Mapping[QuotaField, str]
    submitted_at: datetime | None = None
    population: int | None = None


@dataclass(frozen=True, slots=True)
class Tie:
    """With whom an entry has the same total, and the last question that its place needed."""

    with_keys: tuple[str, ...]
    decided_by: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands. ``rank`` and ``total`` are empty for what lacks reviews."""

    key: str
    rank: int | None
    total: Decimal | None
    outcome: Outcome
    reason: OutcomeReason
    waiting_place: int | None = None
    tie: Tie | None = None


@dataclass(frozen=True, slots=True)
class Ranking:
    """All places, the best first, those without a rank last; provisional while there are such."""

    places: tuple[Place, ...]
    provisional: bool
