"""Planning, delivering and judging milestones."""

from collections.abc import Mapping
from typing import Any

from app import audit
from app.domain.actors import Actor
from app.domain.errors import NotAllowed, OutOfOrder, RuleBroken
from app.domain.permissions import Permission, can
from app.domain.states import MilestoneAction, PilotStatus
from app.extensions import db
from app.lifecycle import Act, apply, check_version
from app.pilots import queries
from app.pilots.milestones.models import Milestone
from app.pilots.models import Pilot
from app.pilots.rules import MOST_MILESTONES
from app.pilots.service import hold, require_status
from app.pilots.telling import tell_of_work

WORKING = frozenset({PilotStatus.RUNNING, PilotStatus.PAUSED})


def planning_permission(pilot: Pilot) -> Permission | None:
    """Return who may plan milestones now: both sides before the signatures, then the city."""
    if pilot.status is PilotStatus.PREPARING:
        return Permission.PILOT_WORK
    return Permission.PILOT_RUN if pilot.status in WORKING else None


def require_planning(pilot: Pilot, actor: Actor) -> None:
    """Refuse who may not plan milestones now.

    Raises:
        OutOfOrder: the agreement is being signed, or the pilot has ended.
        NotAllowed: once it runs, only the city plans.
    """
    permission = planning_permission(pilot)
    if permission is None:
        raise OutOfOrder("edit", pilot.status)
    if not can(actor, permission, pilot.subject):
        raise NotAllowed(permission)


def _hold_for_planning(pilot: Pilot, actor: Actor) -> None:
    hold(pilot)
    require_planning(pilot, actor)


def add_milestone(pilot: Pilot, values: Mapping[str, Any], actor: Actor) -> Milestone:
    """Plan a milestone.

    Raises:
        OutOfOrder: the agreement is being signed, or the pilot has ended.
        NotAllowed: once it runs, only the city plans.
        RuleBroken: ``too_many_milestones``.
    """
    _hold_for_planning(pilot, actor)
    standing = [m for m in queries.milestones(pilot) if m.status != "cancelled"]
    if len(standing) >= MOST_MILESTONES:
        raise RuleBroken("too_many_milestones", most=MOST_MILESTONES)
    milestone = Milestone(pilot=pilot, **values)
    db.session.add(milestone)
    audit.record(pilot, "add_milestone", actor, title=milestone.title)
    return milestone


def edit_milestone(
    milestone: Milestone, values: Mapping[str, Any], actor: Actor, seen: int | None
) -> None:
    """Change what is planned.

    Raises:
        DomainError: as :func:`add_milestone`; also when it is delivered already.
    """
    _hold_for_planning(milestone.pilot, actor)
    if not milestone.is_open:
        raise OutOfOrder("edit", milestone.status)
    check_version(milestone, seen)
    before = milestone.due_on
    for name, value in values.items():
        setattr(milestone, name, value)
    audit.record(
        milestone.pilot,
        "edit_milestone",
        actor,
        title=milestone.title,
        due_from=before.isoformat(),
        due_to=milestone.due_on.isoformat(),
    )


def remove_milestone(milestone: Milestone, actor: Actor) -> None:
    """Take a milestone out of the plan, before the agreement is signed.

    Raises:
        OutOfOrder: the agreement was sent; it can be cancelled with a reason then.
    """
    pilot = milestone.pilot
    hold(pilot)
    require_status(pilot, {PilotStatus.PREPARING})
    audit.record(pilot, "remove_milestone", actor, title=milestone.title)
    db.session.delete(milestone)


def act_on_milestone(milestone: Milestone, sent: Act, actor: Actor) -> None:
    """Apply an act of the milestone's table while the pilot is under way.

    Raises:
        RuleBroken: ``pilot_not_under_way``, or ``evidence_missing`` when it is delivered bare.
        DomainError: as ``lifecycle.apply``.
    """
    hold(milestone.pilot)
    if milestone.pilot.status not in WORKING:
        raise RuleBroken("pilot_not_under_way")
    if sent.action is MilestoneAction.DELIVER and not milestone.evidence:
        raise RuleBroken("evidence_missing")
    apply(milestone, sent, actor)
    tell_of_work(milestone, sent)


def deliver(milestone: Milestone, evidence: str, url: str, sent: Act, actor: Actor) -> None:
    """Deliver a milestone with its evidence.

    Raises:
        DomainError: as :func:`act_on_milestone`.
    """
    check_version(milestone, sent.version)
    milestone.evidence, milestone.evidence_url = evidence, url
    act_on_milestone(milestone, Act(sent.action, sent.reason), actor)
