"""What features above add to the page of a challenge, and what challenges add elsewhere."""

from app.challenges import queries
from app.challenges.models import Challenge
from app.domain.actors import Actor
from app.organizations.models import Organization
from app.web.sections import Section, Sections

SECTIONS: Sections[Challenge] = Sections()

BRIEF_PAGE: Sections[Challenge] = Sections()
"""Beside the form of a brief that was saved once."""


def of_organization(organization: Organization, actor: Actor) -> Section | None:
    """What a city asks for, as far as the reader may see it."""
    found = queries.of_organization(organization.id, actor)
    return Section("challenges/of_organization.html", {"challenges": found}, 20) if found else None
