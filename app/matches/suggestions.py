"""Writing what the matcher found as suggestions, without touching what people decided."""

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import and_, exists, or_, select

from app.audit import AuditEntry
from app.challenges.models import Challenge
from app.domain.states import ChallengeStatus, MatchStatus, OrganizationStatus, SolutionStatus
from app.extensions import db
from app.matches.locking import hold
from app.matches.models import Match
from app.organizations.models import Organization
from app.solutions.models import Solution


@dataclass(frozen=True, slots=True)
class Candidate:
    """A solution that may answer a challenge, with how its score is made."""

    solution_id: int
    score: float
    parts: list[dict[str, Any]]
    missing: list[str]
    matcher_version: str
    parameters: dict[str, Any]


def eligible_solutions(challenge: Challenge, *, owned: bool = False) -> list[int]:
    """Return the solutions that may be suggested: constraints first, whatever their text says.

    Published, of a verified startup (or a public good), not the city's own, offered in the city's
    country, and working in every language that the challenge requires. With ``owned``, public goods
    are left out.
    """
    query = (
        select(Solution.id, Solution.countries, Solution.languages)
        .outerjoin(Solution.organization)
        .where(
            Solution.status == SolutionStatus.PUBLISHED,
            or_(
                Solution.organization_id.is_(None),
                and_(
                    Organization.status == OrganizationStatus.VERIFIED,
                    Solution.organization_id != challenge.organization_id,
                ),
            ),
        )
        .order_by(Solution.id)
    )
    if owned:
        query = query.where(Solution.organization_id.is_not(None))
    country, required = challenge.organization.country, set(challenge.required_languages)
    return [
        key
        for key, countries, languages in db.session.execute(query)
        if country in countries and required <= set(languages)
    ]


def store(challenge: Challenge, found: list[Candidate]) -> None:
    """Write ``found`` as the suggestions for ``challenge``.

    New pairs are added and undecided ones rewritten; undecided ones that fell out are removed.
    Pairs that somebody decided upon keep their state, score and history. Only a published
    challenge gets suggestions.
    """
    hold(challenge.id)
    db.session.refresh(challenge)
    if challenge.status is not ChallengeStatus.PUBLISHED:
        return
    present = {match.solution_id: match for match in _matches(challenge.id)}
    for candidate in found:
        match = present.pop(candidate.solution_id, None)
        if match is None:
            db.session.add(Match(challenge_id=challenge.id, **asdict(candidate)))
        elif match.status is MatchStatus.SUGGESTED:
            _rewrite(match, candidate)
    for match in present.values():
        if match.status is MatchStatus.SUGGESTED and not _was_decided(match):
            db.session.delete(match)
    db.session.flush()


def _matches(challenge_id: int) -> list[Match]:
    query = select(Match).where(Match.challenge_id == challenge_id).order_by(Match.id)
    return list(db.session.scalars(query.execution_options(populate_existing=True)).unique())


def _rewrite(match: Match, candidate: Candidate) -> None:
    for name, value in asdict(candidate).items():
        if getattr(match, name) != value:
            setattr(match, name, value)


def _was_decided(match: Match) -> bool:
    trail = and_(AuditEntry.subject_type == match.audit_name, AuditEntry.subject_id == match.id)
    return bool(db.session.scalar(select(exists().where(trail))))
