"""Reads of the match desk: which challenges wait for a decision, and since when."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select

from app.challenges.models import Challenge
from app.challenges.queries import by_public_id
from app.domain.permissions import Permission
from app.domain.states import ChallengeStatus, MatchStatus
from app.extensions import db
from app.matches.models import LIVE, Match
from app.matches.submitted import standing_solutions
from app.web.access import Loader


@dataclass(slots=True)
class Line:
    """The matches of one challenge in figures."""

    counts: dict[str, int] = field(default_factory=dict)
    best: float = 0.0
    oldest: datetime | None = None

    def of(self, status: str) -> int:
        """Return how many are in ``status``."""
        return self.counts.get(status, 0)


def _has(*states: MatchStatus) -> ColumnElement[bool]:
    return exists().where(Match.challenge_id == Challenge.id, Match.status.in_(states))


def stage() -> ColumnElement[str]:
    """Return, in SQL, what a challenge on the desk waits for."""
    return case(
        (_has(*LIVE), "proposed"),
        (_has(MatchStatus.SUGGESTED), "to_decide"),
        (_has(MatchStatus.APPROVED), "approved"),
        else_="without",
    )


def waiting_since() -> Any:
    """Return, in SQL, since when the oldest undecided suggestion of a challenge waits."""
    return (
        select(func.min(Match.suggested_at))
        .where(Match.challenge_id == Challenge.id, Match.status == MatchStatus.SUGGESTED)
        .correlate(Challenge)
        .scalar_subquery()
    )


def challenges_on_the_desk() -> Select[Any]:
    """Select the challenges that the desk works on: published ones, and those with a live match."""
    return (
        select(Challenge)
        .join(Challenge.organization)
        .where(
            or_(
                Challenge.status == ChallengeStatus.PUBLISHED,
                and_(Challenge.status == ChallengeStatus.MATCHED, _has(MatchStatus.CONFIRMED)),
            )
        )
    )


def lines(challenges: Iterable[Challenge]) -> dict[int, Line]:
    """Return the figures of several challenges with one query."""
    keys = [challenge.id for challenge in challenges]
    query = (
        select(
            Match.challenge_id,
            Match.status,
            func.count(),
            func.max(Match.score),
            func.min(Match.suggested_at),
        )
        .where(Match.challenge_id.in_(keys))
        .group_by(Match.challenge_id, Match.status)
    )
    found = {key: Line() for key in keys}
    for key, status, count, best, oldest in db.session.execute(query):
        line = found[key]
        line.counts[str(status)] = count
        line.best = max(line.best, best)
        if status is MatchStatus.SUGGESTED:
            line.oldest = oldest
    return found


def desk_counts() -> dict[str, int]:
    """Return how many challenges of the desk are at each stage."""
    rows = challenges_on_the_desk().with_only_columns(stage().label("stage")).subquery()
    query = select(rows.c.stage, func.count().label("total")).group_by(rows.c.stage)
    counted = {row.stage: row.total for row in db.session.execute(query)}
    return {name: counted.get(name, 0) for name in ("to_decide", "proposed", "approved", "without")}


def applied(challenge_id: int) -> set[int]:
    """Return the solutions that their startups submitted to a challenge."""
    return set(standing_solutions(challenge_id))


def next_undecided(match: Match) -> Match | None:
    """Return the suggestion to decide after ``match``: of its challenge first, then the oldest."""
    here = Match.challenge_id == match.challenge_id
    undecided = (
        select(Match)
        .join(Match.challenge)
        .where(
            Match.status == MatchStatus.SUGGESTED,
            Match.id != match.id,
            Challenge.status == ChallengeStatus.PUBLISHED,
        )
    )
    after = and_(
        here,
        or_(Match.score < match.score, and_(Match.score == match.score, Match.id > match.id)),
    )
    order = (
        case((after, 0), (here, 1), else_=2),
        waiting_since(),
        Match.challenge_id,
        Match.score.desc(),
        Match.id,
    )
    return db.session.scalar(undecided.order_by(*order).limit(1))


DESK = Loader(by_public_id, Permission.MATCH_DESK)
