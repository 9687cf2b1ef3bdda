"""Writing which public challenges resemble another."""

from dataclasses import dataclass

from sqlalchemy import select

from app.challenges.models import Challenge
from app.extensions import db
from app.matches.similar.models import Resemblance


@dataclass(frozen=True, slots=True)
class Found:
    """A challenge that resembles another: its key, how much, and the words they share."""

    other_id: int
    score: float
    shared: list[list[str]]


def store(challenge: Challenge, found: list[Found]) -> None:
    """Let what resembles ``challenge`` be what was found."""
    query = select(Resemblance).where(Resemblance.challenge_id == challenge.id)
    present = {row.other_id: row for row in db.session.scalars(query).unique()}
    for one in found:
        row = present.pop(one.other_id, None)
        if row is None:
            new = Resemblance(challenge_id=challenge.id, other_id=one.other_id)
            new.score, new.shared = one.score, one.shared
            db.session.add(new)
        elif (row.score, row.shared) != (one.score, one.shared):
            row.score, row.shared = one.score, one.shared
    for row in present.values():
        db.session.delete(row)
    db.session.flush()
