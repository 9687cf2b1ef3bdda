"""Reads of challenges; each states in SQL who may see what, as the table of permissions does."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, case, false, func, or_, select, true
from sqlalchemy.orm import selectinload

from app.challenges.models import PUBLIC, Challenge
from app.domain.actors import Actor
from app.domain.permissions import Permission
from app.domain.states import ChallengeStatus
from app.domain.vocabulary import OrganizationKind
from app.extensions import db, utcnow
from app.web.access import Loader


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """State ``challenge:view`` in SQL."""
    if actor.system or (actor.kind is OrganizationKind.COORDINATION and actor.verified):
        return true()
    own = false() if actor.organization_id is None else _of(actor.organization_id)
    return or_(Challenge.status.in_(PUBLIC), own)


def _of(organization_id: int) -> ColumnElement[bool]:
    return Challenge.organization_id == organization_id


def by_public_id(challenge_id: str) -> Challenge | None:
    """Return a challenge by its public identifier, with its criteria."""
    query = select(Challenge).where(Challenge.public_id == challenge_id)
    return db.session.scalar(query.options(selectinload(Challenge.criteria)))


def phase_column(now: datetime | None = None) -> ColumnElement[str]:
    """Return the clock's phase of a challenge as SQL: upcoming, open or closed."""
    moment = now or utcnow()
    return case(
        (Challenge.opens_at > moment, "upcoming"),
        (Challenge.closes_at <= moment, "closed"),
        else_="open",
    )


def public_challenges() -> Select[Any]:
    """Select what the public list shows: published ones, whatever came of them."""
    return select(Challenge).join(Challenge.organization).where(Challenge.status.in_(PUBLIC))


def open_challenges(limit: int | None = None) -> list[Challenge]:
    """Return the challenges that accept submissions now, the soonest to close first."""
    query = (
        select(Challenge)
        .where(Challenge.status == ChallengeStatus.PUBLISHED, phase_column() == "open")
        .order_by(Challenge.closes_at, Challenge.id)
    )
    return list(db.session.scalars(query.limit(limit)))


def of_organization(organization_id: int, actor: Actor) -> list[Challenge]:
    """Return an organization's challenges that ``actor`` may see, the newest first."""
    query = (
        select(Challenge)
        .where(_of(organization_id), visible_to(actor))
        .order_by(Challenge.updated_at.desc(), Challenge.id.desc())
    )
    return list(db.session.scalars(query))


def awaiting_review() -> list[Challenge]:
    """Return what the coordination has to review, the longest waiting first."""
    query = select(Challenge).where(Challenge.status == ChallengeStatus.IN_REVIEW)
    return list(db.session.scalars(query.order_by(Challenge.status_since)))


def count_by_status() -> dict[str, int]:
    """Return how many challenges there are in each state."""
    query = select(Challenge.status, func.count()).group_by(Challenge.status)
    return {str(status): count for status, count in db.session.execute(query)}


CHALLENGE = Loader(by_public_id, Permission.CHALLENGE_VIEW)
