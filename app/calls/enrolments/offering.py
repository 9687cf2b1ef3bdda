"""Offering a seat in the coalition to a selected city."""

from app import audit
from app.calls.applications.models import Application
from app.calls.enrolments import queries
from app.calls.enrolments.models import Enrolment
from app.domain.actors import Actor
from app.extensions import db


def offer(application: Application, actor: Actor) -> Enrolment | None:
    """Offer a selected city its seat, unless it is a member, or has an offer, already."""
    if queries.living(application.organization_id) is not None:
        return None
    enrolment = Enrolment(
        organization_id=application.organization_id,
        coordination_id=application.call.organization_id,
        application=application,
        cohort=str(application.call.year),
    )
    db.session.add(enrolment)
    audit.record(enrolment, "offer", actor, to_status=enrolment.status)
    return enrolment
