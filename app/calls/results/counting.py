"""From a call and what its committee says to the pure rules and entries of a ranking, and back.

A result keeps the rules by which it was counted as JSON, and each placement its scores as exact
fractions: what was approved can be counted again whatever changes afterwards.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from app.calls.applications.models import Application
from app.calls.committee import queries as committee
from app.calls.models import Call
from app.calls.results.models import Placement, Result
from app.domain.call_vocabulary import Outcome, OutcomeReason, QuotaField, QuotaKind
from app.domain.ranking import Entry, GroupRule, Line, Place, Ranking, RankingRules, Tie


def key_of(application: Application) -> str:
    """Return by what an application is ranked and drawn: the number of its receipt."""
    return application.number or application.public_id


def rules_of(call: Call) -> RankingRules:
    """Return how a call counts."""
    return RankingRules(
        lines=tuple(
            Line(str(one.id), Decimal(one.weight), one.scale, one.minimum) for one in call.criteria
        ),
        cut_off=Decimal(call.cut_off),
        tie_breaks=tuple(call.tie_breaks),
        seats=call.seats,
        waiting=call.waiting_seats,
        groups=tuple(
            GroupRule(one.kind, one.field, one.value, one.seats, one.name) for one in call.quotas
        ),
        quorum=call.quorum,
        lot_seed=call.lot_seed,
    )


def entries_of(call: Call) -> list[Entry]:
    """Return every admitted application with what the committee says of it now."""
    standings = committee.standings(call)
    return [
        _entry(one, standings[one.id].scores, standings[one.id].reviews)
        for one in committee.admitted(call)
    ]


def _entry(application: Application, scores: Mapping[str, Fraction], reviews: int) -> Entry:
    return Entry(
        key=key_of(application),
        scores=scores,
        reviews=reviews,
        groups=groups_of(application),
        submitted_at=application.submitted_at,
        population=application.population,
    )


def groups_of(application: Application) -> dict[QuotaField, str]:
    """Return the groups that quotas look at; empty where nothing is known."""
    return {
        QuotaField.REGION: application.region,
        QuotaField.POPULATION: application.band.value if application.band else "",
    }


def kept_rules(call: Call, rules: RankingRules) -> dict[str, Any]:
    """Return ``rules`` as JSON, with the names of the criteria as they read now."""
    names = {str(one.id): one.name for one in call.criteria}
    return {
        "lines": [
            {
                "key": one.key,
                "name": names[one.key],
                "weight": str(one.weight),
                "scale": one.scale,
                "minimum": None if one.minimum is None else str(one.minimum),
            }
            for one in rules.lines
        ],
        "cut_off": str(rules.cut_off),
        "tie_breaks": list(rules.tie_breaks),
        "seats": rules.seats,
        "waiting": rules.waiting,
        "groups": [
            {
                "kind": one.kind.value,
                "field": one.field.value,
                "value": one.value,
                "seats": one.seats,
                "name": one.name,
            }
            for one in rules.groups
        ],
        "quorum": rules.quorum,
        "lot_seed": rules.lot_seed,
    }


def rules_in(result: Result) -> RankingRules:
    """Return the rules by which a result was counted."""
    kept = result.rules
    return RankingRules(
        lines=tuple(
            Line(
                one["key"],
                Decimal(one["weight"]),
                one["scale"],
                None if one["minimum"] is None else Decimal(one["minimum"]),
            )
            for one in kept["lines"]
        ),
        cut_off=Decimal(kept["cut_off"]),
        tie_breaks=tuple(kept["tie_breaks"]),
        seats=kept["seats"],
        waiting=kept["waiting"],
        groups=tuple(
            GroupRule(
                QuotaKind(one["kind"]),
                QuotaField(one["field"]),
                one["value"],
                one["seats"],
                one["name"],
            )
            for one in kept["groups"]
        ),
        quorum=kept["quorum"],
        lot_seed=kept["lot_seed"],
    )


def placements(ranking: Ranking, entries: Iterable[Entry], call: Call) -> list[Placement]:
    """Return the rows of a result for a ranking, the best first."""
    by_key = {entry.key: entry for entry in entries}
    applications = {key_of(one): one for one in committee.admitted(call)}
    return [_placement(one, by_key[one.key], applications[one.key]) for one in ranking.places]


def _placement(place: Place, entry: Entry, application: Application) -> Placement:
    tie = {} if place.tie is None else _kept_tie(place.tie)
    return Placement(
        application=application,
        rank=place.rank,
        total=place.total,
        outcome=place.outcome,
        reason=place.reason,
        waiting_place=place.waiting_place,
        scores={key: str(score) for key, score in sorted(entry.scores.items())},
        tie=tie,
    )


def _kept_tie(tie: Tie) -> dict[str, Any]:
    return {"with": list(tie.with_keys), "decided_by": tie.decided_by}


def scores_in(placement: Placement) -> dict[str, Fraction]:
    """Return the exact scores that a placement was counted from."""
    return {key: Fraction(score) for key, score in placement.scores.items()}


def entries_in(result: Result) -> list[Entry]:
    """Return what a result was counted from; what lacked reviews lacks them here too."""
    quorum = result.rules["quorum"]
    return [
        _entry(
            one.application,
            scores_in(one),
            0 if one.reason is OutcomeReason.NO_QUORUM else quorum,
        )
        for one in result.placements
    ]


def ranking_in(result: Result, holding: Mapping[str, Outcome]) -> Ranking:
    """Return the ranking of a result with the outcomes of ``holding`` in place of its own."""
    places = [
        Place(
            key_of(one.application),
            one.rank,
            one.total,
            one.outcome,
            one.reason,
            one.waiting_place,
        )
        for one in result.placements
    ]
    return Ranking(
        tuple(replace(one, outcome=holding.get(one.key, one.outcome)) for one in places),
        provisional=any(one.rank is None for one in places),
    )
