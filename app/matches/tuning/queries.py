"""Reads of the matcher's settings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.audit import AuditEntry
from app.challenges.models import Challenge
from app.domain.permissions import Permission
from app.domain.states import TuningAction, TuningStatus
from app.extensions import db
from app.matches.models import ONCE_APPROVED, Match
from app.matches.scales import SHIPPED, Scales
from app.matches.tuning.models import Tuning
from app.organizations.models import User
from app.solutions.models import Solution
from app.web.access import Loader


def in_use() -> Tuning | None:
    """Return the version that counts; none while the settings are those that ship."""
    return _only(TuningStatus.ACCEPTED)


def present_scales() -> Scales:
    """Return the values that count now."""
    tuning = in_use()
    return SHIPPED if tuning is None else tuning.scales


def trial() -> Tuning | None:
    """Return the version that is being tried, if one is."""
    return _only(TuningStatus.TRIAL)


def _only(status: TuningStatus) -> Tuning | None:
    return db.session.scalar(select(Tuning).where(Tuning.status == status))


def by_public_id(tuning_id: str) -> Tuning | None:
    """Return a version by its public identifier."""
    return db.session.scalar(select(Tuning).where(Tuning.public_id == tuning_id))


def former(most: int = 50) -> list[Tuning]:
    """Return the versions that were in use before, the latest first."""
    query = select(Tuning).where(Tuning.status == TuningStatus.REPLACED)
    return list(db.session.scalars(query.order_by(Tuning.id.desc()).limit(most)))


@dataclass(frozen=True, slots=True)
class Acceptance:
    """Who put a version into use, when and why."""

    name: str
    at: datetime
    reason: str


def acceptances(versions: Iterable[Tuning]) -> dict[int, Acceptance]:
    """Return how each version came into use, by its key."""
    query = (
        select(AuditEntry, User.name)
        .outerjoin(User, User.id == AuditEntry.actor_id)
        .where(
            AuditEntry.subject_type == "tuning",
            AuditEntry.subject_id.in_([version.id for version in versions]),
            AuditEntry.action == TuningAction.ACCEPT,
        )
    )
    return {
        entry.subject_id: Acceptance(name or "", entry.at, entry.reason)
        for entry, name in db.session.execute(query)
    }


def named_in(moves: Iterable[dict[str, int]]) -> tuple[dict[int, Challenge], dict[int, Solution]]:
    """Return the challenges and solutions that a comparison speaks of, by their keys."""
    rows = list(moves)
    challenges = select(Challenge).where(Challenge.id.in_({row["challenge"] for row in rows}))
    solutions = select(Solution).where(Solution.id.in_({row["solution"] for row in rows}))
    return (
        {thing.id: thing for thing in db.session.scalars(challenges)},
        {thing.id: thing for thing in db.session.scalars(solutions).unique()},
    )


def decided_pairs() -> dict[int, list[int]]:
    """Return the solutions approved for each decided challenge, by the key of the challenge."""
    query = select(Match.challenge_id, Match.solution_id).where(Match.status.in_(ONCE_APPROVED))
    pairs: dict[int, list[int]] = {}
    for challenge, solution in db.session.execute(query.order_by(Match.challenge_id, Match.id)):
        pairs.setdefault(challenge, []).append(solution)
    return pairs


TUNING = Loader(by_public_id, Permission.MATCH_DESK)
