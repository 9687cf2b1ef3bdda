"""Reads of applications; each states in SQL who may see what, as the table of permissions does."""

from sqlalchemy import select

from app.calls.applications.models import Application
from app.domain.permissions import Permission
from app.extensions import db
from app.web.access import Loader


def by_public_id(application_id: str) -> Application | None:
    """Return an application by its public identifier."""
    return db.session.scalar(select(Application).where(Application.public_id == application_id))


APPLICATION = Loader(by_public_id, Permission.APPLICATION_VIEW)
