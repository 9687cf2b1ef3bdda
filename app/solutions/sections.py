"""What features above add to the page of a solution, and what solutions add elsewhere."""

from app.domain.actors import Actor
from app.organizations.models import Organization
from app.solutions import queries
from app.solutions.models import Solution
from app.web.sections import Section, Sections

SECTIONS: Sections[Solution] = Sections()


def of_organization(organization: Organization, actor: Actor) -> Section | None:
    """What a startup offers, as far as the reader may see it."""
    found = queries.of_organization(organization.id, actor)
    own = actor.organization_id == organization.id
    context = {"solutions": found, "own": own}
    return Section("solutions/of_organization.html", context, 20) if found else None
