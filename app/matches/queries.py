"""Reads of matches; each states in SQL who may see what, as the table of permissions does."""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, false, func, or_, select, true
from sqlalchemy.orm import aliased

from app.challenges.models import Challenge
from app.domain.actors import Actor
from app.domain.permissions import Permission
from app.domain.states import ChallengeStatus, MatchStatus, OrganizationStatus, SolutionStatus
from app.domain.vocabulary import OrganizationKind, Side
from app.extensions import db, utcnow
from app.matches.models import HIDDEN, LIVE, ONCE_APPROVED, Consent, Match
from app.organizations.models import Organization
from app.solutions.models import Solution
from app.web.access import Loader


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """State ``match:view`` in SQL; the rows must be joined with challenge and solution."""
    if actor.kind is OrganizationKind.COORDINATION and actor.verified:
        return true()
    if actor.organization_id is None:
        return false()
    own = or_(
        Challenge.organization_id == actor.organization_id,
        Solution.organization_id == actor.organization_id,
    )
    return and_(Match.status.not_in(HIDDEN), own)


def matches() -> Select[Any]:
    """Select matches joined with their challenge and solution."""
    return select(Match).join(Match.challenge).join(Match.solution)


def by_public_id(match_id: str) -> Match | None:
    """Return a match by its public identifier."""
    return db.session.scalar(select(Match).where(Match.public_id == match_id))


def of_challenge(challenge_id: int) -> list[Match]:
    """Return every match of a challenge, the best first, ties by number."""
    query = select(Match).where(Match.challenge_id == challenge_id).order_by(*BEST_FIRST)
    return list(db.session.scalars(query))


def live_proposal(challenge_id: int) -> Match | None:
    """Return the match that is proposed or confirmed for a challenge, if one is."""
    query = select(Match).where(Match.challenge_id == challenge_id, Match.status.in_(LIVE))
    return db.session.scalar(query)


def approved_for(challenge_id: int) -> list[int]:
    """Return the solutions that the coordination approved for a challenge, whatever came of it."""
    query = select(Match.solution_id).where(
        Match.challenge_id == challenge_id, Match.status.in_(ONCE_APPROVED)
    )
    return list(db.session.scalars(query.order_by(Match.solution_id)))


def next_alternate(challenge_id: int) -> Match | None:
    """Return the approved match whose turn is next: the best score, ties by number."""
    query = (
        matches()
        .outerjoin(Solution.organization)
        .where(
            Match.challenge_id == challenge_id,
            Match.status == MatchStatus.APPROVED,
            can_be_offered(),
        )
    )
    first = query.order_by(*BEST_FIRST).limit(1).execution_options(populate_existing=True)
    return db.session.scalar(first)


def can_be_offered() -> ColumnElement[bool]:
    """State that a solution is published, and its startup (if any) verified."""
    return and_(
        Solution.status == SolutionStatus.PUBLISHED,
        or_(
            Solution.organization_id.is_(None),
            Organization.status == OrganizationStatus.VERIFIED,
        ),
    )


def awaiting_answer(actor: Actor) -> list[Match]:
    """Return the proposals that the actor's organization has to answer, the most urgent first."""
    if actor.organization_id is None:
        return []
    side = Side.CITY if actor.kind is OrganizationKind.CITY else Side.STARTUP
    owner = Challenge if side is Side.CITY else Solution
    answered = exists().where(Consent.match_id == Match.id, Consent.side == side)
    query = matches().where(
        Match.status == MatchStatus.PROPOSED,
        Match.respond_by > utcnow(),
        owner.organization_id == actor.organization_id,
        ~answered,
    )
    return list(db.session.scalars(query.order_by(Match.respond_by, Match.id)))


def confirmed_of_city(actor: Actor) -> list[Match]:
    """Return the confirmed matches of the actor's city (none for others)."""
    query = matches().where(
        Match.status == MatchStatus.CONFIRMED,
        Challenge.organization_id == actor.organization_id,
    )
    return list(db.session.scalars(query.order_by(Match.id)))


def count_by_status() -> dict[str, int]:
    """Return how many matches there are in each state."""
    query = select(Match.status, func.count()).group_by(Match.status)
    return {str(status): count for status, count in db.session.execute(query)}


def ended_proposals() -> list[int]:
    """Return the proposals that nobody can answer any more (see ``Match.can_be_answered``)."""
    query = (
        matches()
        .outerjoin(Solution.organization)
        .where(
            Match.status == MatchStatus.PROPOSED,
            or_(
                Match.respond_by <= utcnow(),
                Challenge.status != ChallengeStatus.PUBLISHED,
                ~can_be_offered(),
            ),
        )
    )
    return list(db.session.scalars(query.with_only_columns(Match.id).order_by(Match.id)))


def waiting_for_an_offer() -> list[int]:
    """Return the published challenges that have an alternate to offer and nothing proposed."""
    other = aliased(Match)
    live = exists().where(other.challenge_id == Match.challenge_id, other.status.in_(LIVE))
    query = (
        matches()
        .outerjoin(Solution.organization)
        .where(
            Match.status == MatchStatus.APPROVED,
            Challenge.status == ChallengeStatus.PUBLISHED,
            can_be_offered(),
            ~live,
        )
    )
    found = query.with_only_columns(Match.challenge_id).distinct()
    return sorted(db.session.scalars(found))


BEST_FIRST = (Match.score.desc(), Match.id)
MATCH = Loader(by_public_id, Permission.MATCH_VIEW)
