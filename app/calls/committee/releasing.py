"""Taking reviews back from people, where something else makes it necessary."""

from sqlalchemy import select

from app.calls.applications.models import ENTRUSTED, Application
from app.calls.committee.models import Review
from app.calls.models import CommitteeMember
from app.domain.actors import SYSTEM, Actor
from app.domain.call_states import ReviewAction, ReviewStatus
from app.domain.permissions import Permission, can
from app.extensions import db
from app.lifecycle import advance

_UNFINISHED = ENTRUSTED - {ReviewStatus.SUBMITTED}


def release(review: Review, actor: Actor) -> None:
    """Take a review back; it is the platform's doing where the actor may not know of it."""
    known = can(actor, Permission.REVIEW_OVERSEE, review.subject)
    advance(review, ReviewAction.RELEASE, actor if known else SYSTEM)


def release_unfinished(member: CommitteeMember, actor: Actor) -> None:
    """Take back every review that a member has not sent."""
    query = (
        select(Review)
        .join(Review.application)
        .where(
            Application.call_id == member.call_id,
            Review.user_id == member.user_id,
            Review.status.in_(_UNFINISHED),
        )
        .order_by(Review.id)
    )
    for review in db.session.scalars(query):
        release(review, actor)
