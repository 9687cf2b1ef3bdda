"""Solutions, submissions and matches, made through the models."""

from app.domain.states import MatchStatus, SolutionStatus, SubmissionStatus
from app.domain.vocabulary import Hosting, Language, Sector
from app.extensions import db, utcnow
from app.matches.models import Match
from app.solutions.models import Solution
from app.submissions.models import Submission


def solution(startup=None, status=SolutionStatus.PUBLISHED, **changes) -> Solution:
    """Return a committed solution of ``startup`` (a person), or a public good without one."""
    values = {
        "lang": Language.SPANISH,
        "sector": Sector.WASTE,
        "title": "Detección de microbasurales con cámaras",
        "summary": "Detecta microbasurales y ordena los recorridos de los camiones.",
        "description": "Cámaras en los camiones reconocen los puntos de basura y los anotan.",
        "problems_solved": "Reclamos por basura que llegan tarde.",
        "use_cases": "microbasurales, reclamos por basura, recorridos de camiones",
        "trl": 8,
        "hosting": Hosting.CITY,
        "licence": "AGPL-3.0",
        "languages": ["es"],
        "countries": ["AR"],
        "published_at": utcnow(),
    }
    organization = getattr(startup, "organization", startup)
    made = Solution(
        organization_id=None if organization is None else organization.id,
        status=status,
        **{**values, **changes},
    )
    db.session.add(made)
    db.session.commit()
    return made


def submission(challenge, offer, status=SubmissionStatus.SUBMITTED) -> Submission:
    """Return a committed submission of ``offer`` to ``challenge``."""
    made = Submission(
        challenge_id=challenge.id, solution_id=offer.id, status=status, submitted_at=utcnow()
    )
    db.session.add(made)
    db.session.commit()
    return made


def match(challenge, offer, status=MatchStatus.SUGGESTED, score=0.5, **changes) -> Match:
    """Return a committed match of the pair."""
    part = {"term": "c:waste", "need": "basura", "offer": "basura", "field": "uses", "score": score}
    made = Match(
        challenge_id=challenge.id,
        solution_id=offer.id,
        status=status,
        score=score,
        **{"parts": [part], "missing": ["sensores"], **changes},
    )
    db.session.add(made)
    db.session.commit()
    return made
