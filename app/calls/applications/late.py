"""The individual permission to hand in after a call has closed: who, until when, why, by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from app import audit
from app.calls.applications.models import Application, LateEntry
from app.calls.applications.queries import late_entries, of_pair
from app.calls.applications.window import late_entry
from app.calls.locking import hold
from app.calls.models import Call
from app.domain.actors import Actor
from app.domain.call_states import CallStatus
from app.domain.errors import NotAllowed, RuleBroken
from app.domain.permissions import Permission, can
from app.domain.vocabulary import OrganizationKind
from app.extensions import db, utcnow
from app.notifications.service import send
from app.organizations.models import Organization
from app.organizations.queries import members_to_tell

_STILL_RECEIVES = frozenset({CallStatus.PUBLISHED, CallStatus.EVALUATING})


@dataclass(frozen=True, slots=True)
class LateOne:
    """A permission and what came of it: the application, if it was handed in by it."""

    permission: LateEntry
    application: Application | None


def permit_late(
    call: Call, organization: Organization, until: datetime, reason: str, actor: Actor
) -> LateEntry:
    """Let one city hand in until ``until``, although the form of the call has closed.

    Raises:
        NotAllowed: the actor does not run the call.
        RuleBroken: ``no_city_of_the_call``, ``late_unexplained``, ``late_before_closing``,
            ``late_not_now`` or ``late_twice``.
    """
    if not can(actor, Permission.CALL_MANAGE, call.subject):
        raise NotAllowed(Permission.CALL_MANAGE)
    hold(call)
    _check(call, organization, until, reason)
    permission = LateEntry(
        call_id=call.id,
        organization=organization,
        until=until,
        reason=reason.strip(),
        granted_by_id=actor.id,
    )
    db.session.add(permission)
    audit.record(call, "permit_late", actor, reason=reason.strip(), name=organization.name)
    people = members_to_tell(organization.id)
    send(people, "application_late", call=call, permission=permission)
    return permission


def _check(call: Call, organization: Organization, until: datetime, reason: str) -> None:
    if organization.kind is not OrganizationKind.CITY or organization.country is not call.country:
        raise RuleBroken("no_city_of_the_call")
    if not reason.strip():
        raise RuleBroken("late_unexplained")
    if call.status not in _STILL_RECEIVES:
        raise RuleBroken("late_not_now")
    if call.closes_at is None or until <= max(call.closes_at, utcnow()):
        raise RuleBroken("late_before_closing")
    if late_entry(call.id, organization.id) is not None:
        raise RuleBroken("late_twice")


def late_ones(call: Call) -> Sequence[LateOne]:
    """Return each permission with what was handed in by it, for the desk and for the minutes."""
    return [LateOne(one, _handed_in_by(call, one)) for one in late_entries(call)]


def _handed_in_by(call: Call, permission: LateEntry) -> Application | None:
    application = of_pair(call.id, permission.organization_id)
    if application is None or application.submitted_at is None or call.closes_at is None:
        return None
    return application if application.submitted_at >= call.closes_at else None
