"""Reads of results; each states in SQL who may see what, as the table of permissions does."""

from sqlalchemy import select

from app.calls.results.models import Result
from app.domain.permissions import Permission
from app.extensions import db
from app.web.access import Loader


def by_public_id(result_id: str) -> Result | None:
    """Return a result by its public identifier."""
    return db.session.scalar(select(Result).where(Result.public_id == result_id))


RESULT = Loader(by_public_id, Permission.RESULT_VIEW)
