"""Confirmed matches and pilots in each state, made the way people make them where it matters."""

from datetime import date, timedelta
from decimal import Decimal

from app.domain.states import ChallengeStatus, MatchStatus, PilotStatus, SolutionStatus
from app.domain.vocabulary import Direction, Language, Sector, Side
from app.extensions import db, utcnow
from app.matches.models import Match
from app.pilots.indicators.models import Indicator, Reading
from app.pilots.milestones.models import Milestone
from app.pilots.models import Pilot
from app.solutions.models import Solution
from tests.challenges.build import challenge

AGREED = {
    "objective": "Detectar antes los microbasurales del sur",
    "scope": "Tres barrios, cuarenta puntos",
    "city_duties": "Abre los reclamos y nombra un equipo",
    "startup_duties": "Instala el tablero y lo ajusta",
    "data_access": "Reclamos del 147, por API, desde el primer día",
    "privacy": "Sin datos personales",
    "intellectual_property": "Cada parte conserva lo suyo",
    "cost_amount": Decimal(0),
    "exit_plan": "Se exportan los datos y se apaga",
    "continuation_route": "Licitación menor de 2027",
    "integration_owner": "Dirección de Sistemas",
    "place": "Barrios del sur",
}
CLOSING = {
    "done": "Se midieron cuarenta puntos",
    "results": "Bajaron los reclamos",
    "lessons": "Conviene empezar por los datos",
    "decision": "scale",
    "decision_reason": "Funcionó en los tres barrios",
    "in_use": "yes",
}


def solution(startup=None, **changes):
    values = {
        "organization_id": None if startup is None else startup.organization.id,
        "lang": Language.SPANISH,
        "sector": Sector.WASTE,
        "title": "Mapa de microbasurales",
        "status": SolutionStatus.PUBLISHED,
    }
    made = Solution(**{**values, **changes})
    db.session.add(made)
    db.session.commit()
    return made


def confirmed_match(city, startup=None, **changes):
    """A confirmed match of a matched challenge; without a startup, with a public good."""
    made = Match(
        challenge=challenge(city, ChallengeStatus.MATCHED, **changes),
        solution=solution(startup),
        score=0.5,
        status=MatchStatus.CONFIRMED,
    )
    db.session.add(made)
    db.session.commit()
    return made


def pilot(city, startup=None, status=PilotStatus.PREPARING, **changes):
    """A pilot with a complete plan; one under way has its challenge in pilot."""
    match = confirmed_match(city, startup)
    begun = status not in (PilotStatus.PREPARING, PilotStatus.SIGNING)
    if begun:
        match.challenge.status = ChallengeStatus.PILOTING
    today = utcnow().date()
    values = {
        **AGREED,
        "starts_on": today,
        "ends_on": today + timedelta(weeks=16),
        "title": "Microbasurales del sur",
        "started_at": utcnow() if begun else None,
    }
    made = Pilot(
        match=match,
        challenge=match.challenge,
        solution=match.solution,
        city=match.challenge.organization,
        startup=match.solution.organization,
        lang=Language.SPANISH,
        status=status,
        **{**values, **changes},
    )
    db.session.add(made)
    db.session.flush()
    for number in (1, 2, 3):
        milestone(made, title=f"Hito {number}", due_on=today + timedelta(weeks=number))
    indicator(made)
    return made


def milestone(pilot, **changes):
    values = {"title": "Tablero instalado", "due_on": utcnow().date() + timedelta(weeks=2)}
    made = Milestone(pilot=pilot, **{**values, **changes})
    db.session.add(made)
    db.session.commit()
    return made


def indicator(pilot, **changes):
    values = {
        "name": "Reclamos por mes",
        "unit": "reclamos",
        "baseline": Decimal(340),
        "baseline_on": utcnow().date() - timedelta(days=30),
        "target": Decimal(200),
        "direction": Direction.DOWN,
    }
    made = Indicator(pilot_id=pilot.id, **{**values, **changes})
    db.session.add(made)
    db.session.commit()
    return made


def reading(indicator, value, on: date | None = None):
    made = Reading(indicator=indicator, on=on or utcnow().date(), value=Decimal(value))
    db.session.add(made)
    db.session.commit()
    return made


def url(thing, *parts):
    return "/".join(["/pilots", thing.public_id, *parts])


def sign_url(thing, side: Side):
    return url(thing, "signatures", side.value)
