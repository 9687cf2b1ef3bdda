"""Who belongs to an organization, and as what.

Every change touches the organization's version, so that of two owners who remove each other at
once one is told to look again, and no organization is left without an owner.
"""

from app import audit
from app.domain.actors import Actor
from app.domain.errors import RuleBroken
from app.domain.vocabulary import Role
from app.extensions import db, utcnow
from app.organizations.models import Membership, Organization, User
from app.organizations.queries import count_owners


def change_role(membership: Membership, role: Role, actor: Actor) -> None:
    """Give a person another role.

    Raises:
        RuleBroken: ``own_role``: nobody changes their own; ``last_owner``: nobody else owns it.
        SomeoneWasFaster: the people of the organization changed at the same moment.
    """
    if membership.user_id == actor.id:
        raise RuleBroken("own_role")
    if membership.role is role:
        return
    before = membership.role
    _keep_an_owner(membership, role)
    membership.role = role
    _touch(membership.organization)
    audit.record(
        membership.organization,
        "change_role",
        actor,
        person=membership.user_id,
        before=before.value,
        after=role.value,
    )


def remove(membership: Membership, actor: Actor) -> None:
    """Take a person out of the organization, or leave it.

    Raises:
        RuleBroken: ``last_owner``: nobody else owns it.
        SomeoneWasFaster: the people of the organization changed at the same moment.
    """
    _keep_an_owner(membership, None)
    organization, user = membership.organization, membership.user
    _touch(organization)
    audit.record(organization, "leave", actor, person=user.id)
    user.membership = None
    db.session.delete(membership)
    db.session.flush()


def join(user: User, organization: Organization, role: Role) -> None:
    """Make a person part of an organization.

    Raises:
        RuleBroken: ``already_member``: the person belongs to an organization already.
    """
    if user.membership is not None:
        raise RuleBroken("already_member")
    user.membership = Membership(organization=organization, role=role)
    _touch(organization)
    audit.record(organization, "join", user.actor, person=user.id, role=role.value)


def _keep_an_owner(membership: Membership, role: Role | None) -> None:
    leaves = membership.role is Role.OWNER and role is not Role.OWNER
    if leaves and count_owners(membership.organization_id) == 1:
        raise RuleBroken("last_owner")


def _touch(organization: Organization) -> None:
    organization.updated_at = utcnow()
    db.session.flush()
