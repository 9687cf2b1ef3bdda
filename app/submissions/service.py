"""What startups and cities do with submissions."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy.exc import IntegrityError

from app import audit
from app.challenges.models import Challenge
from app.challenges.service import require_open
from app.domain.actors import SYSTEM, Actor
from app.domain.errors import OutOfOrder, RuleBroken
from app.domain.states import SolutionStatus, SubmissionAction
from app.extensions import db, utcnow
from app.jobs.service import enqueue
from app.lifecycle import Act, advance, apply, check_version
from app.notifications.service import send
from app.organizations.queries import members_to_tell
from app.solutions.models import Solution
from app.submissions.models import HIDDEN, Submission
from app.submissions.queries import of_pair
from app.submissions.rules import check_complete, check_solution, closed_by_the_clock

TOLD_TO_THE_STARTUP: dict[StrEnum, str] = {
    SubmissionAction.SUBMIT: "submission_receipt",
    SubmissionAction.SHORTLIST: "submission_shortlisted",
    SubmissionAction.SET_ASIDE: "submission_alternate",
    SubmissionAction.REJECT: "submission_not_chosen",
}
TOLD_TO_THE_CITY: dict[StrEnum, str] = {
    SubmissionAction.SUBMIT: "submission_submitted",
    SubmissionAction.WITHDRAW: "submission_withdrawn",
}


def start(
    challenge: Challenge, solution: Solution, values: Mapping[str, Any], actor: Actor
) -> tuple[Submission, bool]:
    """Start a draft for a pair, or return the one that exists already.

    Returns:
        The submission, and whether it was made now.

    Raises:
        RuleBroken: the challenge is not open, or the solution is not a published one of the
            actor's startup.
    """
    if solution.organization_id is None or solution.organization_id != actor.organization_id:
        raise RuleBroken("solution_not_yours")
    existing = of_pair(challenge, solution)
    if existing is not None:
        return existing, False
    require_open(challenge)
    if solution.status is not SolutionStatus.PUBLISHED:
        raise RuleBroken("solution_not_published")
    submission = Submission(challenge=challenge, solution=solution, **values)
    try:
        with db.session.begin_nested():
            db.session.add(submission)
    except IntegrityError:
        made_meanwhile = of_pair(challenge, solution)
        if made_meanwhile is None:
            raise
        return made_meanwhile, False
    audit.record(submission, "create", actor, to_status=submission.status)
    return submission, True


def edit(submission: Submission, values: Mapping[str, Any], actor: Actor, seen: int | None) -> None:
    """Rewrite a draft.

    Raises:
        OutOfOrder: it was sent, or taken back.
        SomeoneWasFaster: a colleague saved since version ``seen``.
    """
    if not submission.is_editable:
        raise OutOfOrder("edit", submission.status)
    check_version(submission, seen)
    for name, value in values.items():
        setattr(submission, name, value)
    submission.updated_at = utcnow()
    audit.record(submission, "edit", actor)


def act(submission: Submission, sent: Act, actor: Actor) -> None:
    """Apply an act of the table, with its conditions and consequences.

    Raises:
        RuleBroken: the challenge is not open at this moment, the solution is not available now, or
            a part is missing.
        DomainError: as ``lifecycle.advance``.
    """
    city_had_it = submission.status not in HIDDEN
    _check_clock(submission, sent.action)
    check_solution(submission, sent.action)
    if sent.action is SubmissionAction.SUBMIT:
        check_complete(submission)
    apply(submission, sent, actor)
    if sent.action is SubmissionAction.SUBMIT:
        submission.submitted_at = utcnow()
    if city_had_it or sent.action is SubmissionAction.SUBMIT:
        _tell(submission, sent)
        _suggest_again(submission, sent)


def _suggest_again(submission: Submission, sent: Act) -> None:
    if sent.action in TOLD_TO_THE_CITY:
        challenge_id = submission.challenge_id
        enqueue("matches.suggest", key=str(challenge_id), challenge=challenge_id)


def _check_clock(submission: Submission, action: StrEnum) -> None:
    if action is SubmissionAction.SUBMIT:
        require_open(submission.challenge)
    db.session.refresh(submission.challenge, ["status", "opens_at", "closes_at"])
    if action in closed_by_the_clock(submission):
        raise RuleBroken("submissions_closed")


def _tell(submission: Submission, sent: Act) -> None:
    startup_id, city_id = submission.solution.organization_id, submission.challenge.organization_id
    for organization_id, templates in (
        (startup_id, TOLD_TO_THE_STARTUP),
        (city_id, TOLD_TO_THE_CITY),
    ):
        template = templates.get(sent.action)
        if template:
            people = members_to_tell(organization_id)
            send(people, template, submission=submission, reason=sent.reason)


def progress(submission: Submission, action: SubmissionAction) -> None:
    """Let the consequences of a match move the submission along."""
    advance(submission, action, SYSTEM)
