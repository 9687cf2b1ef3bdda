"""A complete brief, and challenges in each state."""

from datetime import timedelta
from decimal import Decimal

from app.challenges.models import Challenge, SuccessCriterion
from app.domain.states import ChallengeStatus
from app.domain.vocabulary import BudgetKind, Currency, Direction, Language, Sector
from app.extensions import db, utcnow


def brief(**changes):
    """Return the values of a complete brief."""
    values = {
        "lang": Language.SPANISH,
        "sector": Sector.WASTE,
        "title": "Microbasurales que vuelven a aparecer",
        "question": "¿Cómo podríamos detectar antes los microbasurales?",
        "summary": "Los microbasurales reaparecen en los mismos puntos y los camiones llegan tarde",
        "problem": "Cada semana se limpian unos cuarenta puntos y la mitad vuelve a llenarse. " * 4,
        "affected": "Vecinas y vecinos de los barrios del sur.",
        "size_value": Decimal(340),
        "size_unit": "reclamos por mes",
        "expected_result": "Menos reclamos y recorridos que se adelantan al problema.",
        "criteria": [
            {
                "name": "Reclamos por mes",
                "unit": "reclamos",
                "baseline": Decimal(340),
                "target": Decimal(200),
                "direction": Direction.DOWN,
            }
        ],
        "decision_maker": "Secretaría de Ambiente",
        "budget_kind": BudgetKind.PAID,
        "budget_amount": Decimal(12_000_000),
        "currency": Currency.ARS,
        "opens_at": utcnow() - timedelta(days=3),
        "closes_at": utcnow() + timedelta(days=20),
    }
    return {**values, **changes}


def challenge(city, status=ChallengeStatus.PUBLISHED, **changes) -> Challenge:
    """Return a committed challenge of ``city`` (a person or an organization) in ``status``."""
    organization = getattr(city, "organization", city)
    values = brief(**changes)
    criteria = [SuccessCriterion(**row) for row in values.pop("criteria")]
    made = Challenge(
        organization_id=organization.id,
        status=status,
        published_at=utcnow(),
        criteria=criteria,
        **values,
    )
    db.session.add(made)
    db.session.commit()
    return made
