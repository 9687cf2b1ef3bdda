"""Reads of organizations and people."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, true

from app.audit import entries_for
from app.domain.actors import Actor
from app.domain.permissions import Permission
from app.domain.states import OrganizationStatus
from app.domain.vocabulary import OrganizationKind, Role
from app.extensions import db, utcnow
from app.lifecycle import Lifecycle
from app.notifications.service import Recipient
from app.organizations.models import Invitation, Membership, Organization, User
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


def everybody_in(organization_id: int) -> list[Recipient]:
    """Return the people of an organization, verified or not, whatever they may do in it."""
    query = select(User).join(User.membership).order_by(User.id)
    return _recipients(query.where(User.active, Membership.organization_id == organization_id))


def _people() -> Select[User]:
    return (
        select(User)
        .join(User.membership)
        .join(Membership.organization)
        .where(User.active, Organization.status == OrganizationStatus.VERIFIED)
        .order_by(User.id)
    )


def _recipients(query: Select[User]) -> list[Recipient]:
    people = db.session.execute(query.with_only_columns(User.email, User.language, User.name))
    return [Recipient(email, language.value, name) for email, language, name in people]


def members(organization_id: int) -> list[Membership]:
    """Return the people of an organization, the owners first."""
    order = {Role.OWNER: 0, Role.EDITOR: 1, Role.VIEWER: 2}
    query = select(Membership).where(Membership.organization_id == organization_id)
    found = db.session.scalars(query.order_by(Membership.id)).unique()
    return sorted(found, key=lambda membership: order[membership.role])


def membership_of(organization_id: int, membership_id: int) -> Membership | None:
    """Return a person's place in an organization, if it is in that one."""
    query = select(Membership).where(
        Membership.id == membership_id, Membership.organization_id == organization_id
    )
    return db.session.scalar(query)


def count_owners(organization_id: int) -> int:
    """Return how many people answer for an organization."""
    query = select(func.count()).where(
        Membership.organization_id == organization_id, Membership.role == Role.OWNER
    )
    return db.session.scalar(query) or 0


def invitations(organization_id: int) -> list[Invitation]:
    """Return the invitations that nobody has answered yet, expired ones too."""
    query = select(Invitation).where(
        Invitation.organization_id == organization_id,
        Invitation.accepted_at.is_(None),
        Invitation.revoked_at.is_(None),
    )
    return list(db.session.scalars(query.order_by(Invitation.id.desc())))


def invitation_of(organization_id: int, invitation_id: int) -> Invitation | None:
    """Return an invitation, if it is of that organization."""
    query = select(Invitation).where(
        Invitation.id == invitation_id, Invitation.organization_id == organization_id
    )
    return db.session.scalar(query)


def _open() -> ColumnElement[bool]:
    return and_(
        Invitation.accepted_at.is_(None),
        Invitation.revoked_at.is_(None),
        Invitation.expires_at > utcnow(),
    )


def _lets_in() -> ColumnElement[bool]:
    """State that the organization was not halted: nobody joins one that may not act."""
    halted = (OrganizationStatus.SUSPENDED, OrganizationStatus.REFUSED)
    return Invitation.organization.has(Organization.status.not_in(halted))


def open_invitation_for(organization_id: int, email: str) -> Invitation | None:
    """Return the invitation of an address to an organization that can still be accepted."""
    query = select(Invitation).where(
        Invitation.organization_id == organization_id, Invitation.email == email, _open()
    )
    return db.session.scalar(query)


def open_invitations_for(email: str) -> list[Invitation]:
    """Return the invitations that the person with this address can accept."""
    query = select(Invitation).where(Invitation.email == email.lower(), _open(), _lets_in())
    return list(db.session.scalars(query.order_by(Invitation.id)))


def count_open_invitations(organization_id: int) -> int:
    """Return how many invitations of an organization can still be accepted."""
    query = select(func.count()).where(Invitation.organization_id == organization_id, _open())
    return db.session.scalar(query) or 0


def invitation_by_hash(token_hash: str) -> Invitation | None:
    """Return the invitation whose link has this fingerprint, if it can still be accepted."""
    query = select(Invitation).where(Invitation.token_hash == token_hash, _open(), _lets_in())
    return db.session.scalar(query)


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
