"""What applications add to the page of a call and to the desk of who runs it."""

from app.calls.applications import queries
from app.calls.applications.anonymity import hides_cities
from app.calls.applications.late import late_ones
from app.calls.applications.window import has_closed, window
from app.calls.models import Call
from app.domain.actors import Actor
from app.domain.call_states import ApplicationStatus
from app.domain.permissions import Permission, can
from app.domain.predicates import of_city
from app.web.sections import Section


def apply(call: Call, actor: Actor) -> Section | None:
    """For cities and visitors: the way to the application, or why there is none now."""
    if call.published_at is None or (actor.id is not None and not of_city(actor, None)):
        return None
    own = queries.of_pair(call.id, actor.organization_id) if of_city(actor, None) else None
    context = {
        "call": call,
        "application": own,
        "window": window(call, actor.organization_id or 0),
        "is_city": of_city(actor, None),
        "may_begin": can(actor, Permission.APPLICATION_CREATE),
    }
    return Section("applications/call_section.html", context, order=5)


def received(call: Call, actor: Actor) -> Section | None:
    """For the coordination: how many have come, and what waits to be examined."""
    if not can(actor, Permission.CALL_OVERSEE, call.subject):
        return None
    applications = queries.of_call(call, actor)
    waiting = [one for one in applications if one.status is ApplicationStatus.SUBMITTED]
    context = {
        "call": call,
        "count": len(applications),
        "waiting": len(waiting) if has_closed(call) else 0,
        "begun": len(queries.begun(call)),
        "late": [] if hides_cities(call, actor) else late_ones(call),
    }
    return Section("applications/desk_section.html", context, order=20)
