"""What memberships add to the page of a city."""

from app.calls.enrolments import queries
from app.domain.actors import Actor
from app.domain.permissions import Permission, can
from app.domain.vocabulary import OrganizationKind
from app.organizations.models import Organization
from app.web.sections import Section


def of_organization(organization: Organization, actor: Actor) -> Section | None:
    """The membership of a city: everybody reads that it is a member, its own people all of it."""
    if organization.kind is not OrganizationKind.CITY:
        return None
    enrolment = queries.latest(organization.id)
    if enrolment is None:
        return None
    follows = can(actor, Permission.ENROLMENT_VIEW, enrolment.subject)
    if not (enrolment.is_member or follows):
        return None
    return Section(
        "enrolments/of_organization.html", {"enrolment": enrolment, "follows": follows}, order=5
    )
