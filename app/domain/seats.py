"""Who takes the seats of a call: reserves first, then merit, never more than the caps allow.

All functions look at entries in order of merit, the best first, so that of two entries of the same
groups the better one is always served first.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from app.domain.call_vocabulary import OutcomeReason, QuotaKind
from app.domain.ranking_rules import Entry, GroupRule, RankingRules

# One group of one rule: the rule's place in the list and the group's value.
Group = tuple[int, str]


@dataclass(slots=True)
class Seating:
    """Who sits now, and how many of each group that a quota looks at."""

    rules: RankingRules
    taken: set[str] = field(default_factory=set)
    counts: Counter[Group] = field(default_factory=Counter)

    def sit(self, entry: Entry) -> None:
        """Give ``entry`` a seat."""
        self.taken.add(entry.key)
        self.counts.update(group for group, _ in self._groups(entry))

    @property
    def is_full(self) -> bool:
        """No seat is left."""
        return len(self.taken) >= self.rules.seats

    def fits(self, entry: Entry) -> bool:
        """No cap is exceeded when ``entry`` takes a seat."""
        return all(
            self.counts[group] < rule.seats
            for group, rule in self._groups(entry)
            if rule.kind is QuotaKind.CAP
        )

    def is_short_of(self, entry: Entry) -> bool:
        """A reserve of one of the groups of ``entry`` is not filled yet."""
        return any(
            self.counts[group] < rule.seats
            for group, rule in self._groups(entry)
            if rule.kind is QuotaKind.RESERVE
        )

    def _groups(self, entry: Entry) -> Iterator[tuple[Group, GroupRule]]:
        for place, rule in enumerate(self.rules.groups):
            value = entry.groups.get(rule.field, "")
            if value and rule.value in ("", value):
                yield (place, value), rule


def give_seats(rules: RankingRules, in_order: Sequence[Entry]) -> dict[str, OutcomeReason]:
    """Return who takes a seat and why, and why each of the others does not.

    The keys of those who sit carry ``MERIT`` or ``RESERVED_SEAT``; the latter only where merit
    alone would not have been enough. Caps win over reserves.
    """
    seating = Seating(rules)
    reserved = _fill_reserves(seating, in_order)
    reasons = dict.fromkeys(reserved, OutcomeReason.MERIT)
    reasons |= _fill_by_merit(seating, in_order)
    for key in reserved - _without_reserves(rules, in_order):
        reasons[key] = OutcomeReason.RESERVED_SEAT
    return reasons


def next_for(rules: RankingRules, seated: Iterable[Entry], waiting: Iterable[Entry]) -> str | None:
    """Return the key of who, of ``waiting`` in their order, takes a free seat beside ``seated``.

    A reserve that is no longer filled goes first; nobody may exceed a cap.
    """
    seating = Seating(rules)
    for entry in seated:
        seating.sit(entry)
    if seating.is_full:
        return None
    fitting = [entry for entry in waiting if seating.fits(entry)]
    missing = [entry for entry in fitting if seating.is_short_of(entry)]
    return next((entry.key for entry in missing or fitting), None)


def _fill_reserves(seating: Seating, in_order: Sequence[Entry]) -> set[str]:
    for entry in in_order:
        if not seating.is_full and seating.is_short_of(entry) and seating.fits(entry):
            seating.sit(entry)
    return set(seating.taken)


def _fill_by_merit(seating: Seating, in_order: Sequence[Entry]) -> dict[str, OutcomeReason]:
    reasons = {}
    for entry in in_order:
        if entry.key in seating.taken:
            continue
        if seating.is_full:
            reasons[entry.key] = OutcomeReason.NO_SEAT_LEFT
        elif not seating.fits(entry):
            reasons[entry.key] = OutcomeReason.QUOTA_FULL
        else:
            seating.sit(entry)
            reasons[entry.key] = OutcomeReason.MERIT
    return reasons


def _without_reserves(rules: RankingRules, in_order: Sequence[Entry]) -> set[str]:
    caps = tuple(rule for rule in rules.groups if rule.kind is QuotaKind.CAP)
    seating = Seating(replace(rules, groups=caps))
    _fill_by_merit(seating, in_order)
    return seating.taken
