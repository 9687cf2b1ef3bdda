"""Reads of questions about a call."""

from sqlalchemy import ColumnElement, and_, func, select

from app.calls.models import Call
from app.calls.questions.models import CallQuestion
from app.domain.call_states import CallStatus
from app.extensions import db

_WAITS = (CallStatus.PUBLISHED, CallStatus.EVALUATING, CallStatus.SUSPENDED)


def answered(call_id: int) -> list[CallQuestion]:
    """Return the questions that everybody may read, in the order in which they were asked."""
    query = select(CallQuestion).where(
        CallQuestion.call_id == call_id,
        CallQuestion.published,
        CallQuestion.answered_at.is_not(None),
    )
    return list(db.session.scalars(query.order_by(CallQuestion.id)))


def _open(call_id: int) -> ColumnElement[bool]:
    return and_(CallQuestion.call_id == call_id, CallQuestion.answered_at.is_(None))


def unanswered(call_id: int) -> list[CallQuestion]:
    """Return the questions that wait for an answer, the oldest first."""
    query = select(CallQuestion).where(_open(call_id)).order_by(CallQuestion.id)
    return list(db.session.scalars(query))


def private(call_id: int) -> list[CallQuestion]:
    """Return the questions that were answered to the asker alone."""
    query = select(CallQuestion).where(
        CallQuestion.call_id == call_id,
        ~CallQuestion.published,
        CallQuestion.answered_at.is_not(None),
    )
    return list(db.session.scalars(query.order_by(CallQuestion.id)))


def waiting_of(call_id: int, user_id: int | None) -> list[CallQuestion]:
    """Return the questions of a person that wait for an answer."""
    query = select(CallQuestion).where(_open(call_id), CallQuestion.asked_by_id == user_id)
    return list(db.session.scalars(query.order_by(CallQuestion.id)))


def count_of(call_id: int, user_id: int | None) -> int:
    """Return how many questions a person has asked about a call."""
    query = select(func.count()).where(
        CallQuestion.call_id == call_id, CallQuestion.asked_by_id == user_id
    )
    return db.session.scalar(query) or 0


def of_call(call_id: int, question_id: int) -> CallQuestion | None:
    """Return a question, if it is about that call."""
    query = select(CallQuestion).where(
        CallQuestion.call_id == call_id, CallQuestion.id == question_id
    )
    return db.session.scalar(query)


def waiting_for(organization_id: int | None) -> list[CallQuestion]:
    """Return the oldest unanswered question of each call that a coordination runs."""
    oldest = select(func.min(CallQuestion.id)).where(CallQuestion.answered_at.is_(None))
    query = (
        select(CallQuestion)
        .join(CallQuestion.call)
        .where(
            CallQuestion.id.in_(oldest.group_by(CallQuestion.call_id)),
            Call.organization_id == organization_id,
            Call.status.in_(_WAITS),
        )
    )
    return list(db.session.scalars(query.order_by(CallQuestion.id)))
