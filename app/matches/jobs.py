"""What the worker does for matches; imported by ``app/worker.py`` only (it loads scikit-learn)."""

from sqlalchemy import select

from app.challenges.models import Challenge
from app.domain.states import ChallengeStatus
from app.extensions import db
from app.jobs.service import enqueue, handles, reading
from app.matches import service
from app.matches.matcher.catalogue import catalogue
from app.matches.matcher.suggesting import candidates, weigher
from app.matches.models import Match
from app.matches.queries import ended_proposals, waiting_for_an_offer
from app.matches.scales import SHIPPED
from app.matches.suggestions import store


@handles("matches.suggest")
def suggest(challenge: int) -> None:
    """Bring the suggestions for one challenge up to date; the ranking keeps nobody waiting."""
    with reading():
        thing = db.session.get(Challenge, challenge)
        found = [] if thing is None else candidates(thing, weigher(SHIPPED))
    thing = db.session.get(Challenge, challenge)
    if thing is not None:
        store(thing, found)


@handles("matches.reindex")
def reindex(solution: int) -> None:
    """Bring the index up to date after a change of ``solution``, then each open challenge."""
    with reading():
        catalogue(SHIPPED)
    published = select(Challenge.id).where(Challenge.status == ChallengeStatus.PUBLISHED)
    for challenge in db.session.scalars(published.order_by(Challenge.id)):
        enqueue("matches.suggest", key=str(challenge), challenge=challenge)


@handles("matches.expire")
def expire(match: int) -> None:
    """End a proposal whose time has passed, and offer the next."""
    thing = db.session.get(Match, match)
    if thing is not None:
        service.expire(thing)


@handles("matches.offer")
def offer(challenge: int) -> None:
    """Offer the next alternate of a challenge that has nothing proposed."""
    thing = db.session.get(Challenge, challenge)
    if thing is not None:
        service.offer_next(thing)


def look_at_the_clock() -> None:
    """Ask for what has become due by time alone; each is a job, so one failure stops no other."""
    for match in ended_proposals():
        enqueue("matches.expire", key=str(match), match=match)
    for challenge in waiting_for_an_offer():
        enqueue("matches.offer", key=str(challenge), challenge=challenge)
    db.session.commit()
