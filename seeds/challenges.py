"""The demo's challenges, each brought to its stage by the people who would do it."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from app.challenges import service
from app.domain.states import ChallengeAction as Do
from app.domain.vocabulary import (
    BudgetKind,
    Currency,
    DataSensitivity,
    Direction,
    Language,
    Sector,
)
from app.lifecycle import Act
from seeds import cast, content
from seeds.calendar import Calendar
from seeds.content import Row

TEXTS = (
    "title",
    "question",
    "summary",
    "why_now",
    "problem",
    "affected",
    "size_unit",
    "tried_before",
    "expected_result",
    "data_available",
    "constraints",
    "decision_maker",
    "team",
    "incentive",
    "continuity",
    "pilot_place",
)
NOT_AWARDED = {
    "es": "Ninguna de las propuestas recibidas cubría el requisito de integración.",
    "pt": "Nenhuma das propostas recebidas atendia ao requisito de integração.",
}
_BEFORE_OPENING = 9
_STEPS = {
    "draft": (),
    "in_review": (Do.SUBMIT,),
    "changes_requested": (Do.SUBMIT, Do.REQUEST_CHANGES),
    "published": (Do.SUBMIT, Do.PUBLISH),
    "cancelled": (Do.SUBMIT, Do.PUBLISH, Do.CANCEL),
    "archived": (Do.SUBMIT, Do.PUBLISH),
}
_BY_THE_COORDINATION = (Do.PUBLISH, Do.REQUEST_CHANGES, Do.DECLARE_VOID)


def plan(calendar: Calendar) -> None:
    """Let each challenge be written and brought to its stage, a step every third day."""
    for row in content.challenges().values():
        day = min(row["opens_in_days"], -1) - _BEFORE_OPENING
        calendar.add(day, _create, row, calendar.now)
        for step, action in enumerate(_STEPS[row["stage"]], start=1):
            calendar.add(day + 3 * step, _act, row, action)
        if row["stage"] == "archived":
            calendar.add(row["closes_in_days"] + 6, _act, row, Do.DECLARE_VOID)
            calendar.add(row["closes_in_days"] + 20, _act, row, Do.ARCHIVE)


def _create(row: Row, now: datetime) -> None:
    # Opens at nine and closes at one minute to midnight in most of the region (UTC-3).
    opens = (now + timedelta(days=row["opens_in_days"])).replace(hour=12, minute=0)
    closes = (now + timedelta(days=row["closes_in_days"] + 1)).replace(hour=2, minute=59)
    dates = {
        "opens_at": opens.replace(second=0, microsecond=0),
        "closes_at": closes.replace(second=0, microsecond=0),
    }
    service.create({**_values(row), **dates}, cast.worker_of(row["city"]))


def _values(row: Row) -> dict[str, Any]:
    return {
        **{name: row.get(name, "") for name in TEXTS},
        "lang": Language(row["lang"]),
        "sector": Sector(row["sector"]),
        "size_value": Decimal(str(row["size_value"])),
        "criteria": [_criterion(criterion) for criterion in row["criteria"]],
        "data_sensitivity": DataSensitivity(row["data_sensitivity"]),
        "budget_kind": BudgetKind(row["budget_kind"]),
        "budget_amount": Decimal(row["budget_amount"]) if "budget_amount" in row else None,
        "currency": Currency(row["currency"]) if "currency" in row else None,
        "pilot_weeks": row["pilot_weeks"],
        "sdgs": row["sdgs"],
        "required_languages": row["required_languages"],
    }


def _criterion(row: Row) -> Row:
    return {
        "name": row["name"],
        "unit": row["unit"],
        "baseline": Decimal(str(row["baseline"])),
        "target": Decimal(str(row["target"])),
        "direction": Direction(row["direction"]),
    }


def _act(row: Row, action: Do) -> None:
    challenge = cast.challenge(row["key"])
    reviews = action in _BY_THE_COORDINATION
    country = challenge.organization.country
    actor = cast.coordinator(country) if reviews else cast.owner_of(row["city"])
    service.act(challenge, Act(action, _reason(row, action)), actor)


def _reason(row: Row, action: Do) -> str:
    if action is Do.DECLARE_VOID:
        return NOT_AWARDED[row["lang"]]
    return row["review_note"] if action in (Do.REQUEST_CHANGES, Do.CANCEL) else ""
