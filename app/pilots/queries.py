"""Reads of pilots. That a pilot exists is public; its inside is of the two sides."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import selectinload

from app.domain.actors import Actor
from app.domain.permissions import Permission
from app.domain.states import MilestoneStatus, PilotStatus, ReportStatus
from app.domain.vocabulary import OrganizationKind
from app.extensions import db
from app.pilots.indicators.models import Indicator
from app.pilots.milestones.models import OPEN, Milestone
from app.pilots.models import ENDED, PREPARED, UNDER_WAY, Pilot
from app.pilots.reports.models import ProgressReport
from app.pilots.rules import Plan
from app.web.access import Loader

SOON = timedelta(days=14)


def by_public_id(pilot_id: str) -> Pilot | None:
    """Return a pilot by its public identifier, with its signatures."""
    query = select(Pilot).where(Pilot.public_id == pilot_id)
    return db.session.scalar(query.options(selectinload(Pilot.signatures)))


def milestone_by_public_id(milestone_id: str) -> Milestone | None:
    """Return a milestone by its public identifier."""
    return db.session.scalar(select(Milestone).where(Milestone.public_id == milestone_id))


def report_by_public_id(report_id: str) -> ProgressReport | None:
    """Return a progress report by its public identifier."""
    query = select(ProgressReport).where(ProgressReport.public_id == report_id)
    return db.session.scalar(query)


def of_match(match_id: int) -> Pilot | None:
    """Return the pilot that came of a match."""
    return db.session.scalar(select(Pilot).where(Pilot.match_id == match_id))


def already_opened(match_ids: Iterable[int]) -> set[int]:
    """Return which of these matches have their pilot, with one query."""
    query = select(Pilot.match_id).where(Pilot.match_id.in_(list(match_ids)))
    return set(db.session.scalars(query))


def of_challenge(challenge_id: int) -> list[Pilot]:
    """Return what the public may know of the pilots of a challenge, the newest first."""
    query = select(Pilot).where(Pilot.challenge_id == challenge_id)
    return list(db.session.scalars(query.order_by(Pilot.id.desc())))


def started_of(challenges: Collection[int]) -> list[Pilot]:
    """Return the pilots of several challenges that began at some time, the oldest first."""
    query = select(Pilot).where(Pilot.challenge_id.in_(challenges), Pilot.started_at.is_not(None))
    return list(db.session.scalars(query.order_by(Pilot.id)))


def milestones(pilot: Pilot) -> list[Milestone]:
    """Return the milestones of a pilot by their day."""
    query = select(Milestone).where(Milestone.pilot_id == pilot.id)
    return list(db.session.scalars(query.order_by(Milestone.due_on, Milestone.id)))


def indicators(pilot: Pilot) -> list[Indicator]:
    """Return the indicators of a pilot with their readings, in the order they were added."""
    query = select(Indicator).where(Indicator.pilot_id == pilot.id).order_by(Indicator.id)
    return list(db.session.scalars(query.options(selectinload(Indicator.readings))))


def indicator(pilot: Pilot, number: int) -> Indicator | None:
    """Return the indicator with that number in its pilot, from 1."""
    found = indicators(pilot)
    return found[number - 1] if 1 <= number <= len(found) else None


def reports(pilot: Pilot) -> list[ProgressReport]:
    """Return the progress reports of a pilot, the latest period first."""
    query = select(ProgressReport).where(ProgressReport.pilot_id == pilot.id)
    order = (ProgressReport.period_to.desc(), ProgressReport.id.desc())
    return list(db.session.scalars(query.order_by(*order)))


def plan(pilot: Pilot) -> Plan:
    """Return a pilot with everything that is agreed about it."""
    return Plan(pilot, milestones(pilot), indicators(pilot))


def public_pilots() -> Select[Any]:
    """Select what the public list shows: running, finished and not carried out."""
    return (
        select(Pilot)
        .join(Pilot.challenge)
        .join(Pilot.city)
        .where(Pilot.status.in_(UNDER_WAY | ENDED))
    )


def of_organization(organization_id: int, actor: Actor) -> list[Pilot]:
    """Return an organization's pilots that ``actor`` may see, the newest first.

    Others see them once they have begun or ended; under a startup's name only those that began.
    """
    query = select(Pilot).where(_carried_by(organization_id), told_to(actor, organization_id))
    return list(db.session.scalars(query.order_by(Pilot.created_at.desc(), Pilot.id.desc())))


def told_to(actor: Actor, organization_id: int) -> ColumnElement[bool]:
    """State in SQL which pilots of an organization are told to ``actor`` under its name."""
    own = actor.organization_id == organization_id
    inside = actor.kind is OrganizationKind.COORDINATION and actor.verified
    if own or inside or actor.system:
        return Pilot.id.is_not(None)
    begun = Pilot.started_at.is_not(None)
    as_city = (Pilot.city_id == organization_id) & Pilot.status.in_(UNDER_WAY | ENDED)
    return or_(as_city, begun)


def _carried_by(organization_id: int) -> ColumnElement[bool]:
    return or_(Pilot.city_id == organization_id, Pilot.startup_id == organization_id)


def count_by_status() -> dict[str, int]:
    """Return how many pilots there are in each state."""
    query = select(Pilot.status, func.count()).group_by(Pilot.status)
    return {str(status): count for status, count in db.session.execute(query)}


def finished_recently(limit: int) -> list[Pilot]:
    """Return the pilots that finished last."""
    query = select(Pilot).where(Pilot.status == PilotStatus.FINISHED)
    order = (Pilot.finished_at.desc(), Pilot.id.desc())
    return list(db.session.scalars(query.order_by(*order).limit(limit)))


def ongoing() -> list[Pilot]:
    """Return the pilots being prepared or under way, those longest in their state first."""
    query = select(Pilot).where(Pilot.status.in_(PREPARED | UNDER_WAY))
    return list(db.session.scalars(query.order_by(Pilot.status_since, Pilot.id)))


@dataclass(frozen=True, slots=True)
class Due:
    """A milestone that somebody has to deliver soon, or should have."""

    pilot: Pilot
    milestone: Milestone
    due_on: date
    days_left: int


def due_soon(actor: Actor) -> list[Due]:
    """Return the open milestones of the actor's pilots due within two weeks or late, by day."""
    if actor.organization_id is None:
        return []
    query = (
        select(Milestone)
        .join(Milestone.pilot)
        .where(
            _carried_by(actor.organization_id),
            Pilot.status.in_(UNDER_WAY),
            Milestone.status.in_(OPEN),
        )
        .order_by(Milestone.due_on, Milestone.id)
    )
    return [due for due in _dues(db.session.scalars(query)) if due.days_left <= SOON.days]


def delivered_to(actor: Actor) -> list[Milestone]:
    """Return the milestones that wait for the actor's city to accept or return them."""
    query = (
        select(Milestone)
        .join(Milestone.pilot)
        .where(
            Pilot.city_id == actor.organization_id,
            Pilot.status.in_(UNDER_WAY),
            Milestone.status == MilestoneStatus.DELIVERED,
        )
    )
    return list(db.session.scalars(query.order_by(Milestone.status_since, Milestone.id)))


def reported_to(actor: Actor) -> list[ProgressReport]:
    """Return the progress reports that wait for the actor's city to accept or return them."""
    query = (
        select(ProgressReport)
        .join(ProgressReport.pilot)
        .where(
            Pilot.city_id == actor.organization_id, ProgressReport.status == ReportStatus.SUBMITTED
        )
    )
    return list(db.session.scalars(query.order_by(ProgressReport.status_since, ProgressReport.id)))


def _dues(found: Iterable[Milestone]) -> Iterable[Due]:
    for milestone in found:
        yield Due(milestone.pilot, milestone, milestone.due_on, milestone.days_left)


PILOT = Loader(by_public_id, Permission.PILOT_VIEW)
INSIDE = Loader(by_public_id, Permission.PILOT_FOLLOW)
MILESTONE = Loader(milestone_by_public_id, Permission.PILOT_FOLLOW)
REPORT = Loader(report_by_public_id, Permission.PILOT_FOLLOW)
