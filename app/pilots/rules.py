"""What must be there before a pilot is signed, closed or finished.

Part of it is what pilots that did not happen lacked: somebody who integrates the solution, the way
it could be bought afterwards, access to the data, and how to leave.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l

from app.domain.errors import RuleBroken
from app.domain.vocabulary import Side
from app.pilots.indicators.measure import plain_number
from app.pilots.indicators.models import Indicator
from app.pilots.milestones.models import SETTLED, Milestone
from app.pilots.models import AgreementSignature, Pilot
from app.web.completeness import Part, missing_parts, names

FEWEST_MILESTONES, MOST_MILESTONES = 3, 8
FEWEST_INDICATORS, MOST_INDICATORS = 1, 6
SHORTEST = timedelta(weeks=4)
LONGEST = timedelta(weeks=52)
AGREEMENT_FIELDS = (
    "title",
    "objective",
    "scope",
    "city_duties",
    "startup_duties",
    "data_access",
    "privacy",
    "intellectual_property",
    "cost_amount",
    "cost_currency",
    "paid_by",
    "exit_plan",
    "continuation_route",
    "integration_owner",
    "place",
    "starts_on",
    "ends_on",
    "report_frequency",
)


@dataclass(frozen=True, slots=True)
class Plan:
    """A pilot with everything that is agreed about it."""

    pilot: Pilot
    milestones: list[Milestone]
    indicators: list[Indicator]


def weeks_fit(pilot: Pilot) -> bool:
    """Tell whether both dates are set and 4 to 52 weeks apart."""
    if pilot.starts_on is None or pilot.ends_on is None:
        return False
    return SHORTEST <= pilot.ends_on - pilot.starts_on <= LONGEST


def costs_settled(pilot: Pilot) -> bool:
    """Tell whether it says what it costs and, unless nothing, who pays in which currency."""
    if pilot.cost_amount is None:
        return False
    return pilot.cost_amount == 0 or (pilot.cost_currency is not None and bool(pilot.paid_by))


def _has(name: str) -> Callable[[Plan], bool]:
    return lambda plan: bool(getattr(plan.pilot, name))


def _with_startup(plan: Plan) -> bool:
    return plan.pilot.startup_id is not None


def _enough_milestones(plan: Plan) -> bool:
    return FEWEST_MILESTONES <= len(_counted(plan.milestones)) <= MOST_MILESTONES


def _enough_indicators(plan: Plan) -> bool:
    return FEWEST_INDICATORS <= len(plan.indicators) <= MOST_INDICATORS


AGREED: tuple[Part[Plan], ...] = (
    Part("objective", _l("The objective"), True, _has("objective")),
    Part("scope", _l("The scope"), True, _has("scope")),
    Part("place", _l("Where it takes place"), True, _has("place")),
    Part(
        "dates",
        _l("When it starts and ends, 4 to 52 weeks apart"),
        True,
        lambda plan: weeks_fit(plan.pilot),
    ),
    Part("city_duties", _l("What the city does"), True, _has("city_duties")),
    Part(
        "startup_duties", _l("What the startup does"), True, _has("startup_duties"), _with_startup
    ),
    Part("privacy", _l("Data protection and privacy"), True, _has("privacy")),
    Part(
        "intellectual_property",
        _l("Intellectual property"),
        True,
        _has("intellectual_property"),
    ),
    Part(
        "costs",
        _l("What it costs and who pays"),
        True,
        lambda plan: costs_settled(plan.pilot),
    ),
    Part("milestones", _l("3 to 8 milestones"), True, _enough_milestones),
    Part(
        "indicators",
        _l("1 to 6 indicators, each with baseline and target"),
        True,
        _enough_indicators,
    ),
)
BEFORE_START: tuple[Part[Plan], ...] = (
    Part(
        "integration_owner",
        _l("Who connects it with the city's systems"),
        True,
        _has("integration_owner"),
    ),
    Part(
        "continuation_route",
        _l("How it could go on or be bought afterwards"),
        True,
        _has("continuation_route"),
    ),
    Part("data_access", _l("Which data are opened, how and by when"), True, _has("data_access")),
    Part("exit_plan", _l("How to leave: data and service at the end"), True, _has("exit_plan")),
)
CLOSED: tuple[Part[Plan], ...] = (
    Part("done", _l("What was done"), True, _has("done")),
    Part("results", _l("What came of it"), True, _has("results")),
    Part("lessons", _l("What was learned"), True, _has("lessons")),
    Part(
        "readings",
        _l("A last reading of each indicator"),
        True,
        lambda plan: all(indicator.readings for indicator in plan.indicators),
    ),
    Part("decision", _l("The decision: scale, adapt or stop"), True, _has("decision")),
    Part("decision_reason", _l("The reason for the decision"), True, _has("decision_reason")),
    Part(
        "in_use",
        _l("Whether the solution is in use today"),
        True,
        lambda plan: plan.pilot.in_use is not None,
    ),
    Part(
        "contract_currency",
        _l("The currency of the contract"),
        True,
        _has("contract_currency"),
        lambda plan: plan.pilot.contract_value is not None,
    ),
)


def missing_to_sign(plan: Plan) -> list[Part[Plan]]:
    """Return what the agreement still lacks before it can be signed."""
    return missing_parts((*AGREED, *BEFORE_START), plan)


def check_ready(plan: Plan) -> None:
    """Refuse to send an agreement that is not complete.

    Raises:
        RuleBroken: ``agreement_incomplete`` with what is missing.
    """
    missing = missing_to_sign(plan)
    if missing:
        raise RuleBroken("agreement_incomplete", parts=names(missing))


def check_milestones_settled(milestones: list[Milestone]) -> None:
    """Refuse to close while something is still to be delivered or looked at.

    Raises:
        RuleBroken: ``milestones_unsettled`` with their titles.
    """
    left = [milestone.title for milestone in milestones if milestone.status not in SETTLED]
    if left:
        raise RuleBroken("milestones_unsettled", titles="; ".join(left))


def check_closed(plan: Plan) -> None:
    """Refuse to finish without a complete closing report.

    Raises:
        RuleBroken: ``closing_incomplete`` with what is missing.
    """
    missing = missing_parts(CLOSED, plan)
    if missing:
        raise RuleBroken("closing_incomplete", parts=names(missing))


def agreement_hash(plan: Plan) -> str:
    """Return the fingerprint of what is agreed: texts, milestones and indicators."""
    agreed = {
        "agreement": {name: _plain(getattr(plan.pilot, name)) for name in AGREEMENT_FIELDS},
        "milestones": [
            [m.title, m.description, m.due_on.isoformat()] for m in _counted(plan.milestones)
        ],
        "indicators": [
            [i.name, i.unit, _plain(i.baseline), _plain(i.target), str(i.direction)]
            for i in plan.indicators
        ],
    }
    text = json.dumps(agreed, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> str:
    return plain_number(value) if isinstance(value, Decimal) else str(value or "")


def standing_signatures(plan: Plan) -> dict[Side, AgreementSignature]:
    """Return the signatures under the agreement as it reads now."""
    fingerprint = agreement_hash(plan)
    return {
        signature.side: signature
        for signature in plan.pilot.signatures
        if signature.voided_at is None and signature.text_hash == fingerprint
    }


def _counted(milestones: list[Milestone]) -> list[Milestone]:
    return [milestone for milestone in milestones if milestone.status != "cancelled"]
