"""What commitments add to the page of a city."""

from app.commitments import queries
from app.commitments.rules import local_day
from app.domain.actors import Actor
from app.domain.vocabulary import OrganizationKind
from app.extensions import utcnow
from app.organizations.models import Organization
from app.web.sections import Section


def of_city(organization: Organization, actor: Actor) -> Section | None:
    """How a member city stands this year; everybody reads it."""
    if organization.kind is not OrganizationKind.CITY or not organization.is_verified:
        return None
    year = local_day(utcnow(), organization.timezone).year
    standing = queries.of_city(organization, year)
    if standing is None:
        return None
    return Section("commitments/of_city.html", {"standing": standing}, order=60)
