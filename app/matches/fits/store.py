"""Writing what the matcher found for the startups' solutions."""

from sqlalchemy import select

from app.challenges.models import Challenge
from app.domain.states import ChallengeStatus
from app.extensions import db
from app.matches.fits.models import Fit
from app.matches.suggestions import Candidate


def store(challenge: Challenge, found: list[Candidate]) -> None:
    """Let the fits of ``challenge`` be those found: none unless it is published."""
    if challenge.status is not ChallengeStatus.PUBLISHED:
        found = []
    query = select(Fit).where(Fit.challenge_id == challenge.id)
    present = {fit.solution_id: fit for fit in db.session.scalars(query).unique()}
    for candidate in found:
        fit = present.pop(candidate.solution_id, None)
        values = {name: getattr(candidate, name) for name in ("score", "parts", "missing")}
        if fit is None:
            key = candidate.solution_id
            db.session.add(Fit(challenge_id=challenge.id, solution_id=key, **values))
            continue
        for name, value in values.items():
            if getattr(fit, name) != value:
                setattr(fit, name, value)
    for fit in present.values():
        db.session.delete(fit)
    db.session.flush()
