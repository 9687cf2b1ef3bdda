"""What fits add to the page of a solution, for its startup, and to that of a challenge."""

from app.challenges.models import Challenge
from app.domain.actors import Actor
from app.domain.states import SolutionStatus
from app.domain.vocabulary import OrganizationKind
from app.matches.fits import queries
from app.matches.showing import score_parts
from app.solutions.models import Solution
from app.web.sections import Section

_SHOWN = 3


def of_solution(solution: Solution, actor: Actor) -> Section | None:
    """The open challenges that a published solution fits, for the startup that offers it."""
    owns = actor.organization_id is not None and actor.organization_id == solution.organization_id
    if not owns or solution.status is not SolutionStatus.PUBLISHED:
        return None
    found = queries.of_solution(solution, actor, _SHOWN)
    context = {
        "solution": solution,
        "fits": found,
        "applied": queries.applied_to(found),
        "score_parts": score_parts,
    }
    return Section("matches/fits/of_solution.html", context, 30)


def of_challenge(challenge: Challenge, actor: Actor) -> Section | None:
    """How the reader's own solutions fit a challenge."""
    if actor.kind is not OrganizationKind.STARTUP:
        return None
    found = queries.of_challenge(challenge, actor)
    if not found:
        return None
    context = {
        "fits": found,
        "applied": queries.applied_to(found),
        "score_parts": score_parts,
    }
    return Section("matches/fits/of_challenge.html", context, 30)
