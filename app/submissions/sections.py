"""What submissions add to the pages of challenges and startups."""

from app.challenges.models import Challenge
from app.domain.actors import Actor
from app.domain.permissions import Permission, can
from app.domain.states import ChallengeStatus
from app.domain.vocabulary import OrganizationKind
from app.organizations.models import Organization
from app.submissions import queries
from app.web.sections import Section

_NOT_YET = (ChallengeStatus.DRAFT, ChallengeStatus.IN_REVIEW, ChallengeStatus.CHANGES_REQUESTED)


def received(challenge: Challenge, actor: Actor) -> Section | None:
    """How many submissions there are: for the city and the coordination only."""
    if challenge.status in _NOT_YET:
        return None
    if not can(actor, Permission.SUBMISSION_VIEW, challenge.subject):
        return None
    count = queries.count_for(challenge, actor)
    return Section("submissions/received.html", {"challenge": challenge, "count": count}, order=20)


def of_startup(organization: Organization, actor: Actor) -> Section | None:
    """On the page of a startup, for its own people: the way to its submissions."""
    if (
        actor.organization_id != organization.id
        or organization.kind is not OrganizationKind.STARTUP
    ):
        return None
    count = len(queries.of_startup(actor))
    return Section("submissions/of_startup.html", {"count": count}, order=30)


def own(challenge: Challenge, actor: Actor) -> Section | None:
    """What the reader's startup has started or sent."""
    mine = queries.own_for_challenge(challenge, actor)
    return Section("submissions/own.html", {"submissions": mine}, order=10) if mine else None
