"""Reads of who sits where: the members of a committee and the committees of a person."""

from sqlalchemy import select

from app.calls.committee.members import VALID_FOR
from app.calls.committee.models import Conflict
from app.calls.models import Call, CommitteeMember
from app.calls.queries import by_public_id
from app.domain.actors import Actor
from app.domain.call_states import CallStatus
from app.domain.permissions import Permission
from app.domain.vocabulary import Role
from app.extensions import db, utcnow
from app.organizations.invitations import fingerprint
from app.organizations.models import Membership, User
from app.web.access import Loader

COMMITTEE = Loader(by_public_id, Permission.COMMITTEE_VIEW)
_GOING_ON = (CallStatus.DRAFT, CallStatus.PUBLISHED, CallStatus.EVALUATING, CallStatus.PRELIMINARY)


def invited_by(token: str) -> CommitteeMember | None:
    """Return the seat that a link offers, if it still does."""
    query = select(CommitteeMember).where(
        CommitteeMember.token_hash == fingerprint(token),
        CommitteeMember.accepted_at.is_(None),
        CommitteeMember.left_at.is_(None),
        CommitteeMember.invited_at > utcnow() - VALID_FOR,
    )
    return db.session.scalar(query)


def member_of(call: Call, key: int) -> CommitteeMember | None:
    """Return a member by key, if it is of that call."""
    return next((one for one in call.members if one.id == key), None)


def present(call: Call) -> list[CommitteeMember]:
    """Return who sits in the committee or is asked to, who presides first."""
    known = [one for one in call.members if one.left_at is None]
    return sorted(known, key=lambda one: (not one.chair, one.accepted_at is None, one.name))


def committees_of(actor: Actor) -> list[Call]:
    """Return the calls in whose committee a person sits, the newest first, drafts included."""
    query = (
        select(Call)
        .join(Call.members)
        .where(
            CommitteeMember.user_id == actor.id,
            CommitteeMember.accepted_at.is_not(None),
            CommitteeMember.left_at.is_(None),
        )
        .order_by(Call.id.desc())
    )
    return list(db.session.scalars(query).unique())


def is_going_on(call: Call) -> bool:
    """Tell whether its committee still has something to do."""
    return call.status in _GOING_ON


def people_to_bar(call: Call) -> list[User]:
    """Return the people who may have a conflict in a call: its committee and its coordination."""
    sitting = [one.user for one in call.members if one.user is not None and one.sits]
    query = (
        select(User)
        .join(User.membership)
        .where(Membership.organization_id == call.organization_id, Membership.role.in_(list(Role)))
    )
    everybody = {user.id: user for user in (*sitting, *db.session.scalars(query).unique())}
    return sorted(everybody.values(), key=lambda user: (user.name, user.id))


def conflicts_of(call: Call) -> list[Conflict]:
    """Return the conflicts of a call, the newest first."""
    query = (
        select(Conflict)
        .join(Conflict.application)
        .where(Conflict.application.has(call_id=call.id))
        .order_by(Conflict.id.desc())
    )
    return list(db.session.scalars(query))
