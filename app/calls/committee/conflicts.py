"""Conflicts of interest: declared by the person, or set by who presides or runs the call.

A conflict takes back the review, makes the application disappear for that person, and leaves it
out of everything that is counted for them.
"""

from sqlalchemy import select

from app import audit
from app.calls.applications.models import Application
from app.calls.committee.models import Conflict
from app.calls.committee.queries import live_review
from app.calls.committee.releasing import release
from app.calls.locking import hold_shared
from app.domain.actors import Actor
from app.domain.call_states import CallStatus, ReviewAction
from app.domain.call_vocabulary import RecusalReason
from app.domain.errors import NotAllowed, ReasonMissing, RuleBroken
from app.domain.permissions import Permission, can
from app.extensions import db
from app.lifecycle import advance
from app.organizations.models import User

REASONS = tuple(one for one in RecusalReason if one is not RecusalReason.NO_CAPACITY)
"""The reasons that are a conflict; a lack of time is none."""


def declare_conflict(
    application: Application, user: User, reason: RecusalReason, note: str, actor: Actor
) -> Conflict:
    """Bar a person from an application, taking their review back.

    A review that was sent is taken back too, until a result was approved with it.

    Raises:
        NotAllowed: the actor is neither the person nor oversees the reviews of the application.
        RuleBroken: ``conflict_known``, or ``no_conflict`` where the reason is none.
    """
    if user.id != actor.id and not can(actor, Permission.REVIEW_OVERSEE, application.subject):
        raise NotAllowed(Permission.REVIEW_OVERSEE)
    if reason not in REASONS:
        raise RuleBroken("no_conflict")
    _hold(application)
    if user.id in application.barred_ids:
        raise RuleBroken("conflict_known")
    _take_back(application, user, reason, note, actor)
    conflict = Conflict(
        application=application, user=user, reason=reason, note=note, declared_by_id=actor.id
    )
    _record(conflict, "declare_conflict", actor, note, reason)
    return conflict


def _record(
    conflict: Conflict, action: str, actor: Actor, reason: str, code: RecusalReason | None = None
) -> None:
    audit.record(
        conflict,
        action,
        actor,
        reason=reason,
        reason_code=code,
        person=conflict.user_id or conflict.user.id,
        application=conflict.application.id,
    )


def _hold(application: Application) -> None:
    hold_shared(application.call)
    db.session.execute(
        select(Application.id).where(Application.id == application.id).with_for_update()
    )
    db.session.expire(application, ["reviews", "conflicts"])


def _take_back(
    application: Application, user: User, reason: RecusalReason, note: str, actor: Actor
) -> None:
    review = live_review(application, user.id)
    settled = application.call.status is not CallStatus.EVALUATING
    if review is None or (review.counts and settled):
        return
    if user.id == actor.id and can(actor, Permission.REVIEW_WRITE, review.subject):
        advance(review, ReviewAction.RECUSE, actor, note, reason)
    else:
        release(review, actor)


def lift_conflict(conflict: Conflict, reason: str, actor: Actor) -> None:
    """Take back a conflict that was set by mistake; the review stays taken back.

    Raises:
        NotAllowed: it is the actor's own, or the actor does not oversee the reviews.
        ReasonMissing: without a reason.
    """
    subject = conflict.application.subject
    if conflict.user_id == actor.id or not can(actor, Permission.REVIEW_OVERSEE, subject):
        raise NotAllowed(Permission.REVIEW_OVERSEE)
    if not reason.strip():
        raise ReasonMissing("lift_conflict")
    _hold(conflict.application)
    _record(conflict, "lift_conflict", actor, reason.strip())
    db.session.delete(conflict)
    db.session.flush()
    db.session.expire(conflict.application, ["conflicts"])
