"""Reads of reviews; each states in SQL who may see what, as the table of permissions does."""

from sqlalchemy import select

from app.calls.committee.models import Review
from app.domain.permissions import Permission
from app.extensions import db
from app.web.access import Loader


def by_public_id(review_id: str) -> Review | None:
    """Return a review by its public identifier."""
    return db.session.scalar(select(Review).where(Review.public_id == review_id))


REVIEW = Loader(by_public_id, Permission.REVIEW_VIEW)
