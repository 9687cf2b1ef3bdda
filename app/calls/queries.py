"""Reads of calls; each states in SQL who may see what, as the table of permissions does."""

from sqlalchemy import select

from app.calls.models import Call
from app.domain.permissions import Permission
from app.extensions import db
from app.web.access import Loader


def by_public_id(call_id: str) -> Call | None:
    """Return a call by its public identifier."""
    return db.session.scalar(select(Call).where(Call.public_id == call_id))


CALL = Loader(by_public_id, Permission.CALL_VIEW)
