"""Reads of results; each states who may see what, as the table of permissions does."""

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import selectinload

from app.calls.applications.models import MINE_ALONE, Application
from app.calls.committee.models import Conflict
from app.calls.models import Call
from app.calls.results.models import Appeal, Placement, Result, ResultLetter, ResultVote
from app.domain.actors import Actor
from app.domain.call_states import AppealStatus, ResultStatus
from app.domain.call_vocabulary import ResultStage
from app.domain.permissions import Permission, can
from app.extensions import db
from app.web.access import Loader


def by_public_id(result_id: str) -> Result | None:
    """Return a result by its public identifier, with its places and votes."""
    return db.session.scalar(_whole(select(Result).where(Result.public_id == result_id)))


def _whole(query: Select[Result]) -> Select[Result]:
    application = selectinload(Result.placements).joinedload(Placement.application)
    return query.options(
        selectinload(Result.votes),
        application,
        application.selectinload(Application.conflicts),
    )


RESULT = Loader(by_public_id, Permission.RESULT_VIEW)


def of_call(call: Call) -> list[Result]:
    """Return every result of a call, withdrawn ones too, the newest first."""
    query = select(Result).where(Result.call_id == call.id).order_by(Result.id.desc())
    return list(db.session.scalars(query))


def standing(call: Call, stage: ResultStage) -> Result | None:
    """Return the result of a stage that is proposed or approved, if any."""
    query = _whole(select(Result)).where(
        Result.call_id == call.id,
        Result.stage == stage,
        Result.status != ResultStatus.WITHDRAWN,
    )
    return db.session.scalar(query.order_by(Result.id.desc()).limit(1))


def published(call: Call) -> list[Result]:
    """Return the results that everybody may read now, the final one first."""
    found = (standing(call, stage) for stage in (ResultStage.FINAL, ResultStage.PRELIMINARY))
    return [one for one in found if one is not None and one.is_published]


def placement_of(result: Result, application: Application) -> Placement | None:
    """Return the place of an application in a result."""
    found = (one for one in result.placements if one.application_id == application.id)
    return next(found, None)


def vote_of(result: Result, user_id: int | None) -> ResultVote | None:
    """Return the vote of a person on a result."""
    return next((one for one in result.votes if one.user_id == user_id), None)


def barred_from(call: Call) -> set[int]:
    """Return the ids of the people with a conflict of interest in an application of the call."""
    query = select(Conflict.user_id).join(Conflict.application)
    return set(db.session.scalars(query.where(Application.call_id == call.id)))


def submitted(call: Call) -> list[Application]:
    """Return the applications that were sent and not taken back, by number."""
    query = select(Application).where(
        Application.call_id == call.id, Application.status.not_in(MINE_ALONE)
    )
    return list(db.session.scalars(query.order_by(Application.number, Application.id)))


def appeals(call: Call) -> list[Appeal]:
    """Return the appeals against the preliminary result of a call, the oldest first."""
    query = select(Appeal).join(Appeal.application).where(Application.call_id == call.id)
    return list(db.session.scalars(query.order_by(Appeal.id)))


def appeal_of(application: Application) -> Appeal | None:
    """Return the appeal of a city, if it filed one."""
    return db.session.scalar(select(Appeal).where(Appeal.application_id == application.id))


def letters(result: Result) -> list[ResultLetter]:
    """Return the letters of a result, in the order of its places."""
    query = (
        select(ResultLetter)
        .join(
            Placement,
            (Placement.application_id == ResultLetter.application_id)
            & (Placement.result_id == ResultLetter.result_id),
        )
        .where(ResultLetter.result_id == result.id)
    )
    ordered = query.order_by(Placement.rank.is_(None), Placement.rank, Placement.id)
    return list(db.session.scalars(ordered))


def letter_by_id(result: Result, letter: int) -> ResultLetter | None:
    """Return one letter of a result."""
    query = select(ResultLetter).where(
        ResultLetter.id == letter, ResultLetter.result_id == result.id
    )
    return db.session.scalar(query)


def unfinished(actor: Actor) -> list[Result]:
    """Return the results that a committee or coordination of the actor may still have work on.

    Those proposed, and those approved of which a letter was not reviewed.
    """
    if actor.id is None:
        return []
    unreviewed = exists().where(
        ResultLetter.result_id == Result.id, ResultLetter.reviewed_at.is_(None)
    )
    waits = or_(
        Result.status == ResultStatus.PROPOSED,
        (Result.status == ResultStatus.APPROVED) & unreviewed,
    )
    seated = Call.members.any(user_id=actor.id)
    query = _whole(select(Result)).join(Result.call).where(waits)
    mine = or_(seated, Call.organization_id == actor.organization_id)
    return list(db.session.scalars(query.where(mine).order_by(Result.id)).unique())


def to_decide(actor: Actor) -> list[Appeal]:
    """Return the appeals that wait for a decision of the actor, who presides the committee."""
    if actor.id is None:
        return []
    presides = Call.members.any(user_id=actor.id, chair=True)
    query = (
        select(Appeal)
        .join(Appeal.application)
        .join(Application.call)
        .where(Appeal.status == AppealStatus.FILED, presides)
    )
    found = db.session.scalars(query.order_by(Appeal.id)).unique()
    return [one for one in found if can(actor, Permission.APPEAL_DECIDE, one.subject)]


def due_to_announce() -> list[int]:
    """Return the ids of approved results whose date has come and that were not announced yet."""
    query = select(Result).where(
        Result.status == ResultStatus.APPROVED, Result.announced_at.is_(None)
    )
    return [one.id for one in db.session.scalars(query.order_by(Result.id)) if one.is_published]
