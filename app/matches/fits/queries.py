"""Reads of fits: a startup's own, for challenges that anybody may read and that are open now."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, select, true

from app.challenges.models import Challenge
from app.challenges.queries import phase_column
from app.domain.actors import Actor
from app.domain.states import ChallengeStatus, SolutionStatus
from app.domain.vocabulary import OrganizationKind
from app.extensions import db
from app.matches.fits.models import Fit
from app.solutions.models import Solution
from app.submissions.models import HIDDEN, Submission


def fits_of(actor: Actor) -> Select[Any]:
    """Select the fits of the actor's startup, joined with challenge and solution."""
    return (
        select(Fit)
        .join(Fit.challenge)
        .join(Fit.solution)
        .where(
            Solution.organization_id == actor.organization_id,
            true() if actor.verified else false(),
            Solution.status == SolutionStatus.PUBLISHED,
            _accepts_now(),
        )
    )


def _accepts_now() -> ColumnElement[bool]:
    return and_(Challenge.status == ChallengeStatus.PUBLISHED, phase_column() == "open")


def best_of(actor: Actor, most: int) -> list[Fit]:
    """Return the best fits of the actor's startup; none for others."""
    if actor.kind is not OrganizationKind.STARTUP:
        return []
    return list(db.session.scalars(fits_of(actor).order_by(*BEST_FIRST).limit(most)).unique())


def of_solution(solution: Solution, actor: Actor, most: int) -> list[Fit]:
    """Return the best fits of a solution of the actor's startup; none for others."""
    query = fits_of(actor).where(Fit.solution_id == solution.id).order_by(*BEST_FIRST)
    return list(db.session.scalars(query.limit(most)).unique())


def of_challenge(challenge: Challenge, actor: Actor) -> list[Fit]:
    """Return how the solutions of the actor's startup fit a challenge, the best first."""
    query = fits_of(actor).where(Fit.challenge_id == challenge.id).order_by(*BEST_FIRST)
    return list(db.session.scalars(query).unique())


def applied_to(fits: Iterable[Fit]) -> set[int]:
    """Return the keys of those fits whose solution was submitted to the challenge."""
    keys = [fit.id for fit in fits]
    query = (
        select(Fit.id)
        .join(
            Submission,
            and_(
                Submission.challenge_id == Fit.challenge_id,
                Submission.solution_id == Fit.solution_id,
            ),
        )
        .where(Fit.id.in_(keys), Submission.status.not_in(HIDDEN))
    )
    return set(db.session.scalars(query))


BEST_FIRST = (Fit.score.desc(), Fit.challenge_id, Fit.solution_id)
