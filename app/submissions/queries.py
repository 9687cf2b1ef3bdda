"""Reads of submissions; each states in SQL who may see what, as the table of permissions does.

The startup sees its own at any time. The city of the challenge and the coordination see what was
sent and not taken back; nobody else learns even how many there are.
"""

from sqlalchemy import ColumnElement, and_, false, func, or_, select, true

from app.challenges.models import Challenge
from app.domain.actors import Actor
from app.domain.permissions import Permission
from app.domain.states import SubmissionStatus
from app.domain.vocabulary import OrganizationKind
from app.extensions import db
from app.solutions.models import Solution
from app.submissions.models import HIDDEN, Submission
from app.web.access import Loader

STANDING = (SubmissionStatus.SUBMITTED, SubmissionStatus.SHORTLISTED, SubmissionStatus.ALTERNATE)
_SENT = Submission.status.not_in(HIDDEN)


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """State ``submission:view`` in SQL; jobs (SYSTEM) read everything."""
    if actor.system:
        return true()
    everything_sent = actor.kind is OrganizationKind.COORDINATION and actor.verified
    if actor.organization_id is None:
        return false()
    received = Submission.challenge.has(Challenge.organization_id == actor.organization_id)
    return or_(
        _offered_by(actor.organization_id),
        and_(_SENT, true() if everything_sent else received),
    )


def _offered_by(organization_id: int) -> ColumnElement[bool]:
    return Submission.solution.has(Solution.organization_id == organization_id)


def by_public_id(submission_id: str) -> Submission | None:
    """Return a submission by its public identifier, which is also its number."""
    return db.session.scalar(select(Submission).where(Submission.public_id == submission_id))


def of_pair(challenge: Challenge, solution: Solution) -> Submission | None:
    """Return the submission of a solution to a challenge, in whatever state."""
    query = select(Submission).where(
        Submission.challenge_id == challenge.id, Submission.solution_id == solution.id
    )
    return db.session.scalar(query)


def for_challenge(challenge: Challenge, actor: Actor) -> list[Submission]:
    """Return the submissions to a challenge that ``actor`` may see, in the order of arrival."""
    query = (
        select(Submission)
        .where(Submission.challenge_id == challenge.id, visible_to(actor))
        .order_by(Submission.submitted_at, Submission.id)
    )
    return list(db.session.scalars(query))


def count_for(challenge: Challenge, actor: Actor) -> int:
    """Return how many submissions to a challenge ``actor`` may see."""
    query = select(func.count(Submission.id)).where(
        Submission.challenge_id == challenge.id, visible_to(actor)
    )
    return db.session.scalar(query) or 0


def standing_pairs(challenge_id: int) -> set[int]:
    """Return the solutions that applied to a challenge and are neither taken back nor refused."""
    query = select(Submission.solution_id).where(
        Submission.challenge_id == challenge_id, Submission.status.in_(STANDING)
    )
    return set(db.session.scalars(query))


def of_startup(actor: Actor) -> list[Submission]:
    """Return the submissions of the actor's startup, the last changed first."""
    if actor.organization_id is None:
        return []
    query = select(Submission).where(_offered_by(actor.organization_id))
    return list(db.session.scalars(query.order_by(Submission.updated_at.desc(), Submission.id)))


def own_for_challenge(challenge: Challenge, actor: Actor) -> list[Submission]:
    """Return what the actor's startup has started or sent to a challenge, the newest first."""
    if actor.organization_id is None:
        return []
    query = select(Submission).where(
        Submission.challenge_id == challenge.id, _offered_by(actor.organization_id)
    )
    return list(db.session.scalars(query.order_by(Submission.id.desc())))


SUBMISSION = Loader(by_public_id, Permission.SUBMISSION_VIEW)
