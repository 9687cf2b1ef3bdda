"""One decision at a time about the matches of a challenge."""

from sqlalchemy import select

from app.challenges.models import Challenge
from app.extensions import db
from app.matches.models import Match


def hold(challenge_id: int) -> None:
    """Wait until no other transaction decides about this challenge, then keep them waiting.

    PostgreSQL locks the row of the challenge; SQLite has locked everything since the transaction
    began (see ``app/extensions.py``).
    """
    db.session.execute(select(Challenge.id).where(Challenge.id == challenge_id).with_for_update())


def hold_match(match: Match) -> None:
    """Hold the challenge of ``match`` and read again what others may have changed meanwhile."""
    db.session.flush()
    hold(match.challenge_id)
    db.session.expire(match.challenge)
    db.session.expire(match)
