"""What pilots add to the pages of a match, of a challenge and of an organization."""

from app.challenges.models import Challenge
from app.domain.actors import Actor
from app.domain.permissions import Permission, can
from app.domain.states import MatchStatus
from app.matches.models import Match
from app.organizations.models import Organization
from app.pilots import queries
from app.web.sections import Section


def of_match(match: Match, actor: Actor) -> Section | None:
    """The pilot of a confirmed match, or the button that opens it."""
    pilot = queries.of_match(match.id)
    if pilot is None and match.status is not MatchStatus.CONFIRMED:
        return None
    opens = pilot is None and can(actor, Permission.PILOT_OPEN, match.subject)
    return Section(
        "pilots/of_match.html", {"match": match, "pilot": pilot, "opens": opens}, order=10
    )


def of_challenge(challenge: Challenge, actor: Actor) -> Section | None:
    """What came of a challenge: its pilots, those that did not take place too."""
    pilots = queries.of_challenge(challenge.id)
    return Section("pilots/of_challenge.html", {"pilots": pilots}, order=15) if pilots else None


def of_organization(organization: Organization, actor: Actor) -> Section | None:
    """The pilots of a city or startup that the reader may know of."""
    pilots = queries.of_organization(organization.id, actor)
    return Section("pilots/of_organization.html", {"pilots": pilots}, 40) if pilots else None
