"""Reads of organizations and people."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true

from app.audit import entries_for
from app.domain.permissions import Actor, Permission
from app.domain.states import OrganizationStatus
from app.domain.vocabulary import OrganizationKind, Role
from app.extensions import db
from app.lifecycle import Lifecycle
from app.notifications.service import Recipient
from app.organizations.models import Membership, Organization, User
from app.web.access import Loader


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a timeline: who (of which organization) did what, when and why."""

    when: datetime
    person: str
    organization: str
    action: str
    from_status: str | None
    to_status: str | None
    reason: str
    reason_code: str | None
    details: dict[str, Any]


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """State ``organization:view`` in SQL."""
    if actor.system or (actor.kind is OrganizationKind.COORDINATION and actor.verified):
        return true()
    own = false() if actor.organization_id is None else Organization.id == actor.organization_id
    return or_(own, _is_public())


def _is_public() -> ColumnElement[bool]:
    return and_(
        Organization.status == OrganizationStatus.VERIFIED,
        Organization.kind != OrganizationKind.COORDINATION,
    )


def public_organizations() -> Select[Any]:
    """Select what the public list shows."""
    return select(Organization).where(_is_public())


def by_slug(slug: str) -> Organization | None:
    """Return an organization by the name in its address."""
    return db.session.scalar(select(Organization).where(Organization.slug == slug))


def by_email(email: str) -> User | None:
    """Return a person by address, whatever the case it is written in."""
    return db.session.scalar(select(User).where(func.lower(User.email) == email.lower()))


def coordinators() -> list[Recipient]:
    """Return whom to tell in the coordination."""
    query = _people().where(
        Organization.kind == OrganizationKind.COORDINATION, Membership.role != Role.VIEWER
    )
    return _recipients(query)


def members_to_tell(organization_id: int | None) -> list[Recipient]:
    """Return the people of an organization who act for it (nobody, without one)."""
    if organization_id is None:
        return []
    query = _people().where(Organization.id == organization_id, Membership.role != Role.VIEWER)
    return _recipients(query)


def _people() -> Select[User]:
    return (
        select(User)
        .join(User.membership)
        .join(Membership.organization)
        .where(User.active, Organization.status == OrganizationStatus.VERIFIED)
        .order_by(User.id)
    )


def _recipients(query: Select[User]) -> list[Recipient]:
    people = db.session.scalars(query).unique()
    return [Recipient(user.email, user.language.value, user.name) for user in people]


def members(organization_id: int) -> list[Membership]:
    """Return the people of an organization, the owners first."""
    order = {Role.OWNER: 0, Role.EDITOR: 1, Role.VIEWER: 2}
    query = select(Membership).where(Membership.organization_id == organization_id)
    found = db.session.scalars(query.order_by(Membership.id)).unique()
    return sorted(found, key=lambda membership: order[membership.role])


def awaiting_verification() -> list[Organization]:
    """Return the organizations that the coordination has to verify."""
    query = select(Organization).where(Organization.status == OrganizationStatus.PENDING)
    return list(db.session.scalars(query.order_by(Organization.created_at)))


def happenings(thing: Lifecycle) -> list[Happening]:
    """Return the trail of ``thing`` with the names of people and organizations, newest first."""
    entries = entries_for(thing)
    people = _names(User, {entry.actor_id for entry in entries})
    organizations = _names(Organization, {entry.organization_id for entry in entries})
    return [
        Happening(
            entry.at,
            people.get(entry.actor_id, ""),
            organizations.get(entry.organization_id, ""),
            entry.action,
            entry.from_status,
            entry.to_status,
            entry.reason,
            entry.reason_code,
            entry.details,
        )
        for entry in reversed(entries)
    ]


def _names(model: type[User] | type[Organization], ids: set[int | None]) -> dict[int | None, str]:
    query = select(model.id, model.name).where(model.id.in_(ids - {None}))
    rows = db.session.execute(query).all()
    return {row.id: row.name for row in rows}


ORGANIZATION = Loader(by_slug, Permission.ORGANIZATION_VIEW)
