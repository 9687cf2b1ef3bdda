"""Which solutions are suggested for a challenge."""

from app.challenges.models import Challenge
from app.matches.matcher.catalogue import catalogue
from app.matches.matcher.weighing import Weigher
from app.matches.queries import approved_for
from app.matches.scales import Scales
from app.matches.submitted import standing_solutions
from app.matches.suggestions import Candidate, eligible_solutions, store

MOST_SUGGESTED = 8
"""Suggestions of the platform for one challenge; submissions come on top."""


def weigher(scales: Scales) -> Weigher:
    """Return the published solutions as they are now, weighed with ``scales``."""
    return Weigher(catalogue(scales), scales)


def suggest(challenge: Challenge, scales: Scales) -> None:
    """Bring the suggestions for ``challenge`` up to date; repeating it changes nothing."""
    store(challenge, candidates(challenge, weigher(scales)))


def candidates(challenge: Challenge, weigher: Weigher) -> list[Candidate]:
    """Return the best eligible solutions for ``challenge``, and all that were submitted to it."""
    question = weigher.question(challenge, approved_for(challenge.id))
    eligible, floor = eligible_solutions(challenge), weigher.scales.floor
    best = [key for key, _ in weigher.rank(question, eligible, MOST_SUGGESTED, floor)]
    submitted = standing_solutions(challenge.id)
    return weigher.explain(question, dict.fromkeys([*best, *submitted]))
