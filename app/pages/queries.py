"""Reads for the home page."""

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import func, select

from app.challenges.models import PUBLIC, Challenge
from app.domain.states import OrganizationStatus, PilotStatus, SolutionStatus
from app.domain.vocabulary import Country, OrganizationKind
from app.extensions import db
from app.organizations.models import Organization
from app.pilots.models import Pilot
from app.solutions.models import Solution


def figures() -> dict[str, int]:
    """Return the live figures of the platform, by name."""
    cities = select(func.count(Organization.id)).where(
        Organization.kind == OrganizationKind.CITY,
        Organization.status == OrganizationStatus.VERIFIED,
    )
    challenges = select(func.count(Challenge.id)).where(Challenge.status.in_(PUBLIC))
    solutions = select(func.count(Solution.id)).where(Solution.status == SolutionStatus.PUBLISHED)
    running = (PilotStatus.RUNNING, PilotStatus.PAUSED, PilotStatus.CLOSING)
    pilots = select(func.count(Pilot.id)).where(Pilot.status.in_(running))
    finished = select(func.count(Pilot.id)).where(Pilot.status == PilotStatus.FINISHED)
    row = db.session.execute(
        select(
            cities.scalar_subquery().label("cities"),
            challenges.scalar_subquery().label("challenges"),
            solutions.scalar_subquery().label("solutions"),
            pilots.scalar_subquery().label("running"),
            finished.scalar_subquery().label("finished"),
        )
    ).one()
    return dict(row._mapping)


def challenges_by_place() -> Mapping[Country, Counter[str]]:
    """Return how many published challenges each province has, by country."""
    query = (
        select(Organization.country, Organization.subdivision, func.count(Challenge.id))
        .join(Challenge, Challenge.organization_id == Organization.id)
        .where(Challenge.status.in_(PUBLIC))
        .group_by(Organization.country, Organization.subdivision)
    )
    counts: dict[Country, Counter[str]] = {}
    for country, subdivision, count in db.session.execute(query):
        counts.setdefault(country, Counter())[subdivision] += count
    return counts
