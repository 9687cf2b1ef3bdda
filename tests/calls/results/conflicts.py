"""Conflicts of interest for tests of results."""

from app.calls.committee.models import Conflict
from app.domain.call_vocabulary import RecusalReason
from app.extensions import db


def conflict(application, person) -> Conflict:
    """Return a committed conflict of interest of ``person`` in ``application``."""
    made = Conflict(application=application, user=person, reason=RecusalReason.WORKED_TOGETHER)
    db.session.add(made)
    db.session.commit()
    return made
