"""When a submission may be sent or taken back."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l

from app.domain.errors import RuleBroken
from app.domain.states import SolutionStatus, SubmissionAction, SubmissionStatus
from app.submissions.models import Submission
from app.web import completeness
from app.web.completeness import Check, Part

PARTS: tuple[Part[Submission], ...] = (
    Part("approach", _l("How you would solve it"), True, lambda s: bool(s.approach)),
    Part("plan", _l("The plan of the pilot"), True, lambda s: bool(s.plan)),
    Part("team", _l("The people who would do it"), True, lambda s: bool(s.team)),
    Part("needs", _l("What you need from the city"), False, lambda s: bool(s.needs_from_city)),
)


def missing_parts(submission: Submission) -> list[Part[Submission]]:
    """Return the required parts that are not filled yet."""
    return completeness.missing_parts(PARTS, submission)


def quality_meter(submission: Submission) -> list[Check]:
    """Return, for each part of a good submission, whether it is there."""
    return completeness.quality_meter(PARTS, submission, _l("Needed to submit"))


def check_complete(submission: Submission) -> None:
    """Refuse to send an incomplete submission.

    Raises:
        RuleBroken: ``incomplete_submission`` with the missing parts.
    """
    missing = missing_parts(submission)
    if missing:
        raise RuleBroken("incomplete_submission", parts=completeness.names(missing))


NEEDS_THE_SOLUTION: dict[StrEnum, str] = {
    SubmissionAction.SUBMIT: "solution_not_published",
    SubmissionAction.SHORTLIST: "solution_not_available",
    SubmissionAction.SET_ASIDE: "solution_not_available",
}
"""Acts that bring a submission on, with why they are refused while its solution is not there."""


def is_available(submission: Submission) -> bool:
    """Tell whether the solution can still be had: it is published, and its startup verified."""
    startup = submission.solution.organization
    return submission.solution.status is SolutionStatus.PUBLISHED and (
        startup is None or startup.is_verified
    )


def check_solution(submission: Submission, action: StrEnum) -> None:
    """Refuse to send or bring on what is offered with a solution that is not published.

    Raises:
        RuleBroken: ``solution_not_published`` or ``solution_not_available``.
    """
    why = NEEDS_THE_SOLUTION.get(action)
    if why and not is_available(submission):
        raise RuleBroken(why)


def not_now(submission: Submission) -> set[StrEnum]:
    """Return the acts of the table that would be refused now: no button offers them."""
    unready: set[StrEnum] = {SubmissionAction.SUBMIT} if missing_parts(submission) else set()
    if not is_available(submission):
        unready |= set(NEEDS_THE_SOLUTION)
    return unready | closed_by_the_clock(submission)


def closed_by_the_clock(submission: Submission) -> set[StrEnum]:
    """Return the acts for which the challenge must be open, while it is not.

    A draft may be dropped at any time; what the city has received stays once the challenge closes.
    """
    if submission.challenge.is_open:
        return set()
    if submission.status is SubmissionStatus.DRAFT:
        return {SubmissionAction.SUBMIT}
    return {SubmissionAction.SUBMIT, SubmissionAction.WITHDRAW, SubmissionAction.REVISE}
