"""When a brief is complete, and how good it is: one list for the meter and for the gate.

The required parts are those without which no startup can judge the problem: the problem, who
suffers it, measurable success, the decision-maker, what the city offers, and the dates.
"""

from flask_babel import lazy_gettext as _l

from app.challenges.models import Challenge
from app.domain.errors import RuleBroken
from app.domain.vocabulary import BudgetKind
from app.extensions import utcnow
from app.web import completeness
from app.web.completeness import Check, Part

_SHORTEST_PROBLEM = 200


def _offer(challenge: Challenge) -> bool:
    if challenge.budget_kind is BudgetKind.PAID:
        return challenge.budget_amount is not None and challenge.currency is not None
    return challenge.budget_kind is not None and bool(challenge.incentive)


PARTS: tuple[Part[Challenge], ...] = (
    Part(
        "problem",
        _l("The problem and its causes, in some detail"),
        True,
        lambda c: len(c.problem) >= _SHORTEST_PROBLEM,
    ),
    Part("affected", _l("Who suffers it"), True, lambda c: bool(c.affected)),
    Part(
        "size",
        _l("Its size as a number"),
        True,
        lambda c: c.size_value is not None and bool(c.size_unit),
    ),
    Part("expected_result", _l("The expected result"), True, lambda c: bool(c.expected_result)),
    Part(
        "criteria",
        _l("At least one measurable criterion with its baseline"),
        True,
        lambda c: bool(c.criteria),
    ),
    Part("decision_maker", _l("Who decides in the city"), True, lambda c: bool(c.decision_maker)),
    Part("budget", _l("What the city offers: a budget or another incentive"), True, _offer),
    Part(
        "dates",
        _l("When it opens and closes"),
        True,
        lambda c: c.opens_at is not None and c.closes_at is not None,
    ),
    Part("question", _l("The challenge question"), False, lambda c: bool(c.question)),
    Part("data", _l("The data that will be available"), False, lambda c: bool(c.data_available)),
    Part("constraints", _l("Constraints to respect"), False, lambda c: bool(c.constraints)),
    Part("tried", _l("What was tried before"), False, lambda c: bool(c.tried_before)),
    Part("continuity", _l("How it goes on after the pilot"), False, lambda c: bool(c.continuity)),
)


def missing_parts(challenge: Challenge) -> list[Part[Challenge]]:
    """Return the required parts that are not filled yet."""
    return completeness.missing_parts(PARTS, challenge)


def quality_meter(challenge: Challenge) -> list[Check]:
    """Return, for each part of a good brief, whether it is there."""
    return completeness.quality_meter(PARTS, challenge)


def check_complete(challenge: Challenge) -> None:
    """Refuse an incomplete brief.

    Raises:
        RuleBroken: ``incomplete_brief`` with the missing parts, or ``closes_in_the_past``.
    """
    missing = missing_parts(challenge)
    if missing:
        raise RuleBroken("incomplete_brief", parts=completeness.names(missing))
    if challenge.closes_at is not None and challenge.closes_at <= utcnow():
        raise RuleBroken("closes_in_the_past")
