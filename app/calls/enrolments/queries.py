"""Reads of memberships of the coalition; each states in SQL who may see what."""

from sqlalchemy import Select, select

from app.calls.applications.models import Application
from app.calls.enrolments.models import LIVING, Enrolment
from app.domain.call_states import EnrolmentStatus
from app.domain.permissions import Permission
from app.domain.states import OrganizationStatus
from app.domain.vocabulary import OrganizationKind
from app.extensions import db, utcnow
from app.organizations.models import Organization
from app.web.access import Loader


def by_public_id(enrolment_id: str) -> Enrolment | None:
    """Return an enrolment by its public identifier."""
    return db.session.scalar(select(Enrolment).where(Enrolment.public_id == enrolment_id))


ENROLMENT = Loader(by_public_id, Permission.ENROLMENT_VIEW)


def of_network(coordination_id: int | None) -> Select[Enrolment]:
    """Select the memberships that a coordination looks after."""
    query = select(Enrolment).join(Enrolment.organization)
    return query.where(Enrolment.coordination_id == coordination_id)


def living(organization_id: int) -> Enrolment | None:
    """Return the membership of a city, offered ones too, that has not ended."""
    query = select(Enrolment).where(
        Enrolment.organization_id == organization_id, Enrolment.status.in_(LIVING)
    )
    return db.session.scalar(query)


def latest(organization_id: int) -> Enrolment | None:
    """Return the membership of a city, or its last one where it has none now."""
    query = select(Enrolment).where(Enrolment.organization_id == organization_id)
    return living(organization_id) or db.session.scalar(query.order_by(Enrolment.id.desc()))


def of_application(application: Application) -> Enrolment | None:
    """Return what an application led to."""
    return db.session.scalar(select(Enrolment).where(Enrolment.application_id == application.id))


def of_call(call_id: int) -> list[Enrolment]:
    """Return the seats of a call that were offered."""
    query = select(Enrolment).join(Enrolment.application).where(Application.call_id == call_id)
    return list(db.session.scalars(query.order_by(Enrolment.id)))


def waiting_for(coordination_id: int | None) -> list[Enrolment]:
    """Return the signed adhesions that a coordination has to confirm or return."""
    query = of_network(coordination_id).where(Enrolment.status == EnrolmentStatus.SIGNED)
    return list(db.session.scalars(query.order_by(Enrolment.id)))


def past_signing() -> list[int]:
    """Return the ids of the offers whose time to sign has passed."""
    query = select(Enrolment).where(
        Enrolment.status == EnrolmentStatus.OFFERED, Enrolment.application_id.is_not(None)
    )
    offers = db.session.scalars(query.order_by(Enrolment.id))
    now = utcnow()
    return [one.id for one in offers if one.sign_by is not None and one.sign_by <= now]


def cities_without() -> list[Organization]:
    """Return the verified cities that are not members and have no offer."""
    taken = select(Enrolment.organization_id).where(Enrolment.status.in_(LIVING))
    query = select(Organization).where(
        Organization.kind == OrganizationKind.CITY,
        Organization.status == OrganizationStatus.VERIFIED,
        Organization.id.not_in(taken),
    )
    return list(db.session.scalars(query.order_by(Organization.name, Organization.id)))
