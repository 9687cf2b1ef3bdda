"""What coordinators do with the matcher's settings."""

from collections.abc import Mapping
from typing import Any

from app import audit
from app.domain.actors import SYSTEM, Actor
from app.domain.errors import RuleBroken
from app.domain.states import TuningAction
from app.extensions import db, utcnow
from app.jobs.service import enqueue
from app.lifecycle import Act, advance, apply, check_version
from app.matches.scales import SHIPPED, Scales
from app.matches.tuning import queries
from app.matches.tuning.models import Comparison, Tuning
from app.matches.tuning.rules import check_acceptable, check_trial


def start(origin: Tuning | None, actor: Actor) -> Tuning:
    """Open a trial with the values of ``origin``, or with those that ship.

    Raises:
        RuleBroken: ``trial_open``: one is being tried already.
    """
    if queries.trial() is not None:
        raise RuleBroken("trial_open")
    scales = SHIPPED if origin is None else origin.scales
    tuning = Tuning(based_on_id=None if origin is None else origin.id)
    _fill(tuning, scales)
    audit.record(tuning, "create", actor, to_status=tuning.status)
    return tuning


def _fill(tuning: Tuning, scales: Scales) -> None:
    tuning.title_weight, tuning.uses_weight = scales.title, scales.uses
    tuning.text_weight, tuning.sector_bonus = scales.text, scales.sector
    tuning.floor, tuning.feedback = scales.floor, scales.feedback
    tuning.concepts = [list(line) for line in scales.concepts]


def edit(tuning: Tuning, values: Mapping[str, Any], actor: Actor, seen: int | None) -> None:
    """Change the weights of a trial.

    Raises:
        OutOfOrder: it is in use or in the history.
        SomeoneWasFaster: a colleague saved since version ``seen``.
    """
    check_trial(tuning, "edit")
    check_version(tuning, seen)
    changed = {name: value for name, value in values.items() if getattr(tuning, name) != value}
    for name, value in changed.items():
        setattr(tuning, name, value)
    audit.record(tuning, "edit", actor, changed=changed)


def compare(tuning: Tuning) -> None:
    """Ask the worker what the trial would change about past decisions.

    Raises:
        OutOfOrder: it is in use or in the history.
    """
    check_trial(tuning, "compare")
    if tuning.comparison is None:
        tuning.comparison = Comparison()
    comparison = tuning.comparison
    comparison.asked_at, comparison.finished_at = utcnow(), None
    comparison.done = comparison.total = 0
    db.session.flush()
    enqueue("matches.compare", key=str(tuning.id), tuning=tuning.id)


def act(tuning: Tuning, sent: Act, actor: Actor) -> None:
    """Apply an act of the table; what is put into use takes the place of what was.

    Raises:
        RuleBroken: as ``rules.check_acceptable``.
        DomainError: as ``lifecycle.apply``.
    """
    if sent.action is TuningAction.ACCEPT and tuning.is_trial:
        former = queries.in_use()
        check_acceptable(tuning, queries.present_scales())
        if former is not None:
            advance(former, TuningAction.REPLACE, SYSTEM)
    apply(tuning, sent, actor)
    if sent.action is TuningAction.ACCEPT:
        enqueue("matches.retune", key="all")
