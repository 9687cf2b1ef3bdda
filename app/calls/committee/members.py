"""Who sits in the committee of a call: invited by address, joined through a link, one presides.

The call is held while its committee changes, so that no two preside it and no link counts twice.
"""

import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import update

from app import audit
from app.calls.committee.releasing import release_unfinished
from app.calls.committee.telling import tell_invited
from app.calls.locking import hold
from app.calls.models import Call, CommitteeMember
from app.domain.actors import Actor
from app.domain.call_states import CallStatus
from app.domain.errors import OutOfOrder, RuleBroken
from app.extensions import db, utcnow
from app.organizations.invitations import fingerprint, open_account
from app.organizations.models import User

VALID_FOR = timedelta(days=30)
MOST_MEMBERS = 40
_OPEN = frozenset(
    {CallStatus.DRAFT, CallStatus.PUBLISHED, CallStatus.EVALUATING, CallStatus.PRELIMINARY}
)


def invite(
    call: Call, email: str, name: str, affiliation: str, chair: bool, actor: Actor
) -> CommitteeMember:
    """Ask a person to sit in the committee and send them the link.

    Raises:
        OutOfOrder: the call has ended, or is suspended.
        RuleBroken: ``already_in_committee``, ``committee_full`` or ``chair_taken``.
    """
    _hold(call)
    present = [one for one in call.members if one.left_at is None]
    if any(one.email == email for one in present):
        raise RuleBroken("already_in_committee")
    if len(present) >= MOST_MEMBERS:
        raise RuleBroken("committee_full", most=MOST_MEMBERS)
    if chair and any(one.chair for one in present):
        raise RuleBroken("chair_taken")
    member = _row(call, email)
    member.name, member.affiliation, member.chair = name, affiliation, chair
    member.invited_by_id = actor.id
    _send_link(member)
    audit.record(call, "invite_member", actor, name=name)
    return member


def _row(call: Call, email: str) -> CommitteeMember:
    """Return the row of an address: that of who left before is taken up again."""
    former = next((one for one in call.members if one.email == email), None)
    if former is None:
        return CommitteeMember(call=call, email=email)
    former.user_id = former.accepted_at = former.left_at = None
    return former


def _send_link(member: CommitteeMember) -> None:
    token = secrets.token_urlsafe(32)
    member.token_hash = fingerprint(token)
    member.invited_at = utcnow()
    db.session.add(member)
    db.session.flush()
    tell_invited(member, token, member.invited_at + VALID_FOR)


def resend(member: CommitteeMember, actor: Actor) -> None:
    """Send a new link with a new term; the old one stops working.

    Raises:
        RuleBroken: ``invitation_closed``: the person has joined, or was taken out.
    """
    _hold(member.call)
    if member.accepted_at or member.left_at:
        raise RuleBroken("invitation_closed")
    _send_link(member)
    audit.record(member.call, "invite_member", actor, name=member.name)


def join(member: CommitteeMember, user: User) -> None:
    """Take the seat that a link offers.

    Raises:
        RuleBroken: ``invitation_of_another`` where the person has another address or has not
            confirmed theirs, ``already_in_committee`` or ``invitation_closed``.
    """
    if user.email.lower() != member.email.lower() or user.confirmed_at is None:
        raise RuleBroken("invitation_of_another")
    _hold(member.call)
    if user.id in member.call.committee_ids:
        raise RuleBroken("already_in_committee")
    _close(member, user)
    audit.record(member.call, "join_committee", user.actor, name=member.name)


def _close(member: CommitteeMember, user: User) -> None:
    """Spend the link in one statement, so that of two at once exactly one succeeds."""
    taken = db.session.scalar(
        update(CommitteeMember)
        .where(
            CommitteeMember.id == member.id,
            CommitteeMember.accepted_at.is_(None),
            CommitteeMember.left_at.is_(None),
            CommitteeMember.invited_at > utcnow() - VALID_FOR,
        )
        .values(accepted_at=utcnow(), user_id=user.id)
        .returning(CommitteeMember.id)
    )
    if taken is None:
        raise RuleBroken("invitation_closed")
    db.session.expire(member)


def join_with_new_account(member: CommitteeMember, values: Mapping[str, Any]) -> User:
    """Open an account for the invited address, which the link confirms, and take the seat.

    Raises:
        RuleBroken: ``account_exists`` where the address has one, or as :func:`join`.
    """
    user = open_account(member.email, values)
    db.session.flush()
    join(member, user)
    return user


def remove(member: CommitteeMember, actor: Actor) -> None:
    """Take a person out of the committee: what they sent stands, the rest is released.

    Raises:
        RuleBroken: ``member_left``: they are no longer in it.
    """
    _hold(member.call)
    if member.left_at is not None:
        raise RuleBroken("member_left")
    release_unfinished(member, actor)
    member.left_at, member.chair = utcnow(), False
    audit.record(member.call, "remove_member", actor, name=member.name)


def appoint_chair(member: CommitteeMember, actor: Actor) -> None:
    """Let a member preside the committee instead of who did so before.

    Raises:
        RuleBroken: ``member_left`` where the person does not sit in it.
    """
    _hold(member.call)
    if not member.sits:
        raise RuleBroken("member_left")
    if member.chair:
        return
    for other in member.call.members:
        other.chair = other is member
    audit.record(member.call, "appoint_chair", actor, name=member.name)


def _hold(call: Call) -> None:
    hold(call)
    db.session.expire(call, ["members"])
    if call.status not in _OPEN:
        raise OutOfOrder("edit", call.status)
