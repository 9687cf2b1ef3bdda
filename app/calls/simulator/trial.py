"""A trial of rules: the ranking they make, and what each of them did in it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from app.calls.simulator.dummies import Dummy
from app.domain.call_vocabulary import Outcome, PopulationBand, QuotaField
from app.domain.ranking import CRITERION, Entry, GroupRule, Line, Ranking, RankingRules, rank

_FIRST = datetime(2026, 1, 1, tzinfo=UTC)
_BY_ROW = "row:"


@dataclass(frozen=True, slots=True)
class Effect:
    """What one rule did: how many applications would stand elsewhere without it.

    ``kind`` is cut_off, minimum, quota or tie; ``name`` says which one.
    """

    kind: str
    name: str
    changed: int


@dataclass(frozen=True, slots=True)
class Trial:
    """A ranking with what is worth saying about it."""

    ranking: Ranking
    effects: Sequence[Effect]
    selected: int
    ties: Mapping[str, int]
    seats: int
    entries: int


def rules_from(said: Mapping[str, Any]) -> RankingRules:
    """Return the rules as a form or a saved call says them, criteria keyed by their row."""
    lines = tuple(
        Line(str(place), Decimal(one["weight"]), one["scale"], one.get("minimum"))
        for place, one in enumerate(said["criteria"], 1)
    )
    groups = tuple(
        GroupRule(one["kind"], QuotaField(one["field"]), one["value"], one["seats"], one["name"])
        for one in said["quotas"]
    )
    return RankingRules(
        lines=lines,
        cut_off=Decimal(said["cut_off"]),
        tie_breaks=tuple(one.replace(_BY_ROW, CRITERION) for one in said["tie_breaks"]),
        seats=said["seats"],
        waiting=said["waiting_seats"],
        groups=groups,
        quorum=said["quorum"],
        lot_seed="simulator",
    )


def entries_from(rules: RankingRules, rows: Iterable[Dummy]) -> list[Entry]:
    """Return the invented applications as the ranking takes them, submitted one after the other."""
    return [_entry(rules, place, row) for place, row in enumerate(rows, 1)]


def _entry(rules: RankingRules, place: int, row: Dummy) -> Entry:
    scores = {
        line.key: Fraction(score) for line, score in zip(rules.lines, row.scores, strict=True)
    }
    groups = {
        QuotaField.REGION: row.region,
        QuotaField.POPULATION: PopulationBand.of(row.population).value,
    }
    sent = _FIRST + timedelta(minutes=place)
    return Entry(str(place), scores, row.reviews, groups, sent, row.population)


def run(rules: RankingRules, entries: Sequence[Entry]) -> Trial:
    """Rank, and count what each rule changed by ranking again without it."""
    ranking = rank(rules, entries)
    decided = Counter(place.tie.decided_by for place in ranking.places if place.tie)
    return Trial(
        ranking,
        list(_effects(rules, entries, ranking)),
        sum(place.outcome is Outcome.SELECTED for place in ranking.places),
        decided,
        rules.seats,
        len(entries),
    )


def _effects(rules: RankingRules, entries: Sequence[Entry], ranking: Ranking) -> Iterator[Effect]:
    for kind, name, without in _one_less(rules):
        before = {place.key: place.outcome for place in ranking.places}
        after = rank(without, entries).places
        yield Effect(kind, name, sum(before[place.key] is not place.outcome for place in after))


def _one_less(rules: RankingRules) -> Iterator[tuple[str, str, RankingRules]]:
    """Yield each rule that can leave somebody out, with the rules without it."""
    if rules.cut_off:
        yield "cut_off", "", replace(rules, cut_off=Decimal(0))
    for place, line in enumerate(rules.lines):
        if line.minimum:
            lines = list(rules.lines)
            lines[place] = replace(line, minimum=None)
            yield "minimum", line.key, replace(rules, lines=tuple(lines))
    for place, group in enumerate(rules.groups):
        groups = rules.groups[:place] + rules.groups[place + 1 :]
        yield "quota", group.name, replace(rules, groups=groups)
