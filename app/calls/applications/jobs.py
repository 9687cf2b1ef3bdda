"""What the worker does for applications: it reminds of drafts before a call closes."""

from datetime import datetime, timedelta

from sqlalchemy import exists, select

from app import audit
from app.audit import AuditEntry
from app.calls.applications.models import Application
from app.calls.applications.queries import drafts_closing_before
from app.calls.applications.telling import tell_city
from app.domain.actors import SYSTEM
from app.domain.call_states import ApplicationStatus
from app.extensions import db, utcnow
from app.jobs.service import enqueue, handles

# How long before the closing each reminder is sent; the act by which the trail knows it.
REMINDERS = {
    "remind_hours": timedelta(hours=12),
    "remind_days": timedelta(days=2),
    "remind_week": timedelta(days=7),
}


def look_at_the_clock() -> None:
    """Ask for the reminders that have become due; each is a job, so one failure stops no other."""
    for application in drafts_closing_before(utcnow() + max(REMINDERS.values())):
        reminder = due(application)
        if reminder is not None:
            key = f"{application.id}:{reminder}"
            enqueue("applications.remind", key=key, application=application.id, reminder=reminder)
    db.session.commit()


def due(application: Application) -> str | None:
    """Return the reminder whose time it is now, unless it was sent or the draft is newer than it.

    A closing date that moves later brings the reminders back.
    """
    closes_at = application.call.closes_at
    if closes_at is None or application.status is not ApplicationStatus.DRAFT:
        return None
    now = utcnow()
    for reminder, before in REMINDERS.items():
        since = closes_at - before
        if since <= now < closes_at:
            fresh = application.created_at < since
            return reminder if fresh and not _was_sent(application, reminder, since) else None
    return None


def _was_sent(application: Application, reminder: str, since: datetime) -> bool:
    sent = exists().where(
        AuditEntry.subject_type == application.audit_name,
        AuditEntry.subject_id == application.id,
        AuditEntry.action == reminder,
        AuditEntry.at >= since,
    )
    return bool(db.session.scalar(select(sent)))


@handles("applications.remind")
def remind(application: int, reminder: str) -> None:
    """Write to the people of the city, once; nobody is reminded of what was sent meanwhile."""
    thing = db.session.get(Application, application)
    if thing is None or due(thing) != reminder:
        return
    audit.record(thing, reminder, SYSTEM)
    tell_city(thing, "application_reminder")
