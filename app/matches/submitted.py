"""Submissions as matches need them: which stand, and what a match makes of one."""

from sqlalchemy import select

from app.domain.actors import SYSTEM
from app.domain.states import SubmissionAction, SubmissionStatus
from app.domain.workflows import SUBMISSION
from app.extensions import db
from app.lifecycle import advance
from app.matches.models import Match
from app.submissions.models import Submission

STANDING = frozenset(
    source
    for row in SUBMISSION.transitions
    if row.action is SubmissionAction.CHOOSE
    for source in row.sources
)
"""States of a submission that can still be chosen."""


def standing_solutions(challenge_id: int) -> list[int]:
    """Return the solutions whose submission to the challenge stands."""
    query = select(Submission.solution_id).where(
        Submission.challenge_id == challenge_id, Submission.status.in_(STANDING)
    )
    return list(db.session.scalars(query.order_by(Submission.solution_id)))


def submission_of(match: Match) -> Submission | None:
    """Return the submission of the startup for this pair, unless it is a draft or withdrawn."""
    hidden = (SubmissionStatus.DRAFT, SubmissionStatus.WITHDRAWN)
    query = select(Submission).where(
        Submission.challenge_id == match.challenge_id,
        Submission.solution_id == match.solution_id,
        Submission.status.not_in(hidden),
    )
    return db.session.scalar(query)


def choose(match: Match) -> None:
    """Let the submission of a confirmed pair be the chosen one."""
    submission = submission_of(match)
    if submission is not None and submission.status in STANDING:
        advance(submission, SubmissionAction.CHOOSE, SYSTEM)


def reopen(match: Match) -> None:
    """Let the submission of a released pair stand again."""
    submission = submission_of(match)
    if submission is not None and submission.status is SubmissionStatus.CHOSEN:
        advance(submission, SubmissionAction.REOPEN, SYSTEM)
