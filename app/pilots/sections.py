"""What pilots add to the pages of a match, of a challenge and of an organization."""

from collections.abc import Collection

from flask import url_for
from flask_babel import gettext as _

from app.challenges.models import Challenge
from app.domain.actors import Actor
from app.domain.permissions import Permission, can
from app.domain.states import MatchStatus, PilotStatus
from app.matches.models import Match
from app.matches.similar.outcomes import Outcome
from app.organizations.models import Organization
from app.pilots import queries
from app.pilots.models import Pilot
from app.web.labels import label
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


def came_of(challenges: Collection[int]) -> dict[int, Outcome]:
    """What came of several challenges, as far as anybody may know: the latest pilot of each."""
    found = queries.started_of(challenges)
    return {
        pilot.challenge_id: Outcome(
            words=_("Pilot: %(status)s", status=_told(pilot)),
            url=url_for("pilots.show", pilot_id=pilot.public_id),
            tried=pilot.status is not PilotStatus.NOT_CARRIED_OUT,
        )
        for pilot in found
    }


def _told(pilot: Pilot) -> str:
    words = [label(pilot.status), label(pilot.decision) if pilot.decision else ""]
    return ", ".join(str(word).lower() for word in words if word)


def of_organization(organization: Organization, actor: Actor) -> Section | None:
    """The pilots of a city or startup that the reader may know of."""
    pilots = queries.of_organization(organization.id, actor)
    return Section("pilots/of_organization.html", {"pilots": pilots}, 40) if pilots else None
