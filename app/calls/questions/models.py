"""Table of questions about a call."""

from datetime import datetime

from sqlalchemy import ForeignKey, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.calls.models import Call
from app.extensions import Base, utcnow
from app.organizations.models import User


class CallQuestion(Base):
    """A question about a call. Public with its answer once answered, never with who asked.

    The coordination can also answer the person alone: then it is not ``published``.
    """

    __tablename__ = "call_question"

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("call.id"), index=True)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    asked_at: Mapped[datetime] = mapped_column(default=utcnow)
    question: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text, default="")
    published: Mapped[bool] = mapped_column(default=True)
    answered_at: Mapped[datetime | None]
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    version: Mapped[int] = mapped_column(default=1)

    call: Mapped[Call] = relationship()
    asked_by: Mapped[User] = relationship(foreign_keys=[asked_by_id])

    __mapper_args__ = {"version_id_col": version}
