"""What the worker does for matches; imported by ``app/worker.py`` only (it loads scikit-learn)."""

from datetime import datetime

from sqlalchemy import ColumnElement, or_, select

from app.challenges.models import EDITABLE, PUBLIC, Challenge
from app.domain.states import ChallengeStatus
from app.extensions import db, utcnow
from app.jobs.service import enqueue, handles, reading
from app.matches import service
from app.matches.fits.store import store as store_fits
from app.matches.matcher.catalogue import catalogue
from app.matches.matcher.comparing import Comparing
from app.matches.matcher.resembling import MOST_NEAR, briefs_index, resembling
from app.matches.matcher.suggesting import candidates, fitting, weigher
from app.matches.models import Match
from app.matches.queries import ended_proposals, waiting_for_an_offer
from app.matches.similar.store import store as store_similar
from app.matches.suggestions import store
from app.matches.tuning import queries as tunings
from app.matches.tuning.models import Comparison
from app.matches.tuning.rules import fingerprint


@handles("matches.suggest")
def suggest(challenge: int) -> None:
    """Bring the suggestions for one challenge up to date; the ranking keeps nobody waiting."""
    with reading():
        thing = db.session.get(Challenge, challenge)
        if thing is None:
            return
        catalogued = weigher(tunings.present_scales())
        found, fits = candidates(thing, catalogued), fitting(thing, catalogued)
    thing = db.session.get_one(Challenge, challenge)
    store(thing, found)
    store_fits(thing, fits)


@handles("matches.reindex")
def reindex(solution: int) -> None:
    """Bring the index up to date after a change of ``solution``, then each open challenge."""
    with reading():
        catalogue(tunings.present_scales())
    _suggest_anew()


@handles("matches.retune")
def retune() -> None:
    """Let new settings count: for the suggestions, and for what resembles what."""
    with reading():
        catalogue(tunings.present_scales())
    _suggest_anew()
    enqueue("matches.resemble", key="all")


def _suggest_anew() -> None:
    published = select(Challenge.id).where(Challenge.status == ChallengeStatus.PUBLISHED)
    for challenge in db.session.scalars(published.order_by(Challenge.id)):
        enqueue("matches.suggest", key=str(challenge), challenge=challenge)


@handles("matches.resemble")
def resemble(challenge: int | None = None, is_new: bool = False) -> None:
    """Find what resembles one challenge, or each that is public or being written.

    Where ``is_new``, it was published just now, and those are looked at too that may resemble it:
    the public ones nearest to it, and what is being written.
    """
    with reading():
        index = briefs_index(tunings.present_scales())
        first = db.session.get(Challenge, challenge) if challenge else None
        rows = [first] if first else []
        if challenge is None:
            rows += _challenges(Challenge.status.in_(PUBLIC | EDITABLE))
        elif first is not None and is_new:
            near = [one.other_id for one in resembling(first, index, MOST_NEAR)]
            rows += _challenges(or_(Challenge.id.in_(near), Challenge.status.in_(EDITABLE)))
        found = {row.id: resembling(row, index) for row in rows}
    for key, similar in found.items():
        store_similar(db.session.get_one(Challenge, key), similar)


def _challenges(condition: ColumnElement[bool]) -> list[Challenge]:
    query = select(Challenge).where(condition).order_by(Challenge.id)
    return list(db.session.scalars(query).unique())


@handles("matches.compare")
def compare(tuning: int) -> None:
    """Find out what a trial would change, a little at a time, telling how far it is.

    A comparison that was asked for again meanwhile is left to the job of that question.
    """
    with reading():
        comparison = db.session.scalar(select(Comparison).where(Comparison.tuning_id == tuning))
        if comparison is None or not comparison.tuning.is_trial:
            return
        key, asked_at = comparison.id, comparison.asked_at
        present, tried = tunings.present_scales(), comparison.tuning.scales
        work = Comparing(present, tried)
    more = True
    while more and _note(key, asked_at, done=work.done, total=work.total):
        with reading():
            more = work.step()
    if not more:
        of = fingerprint(present, tried)
        ended = {"done": work.total, "fingerprint": of, "finished_at": utcnow()}
        _note(key, asked_at, result=work.result, **ended)


def _note(key: int, asked_at: datetime, **values: object) -> bool:
    """Write how far a comparison is, unless it was asked for anew; tell whether it was written."""
    comparison = db.session.get(Comparison, key, with_for_update=True, populate_existing=True)
    if comparison is None or comparison.asked_at != asked_at:
        db.session.rollback()
        return False
    for name, value in values.items():
        setattr(comparison, name, value)
    db.session.commit()
    return True


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
