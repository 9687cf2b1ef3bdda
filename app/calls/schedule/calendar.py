"""The dates of a call as a calendar file (RFC 5545)."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from icalendar import Calendar, Event

from app.calls.models import Call
from app.calls.schedule.showing import ShownDate, shown_dates
from app.web.labels import label


def calendar_of(call: Call, address: str) -> bytes:
    """Return the calendar of ``call``; ``address`` is that of its page.

    An entry keeps its identifier when its date moves and counts its changes, so that calendars
    replace it instead of adding another. Hours are those of the call's full zone.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Puente//Calls//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", call.title)
    calendar.add("x-wr-timezone", call.timezone)
    for date in shown_dates(call):
        calendar.add_component(_event(call, date, address))
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _event(call: Call, date: ShownDate, address: str) -> Event:
    start = date.moment.astimezone(ZoneInfo(call.timezone))
    last = date.moved[0].change if date.moved else None
    changed = last.decided_at if last else call.published_at or call.created_at
    reason = _("The date was changed: %(reason)s", reason=last.reason) if last else ""
    event = Event()
    event.add("uid", f"{call.public_id}-{date.which.value}@puente")
    event.add("sequence", len(date.moved))
    event.add("dtstamp", changed)
    event.add("last-modified", changed)
    event.add("dtstart", start)
    event.add("dtend", start + timedelta(minutes=1))
    event.add("summary", f"{label(date.which)}: {call.title}")
    event.add("description", "\n\n".join(part for part in (call.summary, reason, address) if part))
    event.add("url", address)
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    return event
