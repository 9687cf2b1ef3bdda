"""Complete solutions, in each state."""

from app.domain.states import SolutionStatus
from app.domain.vocabulary import DecisionRole, Hosting, Language, ModelFamily, Sector
from app.extensions import db, utcnow
from app.solutions.models import Solution


def described(**changes):
    """Return the values of a complete solution."""
    values = {
        "lang": Language.SPANISH,
        "sector": Sector.WASTE,
        "title": "Rutas que aprenden",
        "summary": "Planifica los recorridos de los camiones con los reclamos de cada semana.",
        "description": "Lee reclamos y recorridos, y propone el orden de las paradas.",
        "problems_solved": "Recorridos vacíos y microbasurales que vuelven.",
        "use_cases": "Planificar recorridos de residuos, encontrar microbasurales",
        "trl": 7,
        "ai_purpose": "Estimar dónde se juntará basura.",
        "decision_role": DecisionRole.RECOMMENDS,
        "model_family": ModelFamily.CLASSICAL_ML,
        "data_origin": "Reclamos y recorridos de la ciudad.",
        "human_oversight": "La jefa de turno confirma cada recorrido.",
        "hosting": Hosting.COUNTRY,
        "limits": "No sirve sin reclamos con dirección.",
        "languages": ["es", "pt"],
        "countries": ["AR", "UY"],
    }
    return {**values, **changes}


def public_good(**changes):
    """Return the values of a complete digital public good."""
    values = {
        "title": "Consulta Abierta",
        "licence": "AGPL-3.0",
        "repository_url": "https://code.example/consulta",
        "steward": "Fundación Abierta",
    }
    return described(**{**values, **changes})


def solution(startup=None, status=SolutionStatus.PUBLISHED, **changes) -> Solution:
    """Return a committed solution of a startup (or one of its people), or a public good."""
    organization = getattr(startup, "organization", startup)
    values = described(**changes) if organization else public_good(**changes)
    made = Solution(
        organization_id=organization.id if organization else None,
        status=status,
        published_at=utcnow() if status is SolutionStatus.PUBLISHED else None,
        **values,
    )
    db.session.add(made)
    db.session.commit()
    return made


def typed(**changes):
    """Return a complete solution as a browser posts its form."""
    values = described()
    values["languages"], values["countries"] = ["es"], ["AR"]
    fields = {name: getattr(value, "value", value) for name, value in values.items()}
    return {**fields, **changes}
