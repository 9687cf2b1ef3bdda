"""Reads of resemblances: the other side is always a challenge that anybody may read."""

from sqlalchemy import select

from app.challenges.models import PUBLIC, Challenge
from app.extensions import db
from app.matches.similar.models import Resemblance


def similar_to(challenge: Challenge) -> list[Resemblance]:
    """Return the public challenges that resemble ``challenge``, the most alike first."""
    query = (
        select(Resemblance)
        .join(Challenge, Challenge.id == Resemblance.other_id)
        .where(Resemblance.challenge_id == challenge.id, Challenge.status.in_(PUBLIC))
        .order_by(Resemblance.score.desc(), Resemblance.other_id)
    )
    return list(db.session.scalars(query).unique())
