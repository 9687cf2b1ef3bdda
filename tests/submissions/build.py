"""Submissions in each state."""

from app.domain.states import SubmissionStatus
from app.extensions import db, utcnow
from app.submissions.models import HIDDEN, Submission

TEXT = {
    "approach": "Con los reclamos de cada barrio anticipamos los puntos críticos.",
    "plan": "Dos semanas de datos, diez de prueba, cuatro de medición.",
    "team": "Una responsable de proyecto y dos personas de datos.",
    "needs_from_city": "Los reclamos de dos años y el GPS de los camiones.",
}


def submission(challenge, solution, status=SubmissionStatus.SUBMITTED, **changes) -> Submission:
    """Return a committed submission of ``solution`` to ``challenge`` in ``status``."""
    made = Submission(
        challenge_id=challenge.id,
        solution_id=solution.id,
        status=status,
        submitted_at=None if status in HIDDEN else utcnow(),
        **{**TEXT, **changes},
    )
    db.session.add(made)
    db.session.commit()
    return made
