"""What people do with solutions."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from typing import Any

from app import audit
from app.audit import entries_for
from app.domain.actors import Actor
from app.domain.errors import OutOfOrder
from app.domain.states import SolutionAction, SolutionStatus
from app.domain.vocabulary import OrganizationKind
from app.extensions import utcnow
from app.jobs.service import enqueue
from app.lifecycle import Act, apply, check_version
from app.notifications.service import send
from app.organizations.queries import coordinators, members_to_tell
from app.solutions.models import EDITABLE, Solution
from app.solutions.rules import check_complete

ONCE_A_DAY = timedelta(days=1)
NEEDS_ALL_PARTS = (SolutionAction.SUBMIT, SolutionAction.PUBLISH, SolutionAction.RESTORE)
CHANGES_THE_CATALOGUE = (
    SolutionAction.PUBLISH,
    SolutionAction.SUSPEND,
    SolutionAction.RESTORE,
    SolutionAction.WITHDRAW,
)
TOLD_TO_THE_STARTUP: dict[StrEnum, str] = {
    SolutionAction.PUBLISH: "solution_published",
    SolutionAction.REQUEST_CHANGES: "solution_changes_requested",
    SolutionAction.SUSPEND: "solution_suspended",
    SolutionAction.RESTORE: "solution_restored",
}


def create(values: Mapping[str, Any], actor: Actor) -> Solution:
    """Start a draft: of the actor's startup, or a public good where the coordination writes."""
    startup = actor.kind is OrganizationKind.STARTUP
    solution = Solution(organization_id=actor.organization_id if startup else None)
    _fill(solution, values)
    audit.record(solution, "create", actor, to_status=solution.status)
    return solution


def edit(solution: Solution, values: Mapping[str, Any], actor: Actor, seen: int | None) -> None:
    """Rewrite a solution; a published one stays published and is compared with challenges again.

    Raises:
        OutOfOrder: it is being reviewed or was withdrawn.
        SomeoneWasFaster: a colleague saved since version ``seen``.
        RuleBroken: it is published and would no longer be complete.
    """
    if solution.status not in EDITABLE:
        raise OutOfOrder("edit", solution.status)
    check_version(solution, seen)
    changed = _fill(solution, values)
    solution.updated_at = utcnow()
    if solution.status is SolutionStatus.PUBLISHED:
        check_complete(solution)
        _compare_again(solution)
    told = solution.status is SolutionStatus.SUSPENDED and not _told_lately(solution)
    if told:
        send(coordinators(), "solution_corrected", solution=solution)
    audit.record(solution, "edit", actor, fields=changed, told=told)


def _told_lately(solution: Solution) -> bool:
    """Tell whether the coordination heard within a day of a change since the suspension."""
    since = max(solution.status_since, utcnow() - ONCE_A_DAY)
    return any(entry.at >= since and entry.details.get("told") for entry in entries_for(solution))


def _fill(solution: Solution, values: Mapping[str, Any]) -> list[str]:
    changed = [name for name, value in values.items() if getattr(solution, name) != value]
    for name in changed:
        setattr(solution, name, values[name])
    return changed


def act(solution: Solution, sent: Act, actor: Actor) -> None:
    """Apply an act of the table, with its conditions and consequences.

    Raises:
        RuleBroken: it is not complete enough to be reviewed or published.
        DomainError: as ``lifecycle.advance``.
    """
    if sent.action in NEEDS_ALL_PARTS:
        check_complete(solution)
    apply(solution, sent, actor)
    if sent.action is SolutionAction.PUBLISH:
        solution.published_at = utcnow()
    if sent.action in CHANGES_THE_CATALOGUE:
        _compare_again(solution)
    _tell(solution, sent)


def _compare_again(solution: Solution) -> None:
    enqueue("matches.reindex", key=str(solution.id), solution=solution.id)


def _tell(solution: Solution, sent: Act) -> None:
    if sent.action is SolutionAction.SUBMIT:
        send(coordinators(), "solution_submitted", solution=solution)
    template = TOLD_TO_THE_STARTUP.get(sent.action)
    if template:
        people = members_to_tell(solution.organization_id)
        send(people, template, solution=solution, reason=sent.reason)
