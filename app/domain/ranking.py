"""The order of merit of a call: totals, ties, who is selected and who waits.

Pure and exact: fractions until the total is rounded, and equal means equal after rounding. The
input order never matters. The rank follows the total alone; seats are then given by the quotas.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from fractions import Fraction

from app.domain.call_vocabulary import Outcome, OutcomeReason, TieBreak
from app.domain.ranking_rules import (
    CRITERION,
    Entry,
    GroupRule,
    Line,
    Place,
    Ranking,
    RankingRules,
    Tie,
)
from app.domain.seats import give_seats, next_for

__all__ = (
    "CRITERION",
    "Entry",
    "GroupRule",
    "Line",
    "Place",
    "Ranking",
    "RankingRules",
    "Tie",
    "lot_of",
    "next_in_line",
    "rank",
    "total_of",
)

# What a tie-break answers for one entry; the smaller answer goes first.
Answer = Fraction | tuple[bool, datetime | int] | tuple[bool] | str
SEATED = frozenset({OutcomeReason.MERIT, OutcomeReason.RESERVED_SEAT})


def rank(rules: RankingRules, entries: Iterable[Entry]) -> Ranking:
    """Return the place of every entry; keys must differ."""
    by_key = {entry.key: entry for entry in entries}
    counted = {key: entry for key, entry in by_key.items() if _can_be_counted(rules, entry)}
    totals = {key: total_of(rules, entry.scores) for key, entry in counted.items()}
    answers = {key: _answers(rules, entry) for key, entry in counted.items()}
    order = sorted(counted, key=lambda key: (-totals[key], answers[key]))
    ties = _ties(rules, order, totals, answers)
    places = _seated(rules, [counted[key] for key in order], totals)
    missing = sorted(by_key.keys() - counted.keys())
    return Ranking(
        (*(replace(place, tie=ties.get(place.key)) for place in places), *map(_unranked, missing)),
        provisional=bool(missing),
    )


def total_of(rules: RankingRules, scores: Mapping[str, Fraction]) -> Decimal:
    """Return the weighted total from 0 to 100, rounded half to even to two decimals."""
    whole = sum((Fraction(line.weight) for line in rules.lines), Fraction())
    if not whole:
        return Decimal("0.00")
    points = sum(
        (Fraction(line.weight) * scores[line.key] / line.scale for line in rules.lines),
        Fraction(),
    )
    return Decimal(round(10_000 * points / whole)).scaleb(-2)


def lot_of(rules: RankingRules, key: str) -> str:
    """Return what the lot draws for ``key``: the smaller hexadecimal number goes first."""
    return hashlib.sha256((rules.lot_seed + key).encode()).hexdigest()


def next_in_line(
    rules: RankingRules, ranking: Ranking, entries: Iterable[Entry], left: Collection[str]
) -> str | None:
    """Return who takes a seat that became free, or None.

    Args:
        rules: how the call counts.
        ranking: who holds a seat and who waits by now (with whom was promoted before).
        entries: what was ranked.
        left: those who gave up their seat, or their place on the waiting list.
    """
    by_key = {entry.key: entry for entry in entries}
    there = [place for place in ranking.places if place.key not in left]
    waiting = [place for place in there if place.outcome is Outcome.WAITLISTED]
    waiting.sort(key=lambda place: place.waiting_place or 0)
    return next_for(
        rules,
        [by_key[place.key] for place in there if place.outcome is Outcome.SELECTED],
        [by_key[place.key] for place in waiting],
    )


def _can_be_counted(rules: RankingRules, entry: Entry) -> bool:
    return entry.reviews >= rules.quorum and all(line.key in entry.scores for line in rules.lines)


def _unranked(key: str) -> Place:
    return Place(key, None, None, Outcome.NOT_SELECTED, OutcomeReason.NO_QUORUM)


def _questions(rules: RankingRules) -> tuple[str, ...]:
    if TieBreak.LOT in rules.tie_breaks:
        return rules.tie_breaks
    return (*rules.tie_breaks, TieBreak.LOT)


def _answers(rules: RankingRules, entry: Entry) -> tuple[Answer, ...]:
    return tuple(_answer(rules, question, entry) for question in _questions(rules))


def _answer(rules: RankingRules, question: str, entry: Entry) -> Answer:
    if question.startswith(CRITERION):
        return -entry.scores.get(question.removeprefix(CRITERION), Fraction())
    asked = TieBreak(question)
    if asked is TieBreak.EARLIER_SUBMISSION:
        return _unknown_last(entry.submitted_at)
    if asked is TieBreak.SMALLER_POPULATION:
        return _unknown_last(entry.population)
    return lot_of(rules, entry.key)


def _unknown_last(value: datetime | int | None) -> Answer:
    return (True,) if value is None else (False, value)


def _ties(
    rules: RankingRules,
    order: Sequence[str],
    totals: Mapping[str, Decimal],
    answers: Mapping[str, tuple[Answer, ...]],
) -> dict[str, Tie]:
    equals = defaultdict(list)
    for key in order:
        equals[totals[key]].append(key)
    questions = _questions(rules)
    ties = {}
    for group in equals.values():
        for place, key in enumerate(group):
            beside = group[max(0, place - 1) : place] + group[place + 1 : place + 2]
            asked = [_first_difference(answers[key], answers[other]) for other in beside]
            if asked:
                others = tuple(other for other in group if other != key)
                ties[key] = Tie(others, questions[max(asked)])
    return ties


def _first_difference(one: Sequence[Answer], other: Sequence[Answer]) -> int:
    return next(
        place for place, pair in enumerate(zip(one, other, strict=True)) if len({*pair}) > 1
    )


def _seated(
    rules: RankingRules, in_order: Sequence[Entry], totals: Mapping[str, Decimal]
) -> list[Place]:
    barred = {entry.key: _obstacle(rules, entry, totals[entry.key]) for entry in in_order}
    reasons = give_seats(rules, [entry for entry in in_order if barred[entry.key] is None])
    places, waiting = [], 0
    for position, entry in enumerate(in_order, 1):
        reason = barred[entry.key] or reasons[entry.key]
        place = Place(entry.key, position, totals[entry.key], Outcome.NOT_SELECTED, reason)
        if reason in SEATED:
            place = replace(place, outcome=Outcome.SELECTED)
        elif barred[entry.key] is None and waiting < rules.waiting:
            waiting += 1
            place = replace(place, outcome=Outcome.WAITLISTED, waiting_place=waiting)
        places.append(place)
    return places


def _obstacle(rules: RankingRules, entry: Entry, total: Decimal) -> OutcomeReason | None:
    for line in rules.lines:
        if line.minimum is not None and entry.scores[line.key] < Fraction(line.minimum):
            return OutcomeReason.BELOW_MINIMUM
    return OutcomeReason.BELOW_CUT_OFF if total < rules.cut_off else None
