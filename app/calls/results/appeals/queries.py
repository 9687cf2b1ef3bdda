"""Reads of appeals: they are the city's, and of who may know how its application stands."""

from sqlalchemy import select

from app.calls.results.models import Appeal
from app.domain.permissions import Permission
from app.extensions import db
from app.web.access import Loader


def by_public_id(appeal_id: str) -> Appeal | None:
    """Return an appeal by its public identifier."""
    return db.session.scalar(select(Appeal).where(Appeal.public_id == appeal_id))


APPEAL = Loader(by_public_id, Permission.APPLICATION_VIEW)
