"""Reads of memberships of the coalition; each states in SQL who may see what."""

from sqlalchemy import select

from app.calls.enrolments.models import Enrolment
from app.domain.permissions import Permission
from app.extensions import db
from app.web.access import Loader


def by_public_id(enrolment_id: str) -> Enrolment | None:
    """Return an enrolment by its public identifier."""
    return db.session.scalar(select(Enrolment).where(Enrolment.public_id == enrolment_id))


ENROLMENT = Loader(by_public_id, Permission.ENROLMENT_VIEW)
