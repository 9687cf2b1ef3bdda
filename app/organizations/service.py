"""What people do with organizations."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.exc import IntegrityError

from app import audit
from app.domain.actors import Actor
from app.domain.errors import RuleBroken
from app.domain.states import OrganizationAction
from app.domain.vocabulary import Role
from app.extensions import db, utcnow
from app.lifecycle import Act, apply, check_version
from app.notifications.service import send
from app.organizations.models import Membership, Organization, User
from app.organizations.naming import slugs
from app.organizations.queries import coordinators, everybody_in
from app.web.formats import ZONES

_TOLD = {
    OrganizationAction.VERIFY: "organization_verified",
    OrganizationAction.REFUSE: "organization_refused",
    OrganizationAction.SUSPEND: "organization_suspended",
    OrganizationAction.RESTORE: "organization_restored",
}
_MOST_SLUGS = 50


def create(values: Mapping[str, Any], founder: User) -> Organization:
    """Register an organization, which the coordination then verifies; its founder owns it.

    Raises:
        RuleBroken: ``already_member``: the person belongs to an organization already.
    """
    if founder.membership is not None:
        raise RuleBroken("already_member")
    organization = _insert(values)
    founder.membership = Membership(organization=organization, role=Role.OWNER)
    db.session.flush()
    audit.record(organization, "create", founder.actor, to_status=organization.status)
    send(coordinators(), "organization_created", organization=organization, founder=founder)
    return organization


def _insert(values: Mapping[str, Any]) -> Organization:
    """Insert it under the first readable address that is free, also when two ask at once."""
    for slug, _try in zip(slugs(values["name"]), range(_MOST_SLUGS), strict=False):
        organization = Organization(slug=slug, **values)
        try:
            with db.session.begin_nested():
                db.session.add(organization)
        except IntegrityError:
            continue
        return organization
    raise RuleBroken("name_taken")


def edit(
    organization: Organization, values: Mapping[str, Any], actor: Actor, seen: int | None
) -> None:
    """Change what an organization says of itself; its address stays.

    Raises:
        SomeoneWasFaster: it was changed since version ``seen``.
    """
    check_version(organization, seen)
    for name, value in values.items():
        setattr(organization, name, value)
    if organization.country is not None and "country" in values:
        organization.timezone = _zone(organization)
    organization.updated_at = utcnow()
    audit.record(organization, "edit", actor)


def _zone(organization: Organization) -> str:
    kept = organization.timezone.split("/")[0] == ZONES[organization.country].split("/")[0]
    return organization.timezone if kept else ZONES[organization.country]


def act(organization: Organization, sent: Act, actor: Actor) -> None:
    """Apply an act of the table and tell the people of the organization.

    Raises:
        DomainError: as ``lifecycle.apply``.
    """
    apply(organization, sent, actor)
    send(
        everybody_in(organization.id),
        _TOLD[OrganizationAction(sent.action)],
        organization=organization,
        reason=sent.reason,
    )
