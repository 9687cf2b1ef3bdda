"""Invitations: for one address, once, for two weeks; only a fingerprint of the link is kept."""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from flask import current_app
from flask_security import hash_password
from sqlalchemy import update

from app import audit
from app.domain.actors import Actor
from app.domain.errors import RuleBroken
from app.domain.vocabulary import Role
from app.extensions import db, utcnow
from app.notifications.service import Recipient, send
from app.organizations import people
from app.organizations.models import Invitation, Organization, User
from app.organizations.queries import by_email, count_open_invitations, open_invitation_for

VALID_FOR = timedelta(days=14)
MOST_OPEN = 30


def fingerprint(token: str) -> str:
    """Return what is kept of a link."""
    return hashlib.sha256(token.encode()).hexdigest()


def invite(organization: Organization, email: str, role: Role, inviter: User) -> Invitation:
    """Invite an address and send it the link.

    Raises:
        RuleBroken: ``already_here``, ``already_invited`` or ``too_many_invitations``.
    """
    known = by_email(email)
    if known and known.membership and known.membership.organization_id == organization.id:
        raise RuleBroken("already_here")
    if open_invitation_for(organization.id, email):
        raise RuleBroken("already_invited")
    if count_open_invitations(organization.id) >= MOST_OPEN:
        raise RuleBroken("too_many_invitations")
    invitation = Invitation(
        email=email, organization=organization, role=role, invited_by_id=inviter.id
    )
    _send_link(invitation, inviter)
    audit.record(organization, "invite", inviter.actor, email=email, role=role.value)
    return invitation


def resend(invitation: Invitation, inviter: User) -> None:
    """Send a new link with a new term; the old link stops working.

    Raises:
        RuleBroken: ``invitation_closed``: it was accepted or revoked.
    """
    if invitation.accepted_at or invitation.revoked_at:
        raise RuleBroken("invitation_closed")
    _send_link(invitation, inviter)
    audit.record(invitation.organization, "invite", inviter.actor, email=invitation.email)


def revoke(invitation: Invitation, actor: Actor) -> None:
    """Take an invitation back.

    Raises:
        RuleBroken: ``invitation_closed``: it was accepted, revoked or has expired.
    """
    _close(invitation, "revoked_at")
    audit.record(invitation.organization, "revoke_invitation", actor, email=invitation.email)


def accept(invitation: Invitation, user: User) -> None:
    """Join the organization.

    Raises:
        RuleBroken: ``invitation_of_another`` where the person has another address or has not
            confirmed theirs, ``invitation_closed``, or ``already_member``.
    """
    if user.email.lower() != invitation.email.lower() or user.confirmed_at is None:
        raise RuleBroken("invitation_of_another")
    if user.membership is not None:
        raise RuleBroken("already_member")
    _close(invitation, "accepted_at")
    people.join(user, invitation.organization, invitation.role)


def _send_link(invitation: Invitation, inviter: User) -> None:
    token = secrets.token_urlsafe(32)
    invitation.token_hash = fingerprint(token)
    invitation.expires_at = utcnow() + VALID_FOR
    db.session.add(invitation)
    db.session.flush()
    organization = invitation.organization
    known = by_email(invitation.email)
    language = known.language if known else organization.lang
    send(
        [Recipient(invitation.email, language.value)],
        "invitation",
        organization=organization,
        inviter=inviter,
        token=token,
        expires_at=invitation.expires_at,
    )


def _close(invitation: Invitation, column: str) -> None:
    """Close it in one statement, so that of two at once exactly one succeeds."""
    now = utcnow()
    closed = db.session.scalar(
        update(Invitation)
        .where(
            Invitation.id == invitation.id,
            Invitation.accepted_at.is_(None),
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > now,
        )
        .values({column: now})
        .returning(Invitation.id)
    )
    if closed is None:
        raise RuleBroken("invitation_closed")
    db.session.refresh(invitation)


def accept_with_new_account(invitation: Invitation, values: Mapping[str, Any]) -> User:
    """Open an account for the invited address, which the link confirms, and join with it.

    Raises:
        RuleBroken: ``account_exists`` where the address has one, or as :func:`accept`.
    """
    user = open_account(invitation.email, values)
    accept(invitation, user)
    return user


def open_account(email: str, values: Mapping[str, Any]) -> User:
    """Open an account for an address that a link sent to it has confirmed.

    Raises:
        RuleBroken: ``account_exists``.
    """
    if by_email(email) is not None:
        raise RuleBroken("account_exists")
    security = current_app.extensions["security"]
    user: User = security.datastore.create_user(
        email=email,
        name=values["name"],
        language=values["language"],
        password=hash_password(security.password_util.normalize(values["password"])),
        confirmed_at=utcnow(),
    )
    return user
