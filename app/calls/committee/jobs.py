"""What the worker does for the committee."""

from app.calls.committee.reminding import calls_with_reminders, due, remind
from app.calls.models import Call
from app.domain.actors import SYSTEM
from app.extensions import db
from app.jobs.service import enqueue, handles


@handles("committee.remind")
def remind_members(call: int) -> None:
    """Send the reminder that is due, if it still is."""
    thing = db.session.get(Call, call)
    days = due(thing) if thing is not None else None
    if thing is not None and days is not None:
        remind(thing, SYSTEM, days)


def look_at_the_clock() -> None:
    """Ask for the reminders that have become due."""
    for call, _days in calls_with_reminders():
        enqueue("committee.remind", key=str(call.id), call=call.id)
    db.session.commit()
