"""When a city may hand in: while the form of the call is open, or by a permission of its own."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select

from app.calls.applications.models import Application, LateEntry
from app.calls.models import Call
from app.domain.call_states import CallStatus
from app.extensions import db, utcnow

_BEFORE_RESULTS = frozenset({CallStatus.PUBLISHED, CallStatus.EVALUATING})


class Door(StrEnum):
    """Whether a city can hand in at a moment, or why not."""

    OPEN = "open"
    LATE = "late"
    NOT_YET = "not_yet"
    CLOSED = "closed"
    HALTED = "halted"


@dataclass(frozen=True, slots=True)
class Window:
    """What the clock says to one city; ``until`` is the moment before which it must be received."""

    door: Door
    until: datetime | None = None
    permission: LateEntry | None = None

    @property
    def is_open(self) -> bool:
        """What the city sends now is received."""
        return self.door in (Door.OPEN, Door.LATE)


def window(call: Call, organization_id: int, now: datetime | None = None) -> Window:
    """Return whether a city can hand in at ``now``: once the call opens and before it closes."""
    moment = now or utcnow()
    if call.status not in _BEFORE_RESULTS or call.opens_at is None or call.closes_at is None:
        return Window(Door.HALTED if call.status is CallStatus.SUSPENDED else Door.CLOSED)
    if moment < call.opens_at:
        return Window(Door.NOT_YET, call.opens_at)
    if moment < call.closes_at and call.status is CallStatus.PUBLISHED:
        return Window(Door.OPEN, call.closes_at)
    permission = late_entry(call.id, organization_id)
    if permission is not None and moment < permission.until:
        return Window(Door.LATE, permission.until, permission)
    return Window(Door.CLOSED, call.closes_at)


def window_of(application: Application, now: datetime | None = None) -> Window:
    """Return whether an application can be handed in at ``now``."""
    return window(application.call, application.organization_id, now)


def late_entry(call_id: int, organization_id: int) -> LateEntry | None:
    """Return the permission of a city to hand in after the call has closed."""
    query = select(LateEntry).where(
        LateEntry.call_id == call_id, LateEntry.organization_id == organization_id
    )
    return db.session.scalar(query)


def has_closed(call: Call) -> bool:
    """Tell whether the form has closed, so that what was received can be examined."""
    return call.closes_at is not None and utcnow() >= call.closes_at
