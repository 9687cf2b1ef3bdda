"""Which solutions are suggested for a challenge."""

from collections.abc import Iterable

from app.challenges.models import Challenge
from app.matches.matcher.catalogue import catalogue
from app.matches.matcher.weighing import Question, Weigher
from app.matches.queries import approved_for
from app.matches.scales import Scales
from app.matches.submitted import standing_solutions
from app.matches.suggestions import Candidate, eligible_solutions, store

MOST_SUGGESTED = 8
"""Suggestions of the platform for one challenge; submissions come on top."""


MOST_FITS = 15
"""Solutions of startups that are told how a challenge fits them."""


def weigher(scales: Scales) -> Weigher:
    """Return the published solutions as they are now, weighed with ``scales``."""
    return Weigher(catalogue(scales), scales)


def suggest(challenge: Challenge, scales: Scales) -> None:
    """Bring the suggestions for ``challenge`` up to date; repeating it changes nothing."""
    store(challenge, candidates(challenge, weigher(scales)))


def candidates(challenge: Challenge, weigher: Weigher) -> list[Candidate]:
    """Return the best eligible solutions for ``challenge``, and all that were submitted to it."""
    question = weigher.question(challenge, approved_for(challenge.id))
    chosen = best(question, weigher, eligible_solutions(challenge))
    return weigher.explain(question, dict.fromkeys([*chosen, *standing_solutions(challenge.id)]))


def best(question: Question, weigher: Weigher, among: Iterable[int]) -> list[int]:
    """Return the solutions that are suggested on the strength of their texts, the best first."""
    ranked = weigher.rank(question, among, MOST_SUGGESTED, weigher.scales.floor)
    return [key for key, _ in ranked]


def fitting(challenge: Challenge, weigher: Weigher) -> list[Candidate]:
    """Return the solutions of startups that fit ``challenge``, from the texts of both alone.

    Decisions do not count in it, whatever the scales say: they would tell a startup about others.
    """
    alone = weigher.taught(False)
    question = alone.question(challenge)
    owned = eligible_solutions(challenge, owned=True)
    ranked = alone.rank(question, owned, MOST_FITS, weigher.scales.floor)
    return alone.explain(question, [key for key, _ in ranked])
