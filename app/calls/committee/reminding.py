"""Reminders of reviews that were not sent: by a button, and by the clock as the end comes near."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select

from app import audit
from app.audit import AuditEntry
from app.calls.applications.models import Application
from app.calls.committee.models import Review
from app.calls.committee.phase import is_writable
from app.calls.committee.telling import tell_pending
from app.calls.models import Call
from app.domain.actors import Actor
from app.domain.call_states import CallStatus, ReviewStatus
from app.domain.errors import RuleBroken
from app.extensions import db, utcnow
from app.organizations.models import User

DAYS_BEFORE = (7, 2, 1)
ACT = "remind_committee"
_PENDING = (ReviewStatus.ASSIGNED, ReviewStatus.ACCEPTED, ReviewStatus.REOPENED)
_BETWEEN = timedelta(hours=12)


def pending(call: Call) -> dict[User, int]:
    """Return how many reviews each person who sits in the committee has not sent."""
    query = (
        select(Review)
        .join(Review.application)
        .where(Application.call_id == call.id, Review.status.in_(_PENDING))
        .order_by(Review.user_id)
    )
    sitting = call.committee_ids
    return dict(Counter(r.user for r in db.session.scalars(query) if r.user_id in sitting))


def remind(call: Call, actor: Actor, days: int = 0) -> int:
    """Remind everybody who has not sent all reviews, and return how many people that was.

    Args:
        call: what is evaluated.
        actor: who asks for it; the platform itself as the end comes near.
        days: how many days are left, where the clock asks; 0 for the button.

    Raises:
        RuleBroken: ``not_evaluating`` or ``reminded_lately``.
    """
    if not is_writable(call):
        raise RuleBroken("not_evaluating", status=call.status)
    if not days and _last_reminder(call) > utcnow() - _BETWEEN:
        raise RuleBroken("reminded_lately")
    people = pending(call)
    tell_pending(call, people)
    ends = call.evaluation_closes_at
    audit.record(call, ACT, actor, days=days, until=ends.isoformat() if ends else "")
    return len(people)


def _reminders(call: Call) -> list[AuditEntry]:
    query = select(AuditEntry).where(
        AuditEntry.subject_type == call.audit_name,
        AuditEntry.subject_id == call.id,
        AuditEntry.action == ACT,
    )
    return list(db.session.scalars(query.order_by(AuditEntry.id)))


def _last_reminder(call: Call) -> datetime:
    known = _reminders(call)
    return known[-1].at if known else call.created_at - _BETWEEN


def due(call: Call) -> int | None:
    """Return the reminder that the clock asks for now and that was not sent for this end yet."""
    ends = call.evaluation_closes_at
    if ends is None or not is_writable(call):
        return None
    left = ends - utcnow()
    marks = [days for days in DAYS_BEFORE if left <= timedelta(days=days)]
    if not marks:
        return None
    sent = {(one.details.get("days"), one.details.get("until")) for one in _reminders(call)}
    return None if (min(marks), ends.isoformat()) in sent else min(marks)


def calls_with_reminders() -> Iterator[tuple[Call, int]]:
    """Yield the calls for which a reminder is due, with its number of days."""
    soon = utcnow() + timedelta(days=max(DAYS_BEFORE))
    query = select(Call).where(
        Call.status == CallStatus.EVALUATING,
        Call.evaluation_closes_at > utcnow(),
        Call.evaluation_closes_at <= soon,
    )
    for call in db.session.scalars(query.order_by(Call.id)):
        days = due(call)
        if days is not None:
            yield call, days
