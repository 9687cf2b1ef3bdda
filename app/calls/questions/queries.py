"""Reads of questions about a call."""

from sqlalchemy import select

from app.calls.questions.models import CallQuestion
from app.extensions import db


def answered(call_id: int) -> list[CallQuestion]:
    """Return the questions that everybody may read, in the order in which they were asked."""
    query = select(CallQuestion).where(
        CallQuestion.call_id == call_id, CallQuestion.answered_at.is_not(None)
    )
    return list(db.session.scalars(query.order_by(CallQuestion.id)))
