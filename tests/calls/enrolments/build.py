"""Memberships for tests."""

from datetime import date

from app.calls.enrolments.models import Enrolment
from app.domain.call_states import EnrolmentStatus
from app.domain.vocabulary import OrganizationKind
from app.extensions import db
from tests.people import People


def member(city, since=date(2024, 11, 27), coordination=None, **values):
    """Make the city of a person a member, looked after by a network, and return the person."""
    network = coordination or People().organization(OrganizationKind.COORDINATION)
    known = {"status": EnrolmentStatus.ACTIVE, "cohort": str(since.year)}
    made = Enrolment(
        organization=city.organization,
        coordination_id=network.id,
        since=since,
        **{**known, **values},
    )
    city.organization.member_since = since
    db.session.add(made)
    db.session.commit()
    return city
