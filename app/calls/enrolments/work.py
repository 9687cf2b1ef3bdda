"""What memberships ask: a signature of the city, a look at it by the coordination."""

from collections.abc import Iterator

from flask import url_for
from flask_babel import lazy_gettext as _l

from app.calls.enrolments import queries
from app.calls.enrolments.models import Enrolment
from app.domain.actors import Actor
from app.domain.call_states import EnrolmentStatus
from app.domain.permissions import Permission, can
from app.domain.predicates import coordinator
from app.web.work import Task


def tasks(actor: Actor) -> Iterator[Task]:
    """Yield the adhesion to sign, or those to confirm."""
    if coordinator(actor, None):
        for enrolment in queries.waiting_for(actor.organization_id):
            yield _task(enrolment, _l("Confirm the signed adhesion"))
    elif actor.organization_id is not None:
        offer = queries.living(actor.organization_id)
        if offer is None or offer.status is not EnrolmentStatus.OFFERED:
            return
        if can(actor, Permission.ENROLMENT_SIGN, offer.subject):
            yield _task(offer, _l("Sign the adhesion"))


def _task(enrolment: Enrolment, what: object) -> Task:
    city = enrolment.organization
    url = url_for("enrolments.show", enrolment_id=enrolment.public_id)
    due = enrolment.sign_by if enrolment.status is EnrolmentStatus.OFFERED else None
    return Task(what, city.name, city.lang, url, enrolment.status_since, due)
