"""What resemblances add to the page of a challenge, and to the form of its brief."""

from app.challenges.models import Challenge
from app.domain.actors import Actor
from app.matches.similar.outcomes import OUTCOMES, Outcome
from app.matches.similar.queries import similar_to
from app.web.sections import Section


def of_challenge(challenge: Challenge, actor: Actor) -> Section | None:
    """The public challenges that resemble this one, and what came of them."""
    return _section(challenge, "matches/similar/of_challenge.html")


def of_brief(challenge: Challenge, actor: Actor) -> Section | None:
    """The same beside the form, while the brief is written."""
    return _section(challenge, "matches/similar/of_brief.html")


def _section(challenge: Challenge, template: str) -> Section | None:
    found = similar_to(challenge)
    if not found:
        return None
    outcomes = OUTCOMES.of([row.other_id for row in found])
    tried = next((row.other for row in found if _was_tried(row.other_id, outcomes)), None)
    context = {
        "challenge": challenge,
        "similar": found,
        "outcomes": outcomes,
        "tried": tried,
    }
    return Section(template, context, 70)


def _was_tried(key: int, outcomes: dict[int, Outcome]) -> bool:
    return key in outcomes and outcomes[key].tried
